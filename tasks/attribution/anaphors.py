"""Whom a definite description points back to: "the minister", "the company", "the newspaper", "the government"."""

from spacy.tokens import Token

from tasks.attribution.discourse import LOOK_BACK, Discourse, Resolved
from tasks.attribution.gazetteer import ALIKE, BODIES, COMMERCIAL, GOVERNMENT, OUTLET_NOUNS, STATE_NOUNS
from tasks.attribution.names import ARTICLES
from tasks.attribution.people import Mention
from tasks.model.claim import EntityKind

FIRMS = frozenset({"company", "firm", "manufacturer", "airline", "operator", "retailer", "maker", "group", "giant"})
SEVERAL = 2


def find_described(talk: Discourse, source: tuple[Token, ...], head: Token, place: int) -> Resolved | None:
    """Return who was named or spoke before and is meant by a description, None where nobody fits or several do."""
    lemma, before = head.lemma_.lower(), talk.before(place)
    wanted = {token.lower_ for token in source if token.lower_ not in ARTICLES}
    offices = {m.person.name: m.person for m in before if m.person and lemma in m.person.office}
    if offices:
        people = [p for p in offices.values() if wanted - {head.lower_} <= p.office | p.words]
        fitting = people if len(people) == 1 else list(offices.values())
        return Resolved(entities=fitting[0].entities, known=True) if len(fitting) == 1 else None
    bodies = [m for m in before if m.entities and wanted <= m.words]
    if bodies:
        return Resolved(entities=bodies[-1].entities, known=True)
    return _who_spoke(talk, wanted, head, place) or _of_kind(talk, before, lemma) or _of_state(talk, lemma, place)


def _who_spoke(talk: Discourse, wanted: set[str], head: Token, place: int) -> Resolved | None:
    """Return the source before that the same noun was used for: "the ministry" after "the Czech transport ministry"."""
    same = [s for s in talk.spoken_before(place, 3 * LOOK_BACK) if s.head.lemma_.lower() == head.lemma_.lower()]
    same = [s for s in same if wanted - {head.lower_} <= s.words and len(s.who.members) < SEVERAL]
    distinct = {spoken.who.entities for spoken in same}
    return same[-1].who if len(distinct) == 1 else None


def _of_kind(talk: Discourse, before: tuple[Mention, ...], lemma: str) -> Resolved | None:
    """Return the body that was called so, or the firm that alone can be meant."""
    alike = ALIKE.get(lemma, frozenset({lemma}))
    called = {m.entities: m for m in before if m.entities and alike & talk.cast.kinds.get(m.entities[0].id, set())}
    if len(called) == 1:
        return Resolved(entities=next(iter(called)), known=True)
    firms = [m.entities for m in before if m.firm] if lemma in COMMERCIAL else []
    if firms and (lemma in FIRMS or len(set(firms)) == 1):
        return Resolved(entities=firms[-1], known=True)
    return None


def find_outlet(talk: Discourse, head: Token, place: int) -> Resolved | None:
    """Return the outlet that "the newspaper" means: the one that spoke last, else the last one named."""
    if head.lemma_.lower() not in OUTLET_NOUNS:
        return None
    outlets = [m.entities for m in talk.before(place) if m.entities and m.entities[0].kind is EntityKind.OUTLET]
    outlets = [] if head.lemma_.lower() in BODIES | GOVERNMENT else outlets  # "the agency" may be no outlet at all
    outlets += [s.who.entities for s in talk.spoken if s.who.entities[0].kind is EntityKind.OUTLET and s.place < place]
    return Resolved(entities=outlets[-1], known=True) if outlets else None


def _of_state(talk: Discourse, lemma: str, place: int) -> Resolved | None:
    """Return the state that "the government" and "the country" are of: the last that spoke, else the only one named."""
    if lemma not in STATE_NOUNS:
        return None
    spoken = [s.who for s in talk.spoken_before(place) if any(e.kind is EntityKind.STATE for e in s.who.entities)]
    if spoken and len(spoken[-1].members) < SEVERAL:
        return Resolved(entities=spoken[-1].entities, known=True)
    named = {m.entities[-1] for m in talk.before(place) if m.entities and m.entities[-1].kind is EntityKind.STATE}
    return Resolved(entities=tuple(named), known=True) if len(named) == 1 else None
