"""Stories: whether two articles are about one event, for claims that name nobody ("nine people were killed")."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy

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
        self.means: Mapping[str, Vectors] = means_of([claim.article_id for claim in claims], vectors)
        self.named: Mapping[str, frozenset[str]] = _named_in(claims)

    def joined(self, claims: Iterable[Claim], means: Mapping[str, Vectors]) -> "Stories":
        """Return these with other articles: the mean of each, and all claims of those whose means come near.

        Of an article that is among these already, what is known of it counts.
        """
        others = copy(self)
        others.means = {**means, **self.means}
        others.named = {**dict.fromkeys(means, frozenset()), **_named_in(claims), **self.named}
        return others

    def same(self, left: str, right: str) -> bool:
        """Return whether two articles, by id, are about one event."""
        if left == right:
            return True
        near = float(self.means[left] @ self.means[right]) >= ONE_STORY
        return near and bool(self.named[left] & self.named[right])


def means_of(articles: Sequence[str], vectors: Vectors) -> dict[str, Vectors]:
    """Return for each article the mean of its vectors, scaled to length 1; `articles` names the one of each vector."""
    rows: dict[str, list[int]] = {}
    for row, article in enumerate(articles):
        rows.setdefault(article, []).append(row)
    return {article: _mean(vectors[found]) for article, found in rows.items()}


def near_means(left: Mapping[str, Vectors], right: Mapping[str, Vectors]) -> list[tuple[str, str]]:
    """Return the pairs of articles, one from each side, whose claims are near enough on the whole to be one story."""
    if not (left and right):
        return []
    ones, others = list(left), list(right)
    scores = np.stack([left[one] for one in ones]) @ np.stack([right[other] for other in others]).T
    return [(ones[row], others[column]) for row, column in np.argwhere(scores >= ONE_STORY)]


def named_of(claim: Claim) -> frozenset[str]:
    """Return the keys of everybody in particular who speaks or is spoken of."""
    everybody = (*claim.entities, *(party.entity for party in claim.proposition.parties))
    return keys_of(entity for entity in everybody if entity.kind in NAMED)


def _named_in(claims: Iterable[Claim]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for claim in claims:
        found.setdefault(claim.article_id, set()).update(named_of(claim))
    return {article: frozenset(keys) for article, keys in found.items()}


def _mean(vectors: Vectors) -> Vectors:
    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
