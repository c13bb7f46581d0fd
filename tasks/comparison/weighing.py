"""How sure a relation is: a readable table weighs what structure found in two claims and what the judge read in them.

Structure proposes a relation and its kind. The table (`models/relations.json`, which tells how it was fitted and on
what it was measured) turns all signals into the probability of each relation, and so confirms the proposal, lowers it
to `unsure`, or lets it go. Where structure is silent on two near statements, only a sure reading makes a relation.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from tasks.comparison.contrasts import find_contrasts
from tasks.comparison.differences import group_of
from tasks.comparison.held import Verdict, held_of, verdict
from tasks.comparison.judge import Judge, Judgement
from tasks.comparison.looked import Looked, features_of_pair
from tasks.comparison.opposed import kind_of_denial
from tasks.comparison.pairs import LEXICAL, load_judge, version_of
from tasks.comparison.regression import Regression, read_regression
from tasks.model.claim import Position
from tasks.model.errors import InputError
from tasks.model.finding import Kind, Relation

TABLE = Path(__file__).parents[2] / "models" / "relations.json"
READ_COSINE = 0.60  # from which two statements are read although structure finds no relation between them
UNWEIGHED = frozenset({Kind.TIME, Kind.ROLE})  # too rare for labels: structure has the last word
KIND_OF_CONTRAST = {"number": Kind.NUMBER, "time": Kind.TIME, "name": Kind.ROLE, "opposite": Kind.OPPOSITE}


class Outcome(StrEnum):
    """What a pair of claims can turn out to be."""

    AGREE = "agree"
    CONFLICT = "conflict"
    COMPATIBLE = "compatible"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From which probability a relation is said, and down to which it is still worth a question."""

    conflict: float
    agree: float
    unsure: float
    alone: float  # from which a relation is said that structure does not see or leaves open


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The weights and the bounds that go with them."""

    weights: Regression
    bounds: Bounds
    version: str


def worth_reading(looked: Looked) -> bool:
    """Return whether the pair is to be weighed: structure sees a relation, or the statements are near."""
    if looked.verdict is not None:
        return True
    held = Position.NONE not in {looked.left.position, looked.right.position}
    return held and looked.cosine >= READ_COSINE


class Weigher:
    """Weighs pairs of claims with a judge of texts and a table."""

    def __init__(self, judge: Judge, table: Table) -> None:
        """Take the judge, and the table that was fitted with it."""
        self._judge = judge
        self._table = table

    @property
    def version(self) -> str:
        """Return the name of the table, for what is stored beside a relation."""
        return self._table.version

    def weigh(self, pairs: Sequence[Looked]) -> list[Verdict | None]:
        """Return the verdict on each pair, in their order; None where there is no relation."""
        judged = self._judge.judge([looked.texts for looked in pairs], [looked.cosine for looked in pairs])
        return [self._settle(looked, judgement) for looked, judgement in zip(pairs, judged, strict=True)]

    def _settle(self, looked: Looked, judgement: Judgement) -> Verdict | None:
        found = self._table.weights.probabilities(features_of_pair(looked, judgement))
        chances = {Outcome(name): chance for name, chance in found.items()}
        return settle(looked, chances, self._table.bounds)


def settle(looked: Looked, chances: Mapping[Outcome, float], bounds: Bounds) -> Verdict | None:
    """Return what is made of a pair: the proposal of structure, weighed."""
    proposed = looked.verdict
    if proposed is None:
        return _read_alone(looked, chances, bounds)
    if proposed.kind in UNWEIGHED:
        return proposed
    match proposed.relation:
        case Relation.AGREE:
            return _weighed(proposed, chances[Outcome.AGREE], bounds.agree, bounds.unsure)
        case Relation.CONFLICT:
            return _weighed(proposed, chances[Outcome.CONFLICT], bounds.conflict, bounds.unsure)
        case Relation.UNSURE:
            return _resolve(proposed, chances, bounds)
        case Relation.COMPATIBLE:
            return replace(proposed, confidence=round(1.0 - chances[Outcome.NONE], 3))


def _weighed(proposed: Verdict, chance: float, enough: float, least: float) -> Verdict | None:
    """Return the proposal with its probability, as `unsure` below what is enough, or none below the least."""
    if chance >= enough:
        return replace(proposed, confidence=round(chance, 3))
    if chance < least:
        return None
    doubt = (*proposed.reasons, "all signals together do not make it sure")
    return replace(proposed, relation=Relation.UNSURE, confidence=round(chance, 3), reasons=doubt)


def _resolve(proposed: Verdict, chances: Mapping[Outcome, float], bounds: Bounds) -> Verdict | None:
    """Return what structure leaves open: a relation where all signals together are sure of it, else still open."""
    outcome = max((Outcome.AGREE, Outcome.CONFLICT), key=lambda one: chances[one])
    chance = round(chances[outcome], 3)
    if chance < bounds.unsure:
        return None
    if chance < bounds.alone:
        return replace(proposed, confidence=chance)
    kind = Kind.NONE if outcome is Outcome.AGREE else proposed.kind
    reasons = (*proposed.reasons, "all signals together are sure")
    return replace(proposed, relation=Relation(outcome.value), kind=kind, confidence=chance, reasons=reasons)


def _read_alone(looked: Looked, chances: Mapping[Outcome, float], bounds: Bounds) -> Verdict | None:
    """Return the relation that reading alone is sure of, where structure sees none."""
    outcome = max((Outcome.AGREE, Outcome.CONFLICT), key=lambda one: chances[one])
    if chances[outcome] < bounds.alone:
        return None
    reasons = (f"read as one matter by the trained judge (similarity {looked.cosine:.2f})",)
    if outcome is Outcome.AGREE:
        return verdict(Relation.AGREE, Kind.NONE, chances[outcome], reasons)
    contrast = next(iter(find_contrasts(*looked.texts)), None)
    told = (contrast.reason,) if contrast is not None else ()
    return verdict(Relation.CONFLICT, _kind(looked), chances[outcome], (*told, *reasons))


def _kind(looked: Looked) -> Kind:
    """Return of what kind a conflict is that was read: by the positions first, then by the words that part."""
    against = [held for held in map(held_of, (looked.left, looked.right)) if held.position is Position.AGAINST]
    if len(against) == 1:
        return kind_of_denial(against[0])
    contrast = next(iter(find_contrasts(*looked.texts)), None)
    return KIND_OF_CONTRAST.get(group_of(contrast.kind), Kind.OPPOSITE) if contrast is not None else Kind.OPPOSITE


@lru_cache(maxsize=2)
def load_table(judge: str, path: Path = TABLE) -> Table:
    """Return the table that was fitted with this judge; a file that is missing or damaged is an InputError."""
    name = "lexical" if judge == LEXICAL else "trained"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        part = table[name]
        version = f"{table['version']}-{name}"
        return Table(weights=read_regression(part), bounds=Bounds(**part["bounds"]), version=version)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"the weights {path} cannot be read ({error!r}); training/relations makes them") from error


@lru_cache(maxsize=2)
def weigher_version(judge: str) -> str:
    """Return the name of the table and of the judge that weigh, without loading a network."""
    return f"{load_table(judge).version}+{version_of(judge)}"


def load_weigher(judge: str) -> Weigher:
    """Return the weigher with the judge of this name, and the table that goes with it."""
    return Weigher(load_judge(judge), load_table(judge))
