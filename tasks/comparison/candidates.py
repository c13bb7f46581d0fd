"""Candidates: which claims are near enough to be looked at, by exact search, block by block."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tasks.comparison.embeddings import Vectors
from tasks.comparison.names import keys_of
from tasks.comparison.stories import Stories, parties_of, sources_of
from tasks.model.claim import Claim, Role, Voice

BLOCK = 200  # rows of new claims multiplied at a time: bounds the memory
# Cosine from which a pair is looked at. Low on purpose: it is topic, not stance ("denied any arms deals" against
# "providing military equipment" has .53), and what passes is decided by structure.
COSINE = 0.40
COSINE_WITHOUT_PARTY = 0.80  # two claims that share nobody must nearly be one sentence
COSINE_OF_COPIES = 0.90  # in a copy only the repeated claim itself is of interest


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the search needs to know of a claim beside its vector."""

    claim_id: str
    article_id: str
    root: str  # the article that its article repeats, or its own article
    entity_ids: frozenset[str]  # its parties and its sources
    source_ids: frozenset[str]
    outlet_voice: bool = False
    party_ids: frozenset[str] = frozenset()  # who acts or is acted upon, less the source that speaks of itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Claims as the search takes them: with what it needs to know of each, and its vector."""

    claims: Sequence[Claim]
    known: Sequence[Candidate]
    vectors: Vectors


def side_of(claims: Sequence[Claim], vectors: Vectors, roots: Mapping[str, str]) -> Side:
    """Return the claims as the search takes them; `roots` names the article that an article repeats."""
    return Side(claims=claims, known=candidates_of(claims, roots), vectors=vectors)


def candidates_of(claims: Sequence[Claim], roots: Mapping[str, str]) -> list[Candidate]:
    """Return what the search needs to know of each claim; `roots` names the article that an article repeats."""
    return [
        Candidate(
            claim_id=claim.id,
            article_id=claim.article_id,
            root=roots.get(claim.article_id) or claim.article_id,
            entity_ids=sources_of(claim) | parties_of(claim),
            source_ids=sources_of(claim),
            outlet_voice=claim.voice is Voice.OUTLET,
            party_ids=_acting(claim) - sources_of(claim),
        )
        for claim in claims
    ]


def _acting(claim: Claim) -> frozenset[str]:
    return keys_of(party.entity for party in claim.proposition.parties if party.role is not Role.OTHER)


def find_pairs(
    new: Sequence[Candidate],
    new_vectors: Vectors,
    others: Sequence[Candidate],
    other_vectors: Vectors,
    *,
    stories: Stories,
    cosine: float = COSINE,
) -> Iterator[tuple[int, int, float]]:
    """Yield the places of each pair to look at (in `new`, in `others`) and its cosine; each pair comes once.

    `others` may hold the new claims too.
    """
    seen_at = {candidate.claim_id: place for place, candidate in enumerate(new)}
    for start in range(0, len(new), BLOCK):
        scores = new_vectors[start : start + BLOCK] @ other_vectors.T
        for row, column in np.argwhere(scores >= cosine):
            one, other = start + int(row), int(column)
            score = min(1.0, float(scores[row, column]))
            twice = seen_at.get(others[other].claim_id, len(new)) <= one  # met already, the other way round
            if not twice and worth_a_look(new[one], others[other], score, stories):
                yield one, other, score


def worth_a_look(left: Candidate, right: Candidate, cosine: float, stories: Stories) -> bool:
    """Return whether two claims may be related at all, before their content is looked at."""
    if left.article_id == right.article_id:
        return apart_in_one_article(left, right) and one_setting(left, right, stories)
    if left.root == right.root:
        return cosine >= COSINE_OF_COPIES and left.source_ids == right.source_ids
    return cosine >= COSINE_WITHOUT_PARTY or one_setting(left, right, stories)


def apart_in_one_article(left: Candidate, right: Candidate) -> bool:
    """Return whether two claims of one article come from two different sources, none of them the outlet."""
    named = bool(left.source_ids) and bool(right.source_ids) and not (left.outlet_voice or right.outlet_voice)
    return named and not left.source_ids & right.source_ids


def one_setting(left: Candidate, right: Candidate, stories: Stories) -> bool:
    """Return whether two claims share somebody, or one names no party and both stand in articles about one event."""
    if left.entity_ids & right.entity_ids:
        return True
    if left.party_ids and right.party_ids:
        return False
    return stories.same(left.article_id, right.article_id)
