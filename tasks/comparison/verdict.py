"""The verdict on two propositions: structure decides, in a fixed order, and every verdict names its reasons.

Neither position nor acts alone make a conflict: the two must first speak of one matter. Where they nearly do and it
would matter, the verdict is `unsure`; where they do not, there is none.
"""

import re
from dataclasses import dataclass, replace

from tasks.comparison.concepts import Concept, Coverage, heads
from tasks.comparison.lexicon import Lexicon, load_lexicon
from tasks.comparison.matter import same_matter, things_in_common
from tasks.comparison.names import shared
from tasks.comparison.signals import (
    Pairing,
    different_times,
    numbers_apart,
    numbers_meet,
    pair_up,
    same_parties,
    similar_content,
    swapped_objects,
    swapped_roles,
)
from tasks.model.claim import Act, Entity, Position, Proposition, position
from tasks.model.finding import Kind, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which score of one matter (0 to 1) a pair counts; set like the weights in `matter.py`."""

    conflict: float = 0.60  # one denies, the other says so
    negation: float = 0.66  # "did not": its scope is read less surely than a denial
    agree: float = 0.62
    number: float = 0.60
    opposite: float = 0.75  # neither side denies: only where all but the opposite words is the same
    unsure: float = 0.50  # below it the pair is left out


THRESHOLDS = Thresholds()
_NOT = re.compile(
    r"\b(?:not?|never|none|nobody|nothing|neither|nor|deny|denie[ds]|denying|cannot)\b|n[\u2019']t\b", re.IGNORECASE
)
# Cosine that two claims must have where nobody denies: on 2,580 claims of 218 development articles of 109 topics, and
# 1,369 of 104 more, every conflict by negation between topics lay below 0.54, nearly all within a topic above 0.60.
NEGATED_COSINE = 0.56
OPPOSITE_COSINE = 0.60
NEGATED_SHARE = 0.75  # of the content of "it did not ..." that the other side must hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A proposition and what its source does with it."""

    proposition: Proposition
    act: Act = Act.ASSERT
    sources: tuple[Entity, ...] = ()

    @property
    def position(self) -> Position:
        """Return whether the source holds it to be so."""
        return position(self.act, negated=self.proposition.negated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How two propositions stand to each other, how surely, and why."""

    relation: Relation
    kind: Kind = Kind.NONE
    confidence: float
    reasons: tuple[str, ...]


def compare_propositions(left: Proposition, right: Proposition, cosine: float) -> Verdict | None:
    """Return the verdict on two propositions as two sources would assert them, None where they are unrelated."""
    return compare_held(Held(proposition=left), Held(proposition=right), cosine)


def compare_held(
    left: Held,
    right: Held,
    cosine: float,
    *,
    lexicon: Lexicon | None = None,
    thresholds: Thresholds = THRESHOLDS,
) -> Verdict | None:
    """Return the verdict on two propositions and what is done with them, None where they are unrelated."""
    lexicon = lexicon or load_lexicon()
    pairing = replace(
        pair_up(left.proposition, right.proposition, cosine, lexicon),
        left_sources=left.sources,
        right_sources=right.sources,
    )
    positions = {left.position, right.position}
    if Position.NONE in positions:
        return _without_position(left, right, pairing, thresholds)
    if len(positions) == 1:
        return _same_side(left, pairing, thresholds)
    return _opposed(left, right, pairing, thresholds)


def _opposed(left: Held, right: Held, pairing: Pairing, thresholds: Thresholds) -> Verdict | None:
    """Return the verdict where one source is for a thing and the other against it."""
    left_against = left.position is Position.AGAINST
    against, holder, asked = (left, right, pairing.left_met) if left_against else (right, left, pairing.right_met)
    matter = same_matter(pairing, asked=asked)
    kind = kind_of_denial(against)
    if matter.score < thresholds.unsure or swapped_roles(pairing).strength or _event_opposed(pairing):
        return None
    if kind is Kind.NEGATION and not _wholly_met(against, asked, pairing):
        return None
    enough = thresholds.negation if kind is Kind.NEGATION else thresholds.conflict
    far = kind is Kind.NEGATION and pairing.cosine < NEGATED_COSINE
    doubt = "it is not sure that they mean one thing" if far or matter.score < enough else _doubt(holder, pairing)
    excuse = _excuse(left, right, pairing)
    if excuse is not None and matter.score >= enough:
        return _verdict(Relation.COMPATIBLE, excuse[0], matter.score, (excuse[1], *matter.reasons))
    relation = Relation.UNSURE if doubt else Relation.CONFLICT
    return _verdict(relation, kind, matter.score, (*matter.reasons, doubt) if doubt else matter.reasons)


def _doubt(holder: Held, pairing: Pairing) -> str:
    """Return why it is not sure that the one who is for a thing holds what the other is against; nothing if it is."""
    if not holder.proposition.negated and _NOT.search(holder.proposition.statement):
        return "the words that are for it hold a negation of their own"
    return numbers_apart(pairing).reason


def kind_of_denial(against: Held) -> Kind:
    """Return of what kind a conflict is, from the side that is against."""
    if against.proposition.evidence:
        return Kind.EVIDENCE
    return Kind.DENIAL if against.act in {Act.DENY, Act.RETRACT} else Kind.NEGATION


def _wholly_met(against: Held, asked: Coverage, pairing: Pairing) -> bool:
    """Return whether nearly all that is said not to be so is met: "not" may belong to what is not met."""
    other = pairing.right if against.proposition is pairing.left else pairing.left
    named = [party.entity for party in against.proposition.parties if party.entity not in against.sources]
    known = [party.entity for party in other.parties]
    return asked.share >= NEGATED_SHARE and (not known or len(shared(named, known)) == len(set(named)))


def _event_opposed(pairing: Pairing) -> bool:
    """Return whether the events are opposites: "did not fall" against "rose" is no conflict."""
    return any(one.event and other.event for one, other in (*pairing.opposites, *pairing.sequels))


def _excuse(left: Held, right: Held, pairing: Pairing) -> tuple[Kind, str] | None:
    """Return why two claims that look like a conflict are none, if so."""
    times = different_times(pairing)
    if times.strength:
        return Kind.DIFFERENT_TIME, times.reason
    if left.proposition.forecast != right.proposition.forecast:
        return Kind.FORECAST, "one speaks of what is to come, the other of what is so"
    return None


def _same_side(left: Held, pairing: Pairing, thresholds: Thresholds) -> Verdict | None:
    """Return the verdict where both sources are for what they say, or both against."""
    if left.position is Position.FOR:
        opposite = _opposite(pairing, thresholds)
        if opposite is not None:
            return opposite
    matter = same_matter(pairing)
    if matter.score < thresholds.agree or pairing.opposites or pairing.sequels:
        return None
    swapped = swapped_roles(pairing)
    if swapped.strength:
        return _swapped(pairing, matter.score, (swapped.reason, *matter.reasons))
    objects = swapped_objects(pairing)
    if objects.strength:
        return _verdict(Relation.UNSURE, Kind.ROLE, matter.score, (objects.reason, *matter.reasons))
    if numbers_apart(pairing).strength and left.position is Position.FOR:
        return _numbers(pairing, matter.score, matter.reasons, thresholds)
    return _agreement(pairing, matter.score, matter.reasons)


def _swapped(pairing: Pairing, score: float, reasons: tuple[str, ...]) -> Verdict:
    """Return a conflict where only one of two can have done it to the other, else `unsure`."""
    words = {word for pair in pairing.left_met.events for word in (pair[0].word, pair[1].word)}
    relation = Relation.CONFLICT if words & pairing.lexicon.directional else Relation.UNSURE
    return _verdict(relation, Kind.ROLE, score, reasons)


def _numbers(pairing: Pairing, score: float, reasons: tuple[str, ...], thresholds: Thresholds) -> Verdict | None:
    """Return the verdict on numbers that cannot both hold."""
    apart = numbers_apart(pairing)
    times = different_times(pairing)
    if times.strength:
        return _verdict(Relation.COMPATIBLE, Kind.DIFFERENT_TIME, score, (times.reason, *reasons))
    if pairing.left.forecast or pairing.right.forecast:
        return _verdict(
            Relation.COMPATIBLE, Kind.FORECAST, score, ("a number that is to come is an estimate", *reasons)
        )
    sure = score >= thresholds.number and apart.strength >= 1.0
    relation = Relation.CONFLICT if sure else Relation.UNSURE
    return _verdict(relation, Kind.NUMBER, score, (apart.reason, *reasons))


def _agreement(pairing: Pairing, score: float, reasons: tuple[str, ...]) -> Verdict | None:
    """Return an agreement, or none where times or tense set the two apart."""
    if different_times(pairing).strength or pairing.left.forecast != pairing.right.forecast:
        return None
    meet = numbers_meet(pairing)
    known = (meet.reason,) if meet.reason else ()
    if meet.strength and meet.strength < 1.0:
        return _verdict(Relation.COMPATIBLE, Kind.COMPATIBLE_NUMBERS, score, (*known, *reasons))
    only_evidence = pairing.left.evidence != pairing.right.evidence
    remark = ("one speaks of the evidence for it, the other of the thing itself",) if only_evidence else ()
    return _verdict(Relation.AGREE, Kind.NONE, score, (*known, *reasons, *remark))


def _opposite(pairing: Pairing, thresholds: Thresholds) -> Verdict | None:
    """Return a conflict where the words are opposites and everything else is the same."""
    parties, content = same_parties(pairing), similar_content(pairing)
    if pairing.cosine < OPPOSITE_COSINE or not parties.reason or not pairing.opposites:
        return None
    unlike = pairing.left.forecast != pairing.right.forecast or swapped_roles(pairing).strength
    if unlike or different_times(pairing).strength:
        return None
    if not all(word in heads(side) or not word.event for word, side in _told(pairing)):
        return None
    common = things_in_common(pairing)
    score = 0.25 * parties.strength + 0.45 * common + 0.30 * content.strength
    if score < thresholds.opposite or parties.strength < 1.0:
        return None
    one, other = pairing.opposites[0]
    words = f"the words are opposites: {one.word}, {other.word}"
    return _verdict(Relation.CONFLICT, Kind.OPPOSITE, score, (words, parties.reason))


def _told(pairing: Pairing) -> tuple[tuple[Concept, tuple[Concept, ...]], ...]:
    """Return the first pair of opposite words, each with the concepts of its side."""
    one, other = pairing.opposites[0]
    return (one, pairing.left_concepts), (other, pairing.right_concepts)


def _without_position(left: Held, right: Held, pairing: Pairing, thresholds: Thresholds) -> Verdict | None:
    """Return the verdict where a source declines, urges or promises: never a conflict."""
    idle, other = (left, right) if left.position is Position.NONE else (right, left)
    if idle.act is Act.ATTITUDE or other.position is Position.NONE:
        return None
    leading = idle if idle.act is Act.DECLINE else other  # the one whose content must be met
    matter = same_matter(pairing, asked=pairing.left_met if leading is left else pairing.right_met)
    if matter.score < thresholds.agree:
        return None
    if idle.act is Act.DECLINE:
        return _verdict(Relation.COMPATIBLE, Kind.NONE, matter.score, matter.reasons)
    if other.position is Position.AGAINST:
        reason = "what is urged or promised is not yet said to be so"
        return _verdict(Relation.COMPATIBLE, Kind.FORECAST, matter.score, (reason, *matter.reasons))
    return None


def _verdict(relation: Relation, kind: Kind, score: float, reasons: tuple[str, ...]) -> Verdict:
    return Verdict(relation=relation, kind=kind, confidence=round(min(1.0, score), 3), reasons=reasons)
