"""Articles: storing a batch with its claims in one go, versions of one URL."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.agencies import credit_of
from tasks.model.article import Article, SetAside, SetAsideReason, content_id
from tasks.model.run import Extraction
from tasks.storage import queries
from tasks.storage.claims import remove_claims, save_claims
from tasks.storage.columns import can_be_stored
from tasks.storage.evidence import save_captures
from tasks.storage.health import count_reading
from tasks.storage.runs import save_set_asides, started_at
from tasks.storage.tables import ArticleRow, ArticleShingleRow, RunArticleRow
from tasks.storage.versions import number_versions, supersede

PROVISIONAL = (
    1_000_000_000  # versions are numbered once all texts of a URL are in; until then each needs one of its own
)
KEPT = (
    "retrieved_at",
    "version",
    "superseded",
    "copy_of",
)  # these stay when a new version of the component reads an article again


def find_stored(session: Session, article_ids: Collection[str], component_version: str) -> set[str]:
    """Return the ids whose claims this version of the component has read already."""
    wanted = queries.among(session, ArticleRow.id, article_ids)
    return set(
        session.scalars(sa.select(ArticleRow.id).where(wanted, ArticleRow.component_version == component_version))
    )


def find_known_urls(session: Session, urls: Collection[str]) -> set[str]:
    """Return those of the canonical URLs under which an article is stored."""
    keys = {content_id(url): url for url in urls}
    found = session.scalars(sa.select(ArticleRow.url_key).where(queries.among(session, ArticleRow.url_key, keys)))
    return {keys[key] for key in found}


def save_batch(session: Session, run_id: str, batch: Iterable[Extraction], set_asides: Iterable[SetAside]) -> None:
    """Store articles with their claims, and what was set aside; what is there already stays as it is.

    Articles that hold characters which no database takes are set aside as well, so that they fail alone.
    """
    given = {item.article.id: item for item in batch}
    items = {key: item for key, item in given.items() if is_storable(item.article)}
    known = read_versions(session, items)
    fresh = [
        item for key, item in items.items() if item.claims is not None and known.get(key) != item.component_version
    ]
    unread = [item for key, item in items.items() if item.claims is None and key not in known]
    remove_claims(session, [item.article.id for item in fresh if item.article.id in known])
    save_articles(session, fresh, unread)
    save_claims(session, run_id, fresh)
    supersede(session, {content_id(item.article.url) for item in (*fresh, *unread) if item.article.url})
    save_shingles(session, fresh)
    save_captures(session, items.values())
    queries.write_new(session, RunArticleRow, [{"run_id": run_id, "article_id": key} for key in items])
    refusals = [refusal(given[key].article) for key in given.keys() - items.keys()]
    noted = save_set_asides(session, run_id, [*set_asides, *refusals])
    new = [item.article for item in (*fresh, *unread) if item.article.id not in known]
    count_reading(session, new, noted, started_at(session, run_id))


def is_storable(article: Article) -> bool:
    """Return whether every text of the article can be stored."""
    texts = (article.url, article.path, article.outlet, article.title, article.text, *article.residue)
    texts += (article.author, article.site_name, article.dateline)
    return all(map(can_be_stored, texts))


def refusal(article: Article) -> SetAside:
    """Return the note that an article could not be stored."""
    detail = "holds a zero character or half of a surrogate pair, which no database takes"
    return SetAside(name=article.place, reason=SetAsideReason.ENCODING, detail=detail, sha256=article.sha256)


def read_versions(session: Session, article_ids: Collection[str]) -> dict[str, str]:
    """Return for each stored article the version of the component that has read it, "" for none."""
    query = sa.select(ArticleRow.id, ArticleRow.component_version)
    rows = session.execute(query.where(queries.among(session, ArticleRow.id, article_ids)))
    return dict(rows.tuples().all())


def save_articles(session: Session, fresh: Sequence[Extraction], unread: Sequence[Extraction]) -> None:
    """Write articles whose claims come with them, and new ones without claims, which wait for a later extraction."""
    rows = [values_of(item, PROVISIONAL + place) for place, item in enumerate((*fresh, *unread))]
    queries.write_over(session, ArticleRow, rows[: len(fresh)], keep=KEPT)
    waiting = {"component": "", "component_version": ""}
    queries.write_new(session, ArticleRow, [row | waiting for row in rows[len(fresh) :]])
    written = queries.among(session, ArticleRow.id, [row["id"] for row in rows])
    dated_at = sa.func.coalesce(ArticleRow.published_at, ArticleRow.retrieved_at)
    session.execute(sa.update(ArticleRow).where(written).values(dated_at=dated_at))
    number_versions(session, {row["url_key"] for row in rows} - {""})


def values_of(item: Extraction, version: int) -> dict[str, Any]:
    """Return the columns of an article."""
    article = item.article
    return {
        "id": article.id,
        "url": article.url,
        "url_key": content_id(article.url) if article.url else "",
        "path": article.path,
        "outlet": article.outlet,
        "title": article.title,
        "published_at": article.published_at,
        "date_source": article.date_source,
        "retrieved_at": article.retrieved_at,
        "dated_at": article.published_at or article.retrieved_at,
        "language": article.language,
        "sha256": article.sha256,
        "text": article.text,
        "headings": article.headings,
        "residue": article.residue,
        "author": article.author,
        "site_name": article.site_name,
        "modified_at": article.modified_at,
        "dateline": article.dateline,
        "field_notes": article.field_notes,
        "version": version if article.url else 1,
        "superseded": False,
        "copy_of": article.copy_of,
        "credit": credit_of(article.text),
        "shingle_count": len(item.shingles),
        "component": item.component,
        "component_version": item.component_version,
    }


def save_shingles(session: Session, items: Iterable[Extraction]) -> None:
    """Replace the shingles of the articles."""
    items = list(items)
    owners = queries.among(session, ArticleShingleRow.article_id, [item.article.id for item in items])
    session.execute(sa.delete(ArticleShingleRow).where(owners))
    rows = [{"article_id": item.article.id, "hash": value} for item in items for value in sorted(item.shingles)]
    queries.write_new(session, ArticleShingleRow, rows)


def load_articles(session: Session, *, ids: Collection[str] | None = None, run_id: str | None = None) -> list[Article]:
    """Return articles by time: those with the ids, those that the run saw, or all."""
    query = sa.select(ArticleRow).order_by(ArticleRow.dated_at, ArticleRow.id)
    if ids is not None:
        query = query.where(queries.among(session, ArticleRow.id, ids))
    if run_id is not None:
        query = query.where(ArticleRow.id.in_(seen_by(run_id)))
    return [article_of(row) for row in session.scalars(query)]


def seen_by(run_id: str) -> sa.Select[tuple[str]]:
    """Return the query for the ids of the articles that a run saw."""
    return sa.select(RunArticleRow.article_id).where(RunArticleRow.run_id == run_id)


def count_seen(session: Session, run_id: str) -> int:
    """Return how many articles a run saw."""
    query = sa.select(sa.func.count()).select_from(RunArticleRow).where(RunArticleRow.run_id == run_id)
    return session.scalar(query) or 0


def article_of(row: ArticleRow) -> Article:
    """Return the article that a row keeps."""
    return Article(
        url=row.url,
        path=row.path,
        outlet=row.outlet,
        title=row.title,
        published_at=row.published_at,
        date_source=row.date_source,
        retrieved_at=row.retrieved_at,
        language=row.language,
        sha256=row.sha256,
        text=row.text,
        headings=row.headings,
        residue=row.residue,
        author=row.author,
        site_name=row.site_name,
        modified_at=row.modified_at,
        dateline=row.dateline,
        field_notes=row.field_notes,
        version=row.version,
        superseded=row.superseded,
        copy_of=row.copy_of,
    )
