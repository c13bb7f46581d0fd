"""The health of outlets: what is stored for the first time, and what is set aside, counts for its outlet, once."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.article import Article, SetAside, content_id
from tasks.model.health import OutletHealth, Trouble, trouble_of
from tasks.model.notice import Matter
from tasks.storage import queries
from tasks.storage.columns import printable
from tasks.storage.notices import note_outlet
from tasks.storage.reading_tables import OutletHealthRow


def count_reading(session: Session, new: Iterable[Article], set_asides: Iterable[SetAside], at: datetime) -> None:
    """Add new articles, and what was set aside at a time, to the health of their outlets."""
    articles = [(host_of(article.url), article) for article in new]
    failures = [(host_of(item.name), item) for item in set_asides]
    failures = [(host, item) for host, item in failures if host]  # of a file nobody knows the outlet
    keys = {key_of(host, article.outlet) for host, article in articles} | {key_of(host) for host, _ in failures}
    found = load_some(session, keys)
    before = {key: health.is_failing for key, health in found.items()}
    for host, article in sorted(articles, key=lambda pair: (pair[1].retrieved_at, pair[1].id)):
        key = key_of(host, article.outlet)
        found[key] = with_article(found.get(key) or OutletHealth(name="", host=host), article)
    for host, item in failures:
        key = key_of(host)
        found[key] = with_failure(found.get(key) or OutletHealth(name=host, host=host), item, at)
    rows = [{"id": key, **asdict(health)} for key, health in sorted(found.items())]
    queries.write_over(session, OutletHealthRow, rows, keep=[])
    for key, health in sorted(found.items()):
        if health.is_failing is not before.get(key, False):
            note_outlet(session, Matter.FAILING if health.is_failing else Matter.RECOVERED, key, at)


def host_of(place: str) -> str:
    """Return the host of an address without `www.`, "" for anything else."""
    try:
        parts = urlsplit(place)
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def key_of(host: str, outlet: str = "") -> str:
    """Return by what an outlet is known again: its host, or its name where its articles have no address."""
    return content_id(host) if host else content_id("", outlet.casefold())


def with_article(health: OutletHealth, article: Article) -> OutletHealth:
    """Return the health with one article more; the newest one gives the outlet its name."""
    newest = health.last_success_at is None or article.retrieved_at >= health.last_success_at
    return replace(
        health,
        name=(printable(article.outlet) if newest else "") or health.name or health.host,
        fetched=health.fetched + 1,
        characters=health.characters + len(article.text),
        last_success_at=article.retrieved_at if newest else health.last_success_at,
        failing_runs=0,
    )


def with_failure(health: OutletHealth, item: SetAside, at: datetime) -> OutletHealth:
    """Return the health with one input more that gave no article."""
    trouble = trouble_of(item.reason)
    another = trouble is not Trouble.OTHER and at > (health.troubled_at or datetime.min.replace(tzinfo=UTC))
    return replace(
        health,
        failed=health.failed + (trouble is Trouble.FAILED),
        empty=health.empty + (trouble is Trouble.EMPTY),
        other=health.other + (trouble is Trouble.OTHER),
        last_failure_at=max(at, health.last_failure_at or at),
        last_reason=item.reason.value,
        failing_runs=health.failing_runs + another,
        troubled_at=at if another else health.troubled_at,
    )


def load_some(session: Session, keys: Iterable[str]) -> dict[str, OutletHealth]:
    """Return the health of outlets by their keys, where there is any."""
    rows = session.scalars(sa.select(OutletHealthRow).where(queries.among(session, OutletHealthRow.id, list(keys))))
    return {row.id: health_of(row) for row in rows}


def load_health(session: Session) -> list[OutletHealth]:
    """Return the health of all outlets, by name."""
    order = (OutletHealthRow.name, OutletHealthRow.host)
    return [health_of(row) for row in session.scalars(sa.select(OutletHealthRow).order_by(*order))]


def health_of(row: OutletHealthRow) -> OutletHealth:
    """Return the health that a row keeps."""
    return OutletHealth(
        name=row.name,
        host=row.host,
        fetched=row.fetched,
        failed=row.failed,
        empty=row.empty,
        other=row.other,
        characters=row.characters,
        last_success_at=row.last_success_at,
        last_failure_at=row.last_failure_at,
        last_reason=row.last_reason,
        failing_runs=row.failing_runs,
        troubled_at=row.troubled_at,
    )
