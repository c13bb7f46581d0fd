"""What of an article bears on a statement, and how each piece of it stands to the statement."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.comparison.checking.pieces import Piece
from tasks.comparison.checking.stated import Statement
from tasks.comparison.embeddings import Vectors
from tasks.comparison.held import Held, Verdict
from tasks.comparison.judge import Judgement, Label
from tasks.comparison.verdict import compare_held
from tasks.model.claim import Act, Position
from tasks.model.finding import Relation

JUDGED = 8  # pieces of an article that the judge reads: the nearest ones
TURNED = frozenset({Act.DENY, Act.RETRACT})  # what is judged is the content, which these say not to be so


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of an article beside the statement."""

    piece: Piece
    cosine: float
    judgement: Judgement
    verdict: Verdict | None

    @property
    def agree(self) -> float:
        """Return how likely the piece, as its source holds it, agrees with the statement."""
        return self._probability(Label.AGREE)

    @property
    def conflict(self) -> float:
        """Return how likely the piece, as its source holds it, is against the statement."""
        return self._probability(Label.CONFLICT)

    def _probability(self, label: Label) -> float:
        if self.piece.act in TURNED:
            label = {Label.AGREE: Label.CONFLICT, Label.CONFLICT: Label.AGREE}.get(label, label)
        return self.judgement.probabilities[label]

    @property
    def relation(self) -> Relation | None:
        """Return what structure says, None where it says nothing."""
        return self.verdict.relation if self.verdict is not None else None


def nearest(cosines: Sequence[float], most: int = JUDGED) -> list[int]:
    """Return the places of the nearest pieces, the nearest first."""
    return sorted(range(len(cosines)), key=lambda place: (-cosines[place], place))[:most]


def cosines_of(vector: Vectors, vectors: Vectors) -> list[float]:
    """Return the cosine of one vector with each of many."""
    return [min(1.0, max(-1.0, float(score))) for score in np.atleast_1d(vectors @ vector)]


def by_structure(statement: Statement, piece: Piece, cosine: float) -> Verdict | None:
    """Return the verdict of structure on a claim and the statement, or what the statement attributes."""
    if piece.claim is None or piece.position is Position.NONE:
        return None
    mine = Held(proposition=piece.claim.proposition, act=piece.claim.act, sources=piece.claim.entities)
    found = (compare_held(mine, held, cosine) for held in statement.held)
    told = [verdict for verdict in found if verdict is not None]
    return max(told, key=lambda verdict: (verdict.relation is not Relation.UNSURE, verdict.confidence), default=None)
