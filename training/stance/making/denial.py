"""What sources do with a sentence: say, deny, leave open; reports called a hoax; deeds denied or admitted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from training.stance.making.clause import Clause, with_verb
from training.stance.making.negation import UNWILLED, pairs_of_opposites
from training.stance.making.pairs import (
    AGREE,
    HEADLINES,
    NEUTRAL,
    Base,
    Bundle,
    agree,
    both,
    conflict,
    oneway,
    some,
)  # fmt: skip
from training.stance.making.shells import phrase, spoken

# A headline that already takes a side, asks, or quotes: a shell round it would say something else.
SAID_ALREADY = re.compile(
    r"\b(?:hoax|fake|false|rumou?r\w*|reports?|reportedly|alleged\w*|claim\w*|den(?:y|ies|ied)|not|no|never|say|says|said"
    r"|true|un\w+ed|may|might|could|confirm\w*|debunk\w*|likely|possibl\w*|tells?|told|insist\w*|believed|why|how|what|when"
    r"|watch|video|photo\w*|whoa|if|really|this|you|your|according)\b|n't|[?:;|'’‘\"“”#@\[(…!]|\.\.",
    re.IGNORECASE,
)
SHORTEST = 4
ARTICLE = re.compile(r"(?:The|A|An)\b")


def make_denial(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield sayings, denials and refusals to say against each other and against the sentence itself."""
    found = pairs_of_opposites(base, rng)
    if found is None or base.clause is None:
        return
    (yes, no), named = found, base.clause.named
    kinds = ("say", "say", "deny", "deny", "open")
    say, say2, deny, deny2, leave = (spoken(rng, kind, yes, named=named) for kind in kinds)
    say_no, deny_no = (spoken(rng, kind, no, named=named) for kind in ("say", "deny"))
    yield some(rng, [
        *conflict(deny, yes), oneway(deny, no, AGREE), oneway(say, yes, AGREE), *conflict(say, no),
        *conflict(say_no, yes), oneway(say_no, no, AGREE), oneway(deny_no, yes, AGREE), *conflict(deny_no, no),
    ], 3)  # fmt: skip
    yield some(rng, [
        *conflict(deny, say), *agree(deny, deny2), *agree(deny, say_no), *agree(say, say2), *conflict(say, say_no),
    ], 2)  # fmt: skip
    against = (yes, no, deny, say)
    yield some(rng, [pair for other in against for pair in both(leave, other, NEUTRAL)], 1)


def make_headline(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield headlines that call a report true, false or open, against the report and each other."""
    line = base.text
    if base.origin != HEADLINES or SAID_ALREADY.search(line) or len(line.split()) < SHORTEST:
        return
    named = ARTICLE.match(line) is None
    kinds = ("true_line", "false_line", "false_line", "open_line")
    true, false, false2, leave = (spoken(rng, kind, line, named=named) for kind in kinds)
    bundle = [*conflict(false, line), *conflict(false, true), *agree(true, line), *agree(false, false2)]
    turned = pairs_of_opposites(base, rng)
    if turned is not None:
        no = turned[1]
        bundle += [*conflict(f"No, {no}", line), *agree(false, no), *conflict(true, no), *agree(f"No, {no}", false)]
    yield some(rng, bundle, 5)
    yield some(rng, [*both(leave, line, NEUTRAL), *both(leave, false, NEUTRAL), *both(leave, true, NEUTRAL)], 1)


def make_other_headline(bases: Sequence[Base], rng: Random) -> Iterator[Bundle]:
    """Yield headlines that call one report true or false, against another report."""
    lines = [base.text for base in bases if not SAID_ALREADY.search(base.text) and len(base.text.split()) >= SHORTEST]
    # Headlines that share the beginning of a word may be of one story.
    words = {line: {word[:SHORTEST] for word in line.lower().split() if len(word) >= SHORTEST} for line in lines}
    for line in lines:
        far = rng.choice(lines)
        if words[line] & words[far]:
            continue
        kind = rng.choice(("true_line", "false_line", "false_line", "open_line"))
        shut = spoken(rng, kind, line, named=ARTICLE.match(line) is None)
        yield some(rng, both(shut, far, NEUTRAL), 1)


def make_gerund(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield "denied taking" and "admitted taking" against "took"."""
    found, clause = pairs_of_opposites(base, rng), base.clause
    if found is None or clause is None or not _can_answer(clause):
        return
    yes, no = found
    plain = replace(clause, negated=False)
    deny, own, accused = (
        with_verb(plain, phrase(rng, kind, clause), bare=False) for kind in ("denied", "admitted", "suspected")
    )
    yield some(rng, [
        *conflict(deny, yes), oneway(deny, no, AGREE), *agree(own, yes), *conflict(own, no), *conflict(own, deny),
        *both(accused, yes, NEUTRAL), *both(accused, no, NEUTRAL),
    ], 4)  # fmt: skip


def _can_answer(clause: Clause) -> bool:
    simple = not (clause.modal or clause.passive or clause.progressive or clause.perfect or clause.lead)
    return clause.person and clause.past and simple and clause.lemma not in UNWILLED | {"be", "have"}
