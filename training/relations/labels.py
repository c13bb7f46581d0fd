"""Pairs of claims with the label that a reader gave them, and the claims of today's extraction that they mean.

A label points at its two sides by article and offsets, so that it outlives a new extraction: the claim that covers most
of what was read stands for it, and a label whose claim is no longer found is told and left out.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tasks.model.article import Span
from tasks.model.claim import Claim

FILE = Path(__file__).parent / "labels.jsonl"
OVERLAP = 0.5  # of the characters that either of the two holds


class Label(StrEnum):
    """How two claims stand to each other, as a reader sees it."""

    AGREE = "agree"
    CONFLICT = "conflict"
    COMPATIBLE = "compatible"
    UNRELATED = "unrelated"


KINDS: dict[Label, frozenset[str]] = {
    Label.AGREE: frozenset({""}),
    Label.CONFLICT: frozenset({"denial", "evidence", "negation", "number", "time", "role", "opposite"}),
    Label.COMPATIBLE: frozenset({"different-time", "different-scope", "forecast", "compatible-numbers", "decline"}),
    Label.UNRELATED: frozenset({""}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one side of a pair stands: its article's id in the story file, and its content there."""

    article: str
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPair:
    """Two claims of one story and what a reader says of them."""

    story: str
    part: str
    stratum: str  # what the comparison said when the pair was drawn
    left: Place
    right: Place
    label: Label
    kind: str
    doubt: bool  # a second reader might say otherwise
    bad: bool  # a side was extracted wrongly, so that the pair cannot be judged

    def __post_init__(self) -> None:
        if self.kind not in KINDS[self.label]:
            raise ValueError(f"{self.story}: {self.label} is not of the kind {self.kind!r}")


def read_labels(path: Path = FILE) -> list[LabelledPair]:
    """Return the labelled pairs of a file."""
    return [label_of(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def label_of(row: Mapping[str, Any]) -> LabelledPair:
    """Return the labelled pair of one line."""
    told = {"label": Label(row["label"]), "left": place_of(row["left"]), "right": place_of(row["right"])}
    return LabelledPair(**{**row, **told})


def place_of(row: Mapping[str, Any]) -> Place:
    """Return one side of a line."""
    return Place(article=row["article"], content=tuple(Span(start=start, end=end) for start, end in row["content"]))


def find_claim(place: Place, claims: Iterable[Claim]) -> Claim | None:
    """Return the claim of an article that covers a place best; None where none covers half of it."""
    best = max(claims, key=lambda claim: overlap(place.content, claim.content), default=None)
    return best if best is not None and overlap(place.content, best.content) >= OVERLAP else None


def overlap(left: Iterable[Span], right: Iterable[Span]) -> float:
    """Return the share of the characters of both that both hold."""
    mine, yours = characters(left), characters(right)
    return len(mine & yours) / len(mine | yours)


def characters(spans: Iterable[Span]) -> frozenset[int]:
    """Return the offsets under some spans."""
    return frozenset(offset for span in spans for offset in range(span.start, span.end))
