"""Invented sentences: frames with slots -> bases."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from training.stance.making.clause import Clause, sentence
from training.stance.making.pairs import OWN, Base

_RAW = tomllib.loads(Path(__file__).with_name("frames.toml").read_text(encoding="utf-8"))
FRAMES: list[dict[str, Any]] = _RAW["frames"]
SLOTS: dict[str, list[str]] = _RAW["slots"]
SLOT = re.compile(r"\{([a-z]+)(\d*)(!?)\}")
RANGES = {"9": (2, 60), "100": (20, 900), "1000": (1200, 90_000)}


def fill(frame: Mapping[str, Any], rng: Random) -> dict[str, str]:
    """Return a filling for every slot of a frame, no two alike."""
    filled: dict[str, str] = {}
    for name, number, mark in SLOT.findall(" ".join(str(frame.get(key, "")) for key in "sot")):
        filled[f"{name}{number}{mark}"] = draw(name, number, rng, tuple(filled.values()))
    return filled


def draw(name: str, number: str, rng: Random, taken: tuple[str, ...]) -> str:
    """Return a filling of one slot that is not taken yet."""
    if name != "n":
        return rng.choice([word for word in SLOTS[name] if word not in taken])
    low, high = RANGES[number]
    value = rng.randint(low, high)
    return f"{round(value, -2):,}" if number == "1000" else str(value)


def put(template: str, filled: Mapping[str, str]) -> str:
    """Return a template with its slots filled."""
    return SLOT.sub(lambda found: filled[found[0][1:-1]], template)


def make_base(frame: Mapping[str, Any], filled: Mapping[str, str], verb: str = "") -> Base:
    """Return the sentence of a frame in the past tense, with another verb if one is given."""
    named = put(frame.get("o", ""), filled)
    clause = Clause(
        subject=put(frame["s"], filled),
        lemma=verb or frame["v"],
        object=named,
        object_plural=_is_many(named),
        tail=put(frame.get("t", ""), filled),
        plural=frame.get("many", False),
        person=not frame.get("thing", False),
        named=frame["s"].startswith("{") or frame["s"].startswith(("President {", "Senator {", "Mayor {")),
        object_named=frame.get("o", "").startswith("{") and not frame["o"].startswith("{n"),
    )
    return Base(
        text=sentence(clause), origin=OWN, topic=frame["s"], clause=clause, frame=dict(frame), filled=dict(filled)
    )


def draw_bases(number: int, rng: Random) -> list[Base]:
    """Return invented sentences, each frame as often as the others."""
    return [make_base(frame, fill(frame, rng)) for place in range(number) for frame in (FRAMES[place % len(FRAMES)],)]


def _is_many(noun: str) -> bool:
    head = re.split(r" (?:of|in|at|to|from|against|on|for)\b", noun)[0]
    if " percent" in noun:
        return True
    return bool(re.search(r"(?:[^s]s|men|people)$", head)) and not head.startswith(("a ", "an "))
