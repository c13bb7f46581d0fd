"""Two claims on opposite sides: one is for a thing and the other against it."""

import re

from tasks.comparison.concepts import Coverage, words_of
from tasks.comparison.held import Held, Thresholds, Verdict, verdict
from tasks.comparison.matter import same_matter
from tasks.comparison.names import shared
from tasks.comparison.quantities import LOOSE_UNITS, both_hold
from tasks.comparison.signals import Pairing, different_times, numbers_apart, swapped_roles
from tasks.model.claim import Act, Position, Role
from tasks.model.finding import Kind, Relation

_NOT = re.compile(
    r"\b(?:not?|never|none|nobody|nothing|neither|nor|deny|denie[ds]|denying|cannot)\b|n[\u2019']t\b", re.IGNORECASE
)
_NO_LONGER = re.compile(r"\bno longer\b|n[o\u2019']t\b[^.]*\bany ?more\b", re.IGNORECASE)
_REFUSING = frozenset({Act.DENY, Act.RETRACT})
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
    doubt = "it is not sure that they mean one thing" if weak else _doubt(against, holder, pairing)
    excuse = _excuse(left, right, pairing)
    if excuse is not None and matter.score >= enough:
        return verdict(Relation.COMPATIBLE, excuse[0], matter.score, (excuse[1], *matter.reasons))
    relation = Relation.UNSURE if doubt else Relation.CONFLICT
    return verdict(relation, kind, matter.score, (*matter.reasons, doubt) if doubt else matter.reasons)


def _same_side(against: Held, holder: Held, pairing: Pairing) -> bool:
    """Return whether both are against one thing in two ways: "is false" and "is a hoax", "no longer" and "stop"."""
    if not against.proposition.negated:
        return False
    if against.act not in _REFUSING and _says_untrue(against, pairing) and _says_untrue(holder, pairing):
        return True
    ended = bool(_NO_LONGER.search(against.proposition.statement)) and not _NOT.search(holder.proposition.statement)
    concepts = pairing.right_concepts if holder.proposition is pairing.right else pairing.left_concepts
    return ended and any("stop" in one.names for one in concepts)


def _says_untrue(held: Held, pairing: Pairing) -> bool:
    """Return whether a word of the statement calls something untrue or refused: "hoax", "bogus", "denied"."""
    return bool(pairing.lexicon.texts["denial"].intersection(words_of(held.proposition.statement)))


def _doubt(against: Held, holder: Held, pairing: Pairing) -> str:
    """Return why it is not sure that the one who is for a thing holds what the other is against; nothing if it is."""
    if not holder.proposition.negated and _NOT.search(holder.proposition.statement):
        return "the words that are for it hold a negation of their own"
    if _says_untrue(holder, pairing):
        return "the words that are for it speak of something as untrue or denied"
    return numbers_apart(pairing).reason or _number_alone(against, holder)


def _number_alone(against: Held, holder: Held) -> str:
    """Return the doubt where one is against a number that the other does not give: "is not worth 72 million"."""
    numbers = [quantity for quantity in against.proposition.quantities if quantity.unit not in LOOSE_UNITS]
    other = holder.proposition.quantities
    if not numbers or any(both_hold(one, two) for one in numbers for two in other):
        return ""
    return f"it may be only the number that is denied: {numbers[0].text}"


def kind_of_denial(against: Held) -> Kind:
    """Return of what kind a conflict is, from the side that is against."""
    if against.proposition.evidence:
        return Kind.EVIDENCE
    return Kind.DENIAL if against.act in {Act.DENY, Act.RETRACT} else Kind.NEGATION


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
