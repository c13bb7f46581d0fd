"""Things that belong together, and why: a union-find which keeps the reasons."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Groups(Generic[Item]):
    """Items in groups that grow together, each group with the reasons that joined it."""

    def __init__(self, items: Iterable[Item]) -> None:
        """Start with every item in a group of its own."""
        self._parent: dict[Item, Item] = {item: item for item in items}
        self._reasons: dict[Item, list[str]] = {item: [] for item in self._parent}
        self._sure: dict[Item, float] = dict.fromkeys(self._parent, 1.0)
        self._members: dict[Item, list[Item]] = {item: [item] for item in self._parent}

    def find(self, item: Item) -> Item:
        """Return the item that stands for the group: its earliest one."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, left: Item, right: Item, reason: str, sure: float = 1.0) -> None:
        """Put two groups together; the reason is kept, once, and how sure the least sure of the joins is."""
        one, other = self.find(left), self.find(right)
        self._sure[one] = min(sure, self._sure[one], self._sure[other])
        if reason not in (kept := self._reasons[one]):
            kept.append(reason)
        if one != other:
            self._parent[other] = one
            self._members[one] += self._members.pop(other)
            kept.extend(known for known in self._reasons[other] if known not in kept)

    def members(self, item: Item) -> list[Item]:
        """Return the group of an item, in no order that means anything."""
        return self._members[self.find(item)]

    def listed(self) -> list[tuple[Sequence[Item], Sequence[str], float]]:
        """Return the groups in the order of their first items, with their reasons and how sure they are."""
        members: dict[Item, list[Item]] = {}
        for item in self._parent:
            members.setdefault(self.find(item), []).append(item)
        return [(group, self._reasons[head], self._sure[head]) for head, group in members.items()]
