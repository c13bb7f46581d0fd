"""Trouble for a process that finds this folder on its path: Python imports this file first in each, children included.

Nothing of it is in the product. `TROUBLE_STAGE=compare` makes a stage raise, `TROUBLE_HOLD=store:2` makes a stage wait
at its second call and say so by a file in TROUBLE_FOLDER; an article with one of the WORDS does what the word says.
"""

import ctypes
import importlib.util
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

STAGES = {
    "find": ("tasks.read", "find_all"),
    "read": ("tasks.read", "read_all"),
    "extract": ("tasks.extract", "extract_new"),
    "store": ("tasks.store", "save_extracted"),
    "compare": ("tasks.compare", "compare_all"),
    "publish": ("tasks.publish", "print_report"),
}
PIPELINE = "tasks.attribution.pipeline"


def raise_error() -> None:
    """Raise what nobody expects."""
    raise RuntimeError("trouble")


def loop_for_ever() -> None:
    """Go on in Python."""
    while True:
        pass


def match_for_ever() -> None:
    """Go on in compiled code, which gives no other thread a turn."""
    re.match(r"(a+)+$", "a" * 64 + "b")


WORDS: dict[str, Callable[[], object]] = {
    "Troubleraise": raise_error,
    "Troubleexit": lambda: os._exit(7),
    "Troublesegfault": lambda: ctypes.string_at(0),
    "Troubleloop": loop_for_ever,
    "Troublematch": match_for_ever,
}


def with_trouble(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Return a stage that raises, or waits at one of its calls, if the environment says so."""
    held, _, number = os.environ.get("TROUBLE_HOLD", "").partition(":")
    calls = iter(range(1, 1_000_000))

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if os.environ.get("TROUBLE_STAGE") == stage:
            raise RuntimeError(f"trouble in {stage}")
        if held == stage and next(calls) == int(number or 1):
            hold()
        return work(*args, **kwargs)

    return wrapped


def hold() -> None:
    """Say that the stage waits, and wait until somebody takes the file away."""
    sign = Path(os.environ["TROUBLE_FOLDER"]) / "held"
    sign.write_text(str(os.getpid()))
    while sign.exists():
        time.sleep(0.05)


def with_words(find_claims: Callable[..., Any]) -> Callable[..., Any]:
    """Return an extraction that meets trouble in articles which ask for it."""

    def wrapped(article: Any, paragraphs: Any) -> Any:
        for word, trouble in WORDS.items():
            if word in article.text:
                trouble()
        return find_claims(article, paragraphs)

    return wrapped


class Finder:
    """Finds the modules that trouble is made in, as Python does, and changes them when they are loaded."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the module's own spec, whose loader changes some functions."""
        del path, target
        if name not in {PIPELINE, *(module for module, _ in STAGES.values())}:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        if spec and spec.loader:
            load = spec.loader.exec_module
            spec.loader.exec_module = lambda module: change(module, load)  # type: ignore[method-assign]
        return spec


def change(module: ModuleType, load: Callable[[ModuleType], None]) -> None:
    """Load a module, and put trouble into its functions."""
    load(module)
    if module.__name__ == PIPELINE:
        module.find_claims = with_words(module.find_claims)  # type: ignore[attr-defined]
    for stage, (place, function) in STAGES.items():
        if place == module.__name__:
            setattr(module, function, with_trouble(stage, getattr(module, function)))


sys.meta_path.insert(0, Finder())
