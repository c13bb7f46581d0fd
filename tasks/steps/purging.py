"""Purging what is old, a few articles in each transaction; free of Prefect.

Each transaction takes some old articles out, and builds the findings anew of which claims remain, so that it leaves the
database as a comparison leaves it. Writers take turns with it, and one that is killed goes on with the next run.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path

from tasks.model.errors import InputError
from tasks.reporting.render import renew_index
from tasks.reporting.shelf import find_old_pages, remove_report
from tasks.settings import TEMPLATES, Settings
from tasks.steps.comparing import rebuild_findings
from tasks.steps.copying import first_of
from tasks.steps.database import open_once
from tasks.steps.progress import advance
from tasks.storage import purging
from tasks.storage.copies import load_family, set_family
from tasks.storage.database import Session, reading, writing
from tasks.storage.purging import Age
from tasks.storage.shrinking import Shrunk, shrink

ARTICLES, RUNS = 50, 20  # of one transaction: about a second, in which other writers wait
NOBODY: frozenset[str] = frozenset()
LONGEST = 36_500  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """How much went, or would go."""

    articles: int = 0
    claims: int = 0
    relations: int = 0
    touched: frozenset[str] = NOBODY  # findings that lost claims
    built: frozenset[str] = NOBODY  # findings of which claims remain, built anew
    documents: int = 0  # whose bytes were kept
    runs: int = 0
    entries: int = 0  # of feeds, whose pages nobody will read any more
    reports: int = 0

    def __add__(self, other: "Purged") -> "Purged":
        """Return the sum of two counts; a finding that was built and touched again is one."""
        names = {field.name for field in fields(self)} - {"touched", "built"}
        return Purged(
            **{name: getattr(self, name) + getattr(other, name) for name in names},
            touched=self.touched | (other.touched - self.built),
            built=(self.built - other.touched) | other.built,
        )

    def counts(self) -> dict[str, int]:
        """Return the numbers by name."""
        given = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "built"}
        given["findings"] = len(given.pop("touched"))
        return given


def age_of(days: int, now: datetime) -> Age:
    """Return what counts as old: what was last met more than so many days ago."""
    if not 1 <= days <= LONGEST:
        raise InputError(f"cannot purge what is older than {days} days: name a number from 1 to {LONGEST}")
    return Age(before=now - timedelta(days=days), now=now)


def look_for_old(age: Age, settings: Settings, *, reports: bool) -> Purged:
    """Return how much is old; nothing is changed."""
    with reading(open_once(settings.database_url)) as session:
        articles = purging.find_old_articles(session, age)
        claims = purging.find_claims(session, articles)
        return Purged(
            articles=len(articles),
            claims=len(claims),
            relations=purging.count_relations(session, claims),
            touched=frozenset(purging.find_findings(session, claims)),
            documents=purging.count_bytes(session, articles),
            runs=len(purging.find_old_runs(session, age)),
            entries=purging.count_stale_entries(session, age),
            reports=len(find_old_pages(settings.report_dir, age.before)) if reports else 0,
        )


def purge(age: Age, settings: Settings, *, reports: bool, vacuum: bool = False) -> tuple[Purged, Shrunk]:
    """Take out what is old, give the space back, and return how much went and how large the database is."""
    gone = purge_articles(age, settings) + purge_runs(age, settings)
    if reports:
        gone += purge_reports(settings.report_dir, age.before)
    return gone, shrink(open_once(settings.database_url), whole=vacuum)


def purge_articles(age: Age, settings: Settings) -> Purged:
    """Take out the articles that are old, and return how much went."""
    engine, gone = open_once(settings.database_url), Purged()
    with reading(engine) as session:
        found = purging.find_old_articles(session, age)
    for number, some in enumerate(in_parts(found, ARTICLES), start=1):
        with writing(engine) as session:
            gone += purge_some(session, purging.still_old(session, age, some))
        advance("purge", min(number * ARTICLES, len(found)), len(found))
    return gone


def purge_some(session: Session, articles: Collection[str]) -> Purged:
    """Take some articles out, with all that hangs on them, and return how much that was."""
    claims = purging.find_claims(session, articles)
    relations, documents = purging.count_relations(session, claims), purging.count_bytes(session, articles)
    orphans = hand_on_texts(session, articles)
    touched, built = renew_without(session, claims, purging.find_claims(session, orphans))
    purging.remove_articles(session, articles)
    return Purged(
        articles=len(articles),
        claims=len(claims),
        relations=relations,
        documents=documents,
        touched=touched,
        built=built,
    )


def hand_on_texts(session: Session, articles: Collection[str]) -> set[str]:
    """Let each text whose first article goes begin with another one that carries it, and return those that do."""
    families = purging.find_orphans(session, articles).values()
    for copies in families:
        staying = [one for one in load_family(session, copies) if one.article_id not in articles]
        if staying:
            set_family(session, [one.article_id for one in staying], first_of(staying).article_id)
    return set().union(*families)


def renew_without(
    session: Session, gone: Collection[str], changed: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Build the findings anew of which claims go, or have another origin now; return the ids before, and those of now.

    A finding is named after its earliest claim: where that goes, the id leads to the finding that holds the others.
    """
    touched = purging.find_findings(session, gone)
    findings = rebuild_findings(session, {*gone, *changed}, gone)
    return frozenset(touched), frozenset(finding.id for finding in findings)


def purge_runs(age: Age, settings: Settings) -> Purged:
    """Take out the records of runs that are old, and what feeds said of pages that nobody will read."""
    engine = open_once(settings.database_url)
    with reading(engine) as session:
        found = purging.find_old_runs(session, age)
    for some in in_parts(found, RUNS):
        with writing(engine) as session:
            purging.remove_runs(session, some)
    with writing(engine) as session:
        purging.forget_traces(session, age)
        return Purged(runs=len(found), entries=purging.close_stale_entries(session, age))


def purge_reports(folder: Path, before: datetime) -> Purged:
    """Remove the pages of old runs, and renew the list of those that stay."""
    pages = find_old_pages(folder, before)
    for page in pages:
        remove_report(page)
    if pages:
        renew_index(folder, TEMPLATES)
    return Purged(reports=len(pages))


def in_parts(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield the ids, so many at a time."""
    yield from (ids[start : start + size] for start in range(0, len(ids), size))
