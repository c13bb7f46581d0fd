"""Who a source is: names, offices, pronouns and groups linked to entities, or honestly left unresolved."""

from dataclasses import replace
from itertools import chain

from spacy.tokens import Token

from tasks.attribution.cast import Cast
from tasks.attribution.counted import find_counted
from tasks.attribution.cues import load_words
from tasks.attribution.descriptions import ISSUERS, describe, nameless
from tasks.attribution.discourse import NOBODY, Discourse, Resolved, Spoken
from tasks.attribution.drafts import Draft
from tasks.attribution.gazetteer import (
    BODIES,
    EPITHETS,
    FIRM_WORDS,
    FIRMS_OR_PEOPLE,
    GOVERNMENT,
    OUTLET_WORDS,
    PERSONS,
    TITLES,
    load_gazetteer,
    slug,
)
from tasks.attribution.leads import ANSWERERS
from tasks.attribution.names import body, ends_a_name, is_people, name_words
from tasks.attribution.nominals import apposed_name, belongs, head_of, name_of, parts_of, text_of, without_clauses
from tasks.attribution.offices import office_behind, owners_of, speaks_for, title_words
from tasks.attribution.openers import find_named_later
from tasks.attribution.parsing import Paragraph
from tasks.attribution.people import Person
from tasks.attribution.phrases import noun_phrase
from tasks.attribution.pronouns import PLURAL, SINGULAR, THINGS, find_person, find_referent
from tasks.model.claim import Entity, EntityKind

ASKED = "interviewee"
LONGEST = 6  # words of "the 44-year-old father of two"
BODILY = ("ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT")


class Sources:
    """Links the sources of one article; it remembers who spoke last."""

    def __init__(self, cast: Cast, article_id: str) -> None:
        """Begin an article: `cast` is everybody in it, `article_id` keeps its nameless people its own."""
        self._talk = Discourse(cast=cast, article=article_id)

    def resolve(self, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
        """Return who the words mean at their place in the article."""
        if not any(token.text[:1].isalnum() for token in source):
            return NOBODY
        source = without_clauses(source)
        found = self._resolve(paragraph, source)
        if found.known:
            words = frozenset(token.lower_ for token in source)
            place = paragraph.offset + source[0].idx
            self._talk.add(Spoken(place=place, who=found, head=head_of(source), words=words))
        return found

    def label(self, label: str) -> Resolved:
        """Return who speaks under the label of a transcript; its longest form in the article counts."""
        parts = [part for part in label.split() if part not in TITLES] or label.split()
        person = self._talk.cast.person(parts)
        name = " ".join(parts)
        entity = Entity(id=f"person:{slug(name)}", name=name, kind=EntityKind.PERSON)
        if name.casefold().rstrip(".") in ANSWERERS:  # "A:", and nobody is named before the talk
            unnamed = Entity(
                id=f"unknown:{self._talk.article}:{ASKED}", name=f"{ASKED} (unresolved)", kind=EntityKind.UNKNOWN
            )
            return Resolved(entities=(unnamed,), known=False)
        if person is not None and person.name.split()[-1].casefold() != parts[-1].casefold():
            person = None  # what spaCy took for a name goes beyond the label: "Ada Holm - The"
        return Resolved(entities=person.entities if person else (entity,), known=True)

    def _resolve(self, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
        head = head_of(source)
        place = paragraph.offset + source[0].idx
        if head.lower_ in SINGULAR or (len(source) == 1 and head.lower_ in PLURAL | THINGS):
            return find_referent(self._talk, head, place)
        if head.pos_ == "PRON" and len(source) == 1:
            return find_referent(self._talk, head, place)
        again = find_person(self._talk, head, place) if _calls_again(source, head) else None
        later = again or find_counted(self._talk, source, place) or self._later(paragraph, source, head)
        return later or self._members(paragraph, source, head)

    def _later(self, paragraph: Paragraph, source: tuple[Token, ...], head: Token) -> Resolved | None:
        """Return who "a former trader" turns out to be in the next sentences."""
        person = find_named_later(self._talk.cast, paragraph, source, head)
        return Resolved(entities=person.entities, known=True) if person is not None else None

    def _members(self, paragraph: Paragraph, source: tuple[Token, ...], head: Token) -> Resolved:
        members = [self._one(paragraph, part) for part in parts_of(source, head)]
        named = [person.entities for person in self._people_in(paragraph, source)]
        if named and (not members[0].known or (len(members) == 1 and head.tag_ not in ("NNS", "NNPS"))):
            # Where the parser lost the head, the names are there.
            people = named if not members[0].known or len(named) > 1 else [_fuller(members[0], named[0])]
            return Resolved(
                entities=tuple(dict.fromkeys(chain.from_iterable(people))), known=True, members=tuple(people)
            )
        everyone = tuple(dict.fromkeys(chain.from_iterable((*(member.entities for member in members), *named))))
        return Resolved(
            entities=everyone,
            known=bool(members) and members[0].known,
            members=tuple(member.entities for member in members),
        )

    def _people_in(self, paragraph: Paragraph, source: tuple[Token, ...]) -> list[Person]:
        """Return the people named in a source as its members, not as "a friend of Kim" or "Kim's friend"."""
        inside = {token.i for token in source}
        return [
            mention.person
            for mention in self._talk.cast.inside(paragraph.doc)
            if mention.person is not None and mention.token.i in inside and not belongs(mention.token, inside)
        ]

    def _one(self, paragraph: Paragraph, source: tuple[Token, ...]) -> Resolved:
        """Return whom one noun phrase means, trying the surest way first."""
        head = head_of(source)
        name = apposed_name(source, head)
        if name:
            who = self._name(name, head_of(name), people=_surely_people(head))
            return self._with_owner(paragraph, source, head, who)
        if head.lower_ in SINGULAR or head.lower_ in PLURAL | THINGS:
            return find_referent(self._talk, head, paragraph.offset + head.idx)
        capital = head.text in self._talk.cast.names and head.tag_ != "PRP$"  # "Your brother told this paper"
        if head.pos_ == "PROPN" or capital or _bare_name(source):
            return self._with_owner(paragraph, source, office_behind(head), self._name(source, head))
        named = self._known(source, head)
        return named or describe(self._talk, lambda words: self._one(paragraph, words), paragraph, source)

    def _name(self, source: tuple[Token, ...], head: Token, *, people: bool = False) -> Resolved:
        """Return whom a name means: somebody of the article, of the gazetteer, or somebody new."""
        own = tuple(t for t in source if t.dep_ == "compound" and t.head == head)
        person = self._talk.cast.person(name_words((*own, head))) or self._talk.cast.person(name_words((head,)))
        if person is not None and head.text[:1].isupper():
            entities = person.entities if person.speaks_for else (person.entity, *speaks_for(list(source)))
            return Resolved(entities=entities, known=True)
        return (
            self._known(source, head) or self._holder(source, head) or self._unknown_name(source, head, people=people)
        )

    def _holder(self, source: tuple[Token, ...], head: Token) -> Resolved | None:
        """Return who holds an office that is written like a name: "U.S. Secretary of State"."""
        if not {head.lemma_.lower(), head.lower_} & PERSONS:
            return None
        wanted = {token.lower_ for token in source if token.pos_ in ("NOUN", "PROPN", "ADJ")}
        holders = [person for person in self._talk.cast.people if wanted <= person.office]
        if len(holders) == 1:
            return Resolved(entities=holders[0].entities, known=True)
        return Resolved(entities=(nameless(self._talk, source, head), *speaks_for(list(source))), known=True)

    def _with_owner(self, paragraph: Paragraph, source: tuple[Token, ...], head: Token, who: Resolved) -> Resolved:
        """Return a named person with the body of "the ministry's spokesman, Jan Vlk", and remember it."""
        if len(who.entities) != 1 or who.entities[0].kind is not EntityKind.PERSON or head.pos_ == "PROPN":
            return who
        inside = {token.i for token in (*source, *(head.subtree if head.dep_ == "appos" else ()))}
        for owner in owners_of(head):
            words = (
                tuple(token for token in noun_phrase(owner) if token.i in inside and token.dep_ != "case")
                if owner.i in inside
                else ()
            )
            behind = self._one(paragraph, words) if (words and words[0].i != source[0].i) or len(words) > 1 else NOBODY
            kinds = ISSUERS if head.dep_ != "appos" else (EntityKind.BODY,)  # "Ost, the state director of Iowa"
            if behind.known and behind.entities[0].kind in kinds and self._talk.article not in behind.entities[0].id:
                person = self._talk.cast.holder(who.entities[0])
                if person is not None:
                    person.speaks_for = behind.entities
                return replace(who, entities=(*who.entities, *behind.entities))
        return who

    def _known(self, source: tuple[Token, ...], head: Token) -> Resolved | None:
        """Return what the gazetteer knows of the phrase's own head: "the Kremlin", "Seoul", "the Russian side"."""
        first = source[0].idx
        for start, end, place in load_gazetteer().find(text_of(source)):
            # "Department of State Health Services" is not the Department of State.
            longer = any(
                token.idx >= first + end and token.pos_ == "PROPN" and _one_name(token, head) for token in source
            )
            at_head = start <= head.idx - first < end
            inner = any(token.idx == first + start and ends_a_name(token) for token in source)  # "Radio Tirana"
            if at_head and not longer and not inner and (not place.demonym or head.tag_ in ("NNPS", "NNS", "NNP")):
                return Resolved(entities=place.entities, known=True)
        return None

    def _unknown_name(self, source: tuple[Token, ...], head: Token, *, people: bool) -> Resolved:
        """Return a name that no table holds, as a person or a body by its words and by what spaCy calls it."""
        name, lower = name_of(source), {token.lower_ for token in source}
        cast = self._talk.cast
        alone = cast.mentions if len(source) == 1 else ()
        longer = [m for m in alone if m.entities and head.lower_ in m.words and len(m.words) > 1]
        if longer and not any(m.entities[0].kind is EntityKind.STATE for m in longer):
            return Resolved(entities=longer[0].entities, known=True)  # "Orvane" is Orvane Chemicals
        words = BODIES | GOVERNMENT | OUTLET_WORDS | FIRM_WORDS
        named = bool(lower & words) or head.text.isupper() or "." in head.text
        if named or (head.ent_type_ in BODILY and not people) or head.pos_ != "PROPN":
            return Resolved(entities=(body(name), *speaks_for(list(source))), known=True)
        own = name_words((*(t for t in source if t.dep_ == "compound" and t.head == head), head))
        person = Entity(id=f"person:{slug(' '.join(own) or name)}", name=" ".join(own) or name, kind=EntityKind.PERSON)
        return Resolved(entities=(person, *speaks_for(title_words(head))), known=True)


def _surely_people(noun: Token) -> bool:
    return is_people(noun) and noun.lemma_.lower() not in FIRMS_OR_PEOPLE


def _calls_again(source: tuple[Token, ...], head: Token) -> bool:
    """Return whether a description stands for somebody named before: "the 44-year-old", "the Texas Republican"."""
    if source[0].lower_ != "the" or len(source) > LONGEST or head.tag_ not in ("NN", "NNP"):
        return False
    return "-year-old" in text_of(source) or (head.lower_ in EPITHETS and len(source) > 2)  # noqa: PLR2004


def _fuller(one: Resolved, other: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return the reading of one person that knows more: with the body spoken for."""
    return one.entities if one.entities[:1] == other[:1] and len(one.entities) > len(other) else other


def _one_name(token: Token, head: Token) -> bool:
    """Return whether a word goes on with the name of the head: "Department of State Health Services"."""
    return (
        token.i == head.i or token.dep_ in ("compound", "flat") or (token.dep_ == "pobj" and token.head.lower_ == "of")
    )


def _bare_name(source: tuple[Token, ...]) -> bool:
    """Return whether a lone capitalised word is a name: a common noun in the singular would have an article."""
    head = source[0]
    known = is_people(head) or bool({head.lemma_.lower(), head.lower_} & (BODIES | GOVERNMENT))
    named = head.is_title and head.pos_ != "PRON" and head.tag_ != "NNS"  # "My" of "my lawyer" is no name
    return len(source) == 1 and named and not known


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
