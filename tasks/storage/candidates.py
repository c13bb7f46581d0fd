"""Candidates: the stored claims among which new ones look for partners, in two statements however many there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from tasks.storage import queries
from tasks.storage.claims import party_key
from tasks.storage.tables import ArticleRow, ClaimPartyRow, ClaimRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """A stored claim that may speak of the same thing as a new one: what comparison needs to look closer."""

    claim_id: str
    article_id: str
    copy_of: str  # the article that its article repeats, "" for none
    embedding: bytes
    entity_ids: frozenset[str]  # sources and parties


def load_candidates(
    session: Session,
    *,
    party_ids: Collection[str] | None,
    since: datetime | None = None,
    until: datetime | None = None,
    exclude_articles: Collection[str] = (),
    embedding_model: str,
) -> list[CandidateRow]:
    """Return the claims with a vector that name one of the entities, or anybody, in articles of the window."""
    wanted = [ClaimRow.embedding_model == embedding_model, *in_window(ArticleRow.dated_at, since, until)]
    if party_ids is not None:
        keys = set(map(party_key, party_ids))
        named = queries.among(session, ClaimPartyRow.entity_id, keys)
        window = in_window(ClaimPartyRow.dated_at, since, until)
        wanted.append(ClaimRow.id.in_(sa.select(ClaimPartyRow.claim_id).where(named, *window)))
    if exclude_articles:
        wanted.append(sa.not_(queries.among(session, ClaimRow.article_id, exclude_articles)))
    claims = sa.select(ClaimRow.id, ClaimRow.article_id, ArticleRow.copy_of, ClaimRow.embedding).join(
        ArticleRow, ArticleRow.id == ClaimRow.article_id
    )
    rows = session.execute(claims.where(*wanted).order_by(ClaimRow.id)).all()
    entities = load_entity_ids(session, [row.id for row in rows])
    return [
        CandidateRow(
            claim_id=row.id,
            article_id=row.article_id,
            copy_of=row.copy_of,
            embedding=row.embedding,
            entity_ids=frozenset(entities.get(row.id, ())),
        )
        for row in rows
    ]


def in_window(
    dated_at: InstrumentedAttribute[datetime], since: datetime | None, until: datetime | None
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that something is dated from `since` to `until`, both included."""
    first = [] if since is None else [dated_at >= since]
    return first if until is None else [*first, dated_at <= until]


def load_entity_ids(session: Session, claim_ids: Collection[str]) -> dict[str, set[str]]:
    """Return for each claim the entities that make it or are spoken of in it."""
    query = sa.select(ClaimPartyRow.claim_id, ClaimPartyRow.entity_id)
    found: dict[str, set[str]] = {}
    for claim_id, entity_id in session.execute(query.where(queries.among(session, ClaimPartyRow.claim_id, claim_ids))):
        found.setdefault(claim_id, set()).add(entity_id)
    return found
