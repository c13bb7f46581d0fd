"""Who a source is: names, offices, pronouns and groups linked to entities, or honestly left unresolved."""

from dataclasses import dataclass
from itertools import chain

from spacy.tokens import Token

from tasks.attribution.cast import ARTICLES, Cast, Mention, Person, body, name_words, speaks_for, title_words
from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft
from tasks.attribution.gazetteer import (
    BODIES,
    GOVERNMENT,
    GROUPS,
    OUTLET_WORDS,
    TITLES,
    load_gazetteer,
    slug,
)
from tasks.attribution.nominals import belongs, head_of, is_people, name_of, parts_of, text_of
from tasks.attribution.parsing import Paragraph
from tasks.model.claim import Entity, EntityKind

SINGULAR = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
PLURAL = frozenset({"they", "them", "both", "all"})
COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
FIRMS = frozenset({"company", "firm", "manufacturer", "airline", "operator", "retailer", "maker", "group", "giant"})
ISSUERS = (EntityKind.BODY, EntityKind.STATE)
SHORT_PHRASE = 3  # words of "the interior ministry"
LOOK_BACK = 700  # characters: about two paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The entities of a source, and whether it is known who they are."""

    entities: tuple[Entity, ...]
    known: bool


NOBODY = Resolved(entities=(), known=False)


class Sources:
    """Links the sources of one article; it remembers who spoke last."""

    def __init__(self, cast: Cast, article_id: str) -> None:
        """Begin an article: `cast` is everybody in it, `article_id` keeps its nameless people its own."""
        self._cast = cast
        self._article = article_id
        self._spoken: list[tuple[int, Resolved, bool]] = []  # where, who, one person?

    def resolve(self, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
        """Return who the words mean at their place in the article."""
        if not source:
            return NOBODY
        found = self._resolve(paragraph, source)
        place = paragraph.offset + source[0].idx
        if found.known:
            one = found.entities[0].kind is EntityKind.PERSON
            self._spoken.append((place, found, one))
        return found

    def label(self, label: str) -> Resolved:
        """Return who speaks under the label of a transcript; its longest form in the article counts."""
        parts = [part for part in label.split() if part not in TITLES] or label.split()
        person = self._cast.person(parts)
        name = " ".join(parts)
        entity = Entity(id=f"person:{slug(name)}", name=name, kind=EntityKind.PERSON)
        return Resolved(entities=person.entities if person else (entity,), known=True)

    def _resolve(self, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
        head = head_of(source)
        place = paragraph.offset + source[0].idx
        if head.pos_ == "PRON" or head.lower_ in SINGULAR or (head.lower_ in PLURAL and len(source) == 1):
            return self._pronoun(head, place)
        counted = self._counted(source, place)
        if counted is not None:
            return counted
        members = [self._one(paragraph, part) for part in parts_of(source, head)]
        named = [person.entities for person in self._people_in(paragraph, source)]
        if named and not members[0].known:  # the parser lost the head, the names are there
            return Resolved(entities=tuple(dict.fromkeys(chain.from_iterable(named))), known=True)
        if named and len(members) == 1 and head.tag_ not in ("NNS", "NNPS"):
            return Resolved(entities=tuple(dict.fromkeys(chain.from_iterable(named))), known=True)
        everyone = chain.from_iterable((*(member.entities for member in members), *named))
        return Resolved(entities=tuple(dict.fromkeys(everyone)), known=bool(members) and members[0].known)

    def _people_in(self, paragraph: Paragraph, source: tuple[Token, ...]) -> list[Person]:
        """Return the people named in a source as its members, not as "a friend of Kim" or "Kim's friend"."""
        inside = {token.i for token in source}
        return [
            mention.person
            for mention in self._cast.mentions
            if mention.person is not None
            and mention.token.doc is paragraph.doc
            and mention.token.i in inside
            and not belongs(mention.token, inside)
        ]

    def _one(self, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
        """Return whom one noun phrase means, trying the surest way first."""
        head = head_of(source)
        person = self._cast.person(name_words((*(t for t in source if t.dep_ == "compound" and t.head == head), head)))
        person = person or self._cast.person(name_words((head,)))
        if person is not None and head.text[:1].isupper():
            return Resolved(entities=_with_office(person, source), known=True)
        named = self._named(source, head)
        if named is not None:
            return named
        if head.pos_ == "PROPN" or head.text in self._cast.names or _bare_name(source):
            return self._unknown_name(source, head)
        return self._described(paragraph, source, head)

    def _named(self, source: tuple[Token, ...], head: Token) -> Resolved | None:
        """Return what the gazetteer knows of the phrase's own head: "the Kremlin", "Seoul", "the Russian side"."""
        first = source[0].idx
        for start, end, place in load_gazetteer().find(text_of(source)):
            # "Department of State Health Services" is not the Department of State.
            longer = any(
                token.idx >= first + end and token.pos_ == "PROPN" and _one_name(token, head) for token in source
            )
            at_head = start <= head.idx - first < end
            if at_head and not longer and (not place.demonym or head.tag_ in ("NNPS", "NNS", "NNP")):
                return Resolved(entities=place.entities, known=True)
        return None

    def _unknown_name(self, source: tuple[Token, ...], head: Token) -> Resolved:
        """Return a name that no table holds, as a person or a body by its words and by what spaCy calls it."""
        name, lower = name_of(source), {token.lower_ for token in source}
        longer = [m for m in self._cast.mentions if m.entities and head.lower_ in m.words and len(m.words) > 1]
        if len(source) == 1 and longer and not any(m.entities[0].kind is EntityKind.STATE for m in longer):
            return Resolved(entities=longer[0].entities, known=True)  # "Orvane" is Orvane Chemicals
        named = bool(lower & (BODIES | GOVERNMENT | OUTLET_WORDS)) or head.text.isupper() or "." in head.text
        if named or head.ent_type_ in ("ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT") or head.pos_ != "PROPN":
            return Resolved(entities=(body(name), *speaks_for(list(source))), known=True)
        own = name_words((*(t for t in source if t.dep_ == "compound" and t.head == head), head))
        person = Entity(id=f"person:{slug(' '.join(own) or name)}", name=" ".join(own) or name, kind=EntityKind.PERSON)
        return Resolved(entities=(person, *speaks_for(title_words(head))), known=True)

    def _described(self, paragraph: Paragraph, source: tuple[Token, ...], head: Token) -> Resolved:
        """Return whom a description means: "South Korea's military", "the minister", "analysts"."""
        lemma, text = head.lemma_.lower(), text_of(source)
        places = [place.entities for _, _, place in load_gazetteer().find(text)]
        official = bool({lemma, head.lower_} & GOVERNMENT)
        name = _closing_name(source)
        if name and (official or is_people(head)):
            person = Entity(id=f"person:{slug(name)}", name=name, kind=EntityKind.PERSON)
            return Resolved(entities=(person, *(places[0] if places else ())), known=True)
        if lemma in load_words().groups["document_nouns"]:
            return self._document(source, places[:1], paragraph.offset + source[0].idx)
        if lemma.startswith("spokes"):
            return self._spokesman(source, head, places)
        if places and official:
            owners = dict.fromkeys(entity for place in places for entity in place)
            return Resolved(entities=(self._nameless(source, head), *owners), known=True)
        definite = source[0].lower_ in ("the", "this", "that") or source[0].lower_ in ("its", "their")
        if definite and len(source) <= SHORT_PHRASE:
            return self._mentioned(source, head, paragraph.offset + source[0].idx)
        return Resolved(
            entities=(self._nameless(source, head),),
            known=is_people(head) or bool({lemma, head.lower_} & (BODIES | GOVERNMENT)),
        )

    def _spokesman(self, source: tuple[Token, ...], head: Token, places: list[tuple[Entity, ...]]) -> Resolved:
        """Return a nameless spokesman and the body that is spoken for: "a spokeswoman for the ministry"."""
        behind = [pobj for prep in head.children if prep.lower_ in ("for", "of") for pobj in prep.children]
        owners = [child for child in head.children if child.dep_ in ("poss", "compound") and child in source]
        named = places[0] if places else ()
        if not named and (behind or owners):
            inside = [token for token in (behind or owners)[0].subtree if token in source and token.dep_ != "case"]
            named = (body(name_of(tuple(inside))),) if inside else ()
        return Resolved(entities=(self._nameless(source, head), *named), known=True)

    def _nameless(self, source: tuple[Token, ...], head: Token) -> Entity:
        """Return an entity of this article alone: the analysts of two outlets need not be the same people."""
        name = name_of(source) or head.text
        lemma = head.lemma_.lower()
        people = is_people(head)
        kind = EntityKind.GROUP if people or head.tag_ == "NNS" else EntityKind.BODY
        kind = kind if people or {lemma, head.lower_} & (BODIES | GOVERNMENT) else EntityKind.UNKNOWN
        return Entity(id=f"{kind}:{self._article}:{slug(name)}", name=name, kind=kind)

    def _mentioned(self, source: tuple[Token, ...], head: Token, place: int) -> Resolved:
        """Return the one mentioned before that "the minister", "the company" can mean, or leave it unresolved."""
        lemma = head.lemma_.lower()
        wanted = {token.lower_ for token in source if token.lower_ not in ARTICLES}
        people = [m.person for m in self._before(place) if m.person and lemma in m.person.office]
        if people:
            distinct = {person.name for person in people}
            if len(distinct) == 1:
                return Resolved(entities=people[-1].entities, known=True)
            return Resolved(entities=(self._nameless(source, head),), known=False)
        bodies = [m for m in self._before(place) if m.entities and wanted <= m.words]
        if bodies:
            return Resolved(entities=bodies[-1].entities, known=True)
        if lemma in OUTLET_WORDS or lemma == "paper":
            outlets = [m for m in self._before(place) if m.entities and m.entities[0].kind is EntityKind.OUTLET]
            if outlets:
                return Resolved(entities=outlets[-1].entities, known=True)
        if lemma in FIRMS:
            firms = [m for m in self._before(place) if m.entities and m.firm]
            if firms:
                return Resolved(entities=firms[-1].entities, known=True)
        known = bool({lemma, head.lower_} & (GROUPS | BODIES | GOVERNMENT)) and lemma not in ("company", "firm")
        return Resolved(entities=(self._nameless(source, head),), known=known and head.lower_ != "minister")

    def _document(self, source: tuple[Token, ...], owners: list[tuple[Entity, ...]], place: int) -> Resolved:
        """Return who issued "the statement", "the text": its owner, else the body that spoke or acted last."""
        if owners:
            return Resolved(entities=owners[0], known=True)
        acting = [m for m in self._before(place) if m.subject and m.entities and m.entities[0].kind is EntityKind.BODY]
        spoken = [(at, who) for at, who, _ in self._spoken if at < place and who.entities[0].kind in ISSUERS]
        named = [m for m in self._before(place) if m.entities and m.entities[0].kind is EntityKind.BODY]
        issuers = [(m.start, Resolved(entities=m.entities, known=True)) for m in acting] + spoken
        if issuers:
            return max(issuers, key=lambda pair: pair[0])[1]
        if len({m.entities for m in named}) == 1:
            return Resolved(entities=named[0].entities, known=True)
        return Resolved(entities=(self._nameless(source, head_of(source)),), known=False)

    def _before(self, place: int) -> list[Mention]:
        return [mention for mention in self._cast.mentions if mention.start < place]

    def _pronoun(self, head: Token, place: int) -> Resolved:
        """Return whom a pronoun means: whoever spoke last and fits, else the only one who can be meant."""
        gender = SINGULAR.get(head.lower_)
        if gender is None:
            return self._it_or_they(head, place)
        speakers = [(at, who) for at, who, one in self._spoken if one and place - LOOK_BACK <= at < place]
        near = [m for m in self._before(place) if m.person and m.start >= place - LOOK_BACK and _fits(m.person, gender)]
        subjects = [m for m in near if m.subject]
        best = speakers[-1] if speakers and self._gender_fits(speakers[-1][1], gender) else None
        later = [m for m in subjects if best is None or m.start > best[0]]
        if later:
            others = {m.person.name for m in later if m.person}
            last = later[-1].person
            return Resolved(entities=last.entities, known=True) if last and len(others) == 1 else self._unsure(head)
        if best is not None:
            return best[1]
        only = {m.person.name: m.person for m in near if m.person}
        return (
            Resolved(entities=next(iter(only.values())).entities, known=True) if len(only) == 1 else self._unsure(head)
        )

    def _it_or_they(self, head: Token, place: int) -> Resolved:
        several = head.lower_ in PLURAL
        fitting = [
            who
            for at, who, one in self._spoken
            if not one and place - LOOK_BACK <= at < place and (several or who.entities[0].kind is not EntityKind.GROUP)
        ]
        return fitting[-1] if fitting and head.lower_ in (*PLURAL, "it") else self._unsure(head)

    def _gender_fits(self, who: Resolved, gender: str) -> bool:
        person = next((p for p in self._cast.people if p.entity == who.entities[0]), None)
        return person is None or _fits(person, gender)

    def _unsure(self, head: Token) -> Resolved:
        name = f"{head.lower_} (unresolved)"
        entity = Entity(id=f"unknown:{self._article}:{head.lower_}", name=name, kind=EntityKind.UNKNOWN)
        return Resolved(entities=(entity,), known=False)

    def _counted(self, source: tuple[Token, ...], place: int) -> Resolved | None:
        """Return the members of "the two officials": the last list of that many names before it."""
        count = next((COUNTS[token.lower_] for token in source if token.lower_ in COUNTS), None)
        if count is None or len(source) > SHORT_PHRASE + 1:
            return None
        for mention in reversed(self._before(place)):
            members = _listed(mention, self._before(place))
            if len(members) == count and mention.start >= place - 2 * LOOK_BACK:
                return Resolved(entities=tuple(entity for member in members for entity in member), known=True)
        return None


def _listed(mention: Mention, before: list[Mention]) -> list[tuple[Entity, ...]]:
    """Return the entities of a list of names that begins with this mention."""
    found, doc = [mention], mention.token.doc
    for other in before:
        if other.token.doc is doc and other.start > found[-1].start:
            between = {token.lower_ for token in doc[found[-1].last + 1 : other.first]}
            if not between <= {",", "and", "the"}:
                break
            found.append(other)
    conjuncts = {token.i for token in mention.token.conjuncts}
    if len(found) == 1 and conjuncts:
        found.extend(m for m in before if m.token.doc is doc and m.token.i in conjuncts)
    in_order = sorted(found, key=lambda m: m.start)
    return [m.person.entities if m.person else m.entities for m in in_order]


def _with_office(person: Person, source: tuple[Token, ...]) -> tuple[Entity, ...]:
    return person.entities if person.speaks_for else (person.entity, *speaks_for(list(source)))


def _one_name(token: Token, head: Token) -> bool:
    """Return whether a word goes on with the name of the head: "Department of State Health Services"."""
    return (
        token.i == head.i or token.dep_ in ("compound", "flat") or (token.dep_ == "pobj" and token.head.lower_ == "of")
    )


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


def _bare_name(source: tuple[Token, ...]) -> bool:
    """Return whether a lone capitalised word is a name: a common noun in the singular would have an article."""
    head = source[0]
    known = is_people(head) or bool({head.lemma_.lower(), head.lower_} & (BODIES | GOVERNMENT))
    return len(source) == 1 and head.is_title and head.tag_ != "NNS" and not known


def _fits(person: Person, gender: str) -> bool:
    return person.gender in ("", gender)


def may_speak(draft: Draft, who: Resolved) -> bool:
    """Return whether a source can say anything: people, bodies and documents do, visits and risks do not."""
    if not draft.source:
        return True
    head = head_of(draft.source)
    words = {head.lower_, head.lemma_.lower()}
    document = bool(words & load_words().groups["document_nouns"]) or bool(words & {"poll", "survey", "data", "email"})
    if who.entities and who.entities[0].kind != EntityKind.UNKNOWN:
        return True
    return document or head.pos_ == "PRON" or head.ent_type_ in ("PERSON", "ORG", "NORP")
