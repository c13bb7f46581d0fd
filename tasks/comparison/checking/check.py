"""One statement against many articles: the evidence in each, and the stance that comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.comparison.checking.evidence import Evidence, by_structure, cosines_of, nearest
from tasks.comparison.checking.features import Reading, speaks_features, stance_features
from tasks.comparison.checking.pieces import Piece, find_pieces
from tasks.comparison.checking.reasons import bearing, why
from tasks.comparison.checking.stance import SURE_DENIAL, Stance, Weights, load_weights
from tasks.comparison.checking.stated import Statement
from tasks.comparison.embeddings import Embedder
from tasks.comparison.judge import Judge
from tasks.model.claim import Claim

SPEAKS = "speaks"  # the outcome of the first table; the other one is silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What an article does with a statement, how surely, with its evidence and what speaks for it."""

    stance: Stance
    probabilities: Mapping[Stance, float]
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Return how sure the stance is, from 0 to 1."""
        return self.probabilities[self.stance]

    @property
    def sure(self) -> bool:
        """Return whether it may be shown without reserve: a denial needs more than to be the likeliest stance."""
        return self.stance is not Stance.DENIES or self.score >= SURE_DENIAL


class Checker:
    """Holds articles against statements with one embedder, one judge and one pair of tables."""

    def __init__(self, embedder: Embedder, judge: Judge, weights: Weights | None = None) -> None:
        """Take what reads texts and what weighs them, by default the tables that ship."""
        self._embedder = embedder
        self._judge = judge
        self._weights = weights or load_weights()

    def check(self, statement: Statement, articles: Sequence[tuple[str, Sequence[Claim], str]]) -> list[Checked]:
        """Return what each article, a text with its claims and its outlet, does with the statement, in their order."""
        pieces = [find_pieces(text, claims, outlet) for text, claims, outlet in articles]
        return [self.decide(reading) for reading in self.read(statement, pieces)]

    def read(self, statement: Statement, pieces: Sequence[Sequence[Piece]]) -> list[Reading]:
        """Return each article beside the statement: its nearest pieces judged, all in one batch."""
        vectors = self._embedder.embed([statement.text, *(piece.text for article in pieces for piece in article)])
        readings, start = [], 1
        for article in pieces:
            cosines = cosines_of(vectors[0], vectors[start : start + len(article)])
            start += len(article)
            readings.append(read_article(statement, article, cosines, self._judge))
        return readings

    def decide(self, reading: Reading) -> Checked:
        """Return the stance of one article, which the two tables decide."""
        speaks = self._weights.speaks.probabilities(speaks_features(reading))[SPEAKS]
        values = stance_features(reading)
        shares = self._weights.stance.probabilities(values)
        probabilities = {Stance(name): speaks * share for name, share in shares.items()} | {Stance.SILENT: 1 - speaks}
        # First whether it speaks of the statement, then what it does: three ways to speak must not make it silent.
        stance = Stance(max(shares, key=lambda name: shares[name])) if speaks >= 0.5 else Stance.SILENT  # noqa: PLR2004
        if stance is Stance.SILENT:
            return Checked(stance=stance, probabilities=probabilities)
        return Checked(
            stance=stance,
            probabilities=probabilities,
            evidence=bearing(reading.statement, reading.evidence, stance),
            reasons=why(self._weights.stance.pull(values, stance)),
        )


def read_article(statement: Statement, pieces: Sequence[Piece], cosines: Sequence[float], judge: Judge) -> Reading:
    """Return an article beside the statement: how near each piece is, and how the nearest ones stand to it."""
    chosen = nearest(cosines)
    judged = judge.judge([(pieces[place].text, statement.text) for place in chosen])
    evidence = [
        Evidence(
            piece=pieces[place],
            cosine=cosines[place],
            judgement=judgement,
            verdict=by_structure(statement, pieces[place], cosines[place]),
        )
        for place, judgement in zip(chosen, judged, strict=True)
    ]
    return Reading(statement=statement, pieces=pieces, cosines=cosines, evidence=evidence)
