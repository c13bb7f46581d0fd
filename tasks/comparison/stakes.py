"""Stakes: whether the source of a claim is a party to the matter, its opponent, a third party, or not known.

Who acts in the matter or has a share in it is a party; who is acted upon in a hostile event is the opponent. What the
claims of a finding say of somebody is counted, since one of them alone may be read wrongly.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.comparison.camps import camp_of, same_being
from tasks.comparison.parts import Part, part_of, read_event
from tasks.comparison.signals import join_names
from tasks.comparison.speakers import is_joint, speaker_of
from tasks.comparison.stake_words import load_stake_words
from tasks.model.claim import Act, Claim, Entity, Position, Voice
from tasks.model.finding import Stake

ENOUGH = 0.15  # share of the statements that must give somebody a part: less is a side clause of one long claim
ACCUSING = frozenset({Act.ACCUSE, Act.ALLEGE})
DENYING = frozenset({Act.DENY, Act.RETRACT})
SILENT = frozenset({Act.DECLINE, Act.ATTITUDE})  # they tell nothing of the matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The stake of a source and the reason for it."""

    stake: Stake
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What the claims of a finding are about: who has which part in it, and in which event."""

    claims: Sequence[Claim]
    parts: Mapping[Entity, Part]
    events: Mapping[Entity, str]

    def find(self, entity: Entity) -> Part | None:
        """Return the part that somebody has, under whatever name."""
        return next((part for known, part in self.parts.items() if same_being(known, entity)), None)

    def having(self, *parts: Part) -> tuple[Entity, ...]:
        """Return who has one of these parts."""
        return tuple(entity for entity, part in self.parts.items() if part in parts)


def find_stakes(claims: Sequence[Claim]) -> dict[str, Holding]:
    """Return the stake of the source of each claim of one finding."""
    known = _everybody(claims)
    camps = {claim.id: camp_of(claim, claims, known) for claim in claims}
    matter = read_matter(claims, (*known, *(entity for camp in camps.values() for entity in camp)))
    return {claim.id: _holding(claim, camps[claim.id], matter) for claim in claims}


def _everybody(claims: Sequence[Claim]) -> tuple[Entity, ...]:
    parties = (party.entity for claim in claims for party in claim.proposition.parties)
    sources = (entity for claim in claims for entity in claim.entities if claim.voice is Voice.SOURCE)
    return tuple(dict.fromkeys((*parties, *sources)))


def read_matter(claims: Sequence[Claim], known: Sequence[Entity]) -> Matter:
    """Return the part of each of these in what the claims say; one source's statement counts once, however copied."""
    telling = {
        (claim.proposition.statement, claim.act, claim.entities): claim for claim in claims if claim.act not in SILENT
    }
    parts: dict[Entity, Part] = {}
    events: dict[Entity, str] = {}
    for entity in dict.fromkeys(known):
        found = [(part_of(entity, claim), claim) for claim in telling.values()]
        votes = Counter(part for part, _ in found if part is not None)
        weight = sum(votes.values()) - votes[Part.NAMED]
        if weight and weight >= ENOUGH * len(telling):
            parts[entity] = max(
                (part for part in votes if part is not Part.NAMED), key=lambda part: (votes[part], -part.value)
            )
            events[entity] = next(read_event(claim.proposition).lemma for part, claim in found if part is parts[entity])
        elif votes:
            parts[entity] = Part.NAMED
    return Matter(claims=claims, parts=parts, events=events)


def _holding(claim: Claim, camp: Sequence[Entity], matter: Matter) -> Holding:
    if claim.voice is Voice.OUTLET:
        return Holding(stake=Stake.UNKNOWN, reason="the outlet itself speaks")
    if not camp:
        named = "the source is not named" if claim.resolved else "it is not known who speaks"
        return Holding(stake=Stake.UNKNOWN, reason=named)
    for rule in (_acting, _suffering, _sharing, _accused, _adverse):
        holding = rule(claim, camp, matter)
        if holding is not None:
            return holding
    return Holding(stake=Stake.THIRD_PARTY, reason=f"the matter is not about {speaker_of(claim)}")


def _with_part(camp: Sequence[Entity], part: Part, matter: Matter) -> Entity | None:
    return next((entity for entity in camp if matter.find(entity) is part), None)


def _speaking_for(claim: Claim, entity: Entity) -> str:
    who = speaker_of(claim)
    verb = "speak" if is_joint(claim) else "speaks"
    return "" if entity.name in who else f"{who} {verb} for {entity.name}, and "


def _acting(claim: Claim, camp: Sequence[Entity], matter: Matter) -> Holding | None:
    """Return the stake of one who acts: a party, or, of several winners, the opponent of the first."""
    actor = _with_part(camp, Part.ACTS, matter)
    if actor is None:
        return None
    rival = _rival(actor, matter)
    if rival is not None:
        reason = f"{_speaking_for(claim, actor)}only one of {rival.name} and {actor.name} can have it"
        return Holding(stake=Stake.OPPONENT, reason=reason)
    return Holding(stake=Stake.PARTY, reason=f"{_speaking_for(claim, actor)}the matter is what {actor.name} does")


def _rival(actor: Entity, matter: Matter) -> Entity | None:
    """Return who is said first to have what only one can have, where it is another one."""
    if matter.events.get(_known(actor, matter), "") not in load_stake_words().exclusive:
        return None
    first = next(
        (one for claim in matter.claims for one in matter.having(Part.ACTS) if part_of(one, claim) is Part.ACTS), actor
    )
    return None if same_being(first, actor) else first


def _suffering(claim: Claim, camp: Sequence[Entity], matter: Matter) -> Holding | None:
    """Return the stake of one who is acted upon in a hostile event."""
    entity = _with_part(camp, Part.SUFFERS, matter)
    if entity is None:
        return None
    lemma = matter.events.get(_known(entity, matter), "")
    reason = f"{_speaking_for(claim, entity)}{entity.name} is the one it is done to ({lemma})"
    return Holding(stake=Stake.OPPONENT, reason=reason)


def _sharing(claim: Claim, camp: Sequence[Entity], matter: Matter) -> Holding | None:
    """Return the stake of one who has a share in an event that is not hostile, or complains of it."""
    entity = _with_part(camp, Part.SHARES, matter)
    if entity is None:
        return None
    actors = [one.name for one in matter.having(Part.ACTS) if not any(same_being(one, own) for own in camp)]
    accusing = any(
        other.act in ACCUSING and any(same_being(own, one) for own in camp for one in other.entities)
        for other in matter.claims
    )
    if accusing and actors:
        reason = f"{_speaking_for(claim, entity)}{entity.name} is touched by it and accuses {join_names(actors[:1])}"
        return Holding(stake=Stake.OPPONENT, reason=reason)
    reason = f"{_speaking_for(claim, entity)}{entity.name} has a share in it"
    return Holding(stake=Stake.PARTY, reason=reason)


def _accused(claim: Claim, camp: Sequence[Entity], matter: Matter) -> Holding | None:
    """Return the stake of one who denies or takes back what names it, or an accusation that names nobody else."""
    if claim.act not in DENYING:
        return None
    who = speaker_of(claim)
    named = _with_part(camp, Part.NAMED, matter)
    if named is not None:
        verb = "denies" if claim.act is Act.DENY else "takes back"
        reason = f"{_speaking_for(claim, named)}what {who} {verb} names {named.name}"
        return Holding(stake=Stake.PARTY, reason=reason)
    others = [other for other in matter.claims if other.act in ACCUSING and other.position is Position.FOR]
    if claim.act is Act.DENY and others and not matter.having(Part.ACTS):
        return Holding(stake=Stake.PARTY, reason=f"{who} denies an accusation that names nobody else")
    return None


def _adverse(claim: Claim, camp: Sequence[Entity], matter: Matter) -> Holding | None:
    """Return the stake of one who is listed as an adversary of a party."""
    adversaries = load_stake_words().adversaries
    for party in matter.having(Part.ACTS, Part.SHARES):
        for entity in camp:
            if (entity.id, party.id) in adversaries:
                reason = f"{_speaking_for(claim, entity)}{entity.name} is listed as an adversary of {party.name}"
                return Holding(stake=Stake.OPPONENT, reason=reason)
    return None


def _known(entity: Entity, matter: Matter) -> Entity:
    return next((one for one in matter.parts if same_being(one, entity)), entity)
