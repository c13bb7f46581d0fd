"""What is worth telling somebody once: a conflict, a changed position, an outlet that fails, one that is back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from tasks.model.finding import Finding, Kind, RelatedPair, Side, Status

EVENTS: Final = uuid5(NAMESPACE_URL, "rashomon:events")
DIGEST: Final = "rashomon.digest.made"


class Matter(StrEnum):
    """What a notice is about; the value is the name of its event."""

    CONFLICT = "rashomon.conflict.found"
    REVERSAL = "rashomon.position.reversed"
    FAILING = "rashomon.outlet.failing"
    RECOVERED = "rashomon.outlet.recovered"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a finding has to tell, and the claims by which it is known again, whatever becomes of the finding."""

    matter: Matter
    finding_id: str
    claim_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell, and how far that has come."""

    id: str  # of its event
    matter: Matter
    subject: str  # the finding, as it was called then, or the outlet
    noticed_at: datetime
    alone: bool  # False: only together with others
    told_in: str = ""  # the event that tells it: its own, or one that tells many; "": not sent yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One event, ready to be sent: what happened to what, who has to do with it, and the words for people."""

    id: str
    event: str
    occurred_at: datetime
    resource: Mapping[str, str]
    related: tuple[Mapping[str, str], ...]
    payload: Mapping[str, Any]


def find_news(finding: Finding) -> Iterator[News]:
    """Yield what a finding has to tell: that sources contradict each other, and each source that changed its position.

    A source that turns again on the same matter is no further news: outlets print old words beside new ones, and which
    came first is often not known.
    """
    taken = {member.claim_id for member in finding.members if member.side in {Side.FOR, Side.AGAINST}}
    if finding.status is Status.DISPUTED:
        yield News(matter=Matter.CONFLICT, finding_id=finding.id, claim_ids=frozenset(taken))
    shifts = [pair for pair in finding.pairs if pair.kind is Kind.SHIFT and {pair.left, pair.right} <= taken]
    for claim_ids in joined_pairs(shifts):
        yield News(matter=Matter.REVERSAL, finding_id=finding.id, claim_ids=claim_ids)


def joined_pairs(pairs: Iterable[RelatedPair]) -> list[frozenset[str]]:
    """Return the claims that pairs hold together, by their smallest: those of one source."""
    groups: list[frozenset[str]] = []
    for pair in pairs:
        touched = [group for group in groups if pair.left in group or pair.right in group]
        groups = [group for group in groups if group not in touched]
        groups.append(frozenset({pair.left, pair.right}).union(*touched))
    return sorted(groups, key=min)


def event_id(*parts: object) -> str:
    """Return the id of an event, made from what it tells, so that one sent twice is the same event."""
    return str(uuid5(EVENTS, "|".join(map(str, parts))))
