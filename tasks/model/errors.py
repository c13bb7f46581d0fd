"""The error tree: each class says what a caller can do about it.

RashomonError
├── InputError               wrong use: say what to change and stop (exit status 2)
├── UnreadableArticleError   one article is set aside with a named reason; the run goes on
├── FetchError               a passing fault of the network: try again later
└── EvidenceError            a quote is not in the stored text: the report must not be built
"""

from tasks.model.article import SetAsideReason


class RashomonError(Exception):
    """Anything this project raises on purpose."""


class InputError(RashomonError):
    """What the user named cannot be used; the message says what, where and what to do."""


class UnreadableArticleError(RashomonError):
    """One input holds no article that can be read; it is set aside under `reason`."""

    def __init__(self, reason: SetAsideReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type["UnreadableArticleError"], tuple[SetAsideReason, str]]:
        """Both arguments survive pickling, which task runners with several processes need."""
        return type(self), (self.reason, self.detail)


class FetchError(RashomonError):
    """A download failed in a way that may pass: time-out, refused connection, 5xx, 429."""


class EvidenceError(RashomonError):
    """A stored quote does not match the stored text at its offsets."""
