"""Copies: which stored articles share word sequences with one, and who belongs to one family of copies.

A page counts by its newest text: whatever copied an earlier version belongs to the same family.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.storage import queries
from tasks.storage.tables import ArticleRow, ArticleShingleRow


class CopyCandidate(NamedTuple):
    """An article that shares word sequences with another: how many, and how many it has in all."""

    article_id: str
    shared: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """One of those that share a text: a page by its newest version, and when its first one was seen."""

    article_id: str
    outlet: str
    credit: str  # whom its text names as its origin
    seen_at: datetime


def find_copy_candidates(session: Session, article_id: str, hashes: Collection[int], limit: int) -> list[CopyCandidate]:
    """Return the other articles that share most hashes with this one, the nearest first."""
    shared = sa.func.count().label("shared")
    query = (
        sa.select(ArticleRow.id, shared, ArticleRow.shingle_count)
        .join(ArticleShingleRow, ArticleShingleRow.article_id == ArticleRow.id)
        .where(queries.among(session, ArticleShingleRow.hash, hashes), ArticleRow.id != article_id)
        .group_by(ArticleRow.id, ArticleRow.shingle_count)
        .order_by(shared.desc(), ArticleRow.id)
        .limit(limit)
    )
    return [CopyCandidate(*row) for row in session.execute(query)]


def load_shingles(session: Session, article_id: str) -> frozenset[int]:
    """Return the hashes that were stored with an article."""
    query = sa.select(ArticleShingleRow.hash).where(ArticleShingleRow.article_id == article_id)
    return frozenset(session.scalars(query))


def load_texts(session: Session, article_ids: Collection[str]) -> dict[str, str]:
    """Return the texts of the articles."""
    query = sa.select(ArticleRow.id, ArticleRow.text).where(queries.among(session, ArticleRow.id, article_ids))
    return dict(session.execute(query).tuples().all())


def load_family(session: Session, article_ids: Collection[str]) -> list[Relative]:
    """Return the pages that the articles belong to, and all that are in one family with them already."""
    newest = newest_of(session, article_ids)
    roots = set(load_copy_roots(session, newest).values())
    known = queries.among(session, ArticleRow.id, roots), queries.among(session, ArticleRow.copy_of, roots)
    rows = session.scalars(sa.select(ArticleRow).where(sa.or_(*known), ~ArticleRow.superseded)).all()
    firsts = first_seen(session, {row.url_key for row in rows} - {""})
    return [
        Relative(
            article_id=row.id,
            outlet=row.outlet,
            credit=row.credit,
            seen_at=firsts.get(row.url_key, row.dated_at),
        )
        for row in rows
    ]


def newest_of(session: Session, article_ids: Collection[str]) -> set[str]:
    """Return the newest versions of the pages that the articles are versions of; one without a URL is its own."""
    own = sa.select(ArticleRow.id, ArticleRow.url_key).where(queries.among(session, ArticleRow.id, article_ids))
    rows = session.execute(own).all()
    keys = {row.url_key for row in rows} - {""}
    newest = sa.select(ArticleRow.id).where(queries.among(session, ArticleRow.url_key, keys), ~ArticleRow.superseded)
    return {row.id for row in rows if not row.url_key} | set(session.scalars(newest))


def first_seen(session: Session, url_keys: Collection[str]) -> dict[str, datetime]:
    """Return when the first version of each URL was seen."""
    query = sa.select(ArticleRow.url_key, ArticleRow.dated_at).where(
        queries.among(session, ArticleRow.url_key, url_keys), ArticleRow.version == 1
    )
    return dict(session.execute(query).tuples().all())


def set_family(session: Session, article_ids: Collection[str], root: str) -> None:
    """Note that articles share a text, and which of them it began with."""
    own = queries.among(session, ArticleRow.id, article_ids)
    session.execute(sa.update(ArticleRow).where(own, ArticleRow.id != root).values(copy_of=root))
    session.execute(sa.update(ArticleRow).where(ArticleRow.id == root).values(copy_of=""))


def load_copy_roots(session: Session, article_ids: Collection[str]) -> dict[str, str]:
    """Return for each article the one that it repeats, or itself."""
    query = sa.select(ArticleRow.id, ArticleRow.copy_of).where(queries.among(session, ArticleRow.id, article_ids))
    return {article_id: root or article_id for article_id, root in session.execute(query)}
