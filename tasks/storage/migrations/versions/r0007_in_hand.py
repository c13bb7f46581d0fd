"""Which articles a process is extracting right now, so that one that ends its process is known by the next."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    op.create_table(
        "articles_in_hand",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_articles_in_hand")),
    )


def downgrade() -> None:
    op.drop_table("articles_in_hand")
