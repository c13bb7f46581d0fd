"""The verdict on two propositions: structure decides, in a fixed order, and every verdict names its reasons.

Neither position nor acts alone make a conflict: the two must first speak of one matter. Where they nearly do and it
would matter, the verdict is `unsure`; where they do not, there is none.
"""

from dataclasses import replace

from tasks.comparison.alike import side_by_side
from tasks.comparison.held import THRESHOLDS, Held, Thresholds, Verdict, verdict
from tasks.comparison.lexicon import Lexicon, load_lexicon
from tasks.comparison.matter import same_matter
from tasks.comparison.opposed import oppose
from tasks.comparison.signals import Pairing, pair_up
from tasks.model.claim import Act, Position, Proposition
from tasks.model.finding import Kind, Relation

__all__ = ["THRESHOLDS", "Held", "Thresholds", "Verdict", "compare_held", "compare_propositions", "look"]


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
    return look(left, right, cosine, lexicon=lexicon, thresholds=thresholds)[1]


def look(
    left: Held,
    right: Held,
    cosine: float,
    *,
    lexicon: Lexicon | None = None,
    thresholds: Thresholds = THRESHOLDS,
) -> tuple[Pairing, Verdict | None]:
    """Return what stands beside what in two propositions, and the verdict on it, None where they are unrelated."""
    lexicon = lexicon or load_lexicon()
    pairing = replace(
        pair_up(left.proposition, right.proposition, cosine, lexicon),
        left_sources=left.sources,
        right_sources=right.sources,
    )
    return pairing, _decide(left, right, pairing, thresholds)


def _decide(left: Held, right: Held, pairing: Pairing, thresholds: Thresholds) -> Verdict | None:
    positions = {left.position, right.position}
    if Position.NONE in positions:
        return _without_position(left, right, pairing, thresholds)
    if len(positions) == 1:
        return side_by_side(left, pairing, thresholds)
    return oppose(left, right, pairing, thresholds)


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
        return verdict(Relation.COMPATIBLE, Kind.NONE, matter.score, matter.reasons)
    if other.position is Position.AGAINST:
        reason = "what is urged or promised is not yet said to be so"
        return verdict(Relation.COMPATIBLE, Kind.FORECAST, matter.score, (reason, *matter.reasons))
    return None
