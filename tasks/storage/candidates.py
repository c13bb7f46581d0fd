"""Candidates: the claims that wait for comparison, and the stored ones of the time window, read in portions.

Every function here costs as much as what it gives, however much is stored; which index serves it, a test asks SQLite.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.storage import queries
from tasks.storage.claims import party_key, waits_for
from tasks.storage.tables import ArticleRow, ClaimPartyRow, ClaimRow

NAME_ROLE = "name"  # a word of a name by which two entities may be one, kept beside the entities' ids


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """A stored claim that may speak of the same thing as a new one: what the search needs to know of it."""

    claim_id: str
    article_id: str
    embedding: bytes
    compared: bool  # by the version of the comparison that asks


def find_unembedded(session: Session, version: str, embedding_model: str) -> list[str]:
    """Return the ids of the claims that wait for comparison and have no vector of this model."""
    model = ClaimRow.embedding_model
    query = sa.select(ClaimRow.id).where(waits_for(version), sa.or_(model.is_(None), model != embedding_model))
    return sorted(session.scalars(query))


def find_waiting(session: Session, version: str, embedding_model: str) -> dict[str, int]:
    """Return how many claims of each article wait for comparison and have their vectors, by the time of the article.

    Claims without a vector belong to a run that still stores. The articles are looked up and ordered here: in one
    statement SQLite would go through all claims in the order of their articles.
    """
    query = sa.select(ClaimRow.article_id).where(waits_for(version), ClaimRow.embedding_model == embedding_model)
    waiting = Counter(session.scalars(query))
    articles = queries.among(session, ArticleRow.id, waiting)
    times = (
        sa.select(ArticleRow.id).where(articles, ~ArticleRow.superseded).order_by(ArticleRow.dated_at, ArticleRow.id)
    )
    return {article_id: waiting[article_id] for article_id in session.scalars(times)}


def find_in_window(session: Session, version: str, since: datetime, until: datetime) -> dict[str, datetime]:
    """Return when each article is dated that lies in the window and has a claim which this version has compared."""
    done = sa.func.coalesce(ClaimRow.compared_with, "")  # kept from its index, which would give all claims each time
    has_compared = sa.exists().where(ClaimRow.article_id == ArticleRow.id, done == version)
    query = sa.select(ArticleRow.id, ArticleRow.dated_at).where(
        ArticleRow.dated_at.between(since, until), ~ArticleRow.superseded, has_compared
    )
    return dict(session.execute(query.order_by(ArticleRow.dated_at, ArticleRow.id)).tuples().all())


def load_candidates(
    session: Session, article_ids: Collection[str], *, version: str, embedding_model: str
) -> list[CandidateRow]:
    """Return the claims of the articles that have a vector of this model, article by article; no superseded ones."""
    query = (
        sa.select(ClaimRow.id, ClaimRow.article_id, ClaimRow.embedding, ClaimRow.compared_with)
        .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .where(
            queries.among(session, ClaimRow.article_id, article_ids),
            ClaimRow.embedding_model == embedding_model,
            ~ArticleRow.superseded,
        )
        .order_by(ClaimRow.article_id, ClaimRow.start, ClaimRow.id)
    )
    return [
        CandidateRow(claim_id=claim_id, article_id=article_id, embedding=embedding, compared=done == version)
        for claim_id, article_id, embedding, done in session.execute(query)
    ]


def load_keys(session: Session, claim_ids: Collection[str], keys: Collection[str]) -> dict[str, set[str]]:
    """Return which of the keys, ids of entities and words of names, each claim has; those that have none are left out.

    The claims are looked up and the keys picked out here: SQLite would try every claim with every key.
    """
    wanted = {party_key(key): key for key in keys}
    query = sa.select(ClaimPartyRow.claim_id, ClaimPartyRow.entity_id)
    found: dict[str, set[str]] = {}
    for claim_id, kept in session.execute(query.where(queries.among(session, ClaimPartyRow.claim_id, claim_ids))):
        if kept in wanted:
            found.setdefault(claim_id, set()).add(wanted[kept])
    return found


def save_names(session: Session, names: Mapping[str, Collection[str]]) -> None:
    """Keep for each claim the words of names by which it can be found, in the place of those of an earlier version."""
    claims = queries.among(session, ClaimRow.id, names)
    joined = sa.select(ClaimRow.id, ArticleRow.dated_at).join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
    old = queries.among(session, ClaimPartyRow.claim_id, names)
    session.execute(sa.delete(ClaimPartyRow).where(old, ClaimPartyRow.role == NAME_ROLE))
    rows = [
        {"claim_id": claim_id, "entity_id": party_key(name), "role": NAME_ROLE, "dated_at": dated_at}
        for claim_id, dated_at in session.execute(joined.where(claims))
        for name in sorted(names[claim_id])
    ]
    queries.write_new(session, ClaimPartyRow, rows)
