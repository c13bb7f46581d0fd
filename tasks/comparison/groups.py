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

    def find(self, item: Item) -> Item:
        """Return the item that stands for the group: its earliest one."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, left: Item, right: Item, reason: str) -> None:
        """Put two groups together; the reason is kept, once."""
        one, other = self.find(left), self.find(right)
        if reason not in (kept := self._reasons[one]):
            kept.append(reason)
        if one != other:
            self._parent[other] = one
            kept.extend(known for known in self._reasons[other] if known not in kept)

    def join_by(self, keyed: Iterable[tuple[Hashable, Item]], reasons: dict[Hashable, str]) -> None:
        """Put together all items with one key, for that key's reason."""
        first: dict[Hashable, Item] = {}
        for key, item in keyed:
            if key in first:
                self.join(first[key], item, reasons[key])
            else:
                first[key] = item

    def listed(self) -> list[tuple[Sequence[Item], Sequence[str]]]:
        """Return the groups in the order of their first items, with their reasons."""
        members: dict[Item, list[Item]] = {}
        for item in self._parent:
            members.setdefault(self.find(item), []).append(item)
        return [(group, self._reasons[head]) for head, group in members.items()]
