"""Notices that hold -> events with their words, links, and who has to do with them; free of Prefect."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tasks.model.article import Article, SetAsideReason
from tasks.model.finding import Finding, Side
from tasks.model.health import OutletHealth
from tasks.model.notice import DIGEST, Announcement, Matter, Notice
from tasks.reporting.alerts import (
    NAME,
    Words,
    conflict_words,
    digest_words,
    failing_words,
    names_on,
    outlet_name,
    plain,
    recovered_words,
    reversal_words,
    statement_of,
)
from tasks.reporting.evidence import Evidence, arrange_evidence
from tasks.reporting.shelf import INDEX, report_name
from tasks.reporting.words import reason_words, stamp
from tasks.settings import Settings
from tasks.steps.material import report_link
from tasks.storage.articles import load_articles
from tasks.storage.claims import load_claims
from tasks.storage.database import Session
from tasks.storage.health import host_of
from tasks.storage.runs import find_runs_of

RELATED: Final = 20  # outlets, and as many sources, that are named beside an event
RUNS: Final = 10  # that are looked at for a report that is still there
NOUNS: Final = {
    Matter.CONFLICT: "conflict",
    Matter.REVERSAL: "changed position",
    Matter.FAILING: "failing outlet",
    Matter.RECOVERED: "recovered outlet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A notice that holds, with the finding and its claims, or the outlet, that it is about."""

    notice: Notice
    finding: Finding | None = None
    claim_ids: frozenset[str] = frozenset()
    health: OutletHealth | None = None


def announce(
    session: Session, standing: Sequence[Standing], events: Mapping[str, str], settings: Settings
) -> list[Announcement]:
    """Return the events that tell what holds: one for each notice, and one for all that are told together."""
    singles = [one for one in standing if events[one.notice.id] == one.notice.id]
    together: dict[str, list[Standing]] = {}
    for one in standing:
        if events[one.notice.id] != one.notice.id:
            together.setdefault(events[one.notice.id], []).append(one)
    digests = [digest_of(event, parts, settings) for event, parts in together.items()]
    return [*(event_of(session, one, settings) for one in singles), *digests]


def event_of(session: Session, one: Standing, settings: Settings) -> Announcement:
    """Return the event of one notice."""
    if one.health is not None:
        return outlet_event(one.notice, one.health, settings)
    if one.finding is None:
        raise ValueError(f"notice {one.notice.id} is about neither a finding nor an outlet")
    return finding_event(session, one.notice, one.finding, one.claim_ids, settings)


def finding_event(
    session: Session, notice: Notice, finding: Finding, claim_ids: Iterable[str], settings: Settings
) -> Announcement:
    """Return the event that a finding is disputed, or that a source in it has changed its position."""
    evidence = evidence_of(session, finding)
    link = find_link(session, finding, evidence.articles.values(), settings)
    if notice.matter is Matter.CONFLICT:
        words = conflict_words(finding, evidence, link)
    else:
        words = reversal_words(finding, [evidence.claims[key] for key in claim_ids], evidence, link)
    sides = {side.value: names_on(finding, side, evidence)[:RELATED] for side in (Side.FOR, Side.AGAINST)}
    return Announcement(
        id=notice.id,
        event=notice.matter,
        occurred_at=notice.noticed_at,
        resource={
            "prefect.resource.id": f"rashomon.finding.{finding.id}",
            "prefect.resource.name": statement_of(finding),
            "rashomon.status": finding.status.value,
        },
        related=(*outlets_in(evidence), *sources_in(evidence)),
        payload={
            **payload_of(words, link),
            "finding": finding.id,
            "statement": statement_of(finding),
            "sides": sides,
            "first_seen": stamp(finding.first_seen),
            "last_seen": stamp(finding.last_seen),
        },
    )


def outlet_event(notice: Notice, health: OutletHealth, settings: Settings) -> Announcement:
    """Return the event that an outlet cannot be read, or can be read again."""
    link = report_link(settings.report_dir / INDEX, settings)
    if notice.matter is Matter.FAILING:
        words = failing_words(health, reason_words(SetAsideReason(health.last_reason)), link)
    else:
        words = recovered_words(health, link)
    return Announcement(
        id=notice.id,
        event=notice.matter,
        occurred_at=notice.noticed_at,
        resource=outlet_resource(health.host or health.name, health.name),
        related=(),
        payload={
            **payload_of(words, link),
            "host": plain(health.host, NAME),
            "reason": health.last_reason,
            "last_success_at": stamp(health.last_success_at),
        },
    )


def digest_of(event: str, parts: Sequence[Standing], settings: Settings) -> Announcement:
    """Return the event that tells many notices together."""
    counts = Counter(NOUNS[part.notice.matter] for part in parts)
    link = report_link(settings.report_dir / INDEX, settings)
    words = digest_words(counts, [line_of(part) for part in parts], link)
    return Announcement(
        id=event,
        event=DIGEST,
        occurred_at=max(part.notice.noticed_at for part in parts),
        resource={"prefect.resource.id": f"rashomon.digest.{event}", "prefect.resource.name": words.subject},
        related=(),
        payload={**payload_of(words, link), "counts": dict(counts)},
    )


def line_of(part: Standing) -> str:
    """Return one notice as a line."""
    name = statement_of(part.finding) if part.finding else outlet_name(part.health) if part.health else ""
    return f"{NOUNS[part.notice.matter]}: {name}"


def payload_of(words: Words, link: str) -> dict[str, Any]:
    """Return what every event carries: the words for people, and where the report is."""
    return {"subject": f"Rashomon: {words.subject}", "message": words.message, "report": link}


def evidence_of(session: Session, finding: Finding) -> Evidence:
    """Return the claims of a finding and their articles."""
    claims = load_claims(session, ids={member.claim_id for member in finding.members})
    articles = load_articles(session, ids={claim.article_id for claim in claims})
    return arrange_evidence(articles, claims)


def find_link(session: Session, finding: Finding, articles: Iterable[Article], settings: Settings) -> str:
    """Return where the finding is shown: in the newest report that holds it, else in the index of all reports."""
    for run in find_runs_of(session, {article.id for article in articles}, RUNS):
        page = settings.report_dir / report_name(run)
        if page.is_file():
            return report_link(page, settings) + (f"#finding-{finding.id}" if settings.report_url else "")
    return report_link(settings.report_dir / INDEX, settings)


def outlets_in(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Yield the outlets of a finding as Prefect's related resources."""
    found = {host_of(one.url) or one.outlet: one.outlet for one in evidence.articles.values()}
    for key, name in sorted(found.items())[:RELATED]:
        yield outlet_resource(key, name) | {"prefect.resource.role": "outlet"}


def sources_in(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Yield who is quoted in a finding as Prefect's related resources."""
    found = {entity.id: entity.name for claim in evidence.claims.values() for entity in claim.entities}
    for key, name in sorted(found.items())[:RELATED]:
        yield {
            "prefect.resource.id": f"rashomon.source.{plain(key, NAME)}",
            "prefect.resource.name": plain(name, NAME),
            "prefect.resource.role": "source",
        }


def outlet_resource(key: str, name: str) -> dict[str, str]:
    """Return an outlet as a resource, known by its host where it has one."""
    return {
        "prefect.resource.id": f"rashomon.outlet.{plain(key.casefold(), NAME) or 'unnamed'}",
        "prefect.resource.name": plain(name or key, NAME) or "an unnamed outlet",
    }
