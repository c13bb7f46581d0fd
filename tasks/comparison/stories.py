"""Stories: whether two articles are about one event, for claims that name nobody ("nine people were killed")."""

from collections.abc import Mapping, Sequence

import numpy as np

from tasks.comparison.embeddings import Vectors
from tasks.comparison.names import keys_of
from tasks.model.claim import Claim, EntityKind

# The mean vectors of an article's claims, two articles against each other. On 104 development articles of 15 topics
# (FNC-1), claims as extracted: at 0.60 with one entity in common 94 % of the pairs of one topic pass and 1.8 % of the
# others, which are mostly neighbouring topics (two stories about one war).
ONE_STORY = 0.60
NAMED = frozenset({EntityKind.PERSON, EntityKind.STATE, EntityKind.BODY, EntityKind.OUTLET})


def sources_of(claim: Claim) -> frozenset[str]:
    """Return the keys of the entities that speak."""
    return keys_of(claim.entities)


def parties_of(claim: Claim) -> frozenset[str]:
    """Return the keys of the entities that are spoken of."""
    return keys_of(party.entity for party in claim.proposition.parties)


class Stories:
    """Articles by the mean of their claims' vectors and by the entities that their claims name."""

    def __init__(self, claims: Sequence[Claim], vectors: Vectors) -> None:
        """Take the claims of all articles that may be asked about, each with its vector."""
        rows: dict[str, list[int]] = {}
        self._named: dict[str, set[str]] = {}
        for row, claim in enumerate(claims):
            rows.setdefault(claim.article_id, []).append(row)
            self._named.setdefault(claim.article_id, set()).update(named_of(claim))
        self._means: Mapping[str, Vectors] = {article: _mean(vectors[places]) for article, places in rows.items()}

    def same(self, left: str, right: str) -> bool:
        """Return whether two articles, by id, are about one event."""
        if left == right:
            return True
        shared = bool(self._named[left] & self._named[right])
        return shared and float(self._means[left] @ self._means[right]) >= ONE_STORY


def named_of(claim: Claim) -> frozenset[str]:
    """Return the keys of everybody in particular who speaks or is spoken of."""
    everybody = (*claim.entities, *(party.entity for party in claim.proposition.parties))
    return keys_of(entity for entity in everybody if entity.kind in NAMED)


def _mean(vectors: Vectors) -> Vectors:
    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
