"""B-cubed: how well a grouping fits a marked one, item by item (Bagga and Baldwin, 1998)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class BCubed:
    """The mean over the items of the share of an item's group that belongs with it, and of its kin that it meets."""

    precision: float
    recall: float
    items: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def bcubed(found: Mapping[Item, Hashable], marked: Mapping[Item, Hashable]) -> BCubed:
    """Return how the groups found fit those marked, over the marked items; an item that is in no group stands alone."""
    if not marked:
        return BCubed(precision=0.0, recall=0.0, items=0)
    groups: dict[Hashable, set[Item]] = {}
    kinds: dict[Hashable, set[Item]] = {}
    for item, kind in marked.items():
        groups.setdefault(_group(item, found), set()).add(item)
        kinds.setdefault(kind, set()).add(item)
    shares = [
        (len(groups[_group(item, found)] & kinds[kind]), len(groups[_group(item, found)]), len(kinds[kind]))
        for item, kind in marked.items()
    ]
    return BCubed(
        precision=sum(both / group for both, group, _ in shares) / len(marked),
        recall=sum(both / kin for both, _, kin in shares) / len(marked),
        items=len(marked),
    )


def _group(item: Item, found: Mapping[Item, Hashable]) -> Hashable:
    return ("group", found[item]) if item in found else ("alone", item)
