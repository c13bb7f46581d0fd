"""Copies: which stored articles share word sequences with one, and which one an article repeats."""

from collections.abc import Collection
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


def set_copy(session: Session, article_id: str, copy_of: str) -> None:
    """Note that an article repeats another; copies of copies all point at the first one."""
    root = session.scalar(sa.select(ArticleRow.copy_of).where(ArticleRow.id == copy_of)) or copy_of
    if root == article_id:
        return  # noted already, the other way round
    copies = sa.or_(ArticleRow.id == article_id, ArticleRow.copy_of == article_id)
    session.execute(sa.update(ArticleRow).where(copies).values(copy_of=root))


def load_copy_roots(session: Session, article_ids: Collection[str]) -> dict[str, str]:
    """Return for each article the one that it repeats, or itself."""
    query = sa.select(ArticleRow.id, ArticleRow.copy_of).where(queries.among(session, ArticleRow.id, article_ids))
    return {article_id: root or article_id for article_id, root in session.execute(query)}
