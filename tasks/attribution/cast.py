"""Who is in an article: people, bodies and states as they are mentioned, with titles and whom they speak for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from tasks.attribution.gazetteer import (
    BODIES,
    GOVERNMENT,
    OUTLET_WORDS,
    TITLES,
    WEB_ENDINGS,
    load_gazetteer,
    slug,
)
from tasks.attribution.parsing import Paragraph
from tasks.model.claim import Entity, EntityKind

WOMEN = frozenset({"mrs", "mrs.", "ms", "ms.", "miss", "lady", "spokeswoman", "chairwoman", "queen", "princess"})
MEN = frozenset({"mr", "mr.", "sir", "lord", "spokesman", "chairman", "king", "prince"})
OFFICE_ENDINGS = ("man", "woman", "person", "chief", "minister", "president", "director", "mayor", "leader")
COMMON_FIRST = frozenset(
    {"national", "international", "new", "north", "south", "east", "west", "central", "royal", "first"}
)
NO_FIRM = frozenset({"nations", "congress", "house", "duma"})
PARTICLE = 3  # letters of "de", "van", "al"
WINDOW = 9  # words before or behind a name in which its title may stand
ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "some"})


@dataclass(slots=True, kw_only=True)
class Person:
    """One person of the article: the longest name seen, what was said of the office, whom the person speaks for."""

    name: str
    words: frozenset[str]
    office: set[str]
    speaks_for: tuple[Entity, ...] = ()
    gender: str = ""

    @property
    def entity(self) -> Entity:
        """Return the person as an entity."""
        return Entity(id=f"person:{slug(self.name)}", name=self.name, kind=EntityKind.PERSON)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Return the person, then whom the person speaks for."""
        return (self.entity, *self.speaks_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where somebody is named."""

    start: int  # in the whole text
    token: Token
    first: int  # token numbers of the name in its paragraph
    last: int
    person: Person | None
    entities: tuple[Entity, ...]  # where it is no person
    words: frozenset[str]
    subject: bool

    @property
    def firm(self) -> bool:
        """Return whether "the company" can mean it: a body of its own, no ministry, union, court or outlet."""
        ours = bool(self.entities) and self.entities[0].kind is EntityKind.BODY and len(self.entities) == 1
        return ours and self.token.ent_type_ == "ORG" and not self.words & (BODIES | GOVERNMENT | NO_FIRM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody in the article, and each place where they are named, in order."""

    people: tuple[Person, ...]
    mentions: tuple[Mention, ...]
    names: frozenset[str] = frozenset()  # words that are capitalised within sentences, and never written small

    def person(self, words: Iterable[str]) -> Person | None:
        """Return the one person that a name or a part of it means, None where nobody or several could be meant."""
        wanted = frozenset(words)
        fitting = [person for person in self.people if wanted and wanted <= person.words]
        return fitting[0] if len(fitting) == 1 else None


def name_words(tokens: Iterable[Token]) -> tuple[str, ...]:
    """Return the words of a name without titles, articles and possessive endings."""
    words = [token.text for token in tokens if token.text not in ("'s", "’s", "'", "’", "-") and not token.is_space]
    while words and (words[0] in TITLES or words[0].lower() in ARTICLES or not words[0][:1].isupper()):
        words.pop(0)
    return tuple(
        word.removesuffix("'s").removesuffix("’s") for word in words if word[:1].isupper() or len(word) <= PARTICLE
    )


def build_cast(paragraphs: tuple[Paragraph, ...]) -> Cast:
    """Return who is named in the article; a surname counts as the full name it belongs to."""
    spans = [(paragraph, ent) for paragraph in paragraphs for ent in paragraph.doc.ents]
    people = _people(ent for _, ent in spans)
    cast = Cast(people=tuple(people), mentions=(), names=_names(paragraphs))
    mentions = sorted(_mentions(paragraphs, cast), key=lambda mention: mention.start)
    for mention in mentions:
        if mention.person is not None:
            _learn(mention.person, mention.token)
    return replace(cast, mentions=tuple(mentions))


def _names(paragraphs: tuple[Paragraph, ...]) -> frozenset[str]:
    tokens = [token for paragraph in paragraphs if not paragraph.heading for token in paragraph.doc if token.is_alpha]
    small = {token.text for token in tokens if token.is_lower}
    inner = {token.text for token in tokens if token.is_title and not token.is_sent_start}
    return frozenset(word for word in inner if word.lower() not in small)


def _people(ents: Iterable[DocSpan]) -> list[Person]:
    """Return one person for each full name; "Minister Park" joins "Park Jin"."""
    known = load_gazetteer().names
    names: dict[tuple[str, ...], None] = {}
    for ent in ents:
        words = name_words(ent)
        if _is_person(ent) and words and " ".join(words) not in known and _is_name(words):
            names.setdefault(words, None)
    people: list[Person] = []
    for words in sorted(names, key=len, reverse=True):
        if not any(frozenset(words) <= person.words for person in people):
            people.append(Person(name=" ".join(words), words=frozenset(words), office=set()))
    return people


def _is_person(ent: DocSpan) -> bool:
    """Return whether a name is a person's: spaCy says so, or a noun of office stands right at it."""
    if ent.label_ == "PERSON":
        return True
    office = ent.root.head if ent.root.dep_ == "appos" else None
    two_words = len([token for token in ent if token.is_title]) == 2 == len(ent)  # noqa: PLR2004
    return ent.label_ in ("ORG", "GPE") and two_words and office is not None and office.lemma_.endswith(OFFICE_ENDINGS)


def _is_name(words: tuple[str, ...]) -> bool:
    """Return whether words can be a person's name: "Ministry of Defense" and "USS Ronald Reagan" cannot."""
    office = any(word.lower() in BODIES | GOVERNMENT for word in words) or words[-1].lower() in OUTLET_WORDS
    ship = any(word.isupper() and len(word) > 2 for word in words)  # noqa: PLR2004  "JFK", "USS"; "AJ" is a name
    return all(word[:1].isalpha() for word in words) and not office and not ship


def _mentions(paragraphs: tuple[Paragraph, ...], cast: Cast) -> Iterator[Mention]:
    surnames = {word for person in cast.people for word in person.words}
    bodies = [(paragraph, ent) for paragraph in paragraphs for ent in _bodies(paragraph, surnames)]
    short = _short_names(ent for _, ent in bodies)
    for paragraph in paragraphs:
        taken: set[int] = set()
        for start, end, place in load_gazetteer().find(paragraph.doc.text):
            span = paragraph.doc.char_span(start, end, alignment_mode="expand")
            if span is None or (place.demonym and not _noun(span.root)):
                continue
            taken |= {token.i for token in span}
            yield _mention(paragraph, span, None, place.entities, {token.lower_ for token in span})
        for ent in (ent for home, ent in bodies if home is paragraph):
            if not taken & {token.i for token in ent}:
                taken |= {token.i for token in ent}
                words = _body_words(ent)
                entity = short.get(words[0]) if len(words) == 1 else None
                yield _mention(paragraph, ent, None, (entity or body(" ".join(words)),), {w.lower() for w in words})
        yield from _word_mentions(paragraph, [token for token in paragraph.doc if token.i not in taken], cast, short)


def _word_mentions(
    paragraph: Paragraph, tokens: list[Token], cast: Cast, short: dict[str, Entity]
) -> Iterator[Mention]:
    """Yield the places where a person or a body is named by a part of the name."""
    surnames = {word for person in cast.people for word in person.words}
    for token in tokens:
        name = token.text.removesuffix("'s").removesuffix("’s")
        if name in surnames:
            person = cast.person(_name_around(token, surnames))
            if person and not _continues(token, person):
                span = _name_span(token, person)
                yield _mention(paragraph, span, person, (), {word.lower() for word in person.words})
        elif name in short:
            yield _mention(paragraph, token.doc[token.i : token.i + 1], None, (short[name],), {name.lower()})


def _bodies(paragraph: Paragraph, surnames: set[str]) -> Iterator[DocSpan]:
    """Yield the names of bodies and places that spaCy sees, less those that are people of the article."""
    for ent in paragraph.doc.ents:
        outlet = ent[-1].lower_ in OUTLET_WORDS
        bodily = ent.label_ in ("ORG", "GPE", "FAC", "LOC") or (ent.label_ == "PERSON" and outlet)
        if bodily and not {token.text for token in ent} & surnames and _body_words(ent):
            yield ent


def _body_words(ent: DocSpan) -> list[str]:
    words = [token.text for token in ent if token.text not in ("'s", "’s")]
    words = words[1:] if words and words[0].lower() in ARTICLES else words
    return words if words and words[0][:1].isupper() else []


def _short_names(ents: Iterable[DocSpan]) -> dict[str, Entity]:
    """Return the first words that stand for longer names: "Orvane" for "Orvane Chemicals", where only one has it."""
    found: dict[str, set[Entity]] = {}
    for ent in ents:
        words = _body_words(ent)
        common = {words[0].lower()} & (BODIES | GOVERNMENT | NO_FIRM | OUTLET_WORDS | COMMON_FIRST)
        if len(words) > 1 and ent.label_ == "ORG" and not common and words[0] not in load_gazetteer().names:
            found.setdefault(words[0], set()).add(body(" ".join(words)))
    return {word: next(iter(entities)) for word, entities in found.items() if len(entities) == 1}


def _noun(token: Token) -> bool:
    """Return whether a demonym stands for people ("the Russians"), not before a noun ("Russian troops")."""
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("amod", "compound", "nmod")


def _name_around(token: Token, surnames: set[str]) -> set[str]:
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
        subject=token.dep_ in ("nsubj", "nsubjpass"),
    )


def body(name: str) -> Entity:
    """Return a body by its name, or an outlet where the name says so."""
    words = {word.lower() for word in name.split()}
    outlet = name.lower().endswith(WEB_ENDINGS) or bool(words & OUTLET_WORDS)
    kind = EntityKind.OUTLET if outlet else EntityKind.BODY
    return Entity(id=f"{kind}:{slug(name)}", name=name, kind=kind)


def _learn(person: Person, token: Token) -> None:
    """Note the title, the gender and whom a person speaks for, from the words around one mention."""
    around = title_words(token)
    lower = {word.lower_ for word in around}
    person.office |= {word.lemma_.lower() for word in around if word.pos_ in ("NOUN", "PROPN", "ADJ")}
    person.gender = person.gender or ("she" if lower & WOMEN else "he" if lower & MEN else "")
    if not person.speaks_for:
        person.speaks_for = speaks_for(around)


def title_words(token: Token) -> list[Token]:
    """Return the words of office around a name: those before it in its phrase, and an apposition behind it."""
    before = [word for word in token.subtree if token.i - WINDOW <= word.i < token.i and word.dep_ != "relcl"]
    behind = [word for child in token.children if child.dep_ == "appos" for word in child.subtree]
    above = list(token.head.subtree) if token.dep_ == "appos" else []
    return [word for word in (*before, *behind[:WINDOW], *above[:WINDOW]) if word.i != token.i]


def speaks_for(tokens: list[Token]) -> tuple[Entity, ...]:
    """Return the state or body whose office the words name: "South Korea's Foreign Minister" -> South Korea."""
    lemmas = {token.lemma_.lower() for token in tokens} | {token.lower_ for token in tokens}
    if not lemmas & GOVERNMENT or not tokens:
        return ()
    first, last = min(token.i for token in tokens), max(token.i for token in tokens)
    text = tokens[0].doc[first : last + 1].text
    for _, end, place in load_gazetteer().find(text):
        # "Department of State Health Services" is not the Department of State.
        if place.entities[0].kind is not EntityKind.BODY or not text[end : end + 2].strip()[:1].isupper():
            return place.entities
    return ()
