"""The statement that is checked, read by the same pipeline as an article: what it holds, and how it is worded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.comparison.checking.words import count_kinds
from tasks.comparison.held import Held
from tasks.model.claim import Act, Claim, Proposition, Voice

# A headline is no sentence, and stands in nobody's voice. Behind these words it is read as what somebody said.
FRAME = "The report said that "
CLOSING = (".", "!", "?", '"', "\u201d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement with its propositions: the whole, and where it attributes something, what it attributes."""

    text: str
    held: tuple[Held, ...]
    kinds: Mapping[str, int]  # how many words of each kind it has

    @property
    def question(self) -> bool:
        """Return whether it asks."""
        return "?" in self.text


def framed(text: str) -> str:
    """Return the text that is given to the extraction for a statement."""
    text = " ".join(text.split())
    return FRAME + text + ("" if text.endswith(CLOSING) else ".")


def read_statement(text: str, claims: Sequence[Claim]) -> Statement:
    """Return a statement; the claims are those that were found in the framed text."""
    text = " ".join(text.split())
    told = [claim for claim in claims if claim.voice is Voice.SOURCE and claim.cue]
    whole = next((claim for claim in told if claim.cue[0].end <= len(FRAME)), None)  # its content begins with "that"
    outer = Held(proposition=whole.proposition if whole else Proposition(statement=text), act=Act.ASSERT)
    attributed = [claim for claim in told if claim.content[0].start >= len(FRAME)]
    inner = [Held(proposition=claim.proposition, act=claim.act, sources=claim.entities) for claim in attributed]
    return Statement(text=text, held=(outer, *inner[:1]), kinds=count_kinds(text))
