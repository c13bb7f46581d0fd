"""Who a source is: names, offices, pronouns and groups linked to entities, or honestly left unresolved."""

from itertools import chain

from spacy.tokens import Token

from tasks.attribution.cast import Cast, Mention, Person, body, name_words, speaks_for, title_words
from tasks.attribution.cues import load_words
from tasks.attribution.descriptions import describe
from tasks.attribution.discourse import LOOK_BACK, NOBODY, SHORT_PHRASE, Discourse, Resolved
from tasks.attribution.drafts import Draft
from tasks.attribution.gazetteer import (
    BODIES,
    GOVERNMENT,
    OUTLET_WORDS,
    TITLES,
    load_gazetteer,
    slug,
)
from tasks.attribution.nominals import belongs, head_of, is_people, name_of, parts_of, text_of
from tasks.attribution.parsing import Paragraph
from tasks.attribution.pronouns import PLURAL, SINGULAR, find_referent
from tasks.model.claim import Entity, EntityKind

COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}


class Sources:
    """Links the sources of one article; it remembers who spoke last."""

    def __init__(self, cast: Cast, article_id: str) -> None:
        """Begin an article: `cast` is everybody in it, `article_id` keeps its nameless people its own."""
        self._talk = Discourse(cast=cast, article=article_id)

    def resolve(self, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
        """Return who the words mean at their place in the article."""
        if not source:
            return NOBODY
        found = self._resolve(paragraph, source)
        place = paragraph.offset + source[0].idx
        if found.known:
            one = found.entities[0].kind is EntityKind.PERSON
            self._talk.spoken.append((place, found, one))
        return found

    def label(self, label: str) -> Resolved:
        """Return who speaks under the label of a transcript; its longest form in the article counts."""
        parts = [part for part in label.split() if part not in TITLES] or label.split()
        person = self._talk.cast.person(parts)
        name = " ".join(parts)
        entity = Entity(id=f"person:{slug(name)}", name=name, kind=EntityKind.PERSON)
        return Resolved(entities=person.entities if person else (entity,), known=True)

    def _resolve(self, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
        head = head_of(source)
        place = paragraph.offset + source[0].idx
        if head.pos_ == "PRON" or head.lower_ in SINGULAR or (head.lower_ in PLURAL and len(source) == 1):
            return find_referent(self._talk, head, place)
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
            for mention in self._talk.cast.mentions
            if mention.person is not None
            and mention.token.doc is paragraph.doc
            and mention.token.i in inside
            and not belongs(mention.token, inside)
        ]

    def _one(self, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
        """Return whom one noun phrase means, trying the surest way first."""
        head = head_of(source)
        person = self._talk.cast.person(
            name_words((*(t for t in source if t.dep_ == "compound" and t.head == head), head))
        )
        person = person or self._talk.cast.person(name_words((head,)))
        if person is not None and head.text[:1].isupper():
            return Resolved(entities=_with_office(person, source), known=True)
        named = self._named(source, head)
        if named is not None:
            return named
        if head.pos_ == "PROPN" or head.text in self._talk.cast.names or _bare_name(source):
            return self._unknown_name(source, head)
        return describe(self._talk, paragraph, source, head)

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
        longer = [m for m in self._talk.cast.mentions if m.entities and head.lower_ in m.words and len(m.words) > 1]
        if len(source) == 1 and longer and not any(m.entities[0].kind is EntityKind.STATE for m in longer):
            return Resolved(entities=longer[0].entities, known=True)  # "Orvane" is Orvane Chemicals
        named = bool(lower & (BODIES | GOVERNMENT | OUTLET_WORDS)) or head.text.isupper() or "." in head.text
        if named or head.ent_type_ in ("ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT") or head.pos_ != "PROPN":
            return Resolved(entities=(body(name), *speaks_for(list(source))), known=True)
        own = name_words((*(t for t in source if t.dep_ == "compound" and t.head == head), head))
        person = Entity(id=f"person:{slug(' '.join(own) or name)}", name=" ".join(own) or name, kind=EntityKind.PERSON)
        return Resolved(entities=(person, *speaks_for(title_words(head))), known=True)

    def _counted(self, source: tuple[Token, ...], place: int) -> Resolved | None:
        """Return the members of "the two officials": the last list of that many names before it."""
        count = next((COUNTS[token.lower_] for token in source if token.lower_ in COUNTS), None)
        if count is None or len(source) > SHORT_PHRASE + 1:
            return None
        for mention in reversed(self._talk.before(place)):
            members = _listed(mention, self._talk.before(place))
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


def _bare_name(source: tuple[Token, ...]) -> bool:
    """Return whether a lone capitalised word is a name: a common noun in the singular would have an article."""
    head = source[0]
    known = is_people(head) or bool({head.lemma_.lower(), head.lower_} & (BODIES | GOVERNMENT))
    return len(source) == 1 and head.is_title and head.tag_ != "NNS" and not known


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
