"""Negation put in and taken out, its scope, and verbs that mean it: "failed to", "refused to", "nearly"."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from training.stance.making.clause import Clause, inner, sentence, with_verb
from training.stance.making.pairs import (
    AGREE,
    CONFLICT,
    HEADLINES,
    NEUTRAL,
    Base,
    Bundle,
    agree,
    conflict,
    oneway,
    some,
)  # fmt: skip
from training.stance.making.shells import phrase, spoken

_RAW = tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))["negation"]
STUBBORN = re.compile(rf"n't\b|\b(?:{'|'.join(_RAW['stubborn'])})\b", re.IGNORECASE)
VAGUE = re.compile(rf"(?:{'|'.join(_RAW['vague'])}|\d+)\b", re.IGNORECASE)
HAZY, UNWILLED = frozenset(_RAW["hazy"]), frozenset(_RAW["unwilled"])
BROKEN = re.compile(r"[;:()—–-]\s")
AUXILIARY_FREE = ("be", "have")


def can_turn(clause: Clause, base: Base) -> bool:
    """Return whether a negation of the main verb contradicts the sentence."""
    if base.origin == HEADLINES and _is_reduced(clause):
        return False
    return (
        clause.lemma not in HAZY
        and not clause.adverb
        and not VAGUE.match(clause.subject)
        and clause.modal in ("", "will")
        and not STUBBORN.search(sentence(replace(clause, negated=False)))
        and not BROKEN.search(base.text)
    )


def _is_reduced(clause: Clause) -> bool:
    """Return whether a headline's verb may be a participle: "Dog abandoned at station"."""
    return clause.past and not (clause.object or clause.passive or clause.perfect or clause.lemma == "be")


def pairs_of_opposites(base: Base, rng: Random) -> tuple[str, str] | None:
    """Return a sentence made positive and made negative, None where that cannot be done safely."""
    if base.clause is None or not can_turn(base.clause, base):
        return None
    positive = replace(base.clause, negated=False)
    return sentence(positive), negative(positive, rng)


def negative(clause: Clause, rng: Random) -> str:
    """Return the clause negated in one of the ways English has: "did not", "didn't", "never"."""
    way = rng.random()
    if way < 0.15 and clause.past and not clause.modal and clause.lemma != "be" and not clause.passive:  # noqa: PLR2004
        return sentence(replace(clause, adverb="never"))
    return sentence(replace(clause, negated=True), contract=way < 0.45)  # noqa: PLR2004


def make_negation(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield a sentence against its negation, and negations that say the same."""
    found = pairs_of_opposites(base, rng)
    if found is None or base.clause is None:
        return
    yes, no = found
    other = sentence(replace(base.clause, negated=True), contract=rng.random() < 0.5)  # noqa: PLR2004
    yield some(rng, [*conflict(yes, no), *conflict(yes, other)], 2)
    named = base.clause.named
    denied, twice = (spoken(rng, "same_negation", text, named=named) for text in (yes, no))
    said = spoken(rng, "say", yes, named=named)
    yield some(rng, [
        *agree(no, denied), *conflict(yes, denied), *agree(yes, twice), *conflict(no, twice), *conflict(said, no),
        oneway(said, yes, AGREE),
    ], 2)  # fmt: skip
    if no != other:
        yield agree(no, other)[:1]


def make_implicative(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield "failed to", "managed to" and "nearly" against what was done and what was not."""
    found, clause = pairs_of_opposites(base, rng), base.clause
    if found is None or clause is None or not _is_deed(clause):
        return
    yes, no = found
    plain = replace(clause, negated=False)
    how = phrase(rng, "unwilling" if rng.random() < 0.6 else "unable", clause)  # noqa: PLR2004
    how = "failed to" if clause.lemma in UNWILLED else how
    failed = with_verb(plain, how, bare=not how.endswith("from"))
    nearly = with_verb(plain, "came close to" if how == "failed to" else phrase(rng, "nearly", clause), bare=False)
    done = with_verb(plain, phrase(rng, "done", clause))
    yield some(rng, [
        *conflict(yes, failed), oneway(failed, no, AGREE), oneway(done, yes, AGREE), *conflict(done, failed),
        *conflict(done, no), oneway(nearly, no, AGREE), *conflict(nearly, yes),
    ], 4)  # fmt: skip


def _is_deed(clause: Clause) -> bool:
    """Return whether somebody did something in the simple past."""
    plain = not (clause.modal or clause.passive or clause.progressive or clause.perfect)
    return plain and clause.past and clause.person and clause.lemma not in AUXILIARY_FREE


def make_no_object(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield "made no promise" against "made a promise"."""
    clause = base.clause
    if clause is None or clause.passive or not can_turn(clause, base):
        return
    found = re.match(r"(?:an?|\d[\d,]*)\s+(?!lot|few|number|bit|little|great|good|percent|kilos)(.+)", clause.object)
    if found is None:
        return
    plain = replace(clause, negated=False)
    yes, none = sentence(plain), sentence(replace(plain, object=f"no {found[1]}"))
    no = negative(plain, rng)
    if clause.object_plural:
        no = sentence(replace(plain, object=f"any {found[1]}", negated=True))
    yield some(rng, [*conflict(yes, none), *agree(none, no), *conflict(yes, no)], 3)


def make_scope(base: Base, other: Base, rng: Random) -> Iterator[Bundle]:
    """Yield two clauses of which one is negated, against each of them."""
    one, two = pairs_of_opposites(base, rng), pairs_of_opposites(other, rng)
    if one is None or two is None or base.clause is None or other.clause is None:
        return
    if base.text == other.text or "," in base.text + other.text:
        return
    (yes, no), (so, not_so) = one, two
    low, low_not = inner(yes, named=base.clause.named), inner(not_so, named=other.clause.named)
    whole = rng.choice((
        f"{yes}, although {low_not}", f"{yes}, but {low_not}", f"Although {low_not}, {low}", f"While {low_not}, {low}",
        f"{not_so}, but {low}", f"{yes}, and {low_not}",
    ))  # fmt: skip
    yield some(rng, [
        oneway(whole, yes, AGREE), oneway(whole, no, CONFLICT), oneway(whole, so, CONFLICT),
        oneway(whole, not_so, AGREE), oneway(yes, not_so, NEUTRAL), oneway(no, so, NEUTRAL),
    ], 4)  # fmt: skip
