"""Versions: the texts of one URL in the order of their times; the claims of the newest alone count in findings."""

from collections.abc import Collection
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tasks.model.article import Article
from tasks.storage import queries
from tasks.storage.claims import release_claims, waits_for
from tasks.storage.tables import ArticleRow, ClaimRow


def number_versions(session: Session, url_keys: Collection[str]) -> None:
    """Number the texts of each URL by their time, whatever the order in which they were stored.

    The new numbers go in as negative ones first, since two texts of a URL may not share a number even for a moment.
    """
    order = (ArticleRow.url_key, ArticleRow.dated_at, ArticleRow.retrieved_at, ArticleRow.id)
    query = sa.select(ArticleRow.url_key, ArticleRow.id, ArticleRow.version).order_by(*order)
    rows = session.execute(query.where(queries.among(session, ArticleRow.url_key, url_keys))).all()
    changed = [
        {"article": row.id, "number": -number}
        for _, texts in groupby(rows, key=lambda row: row.url_key)
        for number, row in enumerate(texts, start=1)
        if row.version != number
    ]
    matching = ArticleRow.id == sa.bindparam("article")
    queries.write(session, sa.update(ArticleRow).where(matching).values(version=sa.bindparam("number")), changed)
    queries.write(session, sa.update(ArticleRow).where(matching).values(version=-ArticleRow.version), changed)


def supersede(session: Session, url_keys: Collection[str]) -> None:
    """Note which texts of each URL are no longer the newest; what their claims brought to findings is taken back.

    A text that is the newest again, because a later one turns out to be older, has its claims compared again.
    """
    own = queries.among(session, ArticleRow.url_key, url_keys)
    newest = sa.select(ArticleRow.url_key, sa.func.max(ArticleRow.version).label("version")).where(own)
    latest = newest.group_by(ArticleRow.url_key).subquery()
    query = sa.select(ArticleRow.id, ArticleRow.superseded, ArticleRow.version < latest.c.version)
    rows = session.execute(query.join(latest, ArticleRow.url_key == latest.c.url_key)).all()
    changed = {article_id: older for article_id, before, older in rows if bool(before) != bool(older)}
    for older in (True, False):
        ids = [article_id for article_id, now in changed.items() if bool(now) is older]
        if ids:
            release_claims(session, ids)
            matching = queries.among(session, ArticleRow.id, ids)
            session.execute(sa.update(ArticleRow).where(matching).values(superseded=older))
    hand_on_copies(session, [article_id for article_id, older in changed.items() if older])


def hand_on_copies(session: Session, article_ids: Collection[str]) -> None:
    """Give the copies of superseded texts to the newest text of their page, and what those texts themselves repeat."""
    newer = aliased(ArticleRow)
    same = sa.and_(newer.url_key == ArticleRow.url_key, ~newer.superseded)
    query = sa.select(ArticleRow.id, ArticleRow.copy_of, newer.id).join(newer, same)
    for old, root, new in session.execute(query.where(queries.among(session, ArticleRow.id, article_ids))).all():
        family = sa.or_(ArticleRow.copy_of == old, ArticleRow.id == new) if root else ArticleRow.copy_of == old
        session.execute(sa.update(ArticleRow).where(family).values(copy_of=root or new))
        session.execute(sa.update(ArticleRow).where(ArticleRow.id == old).values(copy_of=""))


def find_passed_over(session: Session, version: str) -> set[str]:
    """Return the articles that are no longer the newest, and whose claims this version has not yet passed over."""
    waiting = set(session.scalars(sa.select(ClaimRow.article_id).where(waits_for(version)).distinct()))
    older = queries.among(session, ArticleRow.id, waiting), ArticleRow.superseded
    return set(session.scalars(sa.select(ArticleRow.id).where(*older)))


def pass_over(session: Session, article_ids: Collection[str], version: str) -> None:
    """Note that this version of the comparison has no work with the claims of articles."""
    own = queries.among(session, ClaimRow.article_id, article_ids)
    session.execute(sa.update(ClaimRow).where(own).values(compared_with=version))


def find_earlier(session: Session, articles: Collection[Article]) -> dict[str, str]:
    """Return for each article that is a later version the id of the version before it."""
    before = aliased(ArticleRow)
    same = sa.and_(before.url_key == ArticleRow.url_key, before.version == ArticleRow.version - 1)
    later = [article.id for article in articles if article.version > 1]
    query = sa.select(ArticleRow.id, before.id).join(before, same).where(ArticleRow.url_key != "")
    return dict(session.execute(query.where(queries.among(session, ArticleRow.id, later))).tuples().all())
