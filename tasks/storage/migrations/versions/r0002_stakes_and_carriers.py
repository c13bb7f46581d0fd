"""What a source has to do with the matter, what each outlet brings, and how the count of origins comes about.

Findings that are stored already keep what they have: nobody's stake is known until they are built again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"

KIND = sa.String(40)
NEW = {
    "finding_members": (("stake", KIND, "unknown"), ("stake_reason", sa.Text(), "")),
    "findings": (("carriers", sa.JSON(), "[]"), ("reckoning", sa.Text(), "")),
}


def upgrade() -> None:
    for table, added in NEW.items():
        for name, kind, default in added:
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))


def downgrade() -> None:
    for table, added in NEW.items():
        for name, _, _ in added:
            op.drop_column(table, name)
