"""Whom a description means: "South Korea's military", "the minister", "a spokesman for the bank", "analysts"."""

from collections.abc import Callable

from spacy.tokens import Token

from tasks.attribution.anaphors import find_described, find_outlet
from tasks.attribution.cues import load_words
from tasks.attribution.discourse import SHORT_PHRASE, Discourse, Resolved
from tasks.attribution.gazetteer import (
    BODIES,
    GOVERNMENT,
    LOCAL_BODIES,
    OUTLET_WORDS,
    PERSONS,
    SEATS,
    SPEAKING_OFFICES,
    load_gazetteer,
    slug,
)
from tasks.attribution.names import is_bodily, is_people
from tasks.attribution.nominals import belongs, head_of, name_of, text_of
from tasks.attribution.offices import owners_of
from tasks.attribution.parsing import Paragraph
from tasks.attribution.phrases import noun_phrase
from tasks.model.claim import Entity, EntityKind

Link = Callable[[tuple[Token, ...]], Resolved]
ISSUERS = (EntityKind.BODY, EntityKind.STATE)
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def describe(talk: Discourse, link: Link, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
    """Return whom a description means; `link` resolves a phrase inside it."""
    head, place = head_of(source), paragraph.offset + source[0].idx
    lemma = head.lemma_.lower()
    official = bool({lemma, head.lower_} & (GOVERNMENT | SEATS))
    states = _states(source, lemma)
    name = _closing_name(source)
    if name and (official or is_people(head)):
        person = Entity(id=f"person:{slug(name)}", name=name, kind=EntityKind.PERSON)
        return Resolved(entities=(person, *(states[0] if states else ())), known=True)
    definite = source[0].lower_ in DEFINITE and len(source) <= SHORT_PHRASE
    if lemma in load_words().groups["document_nouns"]:
        return (find_outlet(talk, head, place) if definite else None) or _document(talk, link, source, place)
    if states and official and not lemma.startswith("spokes"):
        owners = dict.fromkeys(entity for state in states for entity in state)
        return Resolved(entities=(nameless(talk, source, head), *owners), known=True)
    owned = _of_owner(talk, link, source, head)
    if owned is not None:
        return owned
    if definite:
        found = find_described(talk, source, head, place) or find_outlet(talk, head, place)
        return found or _nobody_named(talk, source, head)
    known = is_people(head) or bool({lemma, head.lower_} & (BODIES | GOVERNMENT))
    return Resolved(entities=(nameless(talk, source, head),), known=known)


def _states(source: tuple[Token, ...], lemma: str) -> list[tuple[Entity, ...]]:
    """Return the states and bodies named in a description; police in a capital are no government."""
    places = [place for _, _, place in load_gazetteer().find(text_of(source))]
    return [place.entities for place in places if not (place.capital and lemma in LOCAL_BODIES)]


def _of_owner(talk: Discourse, link: Link, source: tuple[Token, ...], head: Token) -> Resolved | None:
    """Return somebody nameless with the body spoken for: "a spokeswoman for the ministry", "its lawyers"."""
    lemma, inside = head.lemma_.lower(), {token.i for token in source}
    speaking = lemma in SPEAKING_OFFICES or head.lower_ in SPEAKING_OFFICES
    owners = [owner for owner in owners_of(head) if owner.i in inside and owner.pos_ != "ADJ"]
    pronoun = any(owner.dep_ == "poss" and owner.pos_ == "PRON" for owner in owners)
    if not owners or not (speaking or pronoun) or (pronoun and head.dep_ == "conj"):
        return None  # "Kim and his allies": whose they are stands beside them
    words = tuple(token for token in noun_phrase(owners[0]) if token.i in inside and token.dep_ != "case")
    behind = link(words) if words else Resolved(entities=(), known=False)
    if pronoun and not behind.known:
        return Resolved(entities=(nameless(talk, source, head),), known=False)
    who = nameless(talk, source, head, of=behind.entities[0].name if pronoun else "")
    kinds = (*ISSUERS, EntityKind.OUTLET, EntityKind.PERSON, EntityKind.GROUP) if speaking else ISSUERS
    ours = [entity for entity in behind.entities if entity.kind in kinds]  # "the zoo director": "zoo" is nobody
    return Resolved(entities=(who, *ours), known=who.kind is not EntityKind.UNKNOWN)


def nameless(talk: Discourse, source: tuple[Token, ...], head: Token, of: str = "") -> Entity:
    """Return an entity of this article alone: the analysts of two outlets need not be the same people."""
    name = (f"{of}'s " if of else "") + (name_of(source) or head.text)
    lemma = head.lemma_.lower()
    people = is_people(head) or bool({lemma, head.lower_} & PERSONS)
    known = people or is_bodily(head) or lemma in SEATS
    kind = EntityKind.GROUP if people or head.tag_ == "NNS" else EntityKind.BODY
    kind = kind if known else EntityKind.UNKNOWN
    return Entity(id=f"{kind}:{talk.article}:{slug(name)}", name=name, kind=kind)


def _nobody_named(talk: Discourse, source: tuple[Token, ...], head: Token) -> Resolved:
    """Return "the driver" as somebody without a name; "the museum", never introduced, is not known."""
    lemma = head.lemma_.lower()
    bare_body = is_bodily(head) and not is_people(head) and len(source) < SHORT_PHRASE
    standing = bool({lemma, head.lower_} & GOVERNMENT)  # "the government", "the police": there is one
    office = lemma in SPEAKING_OFFICES or head.lower_ in SPEAKING_OFFICES
    somebody = is_people(head) and not office and (head.tag_ == "NNS" or not _named_before(talk, source, head))
    known = somebody or (is_bodily(head) and (standing or not bare_body) and not office and not is_people(head))
    return Resolved(entities=(nameless(talk, source, head),), known=known)


def _named_before(talk: Discourse, source: tuple[Token, ...], head: Token) -> bool:
    """Return whether people were named before: then "the donor" may well be one of them."""
    first = next((m.start for m in talk.cast.mentions if m.person), None)
    here = next((m.start - m.token.idx for m in talk.cast.inside(head.doc)), None)
    return first is not None and (here is None or first < here + source[0].idx)


def _document(talk: Discourse, link: Link, source: tuple[Token, ...], place: int) -> Resolved:
    """Return who issued "the statement", "the text": its owner, else the body that spoke or acted last."""
    head, inside = head_of(source), {token.i for token in source}
    makers = [pobj for prep in head.children if prep.lower_ in ("by", "from", "of") for pobj in prep.children]
    makers += [pobj for prep in head.children if prep.lower_ == "in" for pobj in prep.children if _is_outlet(pobj)]
    makers += [child for child in head.children if child.dep_ == "poss" or child.ent_type_ in ("ORG", "GPE", "NORP")]
    words = [
        tuple(t for t in noun_phrase(maker) if t.i in inside and t.dep_ != "case")
        for maker in makers
        if maker.i in inside
    ]
    issued = [link(phrase) for phrase in words if phrase]
    if issued or source[0].lower_ not in DEFINITE:
        return issued[0] if issued else Resolved(entities=(nameless(talk, source, head),), known=False)
    acting = [m for m in talk.before(place) if m.subject and m.entities and m.entities[0].kind is EntityKind.BODY]
    issuers = [(m.start, Resolved(entities=m.entities, known=True)) for m in acting]
    issuers += [(s.place, s.who) for s in talk.spoken if s.place < place and s.who.entities[0].kind in ISSUERS]
    if issuers:
        return max(issuers, key=lambda pair: pair[0])[1]
    named = [m for m in talk.before(place) if m.entities and m.entities[0].kind is EntityKind.BODY]
    if len({m.entities for m in named}) == 1:
        return Resolved(entities=named[0].entities, known=True)
    return Resolved(entities=(nameless(talk, source, head),), known=False)


def _is_outlet(noun: Token) -> bool:
    return noun.lower_ in OUTLET_WORDS or noun.ent_type_ == "ORG"


def _closing_name(source: tuple[Token, ...]) -> str:
    """Return the name that a description closes with: "Viktor Stane" in "member of parliament Viktor Stane"."""
    run: list[str] = []
    if belongs(source[-1], {token.i for token in source}):
        return ""  # "the head of the hospital in Port Maren"
    for token in reversed(source):
        if not (token.pos_ == "PROPN" and token.is_title and token.ent_type_ not in ("ORG", "GPE", "NORP", "DATE")):
            break
        run.insert(0, token.text)
    return " ".join(run) if len(run) > 1 and len(run) < len(source) else ""
