"""Why it may not be sure that two claims on opposite sides speak of one thing, in plain words.

Each doubt is one small function. They were worked out on labelled pairs in which structure alone saw a conflict and
a reader saw none (`training/relations`): what is denied is often one part of a sentence, and the other claim is about
the rest of it.
"""

import re
from collections.abc import Callable, Sequence

from tasks.comparison.concepts import NEGATION, Concept, words_of
from tasks.comparison.held import Held
from tasks.comparison.names import same_entity, shared
from tasks.comparison.quantities import LOOSE_UNITS, both_hold
from tasks.comparison.signals import Pairing, join_names, numbers_apart
from tasks.model.claim import Act, Entity, EntityKind, Proposition, Role

REFUSING = frozenset({Act.DENY, Act.RETRACT})
ACTING = frozenset({Role.AGENT, Role.PATIENT})
TOLD = 60  # characters of the denied words
NEARLY_ONE_SENTENCE = 0.80  # cosine from which a name that is missing on one side was only put in other words
_SUPPOSED = re.compile(
    r"^\W*(?:(?:and|but|so|even)\s+)*(?:if|unless|whether)\b|\b(?:asked|wondered|unsure|debate on) (?:if|whether)\b",
    re.IGNORECASE,
)
# "An aide to Baghdadi was killed" says nothing of Baghdadi.
_SOMEBODY_OF = (
    r"\b(?:aide|adviser|advisor|ally|assistant|bodyguard|boyfriend|brother|child|colleague|cousin|daughter|deputy|driver|"
    r"ex-\w+|father|friend|girlfriend|husband|lawyer|loyalist|mother|nephew|partner|relative|representative|sister|son|"
    r"spokesman|spokesperson|spokeswoman|supporter|uncle|widow|wife)s?\s+(?:to|of|for)\s+(?:[\w\u2019']+[\s-]+){0,4}?"
)
# What something is, or what caused it, is what is denied; the subject before it may be taken for granted.
_CAUSED = re.compile(
    r"\b(?:caused|made|written|sent|done|created|carried out|committed|ordered) by (?P<complement>.+)", re.IGNORECASE
)
_BEING = re.compile(
    r"\b(?:is|was|are|were|[\u2019']s)(?:n[\u2019']t|\s+not)?\s+"
    r"(?:(?:a|an|the|one|of|even|really|actually)\s+)*(?P<complement>[^.,;]+)",
    re.IGNORECASE,
)
_COPULA = re.compile(r"(?:^|\s)(?:is|was|are|were|[\u2019']s)\b")


def find_doubt(against: Held, holder: Held, pairing: Pairing) -> str:
    """Return why it is not sure that the one who is for a thing holds what the other is against; "" if it is."""
    return next(filter(None, (doubt(against, holder, pairing) for doubt in DOUBTS)), "")


def own_negation(_against: Held, holder: Held, _pairing: Pairing) -> str:
    """Return a doubt where the words of the one who is for it negate something, and it is not known what."""
    negates = not holder.proposition.negated and NEGATION.search(holder.proposition.statement)
    return "the words that are for it hold a negation of their own" if negates else ""


def speaks_of_untruth(_against: Held, holder: Held, pairing: Pairing) -> str:
    """Return a doubt where the one who is for it speaks of something as a hoax."""
    untrue = says_untrue(holder.proposition, pairing)
    return "the words that are for it speak of something as untrue or denied" if untrue else ""


def denies_untruth(against: Held, _holder: Held, pairing: Pairing) -> str:
    """Return a doubt where the denied words are themselves about a hoax: who denies may call it one."""
    twice = against.act in REFUSING and says_untrue(against.proposition, pairing)
    return "the denied words speak of something as untrue themselves" if twice else ""


def other_numbers(against: Held, holder: Held, pairing: Pairing) -> str:
    """Return a doubt where both give numbers that differ, or where it may be the number alone that is denied."""
    apart = numbers_apart(pairing).reason
    numbers = [quantity for quantity in against.proposition.quantities if quantity.unit not in LOOSE_UNITS]
    if apart or not numbers or any(both_hold(one, two) for one in numbers for two in holder.proposition.quantities):
        return apart
    return f"it may be only the number that is denied: {numbers[0].text}"


def only_supposed(_against: Held, holder: Held, _pairing: Pairing) -> str:
    """Return a doubt where the one who is for it only supposes it, or asks."""
    return "the words that are for it suppose or ask it" if _SUPPOSED.search(holder.proposition.statement) else ""


def complement_unmet(against: Held, holder: Held, pairing: Pairing) -> str:
    """Return a doubt where what is denied is what something is or who did it, and the other does not speak of that."""
    statement, core = against.proposition.statement, against.proposition.core.casefold()
    found = _CAUSED.search(statement) or (_BEING.search(statement) if _COPULA.search(core) else None)
    if found is None:
        return ""
    words = set(words_of(found["complement"]))
    concepts, others = sides_of(against, pairing)
    asked = [one for one in concepts if words & set(words_of(one.word))]
    names = [entity for entity in named(against.proposition) if words & set(words_of(entity.name))]
    met = any(one.names & other.names for one in asked for other in others) or shared(names, named(holder.proposition))
    if met or not (asked or names):
        return ""
    return f"what is denied is not in the other claim: {found.group().strip()[:TOLD]}"


def person_unmet(against: Held, holder: Held, pairing: Pairing) -> str:
    """Return a doubt where the denied words name a person whom the other claim, which names others, does not."""
    people = [one for one in named(against.proposition) if one.kind is EntityKind.PERSON and one not in against.sources]
    others = named(holder.proposition)
    spoken = [*others, *holder.sources]
    missing = [one for one in people if not any(same_entity(one, other) for other in spoken)]
    if not missing or len(missing) < len(people) or not others or pairing.cosine >= NEARLY_ONE_SENTENCE:
        return ""
    return f"the other claim does not name {join_names([one.name for one in missing])}"


def elsewhere(against: Held, holder: Held, pairing: Pairing) -> str:
    """Return a doubt where each side names a place that the other does not: another diner, in another town."""
    mine, yours = sides_of(against, pairing)
    one, other = _place_apart(against, holder, yours), _place_apart(holder, against, mine)
    return f"they may speak of two places: {one}, {other}" if one and other else ""


def other_role(against: Held, holder: Held, _pairing: Pairing) -> str:
    """Return a doubt where the only one whom both name does it on one side, and has it done to it on the other."""
    pairs = [
        (one, other)
        for one in against.proposition.parties
        for other in holder.proposition.parties
        if {one.role, other.role} <= ACTING and same_entity(one.entity, other.entity)
    ]
    if not pairs or any(one.role is other.role for one, other in pairs):
        return ""
    return f"{pairs[0][0].entity.name} does it in one of them, and has it done to it in the other"


def somebody_of(against: Held, holder: Held, _pairing: Pairing) -> str:
    """Return a doubt where the other claim names the person only to tell who somebody else is: "an aide to"."""
    people = [party.entity for party in against.proposition.parties if party.role in ACTING]
    for name in (words_of(one.name)[-1] for one in people if one.kind is EntityKind.PERSON):
        near = re.compile(_SOMEBODY_OF + re.escape(name), re.IGNORECASE)
        found = near.search(holder.proposition.statement)
        if found and not near.search(against.proposition.statement):
            return f"one of them is about somebody near: {found.group()[:TOLD]}"
    return ""


DOUBTS: tuple[Callable[[Held, Held, Pairing], str], ...] = (
    own_negation, speaks_of_untruth, denies_untruth, other_numbers, only_supposed, other_role, elsewhere, person_unmet,
    somebody_of, complement_unmet,
)  # fmt: skip


def says_untrue(proposition: Proposition, pairing: Pairing) -> bool:
    """Return whether a word of the statement calls something untrue or refused: "hoax", "hoaxes", "denied"."""
    words = words_of(proposition.statement)
    forms = {form for word in words for form in (word, word.removesuffix("s"), word.removesuffix("es"))}
    return bool(pairing.lexicon.texts["denial"] & forms)


def sides_of(held: Held, pairing: Pairing) -> tuple[Sequence[Concept], Sequence[Concept]]:
    """Return the concepts of one side and those of the other."""
    both = pairing.left_concepts, pairing.right_concepts
    return both if held.proposition is pairing.left else (both[1], both[0])


def named(proposition: Proposition) -> list[Entity]:
    """Return whom and what a proposition names."""
    return [party.entity for party in proposition.parties]


def _place_apart(held: Held, other: Held, concepts: Sequence[Concept]) -> str:
    """Return a state that one side names as a place, and the other not in any way; "" for none."""
    known = named(other.proposition)
    words = {word for one in concepts for word in words_of(one.word)}
    for party in held.proposition.parties:
        place = party.role is Role.OTHER and party.entity.kind in (EntityKind.STATE, EntityKind.BODY)
        if (
            place
            and not any(same_entity(party.entity, one) for one in known)
            and not words & set(words_of(party.entity.name))
        ):
            return party.entity.name
    return ""
