"""A sequence on its way from verb to verb, closed to whoever only hands it on; free of Prefect."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, cast, overload

T_co = TypeVar("T_co", covariant=True)


class Handed(Sequence[T_co], Generic[T_co]):
    """Items on their way to the next verb, into which Prefect does not look.

    It searches lists, tuples, sets, dicts and dataclasses for futures, to the last claim's last name: three
    milliseconds for an article each time that a task is handed it. Between processes they stay packed until somebody
    asks for them: the process of the flow only hands them on.
    """

    __slots__ = ("_items", "_packed")

    def __init__(self, items: Sequence[T_co]) -> None:
        """Take the items."""
        self._items: tuple[T_co, ...] | None = tuple(items)
        self._packed = b""

    @classmethod
    def unpacked_later(cls, packed: bytes) -> "Handed[T_co]":
        """Return items that came as bytes from another process of ours."""
        found = cls(())
        found._items, found._packed = None, packed
        return found

    def _all(self) -> tuple[T_co, ...]:
        """Return the items; they are unpacked where that was not done yet."""
        if self._items is None:
            self._items = pickle.loads(self._packed)  # noqa: S301  # packed below
        return cast("tuple[T_co, ...]", self._items)

    def __reduce__(self) -> tuple[Callable[[bytes], "Handed[T_co]"], tuple[bytes]]:
        """Return how another process makes it again."""
        return Handed.unpacked_later, (self._packed or pickle.dumps(self._items),)

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T_co]: ...
    def __getitem__(self, place: int | slice) -> T_co | Sequence[T_co]:
        """Return the item of a place, or a tuple of those of a slice."""
        return self._all()[place]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._all())

    def __iter__(self) -> Iterator[T_co]:
        """Yield one after the other."""
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        """Return whether another of this kind, or a tuple, holds the same."""
        return self._all() == (other._all() if isinstance(other, Handed) else other)

    def __hash__(self) -> int:
        """Return what equal ones have in common."""
        return hash(self._all())

    def __repr__(self) -> str:
        """Return how it would be written."""
        return f"Handed({self._all()!r})"
