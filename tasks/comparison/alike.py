"""Two claims on the same side: they agree, or what they assert cannot both hold."""

from tasks.comparison.circumstances import dates_apart, different_scopes
from tasks.comparison.concepts import Concept, heads, words_of
from tasks.comparison.contrasts import find_contrasts
from tasks.comparison.held import Held, Thresholds, Verdict, verdict
from tasks.comparison.matter import Matter, same_matter, things_in_common
from tasks.comparison.signals import (
    Pairing,
    different_times,
    numbers_apart,
    numbers_meet,
    same_parties,
    same_things,
    similar_content,
    swapped_objects,
    swapped_roles,
)
from tasks.model.claim import Position
from tasks.model.finding import Kind, Relation

OPPOSITE_COSINE = 0.60  # neither side denies: the rest of the sentence must be near
NEARLY_ALL = 0.40  # of the content beside the opposite events themselves, which may be the larger half of it
# Two people in one story are no contradiction: "a man pinned a teenager", "he pinned the girl".
PEOPLE = frozenset({
    "man", "woman", "boy", "girl", "father", "mother", "parent", "child", "son", "daughter", "brother", "sister",
    "husband", "wife", "uncle", "aunt", "male", "female", "adult", "king", "queen", "prince", "princess",
})  # fmt: skip
LIKE_SENTENCES = 0.60  # of the words: what parts them stands in one place


def side_by_side(left: Held, pairing: Pairing, thresholds: Thresholds) -> Verdict | None:
    """Return the verdict where both sources are for what they say, or both against."""
    if left.position is Position.FOR:
        opposite = _opposite(pairing, thresholds)
        if opposite is not None:
            return opposite
    matter = same_matter(pairing)
    counted = bool(numbers_apart(pairing).strength) and left.position is Position.FOR
    scopes = different_scopes(pairing)
    if counted and scopes.strength:
        score = max(matter.score, same_things(pairing).strength)
        return verdict(Relation.COMPATIBLE, Kind.DIFFERENT_SCOPE, score, (scopes.reason, *matter.reasons))
    if matter.score < (thresholds.number if counted else thresholds.agree) or pairing.opposites or pairing.sequels:
        return None
    swapped = _swapped(pairing, matter)
    if swapped is not None:
        return swapped
    if numbers_apart(pairing).strength and left.position is Position.FOR:
        return _numbers(pairing, matter.score, matter.reasons, thresholds)
    return _agreement(left, pairing, matter.score, matter.reasons)


def _swapped(pairing: Pairing, matter: Matter) -> Verdict | None:
    """Return a conflict where only one of two can have done it to the other, `unsure` for other exchanges, or none."""
    roles, objects = swapped_roles(pairing), swapped_objects(pairing)
    if roles.strength:
        words = {word for pair in pairing.left_met.events for word in (pair[0].word, pair[1].word)}
        relation = Relation.CONFLICT if words & pairing.lexicon.directional else Relation.UNSURE
        return verdict(relation, Kind.ROLE, matter.score, (roles.reason, *matter.reasons))
    if objects.strength:
        return verdict(Relation.UNSURE, Kind.ROLE, matter.score, (objects.reason, *matter.reasons))
    return None


def _numbers(pairing: Pairing, score: float, reasons: tuple[str, ...], thresholds: Thresholds) -> Verdict | None:
    """Return the verdict on numbers that cannot both hold."""
    apart = numbers_apart(pairing)
    times = different_times(pairing)
    if times.strength:
        return verdict(Relation.COMPATIBLE, Kind.DIFFERENT_TIME, score, (times.reason, *reasons))
    if pairing.left.forecast or pairing.right.forecast:
        return verdict(Relation.COMPATIBLE, Kind.FORECAST, score, ("a number that is to come is an estimate", *reasons))
    sure = score >= thresholds.number and apart.strength >= 1.0
    relation = Relation.CONFLICT if sure else Relation.UNSURE
    return verdict(relation, Kind.NUMBER, score, (apart.reason, *reasons))


def _agreement(left: Held, pairing: Pairing, score: float, reasons: tuple[str, ...]) -> Verdict | None:
    """Return an agreement, or what else it is where times or tense set the two apart."""
    if pairing.left.forecast != pairing.right.forecast:
        return None
    if different_times(pairing).strength:
        return _dated(pairing, score, reasons) if left.position is Position.FOR else None
    if one_says_untrue(pairing):
        doubt = "one of them speaks of something as untrue or denied, the other does not"
        return verdict(Relation.UNSURE, Kind.NEGATION, score, (*reasons, doubt))
    meet = numbers_meet(pairing)
    known = (meet.reason,) if meet.reason else ()
    if meet.strength and meet.strength < 1.0:
        return verdict(Relation.COMPATIBLE, Kind.COMPATIBLE_NUMBERS, score, (*known, *reasons))
    only_evidence = pairing.left.evidence != pairing.right.evidence
    remark = ("one speaks of the evidence for it, the other of the thing itself",) if only_evidence else ()
    return verdict(Relation.AGREE, Kind.NONE, score, (*known, *reasons, *remark))


def one_says_untrue(pairing: Pairing) -> bool:
    """Return whether a word of one side alone calls something untrue: "hoax", "bogus", "denied"."""
    words = pairing.lexicon.texts["denial"]
    left, right = (bool(words.intersection(words_of(side.statement))) for side in (pairing.left, pairing.right))
    return left != right


def _dated(pairing: Pairing, score: float, reasons: tuple[str, ...]) -> Verdict:
    """Return the verdict on two claims that are alike but for the time: one event dated twice, or two events."""
    dates, times = dates_apart(pairing), different_times(pairing)
    if dates.strength:
        return verdict(Relation.CONFLICT, Kind.TIME, score, (dates.reason, *reasons))
    return verdict(Relation.COMPATIBLE, Kind.DIFFERENT_TIME, score, (times.reason, *reasons))


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
    if {one.word for pair in pairing.opposites[:1] for one in pair} <= PEOPLE:
        return None
    common = things_in_common(pairing)
    score = 0.25 * parties.strength + 0.45 * common + 0.30 * content.strength
    if score < thresholds.opposite or parties.strength < 1.0 or not _in_one_place(pairing):
        return None
    one, other = pairing.opposites[0]
    words = f"the words are opposites: {one.word}, {other.word}"
    return verdict(Relation.CONFLICT, Kind.OPPOSITE, score, (words, parties.reason))


def _in_one_place(pairing: Pairing) -> bool:
    """Return whether opposite words stand in one place of like sentences: "a woman" and "his father" do not."""
    if any(one.event and other.event for one, other in pairing.opposites):
        return min(pairing.left_met.share, pairing.right_met.share) >= NEARLY_ALL
    found = find_contrasts(pairing.left.statement, pairing.right.statement)
    return any(contrast.rest >= LIKE_SENTENCES for contrast in found)


def _told(pairing: Pairing) -> tuple[tuple[Concept, tuple[Concept, ...]], ...]:
    """Return the first pair of opposite words, each with the concepts of its side."""
    one, other = pairing.opposites[0]
    return (one, pairing.left_concepts), (other, pairing.right_concepts)
