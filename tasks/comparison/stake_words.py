"""The words by which stakes are told, read from `stakes.toml`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("stakes.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeWords:
    """Events by what they do to somebody, the small words around a name, and who stands against whom."""

    hostile: frozenset[str]
    nouns: frozenset[str]  # the hostile events that a plain noun may stand for
    exclusive: frozenset[str]
    perceiving: frozenset[str]
    organs: frozenset[str]
    acting: frozenset[str]
    placing: frozenset[str]
    regions: frozenset[str]
    breaking: frozenset[str]
    minds: frozenset[str]
    passive: frozenset[str]
    adversaries: frozenset[tuple[str, str]]  # ids, both ways round


def read_stake_words(text: str) -> StakeWords:
    """Return the words that a TOML text describes; an adversary that is no id is a ValueError."""
    table = tomllib.loads(text)
    pairs = [tuple(pair) for pair in table["adversaries"]["pairs"]]
    wrong = [pair for pair in pairs if len(set(pair)) != len(("one", "other")) or not all(":" in one for one in pair)]
    if wrong:
        raise ValueError(f"adversaries are pairs of two ids, as in state:RU or body:nato: {wrong[0]}")
    hostile = frozenset(table["hostile"]) | frozenset(table["exclusive"])
    return StakeWords(
        hostile=hostile,
        nouns=hostile - frozenset(table["things"]),
        exclusive=frozenset(table["exclusive"]),
        perceiving=frozenset(table["perceiving"]),
        organs=frozenset(table["organs"]),
        acting=frozenset(table["before"]["acting"]),
        placing=frozenset(table["before"]["placing"]),
        regions=frozenset(table["before"]["regions"]),
        breaking=frozenset(table["words"]["breaking"]),
        minds=frozenset(table["words"]["minds"]),
        passive=frozenset(table["words"]["passive"]),
        adversaries=frozenset(both for one, other in pairs for both in ((one, other), (other, one))),
    )


@lru_cache(maxsize=1)
def load_stake_words() -> StakeWords:
    """Return the words that stand beside this file, read once."""
    return read_stake_words(FILE.read_text(encoding="utf-8"))
