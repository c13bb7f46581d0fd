"""When a found attribution is right: the definition that all figures rest on.

Everything is counted in words, so that quotation marks and punctuation at the edge of a span never matter, and
a "that" which opens a content is left out. A found content matches a marked one where they share at least half of
their union, one to one, the best pairs first; it is right end to end where the shorter of the two sources also lies to
one half in the other, or both name nobody. A measurement of claims leaves aside what is marked with a cue of wanting,
hoping or planning, what was found for it, and what was found with such a cue where nothing is marked.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from tasks.model.claim import Speech

Words = frozenset[int]
Offsets = Iterable[Sequence[int]]
Item = TypeVar("Item")
WORD = re.compile(r"\w+")
MARK = re.compile(r"[\"“”„«»]|``|''|\n")
OPENING, CLOSING = ("“", "„", "«", "``"), ("\n", "”", "»")
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution, marked or found, as the numbers of its words in the article."""

    source: Words
    cue: Words
    content: Words
    cue_text: str
    speech: str
    spans: tuple[tuple[tuple[int, int], ...], ...]  # of source, cue, content: where the words stand
    confidence: float = 1.0
    rule: str = ""

    @property
    def claims(self) -> bool:
        """Return whether the cue says or shows something; nothing but wanting and hoping does not."""
        return bool(_claim_cue().search(self.cue_text))


class Text:
    """A text with its words numbered and its quotations known."""

    def __init__(self, text: str) -> None:
        """Number the words of the text."""
        words = list(WORD.finditer(text))
        self.text = text
        self._starts, self._ends = [m.start() for m in words], [m.end() for m in words]
        self._quoted = list(_quoted(text))

    def attribution(
        self, source: Offsets, cue: Offsets, content: Offsets, *, speech: str | None = None, confidence: float = 1.0,
        rule: str = "",
    ) -> Attribution:  # fmt: skip
        """Return an attribution with these spans; how it is spoken is read off the text where it is not given."""
        source, cue, content = (tuple((one[0], one[1]) for one in spans) for spans in (source, cue, content))
        known = speech if speech in set(Speech) else self._speech(content)
        return Attribution(
            source=self.words(source), cue=self.words(cue), content=self._without_that(self.words(content)),
            cue_text=" ".join(self.text[a:b] for a, b in cue), speech=str(known), spans=(source, cue, content),
            confidence=confidence, rule=rule,
        )  # fmt: skip

    def words(self, spans: Offsets) -> Words:
        """Return the numbers of the words that the spans touch."""
        return frozenset(
            n for start, end in spans for n in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )

    def _without_that(self, content: Words) -> Words:
        first = min(content, default=0)
        if len(content) > 1 and self.text[self._starts[first] : self._ends[first]].lower() == "that":
            return content - {first}
        return content

    def _speech(self, content: Offsets) -> Speech:
        starts = [start + m.start() for start, end in content for m in WORD.finditer(self.text[start:end])]
        inside = sum(any(a <= at < b for a, b in self._quoted) for at in starts)
        if not inside:
            return Speech.INDIRECT
        return Speech.DIRECT if inside == len(starts) else Speech.MIXED


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges between double quotation marks; each line begins outside."""
    start: int | None = None
    for match in MARK.finditer(text + "\n"):
        mark = match.group()
        opens = mark in OPENING or (mark not in CLOSING and start is None)
        if opens and start is None:
            start = match.end()
        elif not opens and start is not None:
            yield start, match.start()
            start = None


@cache
def _claim_cue() -> re.Pattern[str]:
    table = tomllib.loads(Path(__file__).with_name("claim_cues.toml").read_text(encoding="utf-8"))
    return re.compile(rf"(?i){'|'.join(table['marks'])}|\b(?:{'|'.join(table['words'])})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What was marked and what was found in one article, and which belong together."""

    marked: tuple[Attribution, ...]
    found: tuple[Attribution, ...]
    pairs: tuple[tuple[int, int], ...]

    @property
    def right(self) -> frozenset[tuple[int, int]]:
        """Return the pairs whose sources agree as well."""
        return frozenset((m, f) for m, f in self.pairs if same_source(self.marked[m].source, self.found[f].source))


def match(marked: Iterable[Attribution], found: Iterable[Attribution], *, claims: bool) -> Matched:
    """Return which found attribution belongs to which marked one, of claims alone or of all."""
    marked, found = tuple(m for m in marked if m.content), tuple(f for f in found if f.content)
    if claims:
        partner = {f: marked[m] for m, f in _pair_contents(marked, found)}
        found = tuple(
            one for n, one in enumerate(found)
            if (partner[n].claims if n in partner else not one.cue_text or one.claims)
        )  # fmt: skip
        marked = tuple(one for one in marked if one.claims)
    return Matched(marked=marked, found=found, pairs=tuple(_pair_contents(marked, found)))


def _pair_contents(marked: Sequence[Attribution], found: Sequence[Attribution]) -> list[tuple[int, int]]:
    return pair_up(marked, found, lambda one, other: shared(one.content, other.content), HALF)


def count_exact(matched: Matched) -> int:
    """Return how many found contents are marked in just these words."""
    return len(pair_up(matched.marked, matched.found, lambda one, other: float(one.content == other.content), 1))


def shared(one: Words, other: Words) -> float:
    """Return how much of their union two sets of words share."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def same_source(one: Words, other: Words) -> bool:
    """Return whether two sources agree."""
    if not one or not other:
        return not one and not other
    return len(one & other) >= HALF * min(len(one), len(other))


def pair_up(
    left: Sequence[Item], right: Sequence[Item], value: Callable[[Item, Item], float], least: float
) -> list[tuple[int, int]]:
    """Return the pairs of numbers worth at least so much, one to one, the best first, earlier ones before later."""
    worth = sorted((-value(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right))
    taken_left, taken_right, pairs = set[int](), set[int](), []
    for minus, i, j in worth:
        if -minus >= least and minus < 0 and i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((i, j))
    return pairs
