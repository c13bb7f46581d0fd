"""What articles were read from, what feeds have shown, how outlets do, and versions: only the newest text counts.

The claims of older texts leave the comparison. Findings keep their other claims, which are compared again by the next
run. Nothing else of what is stored changes; bytes are kept for what is read from now on.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0004"
down_revision: str | None = "0003"

TIME = sa.DateTime(timezone=True)
TABLES = ("raw_bytes", "article_captures", "feeds", "feed_entries", "outlet_health")
TEXTS = ("author", "site_name", "dateline", "credit")
TRUE = {"sqlite": "1", "postgresql": "TRUE"}
NEWER = """SELECT 1 FROM articles AS newer WHERE newer.url_key = articles.url_key AND newer.url_key <> ''
    AND newer.version > articles.version"""
OLDER = "SELECT claims.id FROM claims JOIN articles ON articles.id = claims.article_id WHERE articles.superseded"
TOUCHED = f"SELECT finding_id FROM finding_members WHERE claim_id IN ({OLDER})"  # noqa: S608  (no value comes from outside)


def upgrade() -> None:
    op.add_column("articles", sa.Column("superseded", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in TEXTS:
        op.add_column("articles", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("articles", sa.Column("modified_at", TIME, nullable=True))
    op.add_column("articles", sa.Column("field_notes", sa.JSON(), nullable=False, server_default="[]"))
    make_evidence()
    make_feeds()
    make_health()
    retire_older_versions()


def downgrade() -> None:
    op.execute("UPDATE claims SET compared_with = NULL WHERE article_id IN (SELECT id FROM articles WHERE superseded)")
    for name in ("superseded", *TEXTS, "modified_at", "field_notes"):
        op.drop_column("articles", name)
    for table in reversed(TABLES):
        op.drop_table(table)


def required(kind: Any, *names: str) -> list[SchemaItem]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def make_evidence() -> None:
    op.create_table(
        "raw_bytes",
        *required(sa.Text(), "sha256"),
        *required(sa.Integer(), "size"),
        *required(sa.LargeBinary(), "packed"),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "article_captures",
        *required(sa.Text(), "article_id", "sha256"),
        *required(sa.Integer(), "size"),
        *required(TIME, "fetched_at"),
        *required(sa.Text(), "parser", "url_final"),
        *required(sa.Integer(), "status"),
        *required(sa.JSON(), "headers"),
        sa.PrimaryKeyConstraint("article_id"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_article_captures_sha256"), "article_captures", ["sha256"])


def make_feeds() -> None:
    op.create_table(
        "feeds", *required(sa.Text(), "id", "url", "etag", "last_modified", "sha256"), sa.PrimaryKeyConstraint("id")
    )
    op.create_table(
        "feed_entries",
        *required(sa.Text(), "feed_id", "key", "stamp"),
        *required(TIME, "seen_at"),
        sa.Column("said", sa.JSON(), nullable=True),
        sa.Column("due_at", TIME, nullable=True),
        *required(sa.Integer(), "tries"),
        *required(sa.Text(), "reason"),
        sa.PrimaryKeyConstraint("feed_id", "key"),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_feed_entries_key"), "feed_entries", ["key"])
    op.create_index(op.f("ix_feed_entries_due_at"), "feed_entries", ["due_at"])


def make_health() -> None:
    op.create_table(
        "outlet_health",
        *required(sa.Text(), "id", "name", "host"),
        *required(sa.Integer(), "fetched", "failed", "empty", "other"),
        *required(sa.BigInteger(), "characters"),
        sa.Column("last_success_at", TIME, nullable=True),
        sa.Column("last_failure_at", TIME, nullable=True),
        *required(sa.Text(), "last_reason"),
        sa.PrimaryKeyConstraint("id"),
    )


def retire_older_versions() -> None:
    """Take the claims of older texts out of relations and findings; their fellows are compared again."""
    op.execute(f"UPDATE articles SET superseded = {TRUE[op.get_bind().dialect.name]} WHERE EXISTS ({NEWER})")  # noqa: S608
    op.execute(
        f"UPDATE claims SET compared_with = NULL WHERE id IN "  # noqa: S608
        f"(SELECT claim_id FROM finding_members WHERE finding_id IN ({TOUCHED}))"
    )
    op.execute(
        f"DELETE FROM finding_pairs WHERE left_id IN ({OLDER}) OR right_id IN ({OLDER})"  # noqa: S608
    )  # SQLite's foreign keys are off while tables change
    op.execute(f"DELETE FROM relations WHERE left_id IN ({OLDER}) OR right_id IN ({OLDER})")  # noqa: S608
    op.execute(f"DELETE FROM finding_members WHERE claim_id IN ({OLDER})")  # noqa: S608
    op.execute("DELETE FROM findings WHERE id NOT IN (SELECT finding_id FROM finding_members)")
