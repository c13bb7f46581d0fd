"""Signals: each looks at two propositions from one side and says how strong it is, and why, in plain words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tasks.comparison.concepts import Concept, Coverage, concepts_of, cover, find_opposites, heads, words_of
from tasks.comparison.lexicon import Lexicon
from tasks.comparison.names import shared
from tasks.comparison.quantities import NumberMatch, match_numbers, without_additions
from tasks.model.claim import Entity, Party, Proposition, Role

COSINE_NONE, COSINE_FULL = 0.30, 0.80  # unrelated sentences of one field have about .3, paraphrases .8 and more
SHORTER_SIDE = 0.75  # a short claim that a long one holds whole is the same matter, with less certainty
_FIGURE = re.compile(r"(?<![\w.,:])\d[\d,]*\d(?:\.\d+)?(?![\w:])")
_YEAR = re.compile(r"(?:19|20)\d\d")
DAY = timedelta(days=1)  # time zones and evening news: neighbouring days are no different time


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """How strongly one aspect speaks for a relation, from 0 to 1, and the reason; an empty reason is not shown."""

    name: str
    strength: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Two propositions with what was found in both, worked out once for all signals."""

    left: Proposition
    right: Proposition
    cosine: float
    left_concepts: tuple[Concept, ...]
    right_concepts: tuple[Concept, ...]
    left_met: Coverage  # how much of the left is met in the right
    right_met: Coverage
    numbers: tuple[NumberMatch, ...]
    lexicon: Lexicon
    left_sources: tuple[Entity, ...] = ()
    right_sources: tuple[Entity, ...] = ()

    @property
    def opposites(self) -> tuple[tuple[Concept, Concept], ...]:
        """Return the pairs of words that cannot both hold."""
        return find_opposites(self.left_concepts, self.right_concepts, self.lexicon.opposed)

    @property
    def sequels(self) -> tuple[tuple[Concept, Concept], ...]:
        """Return the pairs of opposite words of which one may follow the other."""
        return find_opposites(self.left_concepts, self.right_concepts, self.lexicon.may_follow)


def pair_up(left: Proposition, right: Proposition, cosine: float, lexicon: Lexicon) -> Pairing:
    """Return the two propositions with everything that the signals look at."""
    left_concepts, right_concepts = concepts_of(left, lexicon), concepts_of(right, lexicon)
    return Pairing(
        left=left,
        right=right,
        cosine=cosine,
        left_concepts=left_concepts,
        right_concepts=right_concepts,
        left_met=cover(left_concepts, right_concepts),
        right_met=cover(right_concepts, left_concepts),
        numbers=match_numbers(
            without_additions(left.quantities, left.statement), without_additions(right.quantities, right.statement)
        ),
        lexicon=lexicon,
    )


def similar_content(pairing: Pairing) -> Signal:
    """Return how near the sentence vectors are."""
    strength = min(1.0, max(0.0, (pairing.cosine - COSINE_NONE) / (COSINE_FULL - COSINE_NONE)))
    reason = f"the wording is close (similarity {pairing.cosine:.2f})" if strength >= 1.0 else ""
    return Signal(name="similar content", strength=strength, reason=reason)


def same_parties(pairing: Pairing) -> Signal:
    """Return the share of parties in common, of the side that names fewer; a half where a side names nobody.

    Where nothing is in common, a source that speaks of itself ("I saw it") is left aside: it tells no matter.
    """
    left = list(dict.fromkeys(party.entity for party in pairing.left.parties))
    right = list(dict.fromkeys(party.entity for party in pairing.right.parties))
    common = shared(left, right)
    if not common:
        left = [entity for entity in left if entity not in pairing.left_sources]
        right = [entity for entity in right if entity not in pairing.right_sources]
    if not left or not right:
        return Signal(name="same parties", strength=0.5)
    reason = f"both speak of {join_names([entity.name for entity in common])}" if common else ""
    return Signal(name="same parties", strength=min(1.0, len(common) / min(len(left), len(right))), reason=reason)


def same_predicates(pairing: Pairing) -> Signal:
    """Return whether the event at the head of each side is met on the other: 1 both, a half one side only."""
    met_left = head_met(pairing.left_concepts, pairing.left_met)
    met_right = head_met(pairing.right_concepts, pairing.right_met)
    pairs = pairing.left_met.events
    return Signal(name="same predicates", strength=(met_left + met_right) / 2, reason=_event_reason(pairs))


def head_met(concepts: Sequence[Concept], met: Coverage) -> bool:
    """Return whether one of the events at the head is met."""
    words = {concept.word for concept in heads(concepts)}
    return any(concept.word in words for concept, _ in met.matched)


def _event_reason(pairs: Sequence[tuple[Concept, Concept]]) -> str:
    """Return the first pair of event words that says most: head words first."""
    ordered = sorted(pairs, key=lambda pair: -(pair[0].head + pair[1].head))
    for one, other in ordered:
        return f"same event: {one.word}" if one.word == other.word else f"same kind of event: {one.word}, {other.word}"
    return ""


def same_things(pairing: Pairing) -> Signal:
    """Return the share of concepts in common: mostly of the side that says less, a little of the other."""
    shorter, longer = sorted((pairing.left_met, pairing.right_met), key=lambda met: -met.share)
    unlike = [f"{one.word}, {other.word}" for one, other in pairing.left_met.things if one.word != other.word]
    reason = f"same kind of thing: {unlike[0]}" if unlike else ""
    strength = SHORTER_SIDE * shorter.share + (1 - SHORTER_SIDE) * longer.share
    return Signal(name="same things", strength=strength, reason=reason)


def numbers_apart(pairing: Pairing) -> Signal:
    """Return 1 where both count the same unit and the numbers cannot both hold, a half where more numbers stand by.

    A half also where a number is in both ("849 of 2,526", "849"): what differs may be what the other one counts.
    """
    for match in pairing.numbers:
        if not match.both_hold:
            reason = f"the numbers cannot both hold: {match.left.text} against {match.right.text}"
            clear = match.alone and not _figures(pairing.left) & _figures(pairing.right)
            return Signal(name="numbers", strength=1.0 if clear else 0.5, reason=reason)
    return Signal(name="numbers", strength=0.0)


def _figures(proposition: Proposition) -> frozenset[str]:
    """Return the numbers of a statement as they are written in figures, without small ones, years and times."""
    return frozenset(figure for figure in _FIGURE.findall(proposition.statement) if not _YEAR.fullmatch(figure))


def numbers_meet(pairing: Pairing) -> Signal:
    """Return 1 where the numbers are the same, a half where they differ but can both hold."""
    if not pairing.numbers or not all(match.both_hold for match in pairing.numbers):
        return Signal(name="numbers", strength=0.0)
    for match in pairing.numbers:
        if not match.same:
            reason = f"the numbers can both hold: {match.left.text} and {match.right.text}"
            return Signal(name="numbers", strength=0.5, reason=reason)
    return Signal(name="numbers", strength=1.0, reason=f"the same number: {pairing.numbers[0].left.text}")


def different_times(pairing: Pairing) -> Signal:
    """Return 1 where both name times of events and none of them meet."""
    left, right = pairing.left.times, pairing.right.times
    meet = any(one.start <= other.end + DAY and other.start <= one.end + DAY for one in left for other in right)
    if not left or not right or meet:
        return Signal(name="times", strength=0.0)
    reason = f"they speak of different times: {left[0].start.isoformat()} and {right[0].start.isoformat()}"
    return Signal(name="times", strength=1.0, reason=reason)


def swapped_roles(pairing: Pairing) -> Signal:
    """Return 1 where the one who acts and the one acted upon have changed places."""
    left_agents, left_patients = _with_role(pairing.left, Role.AGENT), _with_role(pairing.left, Role.PATIENT)
    right_agents, right_patients = _with_role(pairing.right, Role.AGENT), _with_role(pairing.right, Role.PATIENT)
    crossed = left_agents.keys() & right_patients.keys() and left_patients.keys() & right_agents.keys()
    if not crossed or left_agents.keys() & right_agents.keys():
        return Signal(name="roles", strength=0.0)
    names = join_names([*left_agents.values()][:1]), join_names([*right_agents.values()][:1])
    return Signal(name="roles", strength=1.0, reason=f"who does it differs: {names[0]} against {names[1]}")


def _with_role(proposition: Proposition, role: Role) -> dict[str, str]:
    parties: Sequence[Party] = proposition.parties
    return {party.entity.id: party.entity.name for party in parties if party.role is role}


def swapped_objects(pairing: Pairing) -> Signal:
    """Return 1 where what is given and what is received change places: "trade A for B", "exchange B for A"."""
    lexicon = pairing.lexicon
    left, right = _exchange(pairing.left, lexicon), _exchange(pairing.right, lexicon)
    if left is None or right is None:
        return Signal(name="objects", strength=0.0)
    crossed = _alike(left[0], right[1], lexicon) and _alike(left[1], right[0], lexicon)
    straight = _alike(left[0], right[0], lexicon) or _alike(left[1], right[1], lexicon)
    if not crossed or straight:
        return Signal(name="objects", strength=0.0)
    return Signal(name="objects", strength=1.0, reason="what is given and what is received change places")


def _exchange(proposition: Proposition, lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the words for what is given and for what is received, if the proposition is about an exchange."""
    words = words_of(proposition.statement)
    lemmas = {word for word in proposition.predicates if word.casefold() in lexicon.exchange}
    if not lemmas or "for" not in words:
        return None
    starts = [place for place, word in enumerate(words) if any(word.startswith(lemma[:-1]) for lemma in lemmas)]
    ends = [place for place, word in enumerate(words) if word == "for" and starts and place > starts[0]]
    if not ends:
        return None
    things = {lemma.casefold() for lemma in proposition.terms}
    given = [word for word in words[starts[0] + 1 : ends[0]] if _lemma(word) in things or word in things]
    received = [word for word in words[ends[0] + 1 : ends[0] + 6] if _lemma(word) in things or word in things]
    return tuple(map(_lemma, given)), tuple(map(_lemma, received))


def _lemma(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _alike(left: Sequence[str], right: Sequence[str], lexicon: Lexicon) -> bool:
    return any(lexicon.alike(one, other) for one in left for other in right)


def join_names(names: Sequence[str]) -> str:
    """Return the names as one phrase: "A", "A and B", "A, B and C"."""
    head, tail = names[:-1], names[-1:]
    return " and ".join([*([", ".join(head)] if head else []), *tail])
