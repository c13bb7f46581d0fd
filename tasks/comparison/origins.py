"""Origins: how many beginnings of one side may be independent, and why claims count as one.

The count is an upper bound ("at most N"): what is known to be one counts once, and nothing is known of the rest. So
nothing but one utterance makes one of two sources that are named: an outlet that quotes both leaves them two.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import filterfalse

from tasks.comparison.groups import Groups
from tasks.comparison.names import shared
from tasks.comparison.setting import Setting, outlet_key
from tasks.comparison.speakers import is_joint, named_sources, speaker_of, speaking
from tasks.model.claim import Claim, Entity, EntityKind, Voice
from tasks.model.finding import Origin, Side

DAY = timedelta(days=1)  # time zones: statements on neighbouring days may be one
# How sure it is that claims are one origin, set by hand to rank them: nothing is marked to fit them to.
DATED = 1.0  # one source, and what is known of the day speaks for one utterance
UNDATED = 0.90  # one source, the day of a statement not known: it may have been said twice
SPEAKS_FOR = 0.80  # a body and its one speaker; one of several who speak jointly
THROUGH = 0.80  # both came through one outlet
MAY_BE = 0.50  # unnamed sources, or the outlet's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The claims of one side, the earliest first, and the groups that they make so far."""

    claims: Sequence[Claim]
    settings: Mapping[str, Setting]
    by_id: Mapping[str, Claim]
    groups: Groups[str]

    def join(self, left: Claim, right: Claim, reason: str, sure: float) -> None:
        """Put two claims together, unless that would make one of two sources who are named, or of two utterances."""
        ones, others = self._named(left), self._named(right)
        apart = any(_said_apart(one, self.group_of(right)) for one in self.group_of(left))
        same = self.groups.find(left.id) == self.groups.find(right.id)
        if same or not (apart or (ones and others and not shared(ones, others))):
            self.groups.join(left.id, right.id, reason, sure)

    def join_by(self, keyed: Iterable[tuple[Hashable, Claim]], reason: str, sure: float) -> None:
        """Put together all claims with one key."""
        first: dict[Hashable, Claim] = {}
        for key, claim in keyed:
            if key in first:
                self.join(first[key], claim, reason, sure)
            else:
                first[key] = claim

    def group_of(self, claim: Claim) -> list[Claim]:
        """Return the claims that are one with this one so far."""
        return [self.by_id[claim_id] for claim_id in self.groups.members(claim.id)]

    def _named(self, claim: Claim) -> list[Entity]:
        return [entity for one in self.group_of(claim) if not is_joint(one) for entity in speaking(one)]


def count_origins(side: Side, claims: Sequence[Claim], settings: Mapping[str, Setting]) -> tuple[Origin, ...]:
    """Return the origins of one side of a finding, the earliest first; every claim belongs to exactly one."""
    ordered = sorted(claims, key=lambda claim: (settings[claim.article_id].seen_at, claim.id))
    by_id = {claim.id: claim for claim in ordered}
    tally = Tally(claims=ordered, settings=settings, by_id=by_id, groups=Groups(by_id))
    for join in (_join_sources, _join_bodies, _join_copies, _join_chains, _join_outlets):
        join(tally)
    return tuple(
        Origin(
            side=side,
            claim_ids=tuple(ids),
            reason=_reason([by_id[claim_id] for claim_id in ids], reasons, settings),
            confidence=sure,
        )
        for ids, reasons, sure in tally.groups.listed()
    )


def _join_sources(tally: Tally) -> None:
    """What one source says of the matter is one utterance, however often it is quoted, if no known day speaks against.

    What several say jointly goes to the first of them who also speaks alone, and makes no one of the others.
    """
    known: list[tuple[Entity, Claim]] = []
    for claim in (*filterfalse(is_joint, tally.claims), *filter(is_joint, tally.claims)):
        same = [(entity, other) for entity, other in known if shared([entity], speaking(claim))]
        earlier = [(entity, other) for entity, other in same if not _said_apart(claim, tally.group_of(other))]
        for entity, other in earlier[:1]:
            reason = "is among those who speak jointly" if is_joint(claim) else "is the source of all"
            sure = SPEAKS_FOR if is_joint(claim) else DATED if claim.said_at and other.said_at else UNDATED
            tally.groups.join(other.id, claim.id, f"{entity.name} {reason}", sure)
        if not (is_joint(claim) and earlier):
            known += [(entity, claim) for entity in speaking(claim)]


def _said_apart(claim: Claim, others: Iterable[Claim]) -> bool:
    """Return whether a known day shows that it was said at another time; a day that is not known shows nothing."""
    said = claim.said_at
    return said is not None and any(other.said_at is not None and abs(other.said_at - said) > DAY for other in others)


def _join_bodies(tally: Tally) -> None:
    """A body and the one person who speaks for it here are one; of several persons it is not known which one."""
    for claim in tally.claims:
        if is_joint(claim) or any(entity.kind is EntityKind.PERSON for entity in claim.entities):
            continue
        for body in named_sources(claim):
            persons = [other for other in tally.claims if _speaks_for(other, body.id)]
            near = [other for other in persons if not _said_apart(claim, tally.group_of(other))]
            if near and len({speaking(other) for other in persons}) == 1:
                tally.groups.join(claim.id, near[0].id, f"{speaker_of(near[0])} speaks for {body.name}", SPEAKS_FOR)


def _speaks_for(claim: Claim, body: str) -> bool:
    kinds = {entity.kind for entity in claim.entities}
    return EntityKind.PERSON in kinds and body in {entity.id for entity in named_sources(claim)}


def _join_copies(tally: Tally) -> None:
    """What copies of one article report from one source, named or not, is one."""
    keyed = [
        (
            (tally.settings[one.article_id].root, tuple(sorted(entity.name for entity in one.entities)), one.voice),
            one,
        )
        for one in tally.claims
    ]
    tally.join_by(keyed, "copies of one article count once", DATED)


def _join_chains(tally: Tally) -> None:
    """A claim that came through an outlet belongs to that outlet's own report, or to what else came through it."""
    through: dict[str, list[Claim]] = {}
    for claim in tally.claims:
        through.setdefault(tally.settings[claim.article_id].outlet_key, []).append(claim)
    for claim in tally.claims:
        for name in steps_of(claim):
            met = through.setdefault(outlet_key(name), [])
            away = [other for other in met if other.article_id != claim.article_id]
            for other in sorted(away, key=lambda one: not shared(speaking(one), speaking(claim)))[:1]:
                tally.join(other, claim, f"it came through {name}", THROUGH)
            met.append(claim)


def steps_of(claim: Claim) -> tuple[str, ...]:
    """Return the names of those through whom a claim came, outlets that are cited as its source among them."""
    cited = (entity.name for entity in claim.entities if entity.kind is EntityKind.OUTLET)
    return tuple(dict.fromkeys((*claim.via, *(cited if claim.voice is Voice.SOURCE else ()))))


def _join_outlets(tally: Tally) -> None:
    """Within one outlet: unnamed sources may be one person, and its own words may repeat the source that it quotes."""
    unnamed = [claim for claim in tally.claims if claim.voice is Voice.SOURCE and not named_sources(claim)]
    keyed = [(tally.settings[claim.article_id].outlet_key, claim) for claim in unnamed]
    tally.join_by(keyed, "unnamed sources of one outlet may be the same", MAY_BE)
    own = [claim for claim in tally.claims if claim.voice is Voice.OUTLET]
    for claim in own:
        quoted = [one for one in tally.claims if one.article_id == claim.article_id and one.voice is Voice.SOURCE]
        for one in quoted[:1]:
            tally.join(one, claim, f"the outlet's own words may rest on {speaker_of(one)}, whom it quotes", MAY_BE)
    keyed = [(tally.settings[claim.article_id].outlet_key, claim) for claim in own]
    tally.join_by(keyed, "one outlet in its own words", MAY_BE)


def _reason(claims: Sequence[Claim], reasons: Sequence[str], settings: Mapping[str, Setting]) -> str:
    """Return in plain words what the claims of one origin are and why they count once."""
    articles = len({claim.article_id for claim in claims})
    first = claims[0]
    if articles > 1:
        return f"{articles} articles, one origin: {'; '.join(reasons)}"
    if len(claims) > 1:
        return f"{len(claims)} statements in one article, one origin: {'; '.join(reasons)}"
    if first.voice is Voice.OUTLET:
        outlet = settings[first.article_id].outlet
        return f"stated by {outlet or 'the outlet'} in its own words"
    return f"one statement of {speaker_of(first)}"
