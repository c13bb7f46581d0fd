"""What is planned, wanted, asked for or to come, against what happened; questions; other tenses that say the same."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from training.stance.making.clause import Clause, inside, question, sentence, verb_group, with_verb
from training.stance.making.negation import pairs_of_opposites
from training.stance.making.pairs import AGREE, NEUTRAL, Base, Bundle, agree, both, conflict, oneway, some
from training.stance.making.shells import SHELLS, draw_speaker

PAST_TIME = re.compile(
    r"\b(?:last|ago|yesterday|earlier|previously|once|(?:19|20)\d\ds?|since|already|recently|past|then|later|after)\b",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\bon \w+day\b|\b[Ii]n (?:[A-Z][a-z]+(?:ry|er)|March|April|May|June|July|August)\b"
    r"|\w+day\b|\b[A-Z][a-z]+ \d{1,2}\b"
)
LIKELY = ("may", "might", "could", "should")
LONGEST = 110  # letters of a sentence that is asked


def make_modality(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield plans, wishes, calls and forecasts against the report that it happened, and against each other."""
    found, clause = pairs_of_opposites(base, rng), base.clause
    if found is None or clause is None or not _is_event(clause) or _tells_more(base) or PAST_TIME.search(base.text):
        return
    yes, no = found
    plain = replace(clause, negated=False)
    will, may = sentence(replace(plain, modal="will")), sentence(replace(plain, modal=rng.choice(LIKELY)))
    not_will = sentence(replace(plain, modal="will", negated=True), contract=rng.random() < 0.5)  # noqa: PLR2004
    ahead = [*both(will, yes, NEUTRAL), *both(may, yes, NEUTRAL), *both(will, no, NEUTRAL), oneway(may, will, NEUTRAL)]
    if clause.person and not clause.passive:
        wish, call = with_verb(plain, _agreeing(rng.choice(SHELLS["wishes"]), clause)), _call(plain, rng)
        ahead += [*both(wish, yes, NEUTRAL), *both(wish, no, NEUTRAL), oneway(wish, will, NEUTRAL)]
        ahead += [*both(call, yes, NEUTRAL), *both(call, no, NEUTRAL), oneway(call, will, NEUTRAL)]
    yield some(rng, ahead, 3)
    yield some(rng, conflict(will, not_will), 1)


def make_question(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield the question against the statement."""
    if base.clause is None or pairs_of_opposites(base, rng) is None or len(base.text) > LONGEST:
        return
    yield some(rng, both(question(base.clause), base.text, NEUTRAL), 1)


def make_tense(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield the perfect and the emphatic "did" as saying the same, "has yet to" as the opposite."""
    found, clause = pairs_of_opposites(base, rng), base.clause
    if found is None or clause is None or not _is_event(clause) or _tells_more(base):
        return
    yes, no = found
    plain = replace(clause, negated=False)
    has = replace(plain, perfect=True, past=False)
    has_not = sentence(replace(has, negated=True), contract=rng.random() < 0.5)  # noqa: PLR2004
    if PAST_TIME.search(base.text) or DATED.search(base.text) or clause.passive:
        did = with_verb(plain, "did indeed") if not clause.passive else yes
        yield some(rng, [*agree(did, yes), *conflict(did, no)], 2)
        return
    yet = with_verb(has, f"{'have' if clause.plural else 'has'} yet to")
    yield some(rng, [*agree(sentence(has), yes), *conflict(sentence(has), yet), *conflict(yes, has_not),
                     oneway(yet, has_not, AGREE)], 2)  # fmt: skip


def _is_event(clause: Clause) -> bool:
    """Return whether the clause tells in the simple past what happened."""
    plain = not (clause.modal or clause.perfect or clause.progressive)
    return plain and clause.past and clause.lemma not in ("be", "have")


def _tells_more(base: Base) -> bool:
    """Return whether a second verb in the past would not follow the first into another tense."""
    return base.doc is not None and sum(token.tag_ == "VBD" for token in base.doc) > 1


def _agreeing(words: str, clause: Clause) -> str:
    """Return "plan to" for many, "are expected to" for many."""
    if not clause.plural:
        return words
    verb, *rest = words.split()
    many = {"is": "are", "has": "have", "was": "were"}.get(verb, verb.removesuffix("s"))
    return " ".join((many, *rest))


def _call(clause: Clause, rng: Random) -> str:
    bare = verb_group(replace(clause, modal="will")).removeprefix("will ")
    words = " ".join(part for part in (bare, clause.rest) if part)
    who, _ = draw_speaker(rng, clause.subject)
    shell = rng.choice(SHELLS["calls"])
    subject = inside(clause)
    if "{s} to" in shell or "{s} not" in shell:
        subject = {"he": "him", "she": "her", "they": "them"}.get(subject, subject)
    return shell.format(A=who, s=subject, v=words)
