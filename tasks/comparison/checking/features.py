"""An article beside a statement as numbers with names: what the tables of weights can weigh, and a reader can read."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.comparison.checking.evidence import Evidence
from tasks.comparison.checking.leaning import LEAD, side_features
from tasks.comparison.checking.pieces import Piece
from tasks.comparison.checking.stated import Statement
from tasks.comparison.checking.words import count_kinds
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.texts import read_words, share
from tasks.model.claim import Act, Certainty, Position, Voice
from tasks.model.finding import Relation

NEAR = 4  # pieces of evidence whose words count as standing near the statement
KINDS = ("doubt", "hedge", "modal", "confirm", "attribute", "spread", "update", "negate")
REFUSING = ("refute", "deny")
SHORTEST = 50  # words: one word of a kind means no more in a shorter article


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article read beside a statement: its pieces with their nearness, and the evidence, the nearest first."""

    statement: Statement
    pieces: Sequence[Piece]
    cosines: Sequence[float]
    evidence: Sequence[Evidence]


def speaks_features(reading: Reading) -> dict[str, float]:
    """Return what tells whether an article speaks of the statement at all."""
    lexicon = load_lexicon()
    asked = read_words(reading.statement.text, lexicon)
    near = [read_words(one.piece.around, lexicon) for one in reading.evidence]
    cosines = sorted(reading.cosines, reverse=True) or [0.0]
    return {
        "nearest": cosines[0],
        "three nearest": sum(cosines[:3]) / 3,
        "words met in one place": max((share(asked.stems, words.stems) for words in near), default=0.0),
        "words met": share(asked.stems, frozenset().union(*(words.stems for words in near))),
        "names met": share(asked.names, frozenset().union(*(words.stems for words in near))),
    }


def stance_features(reading: Reading) -> dict[str, float]:
    """Return what tells how an article that speaks of the statement stands to it."""
    statement = reading.statement
    return {
        "statement: hedge": float(statement.kinds["hedge"] > 0),
        "statement: question": float(statement.question),
        "statement: attributes": float(len(statement.held) > 1),
        "statement: refute": float(statement.kinds["refute"] > 0),
        "statement: negate": float(statement.kinds["negate"] > 0),
        **dict(_words(reading)),
        **_evidence(reading),
        **side_features(statement, reading.evidence),
        **_shape(reading),
    }


def _words(reading: Reading) -> Iterator[tuple[str, float]]:
    """Yield how many words of each kind stand near the evidence, in the lead, and in the article."""
    sentences = dict(sorted((piece.sentence, piece.around) for piece in reading.pieces))
    near = {one.piece.sentence: one.piece.around for one in reading.evidence[:NEAR]}
    places = {"near": [*near.values()], "lead": [*sentences.values()][:LEAD], "article": [*sentences.values()]}
    refuses = any(reading.statement.kinds[kind] for kind in (*REFUSING, "negate"))
    for place, texts in places.items():
        for kind in (*KINDS, *REFUSING):
            much = _much(texts, kind, whole=place == "article")
            yield f"{place}: {kind}", 0.0 if refuses and kind in REFUSING else much
        # Words of refusal say another thing where the statement refuses something itself.
        yield f"{place}: refute, as the statement", _much(texts, "refute", whole=place == "article") * refuses


def _much(texts: Sequence[str], kind: str, *, whole: bool) -> float:
    """Return how many words of a kind stand in some sentences, of a whole article in each hundred words."""
    count = sum(count_kinds(text)[kind] for text in texts)
    words = sum(len(text.split()) for text in texts)
    return math.log1p(100 * count / max(words, SHORTEST) if whole else count)


def _evidence(reading: Reading) -> dict[str, float]:
    evidence = reading.evidence
    own = [one for one in evidence if one.piece.voice is Voice.OUTLET]
    told = [one for one in evidence if one.piece.voice is Voice.SOURCE]
    lead = [one for one in evidence if one.piece.sentence < LEAD]
    groups = {"best": evidence, "outlet": own, "source": told, "lead": lead}
    values: dict[str, float] = {}
    for name, group in groups.items():
        values[f"{name}: agrees"] = max((one.agree for one in group), default=0.0)
        values[f"{name}: conflicts"] = max((one.conflict for one in group), default=0.0)
        values[f"{name}: nearest"] = max((one.cosine for one in group), default=0.0)
    values["structure: agrees"] = _structure(evidence, Relation.AGREE)
    values["structure: conflicts"] = _structure(evidence, Relation.CONFLICT)
    values |= {
        "mean: agrees": _weighted(evidence, [one.agree for one in evidence]),
        "mean: conflicts": _weighted(evidence, [one.conflict for one in evidence]),
        "share: attributed": _weighted(evidence, [one.piece.voice is Voice.SOURCE for one in evidence]),
        "share: distanced": _weighted(evidence, [one.piece.distanced for one in evidence]),
        "share: against": _weighted(evidence, [one.piece.position is Position.AGAINST for one in evidence]),
        "share: denied": _weighted(evidence, [one.piece.act is Act.DENY for one in evidence]),
        "share: confirmed": _weighted(evidence, [one.piece.act is Act.CONFIRM for one in evidence]),
        "share: alleged": _weighted(evidence, [one.piece.act in _ALLEGING for one in evidence]),
        "share: no position": _weighted(evidence, [one.piece.position is Position.NONE for one in evidence]),
        "share: uncertain": _weighted(evidence, [_uncertain(one) for one in evidence]),
        "share: through others": _weighted(
            evidence, [bool(one.piece.claim and one.piece.claim.via) for one in evidence]
        ),
    }
    return values


_ALLEGING = frozenset({Act.ALLEGE, Act.ACCUSE, Act.HEDGE})


def _uncertain(one: Evidence) -> bool:
    return one.piece.claim is not None and one.piece.claim.certainty is not Certainty.CERTAIN


def _structure(evidence: Sequence[Evidence], relation: Relation) -> float:
    return max((one.verdict.confidence for one in evidence if one.verdict and one.relation is relation), default=0.0)


def _weighted(evidence: Sequence[Evidence], values: Sequence[float]) -> float:
    """Return the mean of values over the evidence, the nearer pieces weighing more."""
    weights = [max(0.0, one.cosine) ** 2 for one in evidence]
    total = sum(weights)
    return sum(weight * value for weight, value in zip(weights, values, strict=True)) / total if total else 0.0


def _shape(reading: Reading) -> dict[str, float]:
    quoted = sum(piece.voice is Voice.SOURCE for piece in reading.pieces)
    last = max((piece.sentence for piece in reading.pieces), default=0) + 1
    place = reading.evidence[0].piece.sentence / last if reading.evidence else 1.0
    return {
        "place of the nearest": place,
        "claims of sources": quoted / max(1, len(reading.pieces)),
    }
