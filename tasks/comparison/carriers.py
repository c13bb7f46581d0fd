"""Carriers: which outlets add a source of their own to a finding and which only repeat; the count in one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.comparison.origins import steps_of
from tasks.comparison.setting import Setting, outlet_key
from tasks.comparison.signals import join_names
from tasks.comparison.speakers import named_sources, speaker_of
from tasks.model.claim import Claim, Voice
from tasks.model.finding import Carrier, Contribution, Origin, Side

SHOWN = 4  # origins of a side that the sentence names
VERBS = {Side.FOR: "for it", Side.AGAINST: "against it", Side.DECLINES: "declining"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How an origin reaches a reader: what it is, and the outlet that carries it first; "" where it began elsewhere."""

    name: str
    outlet: str
    dated: bool  # whether the order of the articles is known
    origin: Origin


def find_carriers(
    origins: Sequence[Origin], claims: Mapping[str, Claim], settings: Mapping[str, Setting]
) -> tuple[Carrier, ...]:
    """Return what each outlet brings, in the order of their names.

    An outlet adds where an origin begins with it: it carries the origin first, neither as a copy nor through another.
    It repeats where all that it carries began elsewhere.
    """
    beginnings = [_beginning(origin, claims, settings) for origin in origins]
    outlets: dict[str, list[Beginning]] = {}
    names: dict[str, str] = {}
    for beginning in beginnings:
        for claim_id in beginning.origin.claim_ids:
            setting = settings[claims[claim_id].article_id]
            if setting.outlet:
                names.setdefault(setting.outlet_key, setting.outlet)
                outlets.setdefault(setting.outlet_key, []).append(beginning)
    carriers = (_carrier(key, names[key], list(dict.fromkeys(found)), names) for key, found in outlets.items())
    return tuple(sorted(carriers, key=lambda carrier: carrier.outlet))


def _beginning(origin: Origin, claims: Mapping[str, Claim], settings: Mapping[str, Setting]) -> Beginning:
    members = [claims[claim_id] for claim_id in origin.claim_ids]
    own = [one for one in members if not settings[one.article_id].is_copy and not _through_another(one, settings)]
    dated = all(settings[one.article_id].dated for one in members)
    if not own:
        return Beginning(name=_name(members[0], settings), outlet="", dated=dated, origin=origin)
    first = min(own, key=lambda one: (not settings[one.article_id].dated, settings[one.article_id].seen_at, one.id))
    named = next((one for one in members if named_sources(one)), first)
    outlet = settings[first.article_id].outlet_key
    return Beginning(name=_name(named, settings), outlet=outlet, dated=dated, origin=origin)


def _through_another(claim: Claim, settings: Mapping[str, Setting]) -> bool:
    home = settings[claim.article_id].outlet_key
    return any(outlet_key(name) != home for name in steps_of(claim))


def _name(claim: Claim, settings: Mapping[str, Setting]) -> str:
    """Return who an origin is, in words that stand inside a sentence."""
    if claim.voice is Voice.OUTLET:
        return f"{settings[claim.article_id].outlet or 'an outlet'} in its own words"
    return speaker_of(claim) if claim.resolved else "a source that is not known"


def _carrier(key: str, outlet: str, beginnings: Sequence[Beginning], names: Mapping[str, str]) -> Carrier:
    added = [one.name for one in beginnings if one.outlet == key]
    if added:
        return Carrier(outlet=outlet, contribution=Contribution.ADDS, reason=f"the first here to carry {_named(added)}")
    told = [f"{one.name} ({_elsewhere(one, names)})" for one in beginnings]
    return Carrier(outlet=outlet, contribution=Contribution.REPEATS, reason=f"carries {_named(told)}")


def _elsewhere(beginning: Beginning, names: Mapping[str, str]) -> str:
    if not beginning.outlet:
        return "through another outlet, which is not among these articles"
    doubt = "" if beginning.dated else ", as far as dates are known"
    return f"first in {names.get(beginning.outlet, 'another article')}{doubt}"


def _named(names: Sequence[str]) -> str:
    return join_names(list(dict.fromkeys(names)))


def reckon(origins: Sequence[Origin], claims: Mapping[str, Claim], settings: Mapping[str, Setting]) -> str:
    """Return how the articles of a finding come down to its origins: "6 articles, at most 2 origins: ..."."""
    articles = len({claims[claim_id].article_id for origin in origins for claim_id in origin.claim_ids})
    sides = [_side(side, [one for one in origins if one.side is side], claims, settings) for side in Side]
    return f"{_count(articles, 'article')}, at most {_count(len(origins), 'origin')}: {'; '.join(filter(None, sides))}"


def _side(side: Side, origins: Sequence[Origin], claims: Mapping[str, Claim], settings: Mapping[str, Setting]) -> str:
    if not origins:
        return ""
    told = [_told([claims[claim_id] for claim_id in origin.claim_ids], settings) for origin in origins]
    more = [f"{len(told) - SHOWN} more"] if len(told) > SHOWN else []
    return f"{VERBS[side]} {join_names([*told[:SHOWN], *more])}"


def _told(members: Sequence[Claim], settings: Mapping[str, Setting]) -> str:
    """Return one origin with the number of its articles, and of the copies among them."""
    named = next((one for one in members if named_sources(one)), members[0])
    articles = {claim.article_id for claim in members}
    copies = sum(settings[article].is_copy for article in articles)
    if len(articles) == 1:
        return _name(named, settings)
    copied = f" ({copies} of them a copy)" if copies == 1 else f" ({copies} of them copies)" if copies else ""
    return f"{_name(named, settings)} in {_count(len(articles), 'article')}{copied}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
