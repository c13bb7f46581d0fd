"""Clusters: which claims make one matter, without a chain of single links growing into a giant.

The nearest clusters become one first: how near two are depends mostly on all pairs between them and a little on the
surest, so that one weak link joins nothing, and a lone claim need not resemble every member alike.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import fsum

from tasks.model.finding import Kind, RelatedPair, Relation

JOIN_CONFIDENCE = 0.55  # weaker pairs are shown where they touch a finding, but make none
# Chosen on 15 training stories (FNC-1): of 96 labelled pairs of one matter 60, 59 and 56 come together at 0.55, 0.60
# and 0.65, of 24 unrelated ones 4, 3 and 3; without the surest pair 54, and with half of the weight on it the largest
# clusters grow. The sample story is alike at all three.
NEAR = 0.60  # how near two clusters must be to become one
SUREST = 0.25  # what the surest pair between two clusters counts; the mean of all pairs counts the rest
UNSEEN = 0.25  # kinship of a pair that was looked at and not kept: of those below a half the mean is 0.2

Edge = tuple[str, str]
Cluster = frozenset[str]


def joins(pair: RelatedPair) -> bool:
    """Return whether a pair says by its relation that its claims are about one matter."""
    about_one = pair.relation in {Relation.AGREE, Relation.CONFLICT} or pair.kind in {
        Kind.COMPATIBLE_NUMBERS,
        Kind.SHIFT,
    }
    return about_one and pair.confidence >= JOIN_CONFIDENCE


def nearness(pair: RelatedPair) -> float:
    """Return how near two claims are: as likely as they are of one matter, and near enough where a relation joins.

    What speaks of two times in like words is of two matters.
    """
    if pair.kind is Kind.DIFFERENT_TIME:
        return 0.0
    return max(pair.kinship, pair.confidence, NEAR) if joins(pair) else pair.kinship


def binds(pair: RelatedPair) -> bool:
    """Return whether two claims are near enough for one cluster; without such a pair no two clusters become one.

    What weighs two clusters is at most their surest pair, since the mean of all pairs is. So claims that no chain of
    such pairs connects can be put into clusters apart from each other.
    """
    return nearness(pair) >= NEAR


def find_clusters(pairs: Sequence[RelatedPair], apart: Collection[Edge] = ()) -> list[Cluster]:
    """Return the clusters of claims that pairs make, each of two claims or more.

    Pairs in `apart` (smaller id first) were never looked at and are not counted. Claims of two disputes come together
    by a relation alone, so that likeness hides none behind another.
    """
    near = {(pair.left, pair.right): nearness(pair) for pair in pairs}
    grown = _Growing(near, pairs, apart)
    grown.run()
    return sorted({cluster for cluster in grown.clusters.values() if len(cluster) > 1}, key=min)


class _Growing:
    """Clusters while they grow, and the pairs between them."""

    def __init__(self, near: Mapping[Edge, float], pairs: Sequence[RelatedPair], apart: Collection[Edge]) -> None:
        self.clusters: dict[str, Cluster] = {one: frozenset((one,)) for edge in near for one in edge}
        self._near, self._apart = near, apart
        self._joined = {(pair.left, pair.right) for pair in pairs if joins(pair)}
        disputes = [pair for pair in pairs if pair.relation is Relation.CONFLICT and joins(pair)]
        self._disputed = {one for pair in disputes for one in (pair.left, pair.right)}
        self._neighbours: dict[str, set[str]] = {one: set() for one in self.clusters}
        for left, right in near:
            self._neighbours[left].add(right)
            self._neighbours[right].add(left)

    def run(self) -> None:
        """Join the nearest two, until none are near enough; of equally near ones those with the smallest ids."""
        waiting = [
            found
            for left, right in self._near
            for found in self._near_enough(self.clusters[left], self.clusters[right])
        ]
        heapify(waiting)
        while waiting:
            _, one, other, size = heappop(waiting)
            left, right = self.clusters[one], self.clusters[other]
            grown_since = (min(left), min(right), len(left) + len(right)) != (one, other, size)
            if grown_since or self._two_disputes(left, right):
                continue
            joined = left | right
            self.clusters.update(dict.fromkeys(joined, joined))
            for neighbour in {self.clusters[far] for one in joined for far in self._neighbours[one]} - {joined}:
                for found in self._near_enough(joined, neighbour):
                    heappush(waiting, found)

    def _near_enough(self, left: Cluster, right: Cluster) -> Iterator[tuple[float, str, str, int]]:
        """Yield two clusters as they wait, if they are near enough."""
        score = self._between(left, right)
        if score >= NEAR:
            one, other = sorted((min(left), min(right)))
            yield -score, one, other, len(left) + len(right)

    def _between(self, left: Cluster, right: Cluster) -> float:
        """Return how near two clusters are; the sum is exact, so that no order changes it."""
        scores = [
            self._near.get(edge, UNSEEN) for edge in edges(left, right) if edge in self._near or edge not in self._apart
        ]
        return round(SUREST * max(scores) + (1 - SUREST) * fsum(scores) / len(scores), 9) if scores else 0.0

    def _two_disputes(self, left: Cluster, right: Cluster) -> bool:
        """Return whether a conflict touches both, and nothing but likeness connects them."""
        if self._disputed.isdisjoint(left) or self._disputed.isdisjoint(right):
            return False
        return self._joined.isdisjoint(edges(left, right))


def edges(left: Iterable[str], right: Collection[str]) -> Iterator[Edge]:
    """Yield each pair of two groups of ids, the smaller id first."""
    return ((one, other) if one < other else (other, one) for one in left for other in right)


def never_compared(places: Iterable[tuple[str, str, str]]) -> set[Edge]:
    """Return the pairs of claims that are never looked at; a place is (claim id, article id, root of its copies)."""
    by_root: dict[str, list[str]] = {}
    for claim_id, _, root in sorted(places):
        by_root.setdefault(root, []).append(claim_id)
    return {(one, other) for ids in by_root.values() for place, one in enumerate(ids) for other in ids[place + 1 :]}
