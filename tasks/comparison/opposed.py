"""Two claims on opposite sides: one is for a thing and the other against it."""

import re

from tasks.comparison.concepts import NEGATION, Coverage
from tasks.comparison.doubts import REFUSING, find_doubt, says_untrue, sides_of
from tasks.comparison.held import Held, Thresholds, Verdict, verdict
from tasks.comparison.matter import same_matter
from tasks.comparison.names import shared
from tasks.comparison.signals import Pairing, different_times, swapped_roles
from tasks.model.claim import Position, Role
from tasks.model.finding import Kind, Relation

_PREFIXES = ("un", "in", "im", "ir", "dis", "non")  # "it was unclear" and "it was not clear" are one
_NO_LONGER = re.compile(r"\bno longer\b|n[o\u2019']t\b[^.]*\bany ?more\b", re.IGNORECASE)
# Cosine that two claims must have where nobody denies. Of 3,949 claims of 322 development articles (124 FNC-1 topics),
# the four conflicts by negation between topics lay at 0.45 to 0.53; the 16 of 36 within a topic that lie below 0.56
# repeat one doubtful pair ("leaders had not been targeted" against "a leader was killed").
NEGATED_COSINE = 0.56
NEARLY_SHARE, NEARLY_COSINE = 0.60, 0.65  # less of it is enough where the sentences are near each other
NEGATED_SHARE = 0.75  # of the content of "it did not ..." that the other side must hold


def oppose(left: Held, right: Held, pairing: Pairing, thresholds: Thresholds) -> Verdict | None:
    """Return the verdict where one source is for a thing and the other against it."""
    left_against = left.position is Position.AGAINST
    against, holder, asked = (left, right, pairing.left_met) if left_against else (right, left, pairing.right_met)
    matter = same_matter(pairing, asked=asked)
    kind = kind_of_denial(against)
    if matter.score < thresholds.unsure or swapped_roles(pairing).strength or _event_opposed(pairing):
        return None
    if kind is Kind.NEGATION and not _wholly_met(against, asked, pairing):
        return None
    if _same_side(against, holder, pairing):
        return verdict(Relation.AGREE, Kind.NONE, matter.score, matter.reasons) if matter.reasons else None
    enough = thresholds.negation if kind is Kind.NEGATION else thresholds.conflict
    far = kind is Kind.NEGATION and pairing.cosine < NEGATED_COSINE
    weak = far or matter.score < enough
    doubt = "it is not sure that they mean one thing" if weak else find_doubt(against, holder, pairing)
    excuse = _excuse(left, right, pairing)
    if excuse is not None and matter.score >= enough:
        return verdict(Relation.COMPATIBLE, excuse[0], matter.score, (excuse[1], *matter.reasons))
    relation = Relation.UNSURE if doubt else Relation.CONFLICT
    return verdict(relation, kind, matter.score, (*matter.reasons, doubt) if doubt else matter.reasons)


def _same_side(against: Held, holder: Held, pairing: Pairing) -> bool:
    """Return whether both are against one thing in two ways: "is false" and "is a hoax", "no longer" and "stop"."""
    if not against.proposition.negated:
        return False
    both_untrue = says_untrue(against.proposition, pairing) and says_untrue(holder.proposition, pairing)
    if against.act not in REFUSING and both_untrue:
        return True
    mine, yours = sides_of(against, pairing)
    if any(other.word in {prefix + one.word for prefix in _PREFIXES} for one in mine for other in yours):
        return True
    ended = bool(_NO_LONGER.search(against.proposition.statement)) and not NEGATION.search(holder.proposition.statement)
    return ended and any("stop" in one.names for one in yours)


def kind_of_denial(against: Held) -> Kind:
    """Return of what kind a conflict is, from the side that is against."""
    if against.proposition.evidence:
        return Kind.EVIDENCE
    return Kind.DENIAL if against.act in REFUSING else Kind.NEGATION


def _wholly_met(against: Held, asked: Coverage, pairing: Pairing) -> bool:
    """Return whether nearly all that is said not to be so is met: "not" may belong to what is not met."""
    other = pairing.right if against.proposition is pairing.left else pairing.left
    acting = (party for party in against.proposition.parties if party.role is not Role.OTHER)  # no mere place
    named = [party.entity for party in acting if party.entity not in against.sources]
    known = [party.entity for party in other.parties]
    near = asked.share >= NEARLY_SHARE and pairing.cosine >= NEARLY_COSINE
    return (near or asked.share >= NEGATED_SHARE) and (not known or len(shared(named, known)) == len(set(named)))


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
