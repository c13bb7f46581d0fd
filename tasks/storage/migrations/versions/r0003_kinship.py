"""How likely two claims speak of one matter, whatever the relation between them.

Relations that are stored already have none until their claims are compared again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    op.add_column("relations", sa.Column("kinship", sa.Float(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("relations", "kinship")
