"""Sentences inside shells: said, denied, left open; the shells are data, in `shells.toml`."""

import tomllib
from pathlib import Path
from random import Random

from training.stance.making.clause import Clause, inner

SHELLS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("shells.toml").read_text(encoding="utf-8"))
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def spoken(rng: Random, kind: str, text: str, *, named: bool) -> str:
    """Return a sentence inside a shell of a kind, its speaker drawn; `named`: the sentence begins with a name."""
    speaker, low = draw_speaker(rng, text)
    made = rng.choice(SHELLS[kind]).format(
        A=speaker, a=low, P=text, p=inner(text, named=named), day=rng.choice(DAYS)
    )  # fmt: skip
    return made[:1].upper() + made[1:]


def draw_speaker(rng: Random, text: str) -> tuple[str, str]:
    """Return a speaker that a text does not name, as he stands at the beginning of a sentence and inside one."""
    speaker = rng.choice([name for name in SHELLS["speakers"] if name.lower() not in text.lower()])
    return speaker, inner(speaker, named=speaker in SHELLS["named_speakers"])


def phrase(rng: Random, kind: str, clause: Clause) -> str:
    """Return a verb phrase of a kind that takes another verb: "failed to", "were unable to"."""
    return rng.choice(SHELLS[kind]).format(be="were" if clause.plural else "was")
