"""How far a run is: whoever starts it may listen, and so may what shows it; where nobody does, nothing happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]  # stage, done, total

_listeners: ContextVar[tuple[Listener, ...]] = ContextVar("rashomon_progress", default=())


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Hand every advance of the runs inside the block to the listener, beside those that listen already."""
    token = _listeners.set((*_listeners.get(), listener))
    try:
        yield
    finally:
        _listeners.reset(token)


def advance(stage: str, done: int, total: int) -> None:
    """Tell all who listen how much of a stage is done."""
    for listener in _listeners.get():
        listener(stage, done, total)
