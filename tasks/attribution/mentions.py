"""Where people, bodies and states are named in an article."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from collections.abc import Set as AbstractSet

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from tasks.attribution.gazetteer import (
    BODIES,
    FIRM_WORDS,
    GENDERS,
    GOVERNMENT,
    OUTLET_WORDS,
    TITLES,
    Place,
    load_gazetteer,
)
from tasks.attribution.names import (
    BODILY,
    body,
    body_words,
    ends_a_name,
    is_led,
    is_name,
    is_people,
    is_person,
    is_thing,
    name_words,
)
from tasks.attribution.offices import apposed_to
from tasks.attribution.parsing import Paragraph
from tasks.attribution.people import NO_FIRM, Mention, People, Person
from tasks.model.claim import Entity

PLACES = "rashomon.places"
MAX_NAME = 4  # words
PLURALS = frozenset({"NNS", "NNPS"})
FIRST_NAMES = frozenset(map(get_string_id, GENDERS))
COMMON_FIRST = frozenset(
    {"national", "international", "new", "north", "south", "east", "west", "central", "royal", "first"}
)


def known_places(doc: Doc) -> list[tuple[DocSpan, Place]]:
    """Return the names of the gazetteer in a paragraph, found once for each."""
    found: list[tuple[DocSpan, Place]] | None = doc.user_data.get(PLACES)
    if found is None:
        spans = [(doc.char_span(s, e, alignment_mode="expand"), p) for s, e, p in load_gazetteer().find(doc.text)]
        found = doc.user_data[PLACES] = [(span, place) for span, place in spans if span is not None]
    return found


def named_spans(doc: Doc) -> list[DocSpan]:
    """Return the names that spaCy sees, and those it misses that begin with a first name."""
    spans = list(doc.ents)
    for place in places_of(doc, FIRST_NAMES):
        end = place
        while end < min(len(doc), place + MAX_NAME) and doc[end].pos_ == "PROPN" and not doc[end].ent_type_:
            end += 1
        if end - place > 1 and doc[place:end].text.istitle():
            spans.append(DocSpan(doc, place, end, label="PERSON"))
    spans.extend(DocSpan(doc, first, last + 1, label="PERSON") for first, last in _introduced(doc))
    return spans


def _introduced(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield two capitalised words that an office follows: of "Piers Aldane, chief executive of" spaCy may see one."""
    for office in doc:
        name = office.head
        if office.dep_ != "appos" or office.pos_ != "NOUN" or name.i < 1 or name.i > office.i or not is_people(office):
            continue
        first = name.nbor(-1)
        whole = first.ent_type_ == name.ent_type_ and name.ent_iob_ == "I"
        # "Piers" is a plural for the tagger; a title before a name stands in the singular.
        title = first.text in TITLES or (is_people(first) and first.tag_ not in PLURALS)
        pair = first.head == name and first.dep_ == "compound" and first.is_title and name.is_title
        if pair and not whole and not title and name.left_edge == first and name.lower_ not in BODIES | GOVERNMENT:
            yield first.i, name.i


def places_of(doc: Doc, words: Container[int]) -> Iterator[int]:
    """Yield where words stand, by spaCy's numbers for them: no token is made for those that are not looked for."""
    return (place for place, word in enumerate(doc.to_array("ORTH").tolist()) if word in words)


def find_people(ents: Iterable[DocSpan]) -> People:
    """Return one person for each full name; "Minister Park" joins "Park Jin"."""
    known = load_gazetteer().names
    names: Counter[tuple[str, ...]] = Counter()
    every = list(ents)
    led = {name_words(ent) for ent in every if is_led(ent) or is_thing(ent)}
    firms = {name_words(ent)[:1] for ent in every if len(ent) > 1 and ent[-1].lower_ in FIRM_WORDS}
    for ent in every:
        words = name_words(ent)
        if words and words not in led | firms and " ".join(words) not in known and is_name(words) and is_person(ent):
            names[words] += 1
    people = People()
    for words in sorted(names, key=len, reverse=True):
        if _swollen(words, names):
            continue
        if not any(people.bearing(words)):
            people.add(Person.named(words))
    return people


def _swollen(words: tuple[str, ...], names: Counter[tuple[str, ...]]) -> bool:
    """Return whether a name of a headline took in other words: "Telling Jeb Bush", where "Jeb Bush" comes again."""
    inner = [words[at : at + 2] for at in range(len(words) - 1)] if len(words) > 2 and names[words] == 1 else []  # noqa: PLR2004
    return any(names[pair] > 1 for pair in inner)


def find_mentions(paragraphs: tuple[Paragraph, ...], ents: list[list[DocSpan]], people: People) -> list[Mention]:
    """Return every place where somebody is named, in order; `ents` are the names that spaCy sees in each paragraph."""
    bodies = [[ent for ent in own if _is_body(ent, people.words)] for own in ents]
    short = _short_names(ent for own in bodies for ent in own)
    wanted = {get_string_id(word + ending) for word in (*people.words, *short) for ending in ("", "'s", "’s")}
    found: list[Mention] = []
    for paragraph, own in zip(paragraphs, bodies, strict=True):
        taken: set[int] = set()
        for span, place in known_places(paragraph.doc):
            if _noun(span.root) if place.demonym else not ends_a_name(span[0]):
                taken |= set(range(span.start, span.end))
                found.append(_mention(paragraph, span, None, place.entities, {token.lower_ for token in span}))
        for ent in own:
            if not taken & set(range(ent.start, ent.end)):
                taken |= set(range(ent.start, ent.end))
                words = body_words(ent)
                entity = short.get(words[0]) if len(words) == 1 else None
                who = (entity or body(" ".join(words)),)
                found.append(_mention(paragraph, ent, None, who, {word.lower() for word in words}))
        found.extend(_word_mentions(paragraph, taken, people, wanted, short))
    return sorted(found, key=lambda mention: mention.start)


def _word_mentions(
    paragraph: Paragraph,
    taken: set[int],
    people: People,
    wanted: Container[int],
    short: dict[str, Entity],
) -> Iterator[Mention]:
    """Yield the places where a person or a body is named by a part of the name; `wanted` are those parts."""
    for token in map(paragraph.doc.__getitem__, places_of(paragraph.doc, wanted)):
        name = token.text.removesuffix("'s").removesuffix("’s")
        if token.i in taken:
            continue
        if name in people.words:
            person = people.one(_name_around(token, people.words))
            if person and not _continues(token, person):
                span = _name_span(token, person)
                yield _mention(paragraph, span, person, (), {word.lower() for word in person.words})
        elif name in short:
            yield _mention(paragraph, token.doc[token.i : token.i + 1], None, (short[name],), {name.lower()})


def _is_body(ent: DocSpan, surnames: AbstractSet[str]) -> bool:
    """Return whether a name that spaCy sees is of a body or a place, and of no person of the article."""
    if ent.label_ not in BODILY and ent.label_ != "PERSON":
        return False
    outlet = ent[-1].lower_ in OUTLET_WORDS
    bodily = ent.label_ in BODILY or outlet or is_led(ent) or is_thing(ent) or (len(ent) > 1 and not is_person(ent))
    words = body_words(ent)
    return bodily and bool(set(words) - TITLES) and not surnames & {token.text for token in ent}


def _short_names(ents: Iterable[DocSpan]) -> dict[str, Entity]:
    """Return the first words that stand for longer names: "Orvane" for "Orvane Chemicals", where only one has it."""
    found: dict[str, set[Entity]] = {}
    for ent in ents:
        words = body_words(ent)
        common = {words[0].lower()} & (BODIES | GOVERNMENT | NO_FIRM | OUTLET_WORDS | COMMON_FIRST)
        firm = ent.label_ in ("ORG", "PERSON")
        if len(words) > 1 and firm and not common and words[0] not in load_gazetteer().names:
            found.setdefault(words[0], set()).add(body(" ".join(words)))
    return {word: next(iter(entities)) for word, entities in found.items() if len(entities) == 1}


def _noun(token: Token) -> bool:
    """Return whether a demonym stands for people ("the Russians"), not before a noun ("Russian troops")."""
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("amod", "compound", "nmod")


def _name_around(token: Token, surnames: AbstractSet[str]) -> set[str]:
    words = {token.text.removesuffix("'s").removesuffix("’s")}
    return words | {child.text for child in token.children if child.dep_ == "compound" and child.text in surnames}


def _continues(token: Token, person: Person) -> bool:
    """Return whether the name goes on behind this word, where its mention will be counted."""
    return token.i + 1 < len(token.doc) and token.doc[token.i + 1].text in person.words


def _name_span(token: Token, person: Person) -> DocSpan:
    """Return the whole name that ends in a token: "Park Jin" for "Jin"."""
    first = token.i
    while first > 0 and token.doc[first - 1].text in person.words:
        first -= 1
    return token.doc[first : token.i + 1]


def _role(token: Token) -> Token:
    """Return the word by which a name takes part in its clause; who is joined to a subject is a subject too."""
    role = apposed_to(token) if token.dep_ == "appos" else token
    while role.dep_ in ("compound", "nmod", "conj") and role.head.pos_ in ("NOUN", "PROPN") and role.head is not role:
        role = role.head
    return role if role.dep_ in ("nsubj", "nsubjpass") else token


def _mention(
    paragraph: Paragraph, span: DocSpan, person: Person | None, entities: tuple[Entity, ...], words: set[str]
) -> Mention:
    token = span.root
    return Mention(
        start=paragraph.offset + span.start_char,
        token=token,
        first=span.start,
        last=span.end - 1,
        person=person,
        entities=entities,
        words=frozenset(words),
        role=_role(token),
        quoted=paragraph.quoted(token) is not None,
    )
