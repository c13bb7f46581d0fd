"""Whom a pronoun means: whoever spoke last and fits, the only one who can be meant, or nobody who is known."""

from spacy.tokens import Token

from tasks.attribution.cast import Person
from tasks.attribution.discourse import LOOK_BACK, Discourse, Resolved
from tasks.model.claim import Entity, EntityKind

SINGULAR = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
PLURAL = frozenset({"they", "them", "both", "all"})


def find_referent(talk: Discourse, head: Token, place: int) -> Resolved:
    """Return whom a pronoun means: whoever spoke last and fits, else the only one who can be meant."""
    gender = SINGULAR.get(head.lower_)
    if gender is None:
        return _it_or_they(talk, head, place)
    speakers = [(at, who) for at, who, one in talk.spoken if one and place - LOOK_BACK <= at < place]
    near = [m for m in talk.before(place) if m.person and m.start >= place - LOOK_BACK and _fits(m.person, gender)]
    subjects = [m for m in near if m.subject]
    best = speakers[-1] if speakers and _gender_fits(talk, speakers[-1][1], gender) else None
    later = [m for m in subjects if best is None or m.start > best[0]]
    if later:
        others = {m.person.name for m in later if m.person}
        last = later[-1].person
        return Resolved(entities=last.entities, known=True) if last and len(others) == 1 else _unsure(talk, head)
    if best is not None:
        return best[1]
    only = {m.person.name: m.person for m in near if m.person}
    return Resolved(entities=next(iter(only.values())).entities, known=True) if len(only) == 1 else _unsure(talk, head)


def _it_or_they(talk: Discourse, head: Token, place: int) -> Resolved:
    several = head.lower_ in PLURAL
    fitting = [
        who
        for at, who, one in talk.spoken
        if not one and place - LOOK_BACK <= at < place and (several or who.entities[0].kind is not EntityKind.GROUP)
    ]
    return fitting[-1] if fitting and head.lower_ in (*PLURAL, "it") else _unsure(talk, head)


def _gender_fits(talk: Discourse, who: Resolved, gender: str) -> bool:
    person = next((p for p in talk.cast.people if p.entity == who.entities[0]), None)
    return person is None or _fits(person, gender)


def _unsure(talk: Discourse, head: Token) -> Resolved:
    name = f"{head.lower_} (unresolved)"
    entity = Entity(id=f"unknown:{talk.article}:{head.lower_}", name=name, kind=EntityKind.UNKNOWN)
    return Resolved(entities=(entity,), known=False)


def _fits(person: Person, gender: str) -> bool:
    return person.gender in ("", gender)
