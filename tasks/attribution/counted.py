"""Sources by their number: "the two officials", "the three governments", "one of them"."""

from collections.abc import Sequence

from spacy.tokens import Token

from tasks.attribution.discourse import LOOK_BACK, SHORT_PHRASE, Discourse, Resolved
from tasks.attribution.gazetteer import STATE_NOUNS, slug
from tasks.attribution.names import is_bodily, is_people
from tasks.attribution.nominals import head_of
from tasks.attribution.people import Mention
from tasks.model.claim import Entity, EntityKind

COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
EITHER = frozenset(
    {"side", "party", "ally", "rival", "neighbour", "neighbor", "opponent", "partner"}
)  # people or states
PARTS = frozenset({"one", "another", "some", "several", "two", "many", "most", "none"})


def find_counted(talk: Discourse, source: tuple[Token, ...], place: int) -> Resolved | None:
    """Return the members of "the two officials", or whose part "one of them" is; None where it counts nobody."""
    if source[0].lower_ in PARTS and len(source) == SHORT_PHRASE and source[2].lower_ == "them":
        return _part(talk, source[0].lower_, place)
    count = next((COUNTS[token.lower_] for token in source if token.lower_ in COUNTS), None)
    if count is None or len(source) > SHORT_PHRASE + 1 or any(token.pos_ == "PROPN" for token in source):
        return None
    noun = head_of(source)
    together = [s for s in talk.spoken_before(place, 2 * LOOK_BACK) if len(s.who.members) == count]
    jointly = [s for s in together if _fits(noun, s.who.members)]
    before = talk.before(place)
    for mention in reversed(before):
        if mention.start < max([place - 2 * LOOK_BACK, *(s.place for s in jointly)]):
            break
        members = _listed(mention, before)
        if len(members) == count and _fits(noun, members):
            everyone = tuple(dict.fromkeys(entity for member in members for entity in member))
            return Resolved(entities=everyone, known=True, members=tuple(members))
    return jointly[-1].who if jointly else None


def _fits(noun: Token, members: Sequence[tuple[Entity, ...]]) -> bool:
    """Return whether a noun can mean them: officials are persons, governments and firms are none."""
    persons = [bool(member) and member[0].kind is EntityKind.PERSON for member in members]
    lemma = noun.lemma_.lower()
    if lemma in EITHER:
        return True
    if lemma in STATE_NOUNS or is_bodily(noun):
        return not any(persons)
    return all(persons) or not is_people(noun)


def _part(talk: Discourse, word: str, place: int) -> Resolved | None:
    """Return "one of the engineers" for "one of them"."""
    groups = [s.who for s in talk.spoken_before(place) if not s.one]
    if not groups or groups[-1].entities[0].kind is not EntityKind.GROUP:
        return None
    name = f"{word} of {groups[-1].entities[0].name}"
    entity = Entity(id=f"group:{talk.article}:{slug(name)}", name=name, kind=EntityKind.GROUP)
    return Resolved(entities=(entity,), known=True)


def _listed(mention: Mention, before: tuple[Mention, ...]) -> list[tuple[Entity, ...]]:
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
    return [m.who for m in sorted(found, key=lambda m: m.start)]
