"""How sure a relation is: a readable table weighs what structure found in two claims and what the judge read in them.

Structure proposes a relation and its kind. The table (`models/relations.json`, which tells how it was fitted and on
what it was measured) turns all signals into the probability of each relation, and so confirms the proposal, lowers it
to `unsure`, or lets it go. What structure leaves open can turn out to be an agreement, never a conflict: on labelled
pairs, reading alone was not to be trusted with that, nor with pairs in which structure sees nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from tasks.comparison.held import Verdict
from tasks.comparison.judge import Judge, Judgement
from tasks.comparison.looked import Looked, features_of_pair
from tasks.comparison.pairs import LEXICAL, load_judge, version_of
from tasks.comparison.regression import Regression, read_regression
from tasks.model.errors import InputError
from tasks.model.finding import Kind, Relation

TABLE = Path(__file__).parents[2] / "models" / "relations.json"
AGREED = 0.50  # an agreement is said where it is likelier than everything else together
# A conflict needs more: a wrong one costs a reader more than one that is shown as a question. On folds of labelled
# pairs 30 of 35 above it were right, and 6 of 8 between five and seven in ten.
OPPOSED = 0.70
ASKED = 0.25  # below it, the pair is not even worth a question
UNWEIGHED = frozenset({Kind.TIME, Kind.ROLE})  # too rare for labels: structure has the last word


class Outcome(StrEnum):
    """What a pair of claims can turn out to be."""

    AGREE = "agree"
    CONFLICT = "conflict"
    COMPATIBLE = "compatible"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The weights and their name."""

    weights: Regression
    version: str


class Weigher:
    """Weighs what structure proposes for pairs of claims, with a judge of texts and a table."""

    def __init__(self, judge: Judge, table: Table) -> None:
        """Take the judge, and the table that was fitted with it."""
        self._judge = judge
        self._table = table

    def weigh(self, pairs: Sequence[Looked]) -> list[Verdict | None]:
        """Return the verdict on each pair, in their order; None where there is no relation."""
        asked = [looked for looked in pairs if looked.verdict is not None]
        judged = self._judge.judge([looked.texts for looked in asked], [looked.cosine for looked in asked])
        settled = (self._settle(looked, judgement) for looked, judgement in zip(asked, judged, strict=True))
        return [None if looked.verdict is None else next(settled) for looked in pairs]

    def _settle(self, looked: Looked, judgement: Judgement) -> Verdict | None:
        found = self._table.weights.probabilities(features_of_pair(looked, judgement))
        return settle(looked.verdict, {Outcome(name): chance for name, chance in found.items()})


def settle(proposed: Verdict | None, chances: Mapping[Outcome, float]) -> Verdict | None:
    """Return what is made of a proposal of structure: confirmed, doubted, or let go."""
    if proposed is None or proposed.kind in UNWEIGHED:
        return proposed
    match proposed.relation:
        case Relation.AGREE:
            return _weighed(proposed, chances[Outcome.AGREE], AGREED)
        case Relation.CONFLICT:
            return _weighed(proposed, chances[Outcome.CONFLICT], OPPOSED)
        case Relation.UNSURE:
            return _resolve(proposed, chances)
        case Relation.COMPATIBLE:
            return replace(proposed, confidence=round(1.0 - chances[Outcome.NONE], 3))


def _weighed(proposed: Verdict, chance: float, enough: float) -> Verdict | None:
    """Return the proposal with its probability, as `unsure` where that is not enough, or none."""
    if chance < ASKED:
        return None
    if chance >= enough:
        return replace(proposed, confidence=round(chance, 3))
    doubt = (*proposed.reasons, "all signals together do not make it sure")
    return replace(proposed, relation=Relation.UNSURE, confidence=round(chance, 3), reasons=doubt)


def _resolve(proposed: Verdict, chances: Mapping[Outcome, float]) -> Verdict | None:
    """Return what structure leaves open: an agreement where all signals together say so, else still open."""
    if chances[Outcome.AGREE] >= AGREED:
        reasons = (*proposed.reasons, "all signals together say that both hold the same")
        chance = round(chances[Outcome.AGREE], 3)
        return Verdict(relation=Relation.AGREE, kind=Kind.NONE, confidence=chance, reasons=reasons)
    likeliest = max(chances[Outcome.CONFLICT], chances[Outcome.AGREE])
    return replace(proposed, confidence=round(likeliest, 3)) if likeliest >= ASKED else None


@lru_cache(maxsize=2)
def load_table(path: Path = TABLE) -> Table:
    """Return the table that ships; a file that is missing or damaged is an InputError."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Table(weights=read_regression(table), version=table["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"the weights {path} cannot be read ({error!r}); training/relations makes them") from error


@lru_cache(maxsize=2)
def weigher_version(judge: str) -> str:
    """Return the name of the table and of the judge that weigh, without loading a network."""
    return LEXICAL if judge == LEXICAL else f"{load_table().version}+{version_of(judge)}"


def load_weigher(judge: str) -> Weigher | None:
    """Return the weigher with the judge of this name; without a trained one there is none, and structure decides."""
    return None if judge == LEXICAL else Weigher(load_judge(judge), load_table())
