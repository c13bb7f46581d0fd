"""How findings stood when a run last ended, and what each run found otherwise.

What stands in the database already is noted as known, so that the next run does not call all of it new.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"

AT_ONCE = 1_000
WORDS = ("sources", "outlets")
MEMBERS = """SELECT findings.id, findings.statement, findings.status, claims.entities, claims.resolved, claims.voice,
    articles.outlet FROM findings JOIN finding_members ON finding_members.finding_id = findings.id
    JOIN claims ON claims.id = finding_members.claim_id JOIN articles ON articles.id = claims.article_id
    ORDER BY findings.id"""


def upgrade() -> None:
    standings = op.create_table(
        "finding_standings",
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in WORDS),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_finding_standings")),
    )
    op.create_table(
        "run_changes",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("change", sa.String(40), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("words", "before", "after")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in WORDS),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_changes_run_id_runs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "subject", name=op.f("pk_run_changes")),
    )
    op.add_column("runs", sa.Column("compared_with", sa.Text(), nullable=True))
    found = list(standing_now())
    for start in range(0, len(found), AT_ONCE):
        op.bulk_insert(standings, found[start : start + AT_ONCE])


def downgrade() -> None:
    op.drop_column("runs", "compared_with")
    op.drop_table("run_changes")
    op.drop_table("finding_standings")


def standing_now() -> Iterator[dict[str, object]]:
    rows: dict[str, list[Mapping[str, object]]] = {}
    for row in op.get_bind().execute(sa.text(MEMBERS)).mappings():
        rows.setdefault(str(row["id"]), []).append(dict(row))
    for finding_id, held in rows.items():
        yield {
            "finding_id": finding_id,
            "statement": held[0]["statement"],
            "status": held[0]["status"],
            "sources": sorted(set(names_in(held))),
            "outlets": sorted({str(row["outlet"]) for row in held} - {""}),
        }


def names_in(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield who speaks, as `tasks.storage.changes` names them: the one person, else the first of all."""
    for row in rows:
        told = row["entities"]
        entities = json.loads(told) if isinstance(told, str) else told
        if row["resolved"] and row["voice"] == "source" and isinstance(entities, list) and entities:
            people = [name for _, name, kind in entities if kind == "person"]
            yield people[0] if len(people) == 1 else entities[0][1]
