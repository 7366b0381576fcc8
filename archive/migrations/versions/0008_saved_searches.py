"""Searches that people saved.

`upgrade` is a list: a migration writes out each table as it was on its day, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "saved_search",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("cursor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_saved_search"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("saved_search")
