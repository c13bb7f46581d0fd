"""Names: which words they have, and whether they are a person's or a body's."""

from collections.abc import Iterable

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from tasks.attribution.gazetteer import (
    BODIES,
    FIRM_KINDS,
    FIRM_WORDS,
    FIRMS_OR_PEOPLE,
    GENDERS,
    GOVERNMENT,
    GROUPS,
    NOT_PEOPLE,
    OUTLET_WORDS,
    PERSON_ENDINGS,
    PERSONS,
    TITLES,
    WEB_ENDINGS,
    slug,
)
from tasks.attribution.offices import is_speaking
from tasks.model.claim import Entity, EntityKind

ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "some"})
SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})
PARTICLE = 3  # letters of "de", "van", "al"
LONG = 5  # letters of a noun that another may end with: "headteacher"
OFFICE_ENDINGS = tuple(sorted({noun.removesuffix("s") for noun in GROUPS if len(noun) > LONG}))
NO_PERSONS = NOT_PEOPLE | (FIRM_KINDS - FIRMS_OR_PEOPLE)
BODILY = frozenset({"ORG", "GPE", "FAC", "LOC"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "-"})
# How much each piece of evidence counts; above zero the name is a person's. Set by hand on invented articles.
LABELS = {"PERSON": 3, "ORG": -1, "GPE": -3, "LOC": -3, "FAC": -4, "NORP": -4}
NEVER, STRONG, FIRST, WEAK = -9, 4, 3, 2


def name_words(tokens: Iterable[Token]) -> tuple[str, ...]:
    """Return the words of a name without titles, articles and possessive endings."""
    words = [token.text for token in tokens if token.text not in POSSESSIVES and not token.is_space]
    while words and (words[0] in TITLES or words[0].lower() in ARTICLES or not words[0][:1].isupper()):
        words.pop(0)
    if len(words) > 2 and _is_office(words[0]):  # noqa: PLR2004  "Headteacher Owen Price", not "Baker Street"
        words.pop(0)
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return tuple(
        word.removesuffix("'s").removesuffix("’s") for word in words if word[:1].isupper() or len(word) <= PARTICLE
    )


def _is_office(word: str) -> bool:
    lower = word.lower()
    return word not in GENDERS and lower.endswith(OFFICE_ENDINGS)


def is_people(head: Token) -> bool:
    """Return whether a noun means people: by the table, or by its ending ("dockers", "councillor", "chairwoman")."""
    lemma = head.lemma_.lower()
    if {lemma, head.lower_} & (GROUPS | PERSONS):
        return True
    return head.pos_ in ("NOUN", "PROPN") and lemma.endswith(PERSON_ENDINGS) and lemma not in NO_PERSONS


def is_bodily(noun: Token) -> bool:
    """Return whether a noun means a body: a bank, a ministry, a union."""
    return bool({noun.lemma_.lower(), noun.lower_} & ((BODIES | GOVERNMENT | FIRM_KINDS) - PERSONS))


def ends_a_name(place: Token) -> bool:
    """Return whether the name of a place goes on from a name before it: "Radio Tirana"."""
    if not place.i:
        return False
    before = place.nbor(-1)
    kin = before.head.i == place.i or (place.dep_ == "compound" and before.head.i == place.head.i)
    named = before.pos_ == "PROPN" and before.is_title and before.dep_ in ("compound", "nmod") and kin
    return named and before.text not in TITLES and before.ent_type_ != "NORP"


def is_person(ent: DocSpan) -> bool:
    """Return whether a name is a person's: by its own words, the nouns that stand at it, and what spaCy calls it."""
    return LABELS.get(ent.label_, NEVER) + _own_words(ent) + _words_around(ent) > 0


def _own_words(ent: DocSpan) -> int:
    words = [token.text for token in ent if token.text not in POSSESSIVES]
    score = 0
    if len(words) > 1 and (words[0] in GENDERS or (words[0] in TITLES and words[1] in GENDERS)):
        score += FIRST
    if ent[0].text in TITLES - {"the", "of"} or (ent.start and ent.doc[ent.start - 1].text in TITLES - {"the", "of"}):
        score += WEAK
    if {word.lower() for word in words[1:] or words} & (BODIES | GOVERNMENT | OUTLET_WORDS | FIRM_WORDS):
        score -= STRONG
    if any(word.isupper() and len(word) > 2 for word in words):  # noqa: PLR2004  "JFK", "USS"; "AJ" is a name
        score -= STRONG
    if ent[0].lower_ == "the" or (ent.start and ent.doc[ent.start - 1].lower_ == "the"):
        score -= WEAK
    return score


def _words_around(ent: DocSpan) -> int:
    """Return what the words at a name say: "the chief executive, Marta Vidal", "Alan Moss, 44,", "its union, Care"."""
    root, score = ent.root, 0
    two_words = len([token for token in ent if token.is_title]) > 1
    nouns = [child for child in root.children if child.dep_ == "appos" and child.pos_ == "NOUN"]
    nouns += [root.head] if root.dep_ == "appos" and root.head.pos_ == "NOUN" else []
    nouns += [t for t in root.children if t.dep_ in ("compound", "nmod") and t.pos_ == "NOUN" and t.i < ent.start]
    for noun in nouns:
        if noun.lemma_.lower() in FIRMS_OR_PEOPLE:
            continue
        score += STRONG if is_people(noun) and two_words else -WEAK if is_bodily(noun) else 0
    score -= STRONG if is_led(ent) or is_thing(ent) else 0
    after = ent.doc[ent.end : ent.end + 2]
    aged = len(after) > 1 and after[0].text == "," and after[1].like_num and after[1].text.isdigit()
    return score + (STRONG if aged and len(after[1]) <= 2 and two_words else 0)  # noqa: PLR2004  an age


def is_led(ent: DocSpan) -> bool:
    """Return whether a name is that of what somebody leads: "chief executive of Orvane", "head of sales at Calder"."""
    prep = ent.root.head
    office = prep.head
    led = ent.root.dep_ == "pobj" and prep.lower_ in ("of", "at") and office.pos_ == "NOUN"
    return led and is_speaking(office)


def is_thing(ent: DocSpan) -> bool:
    """Return whether a name is no person's: "Tarn Agro, which owns the mill"."""
    clauses = (child for child in ent.root.children if child.dep_ == "relcl")
    return any(word.lower_ == "which" and word.head == clause for clause in clauses for word in clause.children)


def is_name(words: tuple[str, ...]) -> bool:
    """Return whether words can be a person's name: "Ministry of Defense" and "USS Ronald Reagan" cannot."""
    office = any(word.lower() in BODIES | GOVERNMENT for word in words) or words[-1].lower() in OUTLET_WORDS
    ship = any(word.isupper() and len(word) > 2 for word in words)  # noqa: PLR2004  "JFK", "USS"; "AJ" is a name
    return all(word[:1].isalpha() for word in words) and not office and not ship


def body_words(ent: DocSpan) -> list[str]:
    """Return the words of a body's name, [] where it has none with a capital."""
    words = [token.text for token in ent if token.text not in ("'s", "’s")]
    words = words[1:] if words and words[0].lower() in ARTICLES else words
    return words if words and words[0][:1].isupper() else []


def body(name: str) -> Entity:
    """Return a body by its name, or an outlet where the name says so."""
    words = {word.lower() for word in name.split()}
    outlet = name.lower().endswith(WEB_ENDINGS) or bool(words & OUTLET_WORDS)
    kind = EntityKind.OUTLET if outlet else EntityKind.BODY
    return Entity(id=f"{kind}:{slug(name)}", name=name, kind=kind)
