"""What is said of somebody beside the name: title, office, pronoun, and whom the person speaks for."""

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from tasks.attribution.gazetteer import GOVERNMENT, HEADS, SHORT_TITLES, SPEAKING_OFFICES, TITLES, load_gazetteer
from tasks.attribution.people import Mention, Person
from tasks.model.claim import Entity, EntityKind

WOMEN = frozenset({"mrs", "mrs.", "ms", "ms.", "miss", "lady", "spokeswoman", "chairwoman", "queen", "princess"})
MEN = frozenset({"mr", "mr.", "sir", "lord", "spokesman", "chairman", "king", "prince"})
WINDOW = 9  # words before or behind a name in which its title may stand
OWNING = ("for", "of", "at", "with")


def learn(person: Person, token: Token, named: Callable[[Token], Mention | None]) -> None:
    """Note the title, the gender and whom a person speaks for, from the words around one mention."""
    around = title_words(token)
    if not around:
        return
    lower = {word.lower_ for word in around}
    person.office |= {word.lemma_.lower() for word in around if word.pos_ in ("NOUN", "PROPN", "ADJ")}
    person.office |= {SHORT_TITLES[word] for word in lower if word in SHORT_TITLES}
    person.gender = "she" if lower & WOMEN else "he" if lower & MEN else person.gender
    if not person.speaks_for:
        person.speaks_for = speaks_for(around) or body_of(around, named) or _head_of(person)


def _head_of(person: Person) -> tuple[Entity, ...]:
    """Return whom a well-known person leads or speaks for, where the article gives the person an office."""
    known = load_gazetteer().bodies.get(HEADS.get(person.name, ""))
    return (known,) if known is not None and person.office & GOVERNMENT else ()


def title_words(token: Token) -> list[Token]:
    """Return the words of office around a name: those before it in its phrase, and an apposition behind it."""
    before = [word for word in token.subtree if token.i - WINDOW <= word.i < token.i and word.dep_ != "relcl"]
    behind = [word for child in token.children if child.dep_ == "appos" for word in child.subtree]
    above = list(apposed_to(token).subtree) if token.dep_ == "appos" else []
    return [word for word in (*before, *behind[:WINDOW], *above[:WINDOW]) if word.i != token.i]


def apposed_to(name: Token) -> Token:
    """Return the noun that a name in apposition is the name of: "a spokesman for Orion, Falk" names the spokesman.

    The parser hangs the name on "Orion"; a person is no firm, so the noun above is meant.
    """
    above = name.head
    person = name.ent_type_ not in ("GPE", "LOC", "FAC", "ORG", "DATE") and above.ent_type_ != "PERSON"
    if person and above.dep_ == "pobj" and above.pos_ == "PROPN" and above.head.dep_ == "prep":
        return above.head.head
    return above


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


def body_of(tokens: Iterable[Token], named: Callable[[Token], Mention | None]) -> tuple[Entity, ...]:
    """Return the body that an office among the words is of: "the bank's chairman", "a spokesman for Orion"."""
    for office in tokens:
        if is_speaking(office):
            for owner in owners_of(office):
                mention = named(owner)
                placed = mention is not None and mention.token.ent_type_ in (
                    "GPE",
                    "LOC",
                    "FAC",
                )  # "Florida's governor"
                if mention is not None and not placed and mention.entities[:1] and _is_body(mention.entities[0]):
                    return mention.entities
    return ()


def is_speaking(office: Token) -> bool:
    """Return whether a noun is an office that speaks for a body: "spokeswoman", "chief medical officer"."""
    words = {office.lemma_.lower(), office.lower_}
    return bool(words & SPEAKING_OFFICES) or ("officer" in words and any(t.lower_ == "chief" for t in office.lefts))


def office_behind(name: Token) -> Token:
    """Return the office that follows a name: "Karl Bode, secretary of the dockers' union"; the name where none does."""
    behind = (child for child in name.children if child.dep_ == "appos" and child.left_edge.i == name.i + 2)  # a comma
    return next((noun for noun in behind if is_speaking(noun)), name)


def _is_body(entity: Entity) -> bool:
    return entity.kind is EntityKind.BODY


def owners_of(office: Token) -> list[Token]:
    """Return the words that say whose office it is: a possessor, a noun before it, or behind "for" and "of"."""
    own = [child for child in office.children if child.dep_ in ("poss", "compound", "nmod") and child.i < office.i]
    own = [child for child in own if child.text.title() not in TITLES]  # "Interior Minister"
    behind = [pobj for prep in office.children if prep.lower_ in OWNING for pobj in prep.children]
    behind = [pobj for pobj in behind if pobj.text.title() not in TITLES]  # "secretary of state"
    return [*behind, *own]
