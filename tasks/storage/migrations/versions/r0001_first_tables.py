"""The first tables.

A migration is a picture of its day: it names plain column types and imports nothing of ours that may change. The names
of keys follow the naming rule of the tables, which Alembic applies.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision: str | None = None

KIND = sa.String(40)
TIME = sa.DateTime(timezone=True)
WITH_URL = sa.text("url_key <> ''")
TABLES = (  # each stands after those that it points at
    "runs",
    "articles",
    "run_articles",
    "run_set_asides",
    "article_shingles",
    "claims",
    "claim_parties",
    "relations",
    "findings",
    "finding_members",
    "finding_pairs",
    "finding_aliases",
)


def upgrade() -> None:
    make_runs()
    make_articles()
    make_sightings()
    make_claims()
    make_claim_parties()
    make_relations()
    make_findings()
    make_finding_parts()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def required(kind: Any, *names: str) -> list[SchemaItem]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def owned_by(target: str, *columns: str) -> SchemaItem:
    referred = ["id"] if len(columns) == 1 else list(columns)
    return sa.ForeignKeyConstraint(columns, [f"{target}.{column}" for column in referred], ondelete="CASCADE")


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def make_runs() -> None:
    op.create_table(
        "runs",
        *required(sa.Text, "id", "flow", "status"),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        sa.Column("details", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    index("runs", "started_at")


def make_articles() -> None:
    op.create_table(
        "articles",
        *required(sa.Text, "id", "url", "url_key", "path", "outlet", "title", "language", "sha256", "text"),
        *required(sa.Text, "copy_of", "component", "component_version"),
        *required(sa.Integer, "version", "shingle_count"),
        *required(sa.JSON, "headings", "residue"),
        *required(TIME, "retrieved_at", "dated_at"),
        *required(KIND, "date_source"),
        sa.Column("published_at", TIME),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("uq_articles_url_key_version"),
        "articles",
        ["url_key", "version"],
        unique=True,
        sqlite_where=WITH_URL,
        postgresql_where=WITH_URL,
    )
    index("articles", "dated_at")
    index("articles", "copy_of")


def make_sightings() -> None:
    op.create_table(
        "run_articles",
        *required(sa.Text, "run_id", "article_id"),
        owned_by("runs", "run_id"),
        owned_by("articles", "article_id"),
        sa.PrimaryKeyConstraint("run_id", "article_id"),
    )
    index("run_articles", "article_id")
    op.create_table(
        "run_set_asides",
        *required(sa.Text, "run_id", "id", "name", "detail", "sha256"),
        *required(KIND, "reason"),
        owned_by("runs", "run_id"),
        sa.PrimaryKeyConstraint("run_id", "id"),
    )


def make_claims() -> None:
    op.create_table(
        "claims",
        *required(sa.Text, "id", "article_id", "parent", "rule", "component", "component_version", "run_id"),
        *required(KIND, "voice", "speech", "act", "position", "certainty"),
        *required(sa.JSON, "source", "entities", "cue", "content", "basis", "via", "proposition"),
        *required(sa.Boolean, "resolved", "distanced"),
        *required(sa.Integer, "start"),
        *required(sa.Float, "confidence"),
        sa.Column("said_at", TIME),
        sa.Column("embedding", sa.LargeBinary),
        sa.Column("embedding_model", sa.Text),
        sa.Column("compared_with", sa.Text),
        owned_by("articles", "article_id"),
        sa.PrimaryKeyConstraint("id"),
    )
    index("claims", "article_id")
    index("claims", "compared_with")


def make_claim_parties() -> None:
    op.create_table(
        "claim_parties",
        *required(sa.Text, "claim_id", "entity_id", "role"),
        *required(TIME, "dated_at"),
        owned_by("claims", "claim_id"),
        sa.PrimaryKeyConstraint("claim_id", "entity_id", "role"),
        sqlite_with_rowid=False,
    )
    index("claim_parties", "entity_id", "dated_at")
    op.create_table(
        "article_shingles",
        *required(sa.Text, "article_id"),
        sa.Column("hash", sa.BigInteger, nullable=False, autoincrement=False),
        owned_by("articles", "article_id"),
        sa.PrimaryKeyConstraint("article_id", "hash"),
        sqlite_with_rowid=False,
    )
    index("article_shingles", "hash")


def make_relations() -> None:
    op.create_table(
        "relations",
        *required(sa.Text, "left_id", "right_id", "version"),
        *required(KIND, "relation", "kind"),
        *required(sa.Float, "confidence"),
        *required(sa.JSON, "reasons"),
        owned_by("claims", "left_id"),
        owned_by("claims", "right_id"),
        sa.PrimaryKeyConstraint("left_id", "right_id"),
    )
    index("relations", "right_id")


def make_findings() -> None:
    op.create_table(
        "findings",
        *required(sa.Text, "id", "statement"),
        *required(KIND, "status"),
        *required(TIME, "first_seen", "last_seen"),
        *required(sa.JSON, "origins"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "finding_aliases",
        *required(sa.Text, "alias", "finding_id"),
        sa.PrimaryKeyConstraint("alias"),
    )
    index("finding_aliases", "finding_id")


def make_finding_parts() -> None:
    op.create_table(
        "finding_members",
        *required(sa.Text, "finding_id", "claim_id"),
        *required(KIND, "side"),
        *required(sa.Integer, "place"),
        owned_by("findings", "finding_id"),
        owned_by("claims", "claim_id"),
        sa.PrimaryKeyConstraint("finding_id", "claim_id"),
    )
    index("finding_members", "claim_id")
    op.create_table(
        "finding_pairs",
        *required(sa.Text, "finding_id", "left_id", "right_id"),
        *required(sa.Integer, "place"),
        owned_by("findings", "finding_id"),
        owned_by("relations", "left_id", "right_id"),
        sa.PrimaryKeyConstraint("finding_id", "left_id", "right_id"),
    )
    index("finding_pairs", "left_id", "right_id")
