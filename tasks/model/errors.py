"""The error tree: each class says what a caller can do about it.

RashomonError
├── InputError               wrong use: say what to change and stop (exit status 2)
├── UnreadableArticleError   one article is set aside with a named reason; the run goes on
├── FetchError               a passing fault of the network: try again later
├── DatabaseError            the database is lost, locked, full: `passing` ones are tried again, others are told
├── ReportError              a report cannot be written: all is stored, print it again
└── EvidenceError            a quote is not in the stored text: the report must not be built
"""

from collections.abc import Callable

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


class EndedProcessError(UnreadableArticleError):
    """The process that extracted an article ended over it; from then on it is extracted in a process of its own."""


class FetchError(RashomonError):
    """A download failed in a way that may pass: time-out, refused connection, 5xx, 429."""


class DatabaseError(RashomonError):
    """The database does not answer or takes nothing more; nothing half done is stored."""

    def __init__(self, message: str, *, passing: bool) -> None:
        super().__init__(message)
        self.passing = passing  # it may be over in a minute

    def __reduce__(self) -> tuple[Callable[[str, bool], "DatabaseError"], tuple[str, bool]]:
        """What is named survives pickling, which task runners with several processes need."""
        return _database_error, (str(self), self.passing)


def _database_error(message: str, passing: bool) -> DatabaseError:
    return DatabaseError(message, passing=passing)


class ReportError(RashomonError):
    """A report cannot be written; what it would show is stored."""


class EvidenceError(RashomonError):
    """A stored quote does not match the stored text at its offsets."""
