"""What is told once: notices, the claims by which they are known again, and how often an outlet failed in a row.

Conflicts and changed positions that stand in the database already are noted as well, but are only told together.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"

TIME = sa.DateTime(timezone=True)
DISPUTED = """SELECT finding_id, claim_id FROM finding_members JOIN findings ON findings.id = finding_id
    WHERE status = 'disputed' AND side IN ('for', 'against')"""
SHIFTED = """SELECT finding_pairs.finding_id, claim_id FROM finding_pairs
    JOIN relations ON relations.left_id = finding_pairs.left_id AND relations.right_id = finding_pairs.right_id
    JOIN finding_members ON finding_members.finding_id = finding_pairs.finding_id
    WHERE kind = 'shift' AND side IN ('for', 'against')
    AND claim_id IN (finding_pairs.left_id, finding_pairs.right_id)"""


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("matter", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("noticed_at", TIME, nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("told_in", sa.Text(), nullable=False),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("told_at", TIME, nullable=True),
    )
    op.create_index(op.f("ix_notices_told_at"), "notices", ["told_at"])
    op.create_table(
        "noticed_claims",
        sa.Column("claim_id", sa.Text(), primary_key=True),
        sa.Column("matter", sa.String(40), primary_key=True),
        sa.Column("notice_id", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_noticed_claims_notice_id"), "noticed_claims", ["notice_id"])
    op.add_column("outlet_health", sa.Column("failing_runs", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outlet_health", sa.Column("troubled_at", TIME, nullable=True))
    note_what_stands()


def downgrade() -> None:
    op.drop_column("outlet_health", "troubled_at")
    op.drop_column("outlet_health", "failing_runs")
    op.drop_table("noticed_claims")
    op.drop_table("notices")


def note_what_stands() -> None:
    now = datetime.now(UTC)
    for matter, query in (("rashomon.conflict.found", DISPUTED), ("rashomon.position.reversed", SHIFTED)):
        claims: dict[str, set[str]] = {}
        for finding_id, claim_id in op.get_bind().execute(sa.text(query)):
            claims.setdefault(finding_id, set()).add(claim_id)
        ids = {finding_id: str(uuid4()) for finding_id in claims}
        notices = [
            {"id": ids[key], "matter": matter, "subject": key, "noticed_at": now, "alone": False, "told_in": ""}
            for key in claims
        ]
        marks = {(claim_id, matter): ids[key] for key, held in claims.items() for claim_id in held}
        write("notices", notices)
        rows = [{"claim_id": claim_id, "matter": name, "notice_id": key} for (claim_id, name), key in marks.items()]
        write("noticed_claims", rows)


def write(name: str, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        columns = [sa.column(key, TIME if key == "noticed_at" else None) for key in rows[0]]
        op.bulk_insert(sa.table(name, *columns), [dict(row) for row in rows])
