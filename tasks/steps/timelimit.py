"""A limit on how long extraction may think about an article, kept in whatever thread it runs; free of Prefect.

Prefect's `timeout_seconds` cannot end a thread that does not wait for anything. Python can be told to raise an error in
one, which it does between two of its own instructions: so this ends a loop of ours, and not one in compiled code, which
`apart.py` ends together with its process.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tasks.settings import Settings

PER_SECOND = 2_000  # characters: a fortieth of the speed that was measured


class TimeLimitError(Exception):
    """Extraction took too long; the one article that took it is set aside."""

    def __str__(self) -> str:
        """Python makes it without arguments."""
        return "extraction took longer than it may"


def seconds_for(text: str, settings: Settings) -> float:
    """Return how long the extraction of a text may take."""
    return settings.limits.extract_seconds + len(text) / PER_SECOND


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise a TimeLimitError in this thread if the block is not done in time."""
    thread, over, turn = threading.get_ident(), False, threading.Lock()

    def stop() -> None:
        with turn:  # never after the block: another task may use the thread then
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TimeLimitError))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with turn:
            over = True
        timer.cancel()
