"""What is read in a text is remembered while a block of claims is compared, and forgotten with it.

A claim meets many partners, so that its words are read once. Kept for longer, these small things lay scattered between
those of the next block, and the memory around them never became free: 20 blocks took 18 MB, and 4 MB where they are
forgotten.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

_forgetting: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[F], F]:
    """Return what has a function keep that many answers, until all is forgotten; arguments must be hashable."""

    def remember(function: F) -> F:
        kept: Any = lru_cache(maxsize=most)(function)
        _forgetting.append(kept.cache_clear)
        return kept  # type: ignore[no-any-return]

    return remember


def forget_all() -> None:
    """Forget what the functions of this process remember."""
    for forget in _forgetting:
        forget()
