"""The tables, as typed classes; columns keep the frozen types of `tasks.model` by `columns.py`."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tasks.model.article import DateSource, FieldNote, SetAsideReason, Span
from tasks.model.claim import Act, Certainty, Entity, Position, Proposition, Speech, Voice
from tasks.model.finding import Carrier, Kind, Origin, Relation, Side, Stake, Status
from tasks.storage import columns

WITHOUT_ROWID: Final = {"sqlite_with_rowid": False}  # the key is the whole row: half the space on SQLite


def values_of(kinds: type[StrEnum]) -> list[str]:
    """Return what the database keeps of an enum: the values that exports show, not Python's names."""
    return [kind.value for kind in kinds]


def owned_by(column: str, *, indexed: bool = False) -> Any:
    """Return a column of the primary key that points at another table and goes when its target goes."""
    return mapped_column(sa.ForeignKey(column, ondelete="CASCADE"), primary_key=True, index=indexed)


class Base(DeclarativeBase):
    """The root of the tables: one naming rule for constraints, one column type per kind of value."""

    metadata = sa.MetaData(
        naming_convention={  # without names, SQLite cannot change a constraint later
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: sa.Text(),
        datetime: columns.UTCDateTime(),
        # Plain text, checked by Python: a database type of its own would need a migration for each new kind.
        StrEnum: sa.Enum(StrEnum, native_enum=False, create_constraint=False, length=40, values_callable=values_of),
        dict[str, str]: sa.JSON(),
        dict[str, Any]: sa.JSON(none_as_null=True),
        tuple[Span, ...]: columns.SPANS,
        tuple[Entity, ...]: columns.ENTITIES,
        tuple[Origin, ...]: columns.ORIGINS,
        tuple[Carrier, ...]: columns.CARRIERS,
        tuple[str, ...]: columns.STRINGS,
        tuple[FieldNote, ...]: columns.NOTES,
        Proposition: columns.PROPOSITION,
    }


class RunRow(Base):
    """One run of one flow."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(primary_key=True)
    flow: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    status: Mapped[str]
    details: Mapped[dict[str, str]]
    compared_with: Mapped[str | None]  # when the run before began; "": there was none; None: nothing is noted as new


class ArticleRow(Base):
    """One version of one article, and which version of which component read its claims."""

    __tablename__ = "articles"
    __table_args__ = (
        sa.Index(
            "uq_articles_url_key_version",
            "url_key",
            "version",
            unique=True,
            sqlite_where=sa.text("url_key <> ''"),
            postgresql_where=sa.text("url_key <> ''"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    url_key: Mapped[str]  # a hash: PostgreSQL cannot index a URL of several thousand characters
    path: Mapped[str]
    outlet: Mapped[str]
    title: Mapped[str]
    published_at: Mapped[datetime | None]
    date_source: Mapped[DateSource]
    retrieved_at: Mapped[datetime]
    dated_at: Mapped[datetime] = mapped_column(index=True)  # published, else retrieved: places it in a time window
    language: Mapped[str]
    sha256: Mapped[str]
    text: Mapped[str]
    headings: Mapped[tuple[Span, ...]]
    residue: Mapped[tuple[str, ...]]
    author: Mapped[str]
    site_name: Mapped[str]
    modified_at: Mapped[datetime | None]
    dateline: Mapped[str]
    field_notes: Mapped[tuple[FieldNote, ...]]
    version: Mapped[int]
    superseded: Mapped[bool]  # a newer text of the page is stored: its claims take no part in findings
    copy_of: Mapped[str] = mapped_column(index=True)
    credit: Mapped[str]  # whom the text names as its origin: "(Reuters) - "
    shingle_count: Mapped[int]
    component: Mapped[str]
    component_version: Mapped[str]  # "": its claims are yet to be read


class RunArticleRow(Base):
    """A run saw an article."""

    __tablename__ = "run_articles"

    run_id: Mapped[str] = owned_by("runs.id")
    article_id: Mapped[str] = owned_by("articles.id", indexed=True)


class RunSetAsideRow(Base):
    """A run set an input aside."""

    __tablename__ = "run_set_asides"

    run_id: Mapped[str] = owned_by("runs.id")
    id: Mapped[str] = mapped_column(primary_key=True)  # made from the other columns
    name: Mapped[str]
    reason: Mapped[SetAsideReason]
    detail: Mapped[str]
    sha256: Mapped[str]


class ArticleShingleRow(Base):
    """A hash of a few neighbouring words of an article, by which its copies are found."""

    __tablename__ = "article_shingles"
    __table_args__ = WITHOUT_ROWID

    article_id: Mapped[str] = owned_by("articles.id")
    hash: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False, index=True)


class ClaimRow(Base):
    """One claim, what found it, and how far comparison has come with it."""

    __tablename__ = "claims"

    id: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(sa.ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]  # of the content: puts the claims of an article in reading order
    voice: Mapped[Voice]
    source: Mapped[tuple[Span, ...]]
    entities: Mapped[tuple[Entity, ...]]
    resolved: Mapped[bool]
    cue: Mapped[tuple[Span, ...]]
    content: Mapped[tuple[Span, ...]]
    speech: Mapped[Speech]
    act: Mapped[Act]
    position: Mapped[Position]  # follows from act and proposition; kept for queries
    certainty: Mapped[Certainty]
    proposition: Mapped[Proposition]
    distanced: Mapped[bool]
    basis: Mapped[tuple[Span, ...]]
    via: Mapped[tuple[str, ...]]
    parent: Mapped[str]
    said_at: Mapped[datetime | None]
    confidence: Mapped[float]
    rule: Mapped[str]
    component: Mapped[str]
    component_version: Mapped[str]
    run_id: Mapped[str]  # the run that found it; no foreign key, so that an old run can be purged
    embedding: Mapped[bytes | None]
    embedding_model: Mapped[str | None]
    compared_with: Mapped[str | None] = mapped_column(index=True)  # version of the comparison that has handled it


class ClaimPartyRow(Base):
    """An entity that makes a claim or is spoken of in it, or a word of its name: by these claims find each other."""

    __tablename__ = "claim_parties"
    __table_args__ = (sa.Index(None, "entity_id", "dated_at"), WITHOUT_ROWID)

    claim_id: Mapped[str] = owned_by("claims.id")
    entity_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)  # "source", a Role of the proposition, or "name"
    dated_at: Mapped[datetime]  # of the article: a search in a time window then costs the same, however much is stored


class RelationRow(Base):
    """How two claims stand to each other, by which version of the comparison."""

    __tablename__ = "relations"

    left_id: Mapped[str] = owned_by("claims.id")
    right_id: Mapped[str] = owned_by("claims.id", indexed=True)
    relation: Mapped[Relation]
    kind: Mapped[Kind]
    confidence: Mapped[float]
    reasons: Mapped[tuple[str, ...]]
    kinship: Mapped[float]
    version: Mapped[str]


class FindingRow(Base):
    """One matter; its claims and pairs stand in the two tables below."""

    __tablename__ = "findings"

    id: Mapped[str] = mapped_column(primary_key=True)
    statement: Mapped[str]
    status: Mapped[Status]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    origins: Mapped[tuple[Origin, ...]]
    carriers: Mapped[tuple[Carrier, ...]]
    reckoning: Mapped[str]


class FindingMemberRow(Base):
    """A claim of a finding, its side, and the stake of its source."""

    __tablename__ = "finding_members"

    finding_id: Mapped[str] = owned_by("findings.id")
    claim_id: Mapped[str] = owned_by("claims.id", indexed=True)
    side: Mapped[Side]
    stake: Mapped[Stake]
    stake_reason: Mapped[str]
    place: Mapped[int]  # keeps the order that comparison gave


class FindingPairRow(Base):
    """A relation that a finding shows."""

    __tablename__ = "finding_pairs"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["left_id", "right_id"], ["relations.left_id", "relations.right_id"], ondelete="CASCADE"
        ),
        sa.Index(None, "left_id", "right_id"),
    )

    finding_id: Mapped[str] = owned_by("findings.id")
    left_id: Mapped[str] = mapped_column(primary_key=True)
    right_id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]


class FindingAliasRow(Base):
    """The id of a finding that went into another one; no foreign key, since findings are replaced as wholes."""

    __tablename__ = "finding_aliases"

    alias: Mapped[str] = mapped_column(primary_key=True)
    finding_id: Mapped[str] = mapped_column(index=True)
