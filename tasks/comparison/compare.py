"""Claims against claims: the verdict on each pair that is worth a look, with the two sources named in the reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tasks.comparison.candidates import COSINE, Side, find_pairs, side_of
from tasks.comparison.embeddings import Vectors
from tasks.comparison.held import THRESHOLDS, Thresholds, Verdict, held_of
from tasks.comparison.kinship import LIKELY, kin_pair, kinship_of
from tasks.comparison.lexicon import Lexicon
from tasks.comparison.looked import Looked
from tasks.comparison.speakers import does_what, perhaps_one, same_source, speaker_of
from tasks.comparison.stories import Stories
from tasks.comparison.verdict import look
from tasks.comparison.weighing import Weigher
from tasks.model.claim import Certainty, Claim, Position, Voice
from tasks.model.finding import Kind, RelatedPair, Relation

VERSION = "weighed-3"  # stored beside each relation: raise it when a rule, a weight or the lexicon changes
UNDATED = 0.90  # cap where one side names no time of the event: it may be another one
ONLY_POSSIBLE = 0.90  # factor where a side only holds it possible
OUTLETS_AGREE = 0.70  # two outlets that write alike: needs more than a source's statement does


def compare_claims(
    left: Claim, right: Claim, cosine: float, *, lexicon: Lexicon | None = None, thresholds: Thresholds = THRESHOLDS
) -> RelatedPair | None:
    """Return how two claims stand to each other, None where they are unrelated; the order makes no difference."""
    looked = look_at(left, right, cosine, lexicon=lexicon, thresholds=thresholds)
    return None if looked is None else relate(looked, looked.verdict, unweighed=True)


def look_at(
    left: Claim, right: Claim, cosine: float, *, lexicon: Lexicon | None = None, thresholds: Thresholds = THRESHOLDS
) -> Looked | None:
    """Return two claims side by side, the smaller id first, with what structure says; None where they may not be."""
    left, right = sorted((left, right), key=lambda claim: claim.id)
    if not comparable(left, right):
        return None
    pairing, verdict = look(held_of(left), held_of(right), cosine, lexicon=lexicon, thresholds=thresholds)
    return Looked(left=left, right=right, cosine=cosine, pairing=pairing, verdict=verdict)


def relate(looked: Looked, verdict: Verdict | None, *, unweighed: bool = False) -> RelatedPair | None:
    """Return the pair that a verdict makes of two claims, with both sources named in its reasons."""
    left, right = looked.left, looked.right
    if verdict is None or _too_weak(left, right, verdict):
        return None
    if verdict.relation is Relation.CONFLICT and perhaps_one(left, right):
        doubt = "both sides may be one source, which nobody names"
        verdict = replace(verdict, relation=Relation.UNSURE, reasons=(*verdict.reasons, doubt))
    verdict = replace(verdict, confidence=_confidence(left, right, verdict, unweighed=unweighed))
    return _of_one_source(left, right, verdict) if same_source(left, right) else _pair(left, right, verdict)


def comparable(left: Claim, right: Claim) -> bool:
    """Return whether the two may be compared at all: not a claim with itself, its frame, or its own speaker."""
    if right.id in {left.id, left.parent} or right.parent == left.id:
        return False
    return left.article_id != right.article_id or not same_source(left, right)


def _too_weak(left: Claim, right: Claim, verdict: Verdict) -> bool:
    outlets = left.voice is Voice.OUTLET and right.voice is Voice.OUTLET
    return outlets and verdict.relation is Relation.AGREE and verdict.confidence < OUTLETS_AGREE


def _of_one_source(left: Claim, right: Claim, verdict: Verdict) -> RelatedPair | None:
    """Return the pair of one source's claims in two articles: the same again, or a change of position."""
    who = speaker_of(left)
    match verdict.relation:
        case Relation.AGREE:
            return _pair(left, right, verdict, first=f"both report {who}: one origin")
        case Relation.CONFLICT if verdict.kind is not Kind.ROLE:
            reason = f"{who} takes two positions: a change, not a conflict between sources"
            shift = Verdict(
                relation=Relation.COMPATIBLE, kind=Kind.SHIFT, confidence=verdict.confidence, reasons=verdict.reasons
            )
            return _pair(left, right, shift, first=reason)
        case Relation.COMPATIBLE if verdict.kind is Kind.COMPATIBLE_NUMBERS:
            return _pair(left, right, verdict, first=f"both report {who}: one origin")
        case Relation.CONFLICT | Relation.COMPATIBLE | Relation.UNSURE:
            return None


def _pair(left: Claim, right: Claim, verdict: Verdict, *, first: str = "") -> RelatedPair:
    reasons = (first or _both_sides(left, right), *verdict.reasons)
    return RelatedPair(
        left=left.id,
        right=right.id,
        relation=verdict.relation,
        kind=verdict.kind,
        confidence=verdict.confidence,
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _both_sides(left: Claim, right: Claim) -> str:
    """Return who does what, the one who is for it first."""
    one, other = sorted((left, right), key=lambda claim: (claim.position is not Position.FOR, claim.id))
    return f"{does_what(one)}; {does_what(other)}"


def _confidence(left: Claim, right: Claim, verdict: Verdict, *, unweighed: bool) -> float:
    """Return the verdict's confidence, lowered by what is unsure about the claims, if nothing has weighed that yet."""
    value = verdict.confidence
    if unweighed:
        value *= (1 + min(left.confidence, right.confidence)) / 2
        if Certainty.POSSIBLE in {left.certainty, right.certainty} and verdict.relation is Relation.CONFLICT:
            value *= ONLY_POSSIBLE
    if not (left.proposition.times and right.proposition.times):
        value = min(value, UNDATED)
    return round(value, 3)


def compare_new(
    new: Sequence[Claim],
    new_vectors: Vectors,
    stored: Sequence[Claim] = (),
    stored_vectors: Vectors | None = None,
    *,
    copy_roots: Mapping[str, str] | None = None,
    cosine: float = COSINE,
    thresholds: Thresholds = THRESHOLDS,
    weigher: Weigher | None = None,
) -> list[RelatedPair]:
    """Return the pairs of new claims with one another and with stored ones, in the order of their ids.

    They are related, or likely of one matter though it cannot be told how they stand to each other (`same-matter`).

    `copy_roots` names for each article the one that it repeats; articles that repeat nothing may be left out. Without
    a weigher structure alone decides.
    """
    known = {claim.id for claim in new}
    kept = [place for place, claim in enumerate(stored) if claim.id not in known]
    others = [*new, *(stored[place] for place in kept)]
    vectors = new_vectors if stored_vectors is None else np.vstack([new_vectors, stored_vectors[kept]])
    side = side_of(others, vectors, copy_roots or {})
    own = Side(claims=new, known=side.known[: len(new)], vectors=new_vectors)
    stories = Stories(others, vectors)
    return compare_sides(own, side, stories, cosine=cosine, thresholds=thresholds, weigher=weigher)


def compare_sides(
    new: Side,
    others: Side,
    stories: Stories,
    *,
    cosine: float = COSINE,
    thresholds: Thresholds = THRESHOLDS,
    weigher: Weigher | None = None,
) -> list[RelatedPair]:
    """Return the pairs of new claims with others, which may hold them too, in the order of their ids."""
    near = find_pairs(new.known, new.vectors, others.known, others.vectors, stories=stories, cosine=cosine)
    side_by_side = (
        look_at(new.claims[one], others.claims[other], score, thresholds=thresholds) for one, other, score in near
    )
    asked = ((one, kinship_of(one)) for one in side_by_side if one is not None)
    kept = [(one, kinship) for one, kinship in asked if one.verdict is not None or kinship >= LIKELY]
    looked = [one for one, _ in kept]
    verdicts = [one.verdict for one in looked] if weigher is None else weigher.weigh(looked)
    found = (
        _related_or_kin(relate(one, verdict, unweighed=weigher is None), one, kinship)
        for (one, kinship), verdict in zip(kept, verdicts, strict=True)
    )
    return sorted((pair for pair in found if pair is not None), key=lambda pair: (pair.left, pair.right))


def _related_or_kin(pair: RelatedPair | None, looked: Looked, kinship: float) -> RelatedPair | None:
    """Return the related pair with its kinship; where there is no relation the pair that likeness alone makes."""
    return kin_pair(looked, kinship) if pair is None else replace(pair, kinship=kinship)
