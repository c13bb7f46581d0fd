"""Origins: how many beginnings of one side may be independent, and why claims count as one.

The count is an upper bound ("at most N"): what is known to be one counts once, and nothing is known of the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import filterfalse

from tasks.comparison.groups import Groups
from tasks.comparison.names import shared
from tasks.comparison.setting import Setting, outlet_key
from tasks.comparison.speakers import is_joint, named_sources, speaker_of, speaking
from tasks.model.claim import Claim, Entity, EntityKind, Voice
from tasks.model.finding import Origin, Side


def count_origins(side: Side, claims: Sequence[Claim], settings: Mapping[str, Setting]) -> tuple[Origin, ...]:
    """Return the origins of one side of a finding, the earliest first; every claim belongs to exactly one."""
    ordered = sorted(claims, key=lambda claim: (settings[claim.article_id].seen_at, claim.id))
    by_id = {claim.id: claim for claim in ordered}
    groups = Groups(by_id)
    _join_sources(ordered, groups)
    _join_bodies(ordered, groups)
    _join_copies(ordered, settings, groups)
    _join_chains(ordered, settings, groups)
    _join_outlets(ordered, settings, groups)
    return tuple(
        Origin(
            side=side,
            claim_ids=tuple(ids),
            reason=_reason([by_id[claim_id] for claim_id in ids], reasons, settings),
        )
        for ids, reasons in groups.listed()
    )


def _join_sources(claims: Iterable[Claim], groups: Groups[str]) -> None:
    """One source is one origin, however often it is quoted: it cannot confirm itself.

    What several say jointly goes to the first of them who also speaks alone, and makes no one of the others.
    """
    known: list[tuple[Entity, Claim]] = []
    for claim in (*filterfalse(is_joint, claims), *filter(is_joint, claims)):
        earlier = [(entity, other) for entity, other in known if shared([entity], speaking(claim))]
        for entity, other in earlier[:1]:
            reason = "is among those who speak jointly" if is_joint(claim) else "is the source of all"
            groups.join(other.id, claim.id, f"{entity.name} {reason}")
        if not (is_joint(claim) and earlier):
            known += [(entity, claim) for entity in speaking(claim)]


def _join_bodies(claims: Sequence[Claim], groups: Groups[str]) -> None:
    """A body and the one person who speaks for it here are one; of several persons it is not known which one."""
    for claim in claims:
        if is_joint(claim) or any(entity.kind is EntityKind.PERSON for entity in claim.entities):
            continue
        for body in named_sources(claim):
            persons = [other for other in claims if _speaks_for(other, body.id)]
            if len({speaking(other) for other in persons}) == 1:
                groups.join(claim.id, persons[0].id, f"{speaker_of(persons[0])} speaks for {body.name}")


def _speaks_for(claim: Claim, body: str) -> bool:
    kinds = {entity.kind for entity in claim.entities}
    return EntityKind.PERSON in kinds and body in {entity.id for entity in named_sources(claim)}


def _join_copies(claims: Iterable[Claim], settings: Mapping[str, Setting], groups: Groups[str]) -> None:
    """What copies of one article report from one source, named or not, is one."""
    keyed = [
        (
            (settings[claim.article_id].root, tuple(sorted(entity.name for entity in claim.entities)), claim.voice),
            claim.id,
        )
        for claim in claims
    ]
    groups.join_by(keyed, {key: "copies of one article count once" for key, _ in keyed})


def _join_chains(claims: Sequence[Claim], settings: Mapping[str, Setting], groups: Groups[str]) -> None:
    """A claim that came through an outlet belongs to that outlet's own report, or to what else came through it."""
    homes = {settings[claim.article_id].outlet_key: claim for claim in reversed(claims)}
    through: dict[str, Claim] = {}
    for claim in claims:
        for name in claim.via:
            key = outlet_key(name)
            home = homes.get(key) or through.setdefault(key, claim)
            if home.id != claim.id and home.article_id != claim.article_id:
                groups.join(home.id, claim.id, f"it came through {name}")


def _join_outlets(claims: Sequence[Claim], settings: Mapping[str, Setting], groups: Groups[str]) -> None:
    """Within one outlet: unnamed sources may be one person, and its own words may repeat the source that it quotes."""
    unnamed = [claim for claim in claims if claim.voice is Voice.SOURCE and not named_sources(claim)]
    keyed = [(settings[claim.article_id].outlet_key, claim.id) for claim in unnamed]
    groups.join_by(keyed, {key: "unnamed sources of one outlet may be the same" for key, _ in keyed})
    own = [claim for claim in claims if claim.voice is Voice.OUTLET]
    keyed = [(settings[claim.article_id].outlet_key, claim.id) for claim in own]
    groups.join_by(keyed, {key: "one outlet in its own words" for key, _ in keyed})
    for claim in own:
        quoted = next((one for one in claims if one.article_id == claim.article_id and one.voice is Voice.SOURCE), None)
        if quoted is not None:
            groups.join(quoted.id, claim.id, f"the outlet's own words may rest on {speaker_of(quoted)}, whom it quotes")


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
