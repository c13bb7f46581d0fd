"""Words by what they do in a text, read from `words.toml`, and how often each kind is there."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from tasks.comparison.remembered import remembered

FILE = Path(__file__).with_name("words.toml")
_ANY = r"[\w'-]*"


@lru_cache(maxsize=1)
def load_kinds() -> Mapping[str, re.Pattern[str]]:
    """Return for each kind of words the pattern that finds them."""
    return {kind: compile_words(words) for kind, words in _table().items() if isinstance(words, list)}


@lru_cache(maxsize=1)
def load_phrases() -> Mapping[str, Sequence[str]]:
    """Return the words that are looked for in one place only, by what they do there."""
    return dict(_table()["phrases"])


def _table() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def compile_words(words: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of words and phrases; a star stands for any letters."""
    parts = (re.escape(word).replace(r"\*", _ANY).replace(r"\ ", r"\s+") for word in sorted(words, key=len)[::-1])
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(parts)})(?![\w-])")


@remembered(65536)
def count_kinds(text: str) -> Mapping[str, int]:
    """Return how many words of each kind a text has."""
    plain = text.casefold().replace("\u2019", "'")
    return {kind: len(pattern.findall(plain)) for kind, pattern in load_kinds().items()}
