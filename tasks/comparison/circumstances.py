"""When and where: whether two claims count or date one and the same thing, or two that only look alike."""

from tasks.comparison.concepts import Concept, heads, words_of
from tasks.comparison.names import shared
from tasks.comparison.signals import (
    Pairing,
    Signal,
    different_times,
    head_met,
    numbers_apart,
    same_parties,
    same_things,
)
from tasks.model.claim import Entity, EntityKind, Proposition, Role

WHOLLY_MET = 0.80  # of the content: only then are two dates those of one event
ALIKE = 0.60  # of the things, where the places differ: what is counted must still be one kind of thing
ALIKE_COSINE = 0.50


def dates_apart(pairing: Pairing) -> Signal:
    """Return 1 where both give one event, of a kind that happens once to somebody, another date."""
    times = different_times(pairing)
    one_each = len(pairing.left.times) == len(pairing.right.times) == 1
    met = min(pairing.left_met.share, pairing.right_met.share) >= WHOLLY_MET
    parties = same_parties(pairing)
    if not (times.strength and one_each and met and parties.reason and parties.strength >= 1.0 and _once(pairing)):
        return Signal(name="dates", strength=0.0)
    first, other = pairing.left.times[0].start, pairing.right.times[0].start
    reason = f"it happens once, and the dates differ: {first.isoformat()} against {other.isoformat()}"
    return Signal(name="dates", strength=1.0, reason=reason)


def _once(pairing: Pairing) -> bool:
    """Return whether the event at the head of both sides is one that happens once to somebody."""
    once = pairing.lexicon.once
    return all(
        any(one.word in once or one.names & once for one in heads(concepts))
        for concepts in (pairing.left_concepts, pairing.right_concepts)
    )


def different_scopes(pairing: Pairing) -> Signal:
    """Return 1 where two numbers count in different places, or one counts all of it and the other a part."""
    if not numbers_apart(pairing).strength:
        return Signal(name="scope", strength=0.0)
    reason = _whole_and_part(pairing) or _two_places(pairing)
    return Signal(name="scope", strength=1.0 if reason else 0.0, reason=reason)


def _whole_and_part(pairing: Pairing) -> str:
    """Return the reason where one side counts everything and the other says that it does not; none otherwise."""
    lexicon = pairing.lexicon
    sides = [frozenset(words_of(side.statement)) for side in (pairing.left, pairing.right)]
    for one, other in (sides, sides[::-1]):
        whole, part = sorted(one & lexicon.whole), sorted(other & lexicon.part)
        if whole and part and not (one & lexicon.part or other & lexicon.whole):
            return f'one counts all of it ("{whole[0]}"), the other a part ("{part[0]}")'
    return ""


def _two_places(pairing: Pairing) -> str:
    """Return the reason where each side names a place that the other does not, and what is counted is alike."""
    left, right = _places(pairing.left, pairing.left_concepts), _places(pairing.right, pairing.right_concepts)
    if not left or not right or left.keys() & right.keys() or _one_state_named(pairing):
        return ""
    both = head_met(pairing.left_concepts, pairing.left_met) and head_met(pairing.right_concepts, pairing.right_met)
    if not both or same_things(pairing).strength < ALIKE or pairing.cosine < ALIKE_COSINE:
        return ""
    return f"they count in different places: {next(iter(left.values()))} and {next(iter(right.values()))}"


def _one_state_named(pairing: Pairing) -> bool:
    """Return whether both sides speak of one state: a town in it may be the other name of the same place."""
    states: list[list[Entity]] = [
        [party.entity for party in side.parties if party.entity.kind is EntityKind.STATE]
        for side in (pairing.left, pairing.right)
    ]
    return bool(shared(*states))


def _places(proposition: Proposition, concepts: tuple[Concept, ...]) -> dict[str, str]:
    """Return the places that a side names, by what makes them comparable: states, and names that no party carries."""
    found = {one.word: one.word.title() for one in concepts if one.named}
    for party in proposition.parties:
        if party.role is Role.OTHER and party.entity.kind is EntityKind.STATE:
            found[party.entity.id] = party.entity.name
    return found
