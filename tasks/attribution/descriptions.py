"""Whom a description means: "South Korea's military", "the minister", "a spokesman for the bank", "analysts"."""

from spacy.tokens import Token

from tasks.attribution.cast import ARTICLES, body
from tasks.attribution.cues import load_words
from tasks.attribution.discourse import SHORT_PHRASE, Discourse, Resolved
from tasks.attribution.gazetteer import BODIES, GOVERNMENT, GROUPS, OUTLET_WORDS, load_gazetteer, slug
from tasks.attribution.nominals import belongs, head_of, is_people, name_of, text_of
from tasks.attribution.parsing import Paragraph
from tasks.model.claim import Entity, EntityKind

FIRMS = frozenset({"company", "firm", "manufacturer", "airline", "operator", "retailer", "maker", "group", "giant"})
ISSUERS = (EntityKind.BODY, EntityKind.STATE)


def describe(talk: Discourse, paragraph: Paragraph, source: tuple[Token, ...], head: Token) -> Resolved:
    """Return whom a description means: "South Korea's military", "the minister", "analysts"."""
    lemma, text = head.lemma_.lower(), text_of(source)
    places = [place.entities for _, _, place in load_gazetteer().find(text)]
    official = bool({lemma, head.lower_} & GOVERNMENT)
    name = _closing_name(source)
    if name and (official or is_people(head)):
        person = Entity(id=f"person:{slug(name)}", name=name, kind=EntityKind.PERSON)
        return Resolved(entities=(person, *(places[0] if places else ())), known=True)
    if lemma in load_words().groups["document_nouns"]:
        return _document(talk, source, places[:1], paragraph.offset + source[0].idx)
    if lemma.startswith("spokes"):
        return _spokesman(talk, source, head, places)
    if places and official:
        owners = dict.fromkeys(entity for place in places for entity in place)
        return Resolved(entities=(_nameless(talk, source, head), *owners), known=True)
    definite = source[0].lower_ in ("the", "this", "that") or source[0].lower_ in ("its", "their")
    if definite and len(source) <= SHORT_PHRASE:
        return _mentioned(talk, source, head, paragraph.offset + source[0].idx)
    return Resolved(
        entities=(_nameless(talk, source, head),),
        known=is_people(head) or bool({lemma, head.lower_} & (BODIES | GOVERNMENT)),
    )


def _spokesman(talk: Discourse, source: tuple[Token, ...], head: Token, places: list[tuple[Entity, ...]]) -> Resolved:
    """Return a nameless spokesman and the body that is spoken for: "a spokeswoman for the ministry"."""
    behind = [pobj for prep in head.children if prep.lower_ in ("for", "of") for pobj in prep.children]
    owners = [child for child in head.children if child.dep_ in ("poss", "compound") and child in source]
    named = places[0] if places else ()
    if not named and (behind or owners):
        inside = [token for token in (behind or owners)[0].subtree if token in source and token.dep_ != "case"]
        named = (body(name_of(tuple(inside))),) if inside else ()
    return Resolved(entities=(_nameless(talk, source, head), *named), known=True)


def _nameless(talk: Discourse, source: tuple[Token, ...], head: Token) -> Entity:
    """Return an entity of this article alone: the analysts of two outlets need not be the same people."""
    name = name_of(source) or head.text
    lemma = head.lemma_.lower()
    people = is_people(head)
    kind = EntityKind.GROUP if people or head.tag_ == "NNS" else EntityKind.BODY
    kind = kind if people or {lemma, head.lower_} & (BODIES | GOVERNMENT) else EntityKind.UNKNOWN
    return Entity(id=f"{kind}:{talk.article}:{slug(name)}", name=name, kind=kind)


def _mentioned(talk: Discourse, source: tuple[Token, ...], head: Token, place: int) -> Resolved:
    """Return the one mentioned before that "the minister", "the company" can mean, or leave it unresolved."""
    lemma = head.lemma_.lower()
    wanted = {token.lower_ for token in source if token.lower_ not in ARTICLES}
    people = [m.person for m in talk.before(place) if m.person and lemma in m.person.office]
    if people:
        distinct = {person.name for person in people}
        if len(distinct) == 1:
            return Resolved(entities=people[-1].entities, known=True)
        return Resolved(entities=(_nameless(talk, source, head),), known=False)
    bodies = [m for m in talk.before(place) if m.entities and wanted <= m.words]
    if bodies:
        return Resolved(entities=bodies[-1].entities, known=True)
    if lemma in OUTLET_WORDS or lemma == "paper":
        outlets = [m for m in talk.before(place) if m.entities and m.entities[0].kind is EntityKind.OUTLET]
        if outlets:
            return Resolved(entities=outlets[-1].entities, known=True)
    if lemma in FIRMS:
        firms = [m for m in talk.before(place) if m.entities and m.firm]
        if firms:
            return Resolved(entities=firms[-1].entities, known=True)
    known = bool({lemma, head.lower_} & (GROUPS | BODIES | GOVERNMENT)) and lemma not in ("company", "firm")
    return Resolved(entities=(_nameless(talk, source, head),), known=known and head.lower_ != "minister")


def _document(talk: Discourse, source: tuple[Token, ...], owners: list[tuple[Entity, ...]], place: int) -> Resolved:
    """Return who issued "the statement", "the text": its owner, else the body that spoke or acted last."""
    if owners:
        return Resolved(entities=owners[0], known=True)
    acting = [m for m in talk.before(place) if m.subject and m.entities and m.entities[0].kind is EntityKind.BODY]
    spoken = [(at, who) for at, who, _ in talk.spoken if at < place and who.entities[0].kind in ISSUERS]
    named = [m for m in talk.before(place) if m.entities and m.entities[0].kind is EntityKind.BODY]
    issuers = [(m.start, Resolved(entities=m.entities, known=True)) for m in acting] + spoken
    if issuers:
        return max(issuers, key=lambda pair: pair[0])[1]
    if len({m.entities for m in named}) == 1:
        return Resolved(entities=named[0].entities, known=True)
    return Resolved(entities=(_nameless(talk, source, head_of(source)),), known=False)


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
