"""Names that stand in for pronouns and for "the country", so that a statement can be read alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from tasks.attribution.cast import Cast
from tasks.attribution.discourse import LOOK_BACK
from tasks.attribution.drafts import Draft
from tasks.attribution.gazetteer import ARTICLED, slug
from tasks.attribution.mentions import known_places
from tasks.attribution.names import is_people
from tasks.attribution.nominals import head_of, text_of
from tasks.attribution.people import Mention, Person
from tasks.attribution.pronouns import SINGULAR
from tasks.model.claim import Entity, EntityKind

FIRST_ONE = {"i": "", "me": "", "my": "'s"}
FIRST_MANY = {"we": "", "us": "", "our": "'s"}
OTHERS = {"he": "", "him": "", "his": "'s", "she": "", "her": "", "it": "", "its": "'s", "they": "", "their": "'s"}
THINGS = frozenset({"it", "its"})
BODIES = frozenset({EntityKind.BODY, EntityKind.STATE, EntityKind.OUTLET})
PEOPLED = frozenset({EntityKind.PERSON, EntityKind.GROUP, EntityKind.UNKNOWN})
COUNTRY = frozenset({"country", "nation"})
LONGEST = 6  # words of a source that may stand in for a pronoun: "the driver of the train"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The words of a content, who says it, and who else is in it."""

    draft: Draft
    tokens: Sequence[Token]
    own: tuple[Entity, ...]
    cast: Cast
    named: tuple[Mention, ...]  # its people
    people: int  # the first token that is a noun for somebody: "the driver"


def speakers(own: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return who speaks, several where they speak jointly, without those whom they speak for."""
    return tuple(entity for entity in own if entity.kind is own[0].kind)


def acting(own: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return who acts where a source speaks of itself as "we": the states or the body it speaks for, else itself."""
    states = tuple(entity for entity in own if entity.kind is EntityKind.STATE)
    bodies = tuple(entity for entity in own if entity.kind in BODIES)
    return states or (bodies[:1] if own[:1] != bodies[:1] else ()) or speakers(own)


def display(entity: Entity) -> str:
    """Return a name as it stands in a sentence: "the United States", "the driver", "Kim"."""
    common = entity.name[:1].islower() and not entity.name.split()[-1].endswith("s")
    return f"the {entity.name}" if common or entity.name in ARTICLED else entity.name


def joined(entities: Sequence[Entity]) -> str:
    """Return several names as a sentence lists them."""
    *others, last = [display(entity) for entity in entities]
    return f"{', '.join(others)} and {last}" if others else last


def stand_ins(draft: Draft, tokens: Sequence[Token], own: tuple[Entity, ...], cast: Cast) -> dict[Token, str]:
    """Return the words that replace tokens of a content: names for pronouns, as far as it is known whom they mean."""
    own = own or _described(draft)
    content = _content(draft, tokens, own, cast)
    found: dict[Token, str] = {}
    named: set[str] = set()
    for token in tokens:
        if token.pos_ in ("PRON", "DET") or token.lower_ in SINGULAR:
            name, ending = _for_pronoun(content, token)
            if name:
                # The name once, then "his": "Kim has the notes on his desk".
                found[token] = _again(name, ending, cast) if name in named else name + ending
                named.add(name)
        elif token.lower_ in COUNTRY:
            found.update(_for_country(token, tokens, own))
    return found


def _content(draft: Draft, tokens: Sequence[Token], own: tuple[Entity, ...], cast: Cast) -> Content:
    inside = {token.i for token in tokens}
    named = (m for m in cast.inside(draft.paragraph.doc) if m.person is not None and m.token.i in inside)
    people = (token.i for token in tokens if token.tag_ == "NN" and is_people(token))
    return Content(
        draft=draft,
        tokens=tokens,
        own=own,
        cast=cast,
        named=tuple(named),
        people=next(people, len(draft.paragraph.doc)),
    )


def _described(draft: Draft) -> tuple[Entity, ...]:
    """Return an unresolved source by its own words: "The museum said its roof leaked" is about the museum's roof."""
    if not draft.source or len(draft.source) > LONGEST or draft.speaker:
        return ()
    head = head_of(draft.source)
    if head.pos_ != "NOUN" or draft.source[0].pos_ == "PRON":
        return ()
    words = text_of(draft.source)
    kind = EntityKind.GROUP if is_people(head) else EntityKind.BODY
    name = words[:1].lower() + words[1:] if draft.source[0].pos_ == "DET" else words
    name = name.removeprefix("the ").removeprefix("a ").removeprefix("an ")
    return (Entity(id=f"words:{slug(words)}", name=name, kind=kind),)


def _for_pronoun(content: Content, token: Token) -> tuple[str, str]:
    """Return the name that a pronoun stands for and its ending, ("", "") where that is not known."""
    word, draft, own = token.lower_, content.draft, content.own
    direct = draft.paragraph.quoted(token) is not None or bool(draft.speaker)
    if word in FIRST_ONE or word in FIRST_MANY:
        who = speakers(own)[:1] if word in FIRST_ONE else _we(own)
        return (joined(who), (FIRST_ONE | FIRST_MANY)[word]) if who and direct else ("", "")
    if word not in OTHERS or direct or draft.rule == "statement":
        return "", ""
    ending = "'s" if word == "her" and token.dep_ == "poss" else OTHERS[word]
    name = _for_person(content, token) if word in SINGULAR else _for_several_or_thing(token, content.tokens, own)
    return name, ending


def _we(own: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return who "we" are: those who speak jointly, a group, or the body spoken for; one person's "we" is not known."""
    who = acting(own) if own else ()
    return () if len(who) == 1 and who[0].kind is EntityKind.PERSON else who


def _again(name: str, ending: str, cast: Cast) -> str:
    """Return the pronoun for somebody who was named before in the same statement."""
    person = next((p for p in cast.people.bearing(name.split()) if p.name == name), None)
    owning = {"he": "his", "she": "her"}
    if person is not None and person.gender:
        return owning[person.gender] if ending else person.gender
    return "their" if ending else name


def _for_person(content: Content, token: Token) -> str:
    """Return whom "he" in a content means: the source, if nobody else in it can be meant; else who alone is left."""
    gender = SINGULAR[token.lower_]
    people = (m.person for m in content.named if m.person is not None and m.token.i < token.i)
    speaking = speakers(content.own) if content.own else ()
    if content.people < token.i or any(p.fits(gender) and p.entity not in speaking for p in people):
        return ""
    if len(speaking) == 1 and speaking[0].kind in PEOPLED and _is(speaking[0], gender, content.cast):
        return display(speaking[0])
    place = content.draft.paragraph.offset + token.idx
    near = [m.person for m in content.cast.between(place - LOOK_BACK, place) if m.person]
    left = {p.name: p for p in near if p.gender == gender and p.entity not in speaking}
    return next(iter(left)) if len(left) == 1 else ""


def _is(entity: Entity, gender: str, cast: Cast) -> bool:
    person: Person | None = cast.holder(entity)
    return person is None or person.fits(gender)


def _for_several_or_thing(token: Token, tokens: Sequence[Token], own: tuple[Entity, ...]) -> str:
    """Return whom "it" or "they" means where it is the first thing named in a content: the source."""
    speaking = speakers(own) if own else ()
    if token.lower_ in THINGS and speaking and speaking[0].kind not in BODIES:
        speaking = tuple(entity for entity in own if entity.kind in BODIES)[
            :1
        ]  # "a spokesman said it had no part in it"
    if any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in tokens if t.i < token.i) or not speaking:
        return ""
    if token.dep_ not in ("nsubj", "nsubjpass", "poss") or _empty(token):
        return ""
    if token.lower_ in THINGS:
        return display(speaking[0]) if len(speaking) == 1 and speaking[0].kind in BODIES else ""
    several = len(speaking) > 1 or speaking[0].kind is not EntityKind.PERSON
    return joined(speaking) if several else ""


def _empty(token: Token) -> bool:
    """Return whether "it" means nothing: "it was clear that", "it is raining"."""
    verb = token.head
    clause = any(child.dep_ in ("ccomp", "csubj", "advcl", "xcomp") and child.i > verb.i for child in verb.children)
    judged = any(child.dep_ in ("acomp", "attr") for child in verb.children)
    return token.dep_ == "expl" or (token.lower_ == "it" and verb.lemma_ == "be" and judged and clause)


def _for_country(token: Token, tokens: Sequence[Token], own: tuple[Entity, ...]) -> Iterator[tuple[Token, str]]:
    """Yield the name for "the country", and nothing in place of its article."""
    article = token.nbor(-1) if token.i else token
    plain = {child.dep_ for child in token.children} <= {"det", "case"}
    name = _country(token, own) if article.lower_ == "the" and article in tokens and plain else ""
    if name:
        yield article, ""
        yield token, name


def _country(token: Token, own: tuple[Entity, ...]) -> str:
    """Return which country is meant: the last one named in the sentence, else that of the source."""
    sentence = token.sent
    named = [
        place.entities[-1]
        for span, place in known_places(token.doc)
        if sentence.start <= span.start < token.i and place.entities[-1].kind is EntityKind.STATE
    ]
    states = [entity for entity in own if entity.kind is EntityKind.STATE]
    meant = named[-1:] or (states if len(states) == 1 else [])
    return display(meant[0]) if meant else ""
