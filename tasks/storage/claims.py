"""Claims: storing them with their parties and vectors, and reading them back as they were."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.article import content_id
from tasks.model.claim import Claim
from tasks.model.run import Extraction, Provenance
from tasks.storage import queries
from tasks.storage.columns import can_be_stored
from tasks.storage.tables import ArticleRow, ClaimPartyRow, ClaimRow, FindingMemberRow, FindingRow, RelationRow, RunRow

SOURCE_ROLE = "source"
LONGEST_KEY = 200


def save_claims(session: Session, run_id: str, items: Iterable[Extraction]) -> None:
    """Write the claims of stored articles that have none."""
    claims = {claim.id: (claim, item) for item in items for claim in item.claims or ()}
    queries.write(session, sa.insert(ClaimRow), [values_of(claim, item, run_id) for claim, item in claims.values()])
    articles = queries.among(session, ArticleRow.id, {claim.article_id for claim, _ in claims.values()})
    dates = dict(session.execute(sa.select(ArticleRow.id, ArticleRow.dated_at).where(articles)).tuples().all())
    rows = [row for claim, _ in claims.values() for row in parties_of(claim, dates[claim.article_id])]
    queries.write_new(session, ClaimPartyRow, rows)


def values_of(claim: Claim, item: Extraction, run_id: str) -> dict[str, Any]:
    """Return the columns of a claim."""
    return {
        "id": claim.id,
        "article_id": claim.article_id,
        "start": claim.content[0].start,
        "voice": claim.voice,
        "source": claim.source,
        "entities": claim.entities,
        "resolved": claim.resolved,
        "cue": claim.cue,
        "content": claim.content,
        "speech": claim.speech,
        "act": claim.act,
        "position": claim.position,
        "certainty": claim.certainty,
        "proposition": claim.proposition,
        "distanced": claim.distanced,
        "basis": claim.basis,
        "via": claim.via,
        "parent": claim.parent,
        "said_at": claim.said_at,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "component": item.component,
        "component_version": item.component_version,
        "run_id": run_id,
    }


def claim_of(row: ClaimRow) -> Claim:
    """Return the claim that a row keeps."""
    return Claim(
        article_id=row.article_id,
        voice=row.voice,
        source=row.source,
        entities=row.entities,
        resolved=row.resolved,
        cue=row.cue,
        content=row.content,
        speech=row.speech,
        act=row.act,
        certainty=row.certainty,
        proposition=row.proposition,
        distanced=row.distanced,
        basis=row.basis,
        via=row.via,
        parent=row.parent,
        said_at=row.said_at,
        confidence=row.confidence,
        rule=row.rule,
    )


def parties_of(claim: Claim, dated_at: datetime) -> list[dict[str, Any]]:
    """Return the rows of who makes the claim and who is spoken of in it."""
    roles = [(entity.id, SOURCE_ROLE) for entity in claim.entities]
    roles += [(party.entity.id, party.role.value) for party in claim.proposition.parties]
    return [
        {"claim_id": claim.id, "entity_id": party_key(entity_id), "role": role, "dated_at": dated_at}
        for entity_id, role in roles
    ]


def party_key(entity_id: str) -> str:
    """Return the id, or a hash of one that PostgreSQL could not index: a page may call anything a name."""
    return entity_id if len(entity_id) <= LONGEST_KEY and can_be_stored(entity_id) else content_id(entity_id)


def remove_claims(session: Session, article_ids: Collection[str]) -> None:
    """Remove the claims of articles that are read anew, with what rests on them."""
    release_claims(session, article_ids)
    session.execute(sa.delete(ClaimRow).where(queries.among(session, ClaimRow.article_id, article_ids)))


def release_claims(session: Session, article_ids: Collection[str]) -> None:
    """Take the claims of articles out of relations and findings, as if they had never been compared.

    Claims that shared a finding with them count as not compared, so that the next comparison builds the finding again.
    """
    gone = sa.select(ClaimRow.id).where(queries.among(session, ClaimRow.article_id, article_ids))
    member, pair = FindingMemberRow, RelationRow
    touched = set(session.scalars(sa.select(member.finding_id).where(member.claim_id.in_(gone))))
    fellows = sa.select(member.claim_id).where(queries.among(session, member.finding_id, touched))
    waiting = sa.or_(ClaimRow.id.in_(fellows), ClaimRow.id.in_(gone))
    session.execute(sa.update(ClaimRow).where(waiting).values(compared_with=None))
    session.execute(sa.delete(pair).where(sa.or_(pair.left_id.in_(gone), pair.right_id.in_(gone))))
    session.execute(sa.delete(member).where(member.claim_id.in_(gone)))
    left = sa.select(member.finding_id).where(queries.among(session, member.finding_id, touched))
    emptied = queries.among(session, FindingRow.id, touched - set(session.scalars(left)))
    session.execute(sa.delete(FindingRow).where(emptied))


def load_claims(
    session: Session, *, ids: Collection[str] | None = None, article_ids: Collection[str] | None = None
) -> list[Claim]:
    """Return claims in reading order: those with the ids, those of the articles, or all."""
    query = in_order(sa.select(ClaimRow))
    if ids is not None:
        query = query.where(queries.among(session, ClaimRow.id, ids))
    if article_ids is not None:
        query = query.where(queries.among(session, ClaimRow.article_id, article_ids))
    return [claim_of(row) for row in session.scalars(query)]


def in_order(query: sa.Select[Any]) -> sa.Select[Any]:
    """Return the query with its claims in order: by the time of the article, then as one reads it."""
    joined = query.join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
    return joined.order_by(ArticleRow.dated_at, ClaimRow.article_id, ClaimRow.start, ClaimRow.id)


def load_provenance(session: Session, claim_ids: Collection[str]) -> dict[str, Provenance]:
    """Return for each claim what found it, in which version, in which run, and when that run began."""
    known = (ClaimRow.id, ClaimRow.component, ClaimRow.component_version, ClaimRow.run_id, RunRow.started_at)
    query = sa.select(*known).outerjoin(RunRow, RunRow.id == ClaimRow.run_id)
    rows = session.execute(query.where(queries.among(session, ClaimRow.id, claim_ids)))
    return {
        row.id: Provenance(
            component=row.component, version=row.component_version, run_id=row.run_id, run_started_at=row.started_at
        )
        for row in rows
    }


def find_uncompared(session: Session, version: str, limit: int | None = None) -> list[Claim]:
    """Return the claims that this version of the comparison has not handled, the first ones in reading order."""
    query = in_order(sa.select(ClaimRow)).where(waits_for(version)).limit(limit)
    return [claim_of(row) for row in session.scalars(query)]


def find_uncompared_ids(session: Session, version: str) -> set[str]:
    """Return the ids of all claims that this version of the comparison has not handled."""
    return set(session.scalars(sa.select(ClaimRow.id).where(waits_for(version))))


def waits_for(version: str) -> sa.ColumnElement[bool]:
    """Return the condition that another version, or none, has compared the claim; unlike !=, an index serves it."""
    done = ClaimRow.compared_with
    return sa.or_(done.is_(None), done < version, done > version)


def save_embeddings(session: Session, embeddings: Mapping[str, bytes], model: str) -> None:
    """Keep the vector of each claim, and which model made it."""
    statement = sa.update(ClaimRow).where(ClaimRow.id == sa.bindparam("claim"))
    rows = [{"claim": claim_id, "vector": embeddings[claim_id]} for claim_id in sorted(embeddings)]
    queries.write(session, statement.values(embedding=sa.bindparam("vector"), embedding_model=model), rows)


def load_embeddings(session: Session, claim_ids: Collection[str], model: str) -> dict[str, bytes]:
    """Return the vectors that this model made for the claims, where there are any."""
    query = sa.select(ClaimRow.id, ClaimRow.embedding).where(
        queries.among(session, ClaimRow.id, claim_ids), ClaimRow.embedding_model == model
    )
    return {claim_id: vector for claim_id, vector in session.execute(query) if vector is not None}
