"""Clusters: which claims make one matter, without a chain of single links growing into a giant."""

from collections.abc import Collection, Iterable, Sequence

from tasks.model.finding import Kind, RelatedPair, Relation

JOIN_CONFIDENCE = 0.55  # weaker pairs are shown where they touch a finding, but make none
LINKED = 0.25  # share of the pairs between two clusters that must be related before they become one


def joins(pair: RelatedPair) -> bool:
    """Return whether a pair says that its claims are about one matter."""
    about_one = pair.relation in {Relation.AGREE, Relation.CONFLICT} or pair.kind in {
        Kind.COMPATIBLE_NUMBERS,
        Kind.SHIFT,
    }
    return about_one and pair.confidence >= JOIN_CONFIDENCE


def find_clusters(pairs: Sequence[RelatedPair], apart: Collection[tuple[str, str]] = ()) -> list[frozenset[str]]:
    """Return the clusters of claims that the joining pairs make, each of two claims or more.

    The surest pairs join first. Two clusters become one where at least a quarter of the pairs between them is related;
    pairs in `apart` (smaller id first) were never looked at and are not counted.
    """
    links = sorted(filter(joins, pairs), key=lambda pair: (-pair.confidence, pair.left, pair.right))
    ids = dict.fromkeys(claim_id for pair in links for claim_id in (pair.left, pair.right))
    clusters = {claim_id: frozenset((claim_id,)) for claim_id in ids}
    related = {(pair.left, pair.right) for pair in links}
    waiting = links
    while True:
        refused = [pair for pair in waiting if not _try_to_join(pair, clusters, related, apart)]
        if len(refused) == len(waiting):
            break
        waiting = refused
    return sorted({cluster for cluster in clusters.values() if len(cluster) > 1}, key=min)


def _try_to_join(
    pair: RelatedPair,
    clusters: dict[str, frozenset[str]],
    related: Collection[tuple[str, str]],
    apart: Collection[tuple[str, str]],
) -> bool:
    """Return whether the clusters of a pair are one now."""
    left, right = clusters[pair.left], clusters[pair.right]
    if left is right:
        return True
    between = [tuple(sorted((one, other))) for one in left for other in right]
    linked = sum(edge in related for edge in between)
    counted = sum(edge in related or edge not in apart for edge in between)
    if linked < LINKED * counted:
        return False
    merged = left | right
    clusters.update(dict.fromkeys(merged, merged))
    return True


def never_compared(places: Iterable[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """Return the pairs of claims that are never looked at; a place is (claim id, article id, root of its copies)."""
    by_root: dict[str, list[str]] = {}
    for claim_id, _, root in sorted(places):
        by_root.setdefault(root, []).append(claim_id)
    return {(one, other) for ids in by_root.values() for place, one in enumerate(ids) for other in ids[place + 1 :]}
