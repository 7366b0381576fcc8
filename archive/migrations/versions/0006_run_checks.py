"""What the checks at the end of a run found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add a column; runs before this were not checked."""
    op.add_column("run", sa.Column("checks", JSON, nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("run", "checks")
