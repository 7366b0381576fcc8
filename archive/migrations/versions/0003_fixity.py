"""Fixity: digests of closed WARC files, seals of rows, and the log of checks.

`upgrade` is long because it is a list: a migration writes out each table as it was on its day, whatever
models.py says now.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the four tables; what is there already is sealed by the first `danvan verify`."""
    op.create_index("ix_capture_warc_file", "capture", ["warc_file", "warc_offset"], unique=False)
    op.create_table(
        "warc_file",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("checked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_warc_file"),
    )
    op.create_table(
        "seal",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seal"),
    )
    op.create_index("ix_seal_row", "seal", ["of", "row", "id"], unique=False)
    op.create_table(
        "fixity_run",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("finished_at", sa.String(), nullable=True),
        sa.Column("scope", JSON, nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fixity_run"),
    )
    op.create_table(
        "fixity_finding",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_damage", sa.Boolean(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("offset", sa.BigInteger(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("row", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("advice", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["fixity_run.id"], name="fk_fixity_finding_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fixity_finding"),
    )
    op.create_index("ix_fixity_finding_run_id", "fixity_finding", ["run_id"], unique=False)


def downgrade() -> None:
    """Drop the four tables."""
    for table in ("fixity_finding", "fixity_run", "seal", "warc_file"):
        op.drop_table(table)
    op.drop_index("ix_capture_warc_file", "capture")
