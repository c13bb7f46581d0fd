"""Nouns for what can be held, eaten or kept, and nouns for people, as WordNet has them."""

import json
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("things.json")


@cache
def load_nouns(kind: str) -> frozenset[str]:
    """Return the lemmas of a kind, "things" or "people"."""
    return frozenset(" ".join(json.loads(TABLE.read_text(encoding="utf-8"))[kind]).split())
