"""What an article says, piece by piece: its claims, and the plain sentences that no claim covers."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.comparison.checking.sentences import find_sentences
from tasks.model.article import Span, words_of
from tasks.model.claim import Act, Claim, Position, Voice

FEWEST_WORDS = 4  # a plain sentence with less says nothing that could be held against a statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that an article says: as it is compared, and where it stands."""

    text: str  # what is compared: a claim's statement, which names those whom pronouns mean, or the sentence
    spans: tuple[Span, ...]
    sentence: int  # number of the sentence that it begins in
    around: str  # that sentence, whole: a cue stands beside its content
    claim: Claim | None = None
    own: bool = False  # the outlet is the source: a party publishes its own word

    @property
    def voice(self) -> Voice:
        """Return who speaks: a plain sentence is the outlet's, and so is what the outlet quotes itself with."""
        return self.claim.voice if self.claim is not None and not self.own else Voice.OUTLET

    @property
    def act(self) -> Act:
        """Return what is done with it: a plain sentence asserts."""
        return self.claim.act if self.claim is not None else Act.ASSERT

    @property
    def position(self) -> Position:
        """Return whether it is held to be so: a plain sentence is held as it is worded."""
        return self.claim.position if self.claim is not None else Position.FOR

    @property
    def distanced(self) -> bool:
        """Return whether the outlet keeps away from it."""
        return self.claim is not None and self.claim.distanced


def find_pieces(text: str, claims: Sequence[Claim], outlet: str = "") -> list[Piece]:
    """Return what an article says, in the order of the text; the outlet may be a party that publishes its own word."""
    sentences = list(find_sentences(text))
    starts = [sentence.start for sentence in sentences]
    pieces = list(_of_claims(text, claims, sentences, starts, _speakers_of(outlet, claims)))
    taken = {number for piece in pieces for number in _covered(piece.spans, starts)}
    for number, sentence in enumerate(sentences):
        words = " ".join(sentence.of(text).split())
        if number not in taken and len(words.split()) >= FEWEST_WORDS:
            pieces.append(Piece(text=words, spans=(sentence,), sentence=number, around=words))
    return sorted(pieces, key=lambda piece: piece.spans)


def _of_claims(
    text: str, claims: Sequence[Claim], sentences: Sequence[Span], starts: Sequence[int], own: frozenset[str]
) -> Iterator[Piece]:
    for claim in claims:
        number = max(0, bisect_right(starts, claim.content[0].start) - 1)
        around = " ".join(sentences[number].of(text).split())
        said = claim.proposition.statement or words_of(text, claim.content)
        mine = not own.isdisjoint(entity.id for entity in claim.entities)
        yield Piece(text=said, spans=claim.content, sentence=number, around=around, claim=claim, own=mine)


def _speakers_of(outlet: str, claims: Sequence[Claim]) -> frozenset[str]:
    """Return the ids of the outlet as a source, and of those who speak for it somewhere in the article."""
    name = outlet.casefold()
    bodies = {one.id for claim in claims for one in claim.entities if name and one.name.casefold() == name}
    return frozenset(
        one.id for claim in claims for one in claim.entities if not bodies.isdisjoint(e.id for e in claim.entities)
    )


def _covered(spans: Sequence[Span], starts: Sequence[int]) -> Iterator[int]:
    for span in spans:
        yield from range(max(0, bisect_right(starts, span.start) - 1), bisect_right(starts, span.end - 1))
