"""Sentences of our own in tables: "{left|right}" in a row stands for what two texts differ in."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

_SPOT = re.compile(r"\{([^|}]*)\|([^|}]*)\}")
FOLDER = Path(__file__).parent


def read_probe(name: str) -> dict[str, dict[str, dict[str, list[tuple[str, str]]]]]:
    """Return by label, kind and half (looked at, or only counted) the pairs of texts of a table."""
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return {
        label: {
            kind: {half: [spread(row) for row in rows] for half, rows in halves.items()}
            for kind, halves in kinds.items()
        }
        for label, kinds in table.items()
    }


def spread(row: str) -> tuple[str, str]:
    """Return the two texts of a row."""
    return _SPOT.sub(lambda found: found[1], row), _SPOT.sub(lambda found: found[2], row)


def halves(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield label, kind and half of all parts of a table."""
    for label, kinds in read_probe(name).items():
        for kind, parts in kinds.items():
            for half in parts:
                yield label, kind, half
