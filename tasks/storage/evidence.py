"""Evidence: the bytes that articles were read from, once for each hash, and how they came."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.article import content_id
from tasks.model.errors import EvidenceError
from tasks.model.evidence import Capture, unpack
from tasks.model.run import Extraction
from tasks.storage import queries
from tasks.storage.tables import ArticleRow, CaptureRow, RawRow

AT_ONCE = 100  # articles that are checked together: bounds the memory


def save_captures(session: Session, items: Iterable[Extraction]) -> None:
    """Keep what stored articles were read from; the bytes that an article names stay the first ones that were kept.

    A page that is fetched again may differ in its advertisements and give the same text: then nothing is new.
    """
    items = list(items)
    remove_outdated(session, [item.article.id for item in items])
    given = {item.article.id: item.capture for item in items if item.capture}
    named = sa.select(ArticleRow.id, ArticleRow.sha256).where(queries.among(session, ArticleRow.id, given))
    fitting = {key: given[key] for key, digest in session.execute(named) if digest == given[key].sha256}
    queries.write_new(session, RawRow, [raw_values(one) for one in fitting.values() if one.packed])
    queries.write_new(session, CaptureRow, [values_of(key, one) for key, one in fitting.items()])


def remove_outdated(session: Session, article_ids: Iterable[str]) -> None:
    """Remove captures whose article was read anew from other bytes, and bytes that no article names any more."""
    own = queries.among(session, CaptureRow.article_id, list(article_ids))
    query = sa.select(CaptureRow.article_id, CaptureRow.sha256).join(ArticleRow, ArticleRow.id == CaptureRow.article_id)
    old = session.execute(query.where(own, CaptureRow.sha256 != ArticleRow.sha256)).tuples().all()
    if not old:
        return
    ids, digests = {row[0] for row in old}, {row[1] for row in old}
    session.execute(sa.delete(CaptureRow).where(queries.among(session, CaptureRow.article_id, ids)))
    named = sa.exists().where(CaptureRow.sha256 == RawRow.sha256)
    session.execute(sa.delete(RawRow).where(queries.among(session, RawRow.sha256, digests), ~named))


def raw_values(capture: Capture) -> dict[str, Any]:
    """Return the columns of packed bytes."""
    return {"sha256": capture.sha256, "size": capture.size, "packed": capture.packed}


def values_of(article_id: str, capture: Capture) -> dict[str, Any]:
    """Return the columns of a capture."""
    return {
        "article_id": article_id,
        "sha256": capture.sha256,
        "size": capture.size,
        "fetched_at": capture.fetched_at,
        "parser": capture.parser,
        "url_final": capture.url_final,
        "status": capture.status,
        "headers": dict(capture.headers),
    }


def load_captures(session: Session, article_ids: Iterable[str]) -> dict[str, Capture]:
    """Return how the bytes of each article came, without the bytes; those of which nothing is known are left out."""
    query = sa.select(CaptureRow).where(queries.among(session, CaptureRow.article_id, list(article_ids)))
    return {
        row.article_id: Capture(
            sha256=row.sha256,
            size=row.size,
            fetched_at=row.fetched_at,
            parser=row.parser,
            url_final=row.url_final,
            status=row.status,
            headers=row.headers,
        )
        for row in session.scalars(query)
    }


def load_raw(session: Session, digest: str) -> bytes | None:
    """Return the bytes with this hash, checked against it; None where they are not kept."""
    packed = session.scalar(sa.select(RawRow.packed).where(RawRow.sha256 == digest))
    return None if packed is None else unpack(packed, digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of the evidence found: how many articles, how many with their bytes, and what is wrong."""

    articles: int
    with_bytes: int
    faults: tuple[str, ...]


def check_evidence(session: Session, limit: int | None = None) -> Checked:
    """Return whether stored texts and bytes are still those that were read: all, or the newest articles alone."""
    newest = sa.select(ArticleRow.id).order_by(ArticleRow.dated_at.desc(), ArticleRow.id).limit(limit)
    ids = session.scalars(newest).all()
    kept, faults = 0, list[str]()
    for start in range(0, len(ids), AT_ONCE):
        for article_id, fault, has_bytes in check_some(session, ids[start : start + AT_ONCE]):
            kept += has_bytes
            faults += [f"article {article_id}: {fault}"] if fault else []
    return Checked(articles=len(ids), with_bytes=kept, faults=tuple(faults))


def check_some(session: Session, article_ids: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield for each article what is wrong with it, "" for nothing, and whether its bytes are kept."""
    query = (
        sa.select(ArticleRow.id, ArticleRow.url, ArticleRow.path, ArticleRow.text, ArticleRow.sha256, RawRow.packed)
        .outerjoin(CaptureRow, CaptureRow.article_id == ArticleRow.id)
        .outerjoin(RawRow, RawRow.sha256 == CaptureRow.sha256)
        .where(queries.among(session, ArticleRow.id, list(article_ids)))
    )
    for row in session.execute(query):
        yield row.id, fault_of(row), row.packed is not None


def fault_of(row: Any) -> str:
    """Return what is wrong with an article and its bytes, "" for nothing."""
    place = row.url or row.path.replace("\\", "/").rsplit("/", 1)[-1]
    if content_id(place, row.text) != row.id:
        return "its text is not the one that was stored"
    try:
        if row.packed is not None:
            unpack(row.packed, row.sha256)
    except EvidenceError as error:
        return str(error)
    return ""
