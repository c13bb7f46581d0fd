"""The countries of the world with their names, demonyms and capitals, from `countries.json` (README, Licences)."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("countries.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One country or territory: its ISO code, and the words that English has for it."""

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


@lru_cache(maxsize=1)
def read_countries() -> tuple[Country, ...]:
    """Return all countries in the order of their codes, read once."""
    return tuple(
        Country(
            code=row["code"],
            name=row["name"],
            names=tuple(row["names"]),
            demonyms=tuple(row["demonyms"]),
            capitals=tuple(row["capitals"]),
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )
