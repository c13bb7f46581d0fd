"""Who did it to whom: roles swapped, the passive, verbs that turn the roles, things exchanged the other way round."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from training.stance.making.clause import Clause, inside, sentence, swap_voice
from training.stance.making.frames import draw, fill, put
from training.stance.making.pairs import AGREE, NEUTRAL, Base, Bundle, agree, conflict, oneway, some

_RAW = tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))
ROLES: list[dict[str, Any]] = _RAW["roles"]
STATES: list[dict[str, Any]] = _RAW["states"]
EXCHANGES: list[str] = _RAW["exchanges"]
THINGS: list[list[str]] = _RAW["things"]
_GRAMMAR = tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))
STATIVE = frozenset(_GRAMMAR["passive"]["stative"])
LINKED = re.compile(
    r"\b(?:he|she|they|him|her|his|its|their|them|himself|themselves|own)\b|[,;:()—-]| and ", re.IGNORECASE
)
PARTICLE = re.compile(r"(?:that|who|to|up|out|off|away|and|in it|as|over|about|if|because|when|in)\b")
FAR = re.compile(r"\b(?:in|on|at|to|for|around|from|with|by|into|over|about|after|before|among|as)\b")
LONGEST = 18  # words of a sentence that is turned


def draw_roles(number: int, rng: Random) -> Iterator[Bundle]:
    """Yield who did it to whom, against the passive and against the roles swapped."""
    for place in range(number):
        yield _role(ROLES[place % len(ROLES)], rng)


def _role(role: dict[str, Any], rng: Random) -> Bundle:
    one = draw(role["kind"], "", rng, ())
    two = draw(role["kind"], "", rng, (one,))
    active = Clause(subject=one, lemma=role["v"], object=two, tail=put(role["t"], fill(role, rng)), object_named=True)
    swapped = replace(active, subject=two, object=one)
    yes, no = sentence(active), sentence(swapped)
    same, other = (sentence(turned) for each in (active, swapped) if (turned := swap_voice(each)) is not None)
    bundle = [*agree(yes, same), *agree(no, other)]
    mutual = role.get("mutual", False)
    bundle += agree(yes, no) if mutual else [*conflict(yes, no), *conflict(yes, other), *conflict(same, no)]
    for verb in role.get("converse", []):
        turned_text = sentence(replace(swapped, lemma=verb))
        bundle += [*agree(yes, turned_text), *([] if mutual else conflict(no, turned_text))]
    return some(rng, bundle, 4)


def draw_exchanges(number: int, rng: Random) -> Iterator[Bundle]:
    """Yield "trades weapons for technology" against the same the other way round and in other words."""
    for _ in range(number):
        one, two = rng.sample(rng.choice(THINGS), 2)
        who = draw("country", "", rng, ())
        whom = draw("country", "", rng, (who,))
        shapes = rng.sample(EXCHANGES, 2)
        given, same = (shape.format(who=who, one=one, two=two, whom=whom) for shape in shapes)
        turned, turned_too = (shape.format(who=who, one=two, two=one, whom=whom) for shape in shapes)
        named = all("{whom}" in shape for shape in shapes) or not any("{whom}" in shape for shape in shapes)
        bundle = agree(given, same) if named else [oneway(given, same, AGREE)] * ("{whom}" in shapes[0])
        yield some(rng, [*bundle, *conflict(given, turned), *conflict(given, turned_too), *conflict(same, turned)], 3)


def draw_states(number: int, rng: Random) -> Iterator[Bundle]:
    """Yield what somebody is against its opposite: neither is both, and where there is no third, one of them is so."""
    for place in range(number):
        state = STATES[place % len(STATES)]
        subject = put(state["s"], fill(state, rng))
        verbs = [("were", "weren't", "were not"), ("are", "aren't", "are not")]
        if not state.get("many", False):
            verbs = [("was", "wasn't", "was not"), ("is", "isn't", "is not")]
        plain, short, long = rng.choice(verbs)
        words = rng.sample((state["one"], state["other"]), 2)
        (one, other), denied = (f"{subject} {plain} {word}" for word in words), rng.choice((short, long))
        not_one, not_other = (f"{subject} {denied} {word}" for word in words)
        bundle = [*conflict(one, other), *conflict(one, not_one), oneway(one, not_other, AGREE)]
        if state["whole"]:
            bundle += [*agree(not_one, other), *conflict(not_one, not_other)]
        else:
            bundle += [oneway(not_one, other, NEUTRAL), oneway(not_other, one, NEUTRAL)]
        yield some(rng, bundle, 4)


def make_passive(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield a sentence in the other voice, positive and negated, and with its agent left out."""
    clause = base.clause
    passive = None if clause is None or not _can_turn(clause, base) else swap_voice(clause)
    if clause is None or passive is None:
        return
    turned, no = sentence(passive), replace(passive, negated=not passive.negated)
    without = sentence(replace(passive, tail=passive.tail.removeprefix(f"by {inside(clause)}").strip()))
    bundle = [*agree(base.text, turned), *conflict(base.text, sentence(no, contract=rng.random() < 0.5))]  # noqa: PLR2004
    if not clause.negated and " by " not in f" {clause.tail} ":
        bundle += [oneway(base.text, without, AGREE), oneway(without, base.text, NEUTRAL)]
    yield some(rng, bundle, 3)


def _can_turn(clause: Clause, base: Base) -> bool:
    plain = not clause.lead and not clause.adverb and clause.modal in ("", "will")
    if FAR.search(clause.object):
        return False
    known = clause.lemma not in STATIVE and LINKED.search(base.text) is None and PARTICLE.match(clause.tail) is None
    return plain and known and len(base.text.split()) <= LONGEST
