"""What is made: a pair with its label, and the sentence that it is made from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from spacy.tokens import Doc

from training.stance.making.clause import Clause

AGREE, CONFLICT, NEUTRAL = "agree", "conflict", "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a sentence comes from, and what its licence allows."""

    name: str
    licence: str
    tier: str


OWN = Origin(name="own", licence="Apache-2.0", tier="open")
CLAIMS = Origin(name="claims", licence="none stated", tier="unstated")
HEADLINES = Origin(name="headlines", licence="as fnc1 (derived)", tier="unstated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A sentence without its full stop; `clause` where it could be taken apart, `doc` where it was parsed."""

    text: str
    origin: Origin
    topic: str
    clause: Clause | None = None
    doc: Doc | None = None
    frame: Mapping[str, Any] = field(default_factory=dict)
    filled: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts, and what the first does to the second."""

    premise: str
    hypothesis: str
    label: str


Bundle = list[Pair]
Maker = Callable[[Base, Random], Iterable[Bundle]]


def conflict(one: str, other: str) -> Bundle:
    """Return the pair both ways: a conflict has no direction."""
    return both(one, other, CONFLICT)


def agree(one: str, other: str) -> Bundle:
    """Return the pair both ways, for texts that say the same."""
    return both(one, other, AGREE)


def both(one: str, other: str, label: str) -> Bundle:
    """Return the pair both ways under one label."""
    return [oneway(one, other, label), oneway(other, one, label)]


def oneway(premise: str, hypothesis: str, label: str) -> Pair:
    """Return one pair."""
    return Pair(premise=premise, hypothesis=hypothesis, label=label)


def some(rng: Random, bundle: Bundle, number: int) -> Bundle:
    """Return a few pairs of a bundle, of as many labels as it has."""
    shuffled = rng.sample(bundle, len(bundle))
    chosen: Bundle = []
    while len(chosen) < min(number, len(bundle)):
        left = [pair for pair in shuffled if pair not in chosen]
        counts = [pair.label for pair in chosen]
        chosen.append(min(left, key=lambda pair: counts.count(pair.label)))
    return chosen
