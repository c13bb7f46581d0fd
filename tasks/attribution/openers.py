"""Openings that hold a name back: "A former trader has told a court ..." - and the next sentence names him."""

from spacy.tokens import Token

from tasks.attribution.cast import Cast
from tasks.attribution.gazetteer import SINGLE_OFFICES
from tasks.attribution.names import is_people
from tasks.attribution.offices import MEN, WOMEN, title_words
from tasks.attribution.parsing import Paragraph
from tasks.attribution.people import Mention, Person

FIRST = 3  # paragraphs in which an article opens
REACH = 500  # characters from the nameless source to the name
OLDEST = 2  # digits of an age
WOMAN = WOMEN | {"woman", "girl", "mother", "daughter", "wife", "widow", "actress", "waitress", "sister", "grandmother"}
MAN = MEN | {"man", "boy", "father", "son", "husband", "widower", "brother", "grandfather", "policeman", "fireman"}


def find_named_later(cast: Cast, paragraph: Paragraph, source: tuple[Token, ...], head: Token) -> Person | None:
    """Return who a nameless person of the opening turns out to be: the first who is named after that sentence."""
    opening = paragraph.number < FIRST and source[0].lower_ in ("a", "an") and head.tag_ == "NN"
    if not opening or not is_people(head) or head.lemma_.lower() in SINGLE_OFFICES or head.lower_.startswith("spokes"):
        return None
    sentence = head.sent
    end = paragraph.offset + sentence.end_char
    if any(m.person for m in cast.inside(head.doc) if sentence.start <= m.token.i < sentence.end):
        return None  # somebody is named beside the nameless one
    later = [m for m in cast.mentions if m.person is not None and end <= m.start < end + REACH and not m.quoted]
    if not later or any(m.person is later[0].person for m in cast.before(end)):
        return None
    person = later[0].person
    if person is None or not _is_same(later[0], person, head):
        return None
    person.office |= {token.lemma_.lower() for token in source if token.pos_ in ("NOUN", "ADJ")}
    person.gender = person.gender or _gender(head)
    return person


def _is_same(mention: Mention, person: Person, head: Token) -> bool:
    """Return whether a name fits the nameless one: no other office or pronoun, a full name that acts, or an age."""
    if not person.fits(_gender(head)) and _gender(head):
        return False
    office = [word for word in title_words(mention.token) if word.pos_ in ("NOUN", "PROPN") and is_people(word)]
    if head.lemma_.lower() in {word.lemma_.lower() for word in office}:
        return True
    full = mention.last > mention.first and mention.subject
    return full and (not office or _aged(mention)) and mention.token.head.dep_ in ("ROOT", "ccomp", "conj")


def _aged(mention: Mention) -> bool:
    after = mention.token.doc[mention.last + 1 : mention.last + 3]
    return len(after) == OLDEST and after[0].text == "," and after[1].text.isdigit() and len(after[1]) <= OLDEST


def _gender(head: Token) -> str:
    return "she" if head.lower_ in WOMAN else "he" if head.lower_ in MAN else ""
