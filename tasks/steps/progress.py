"""How far a run is: whoever starts it may listen; on a worker nobody does, and nothing happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]  # stage, done, total

_listener: ContextVar[Listener | None] = ContextVar("rashomon_progress", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Hand every advance of the runs inside the block to the listener."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def advance(stage: str, done: int, total: int) -> None:
    """Tell the listener, if there is one, how much of a stage is done."""
    if listener := _listener.get():
        listener(stage, done, total)
