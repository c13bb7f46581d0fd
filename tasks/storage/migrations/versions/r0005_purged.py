"""Which articles were purged: a file that still lies in the inbox is not taken for a new one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    op.create_table(
        "purged_articles",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id"),
    )


def downgrade() -> None:
    op.drop_table("purged_articles")
