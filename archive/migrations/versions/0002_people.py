"""People across articles: persons, whom a version's officials are, and the log of merges and splits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the three tables; articles of before are assigned by `danvan init`."""
    op.create_table(
        "person",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("merged_into", ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(["merged_into"], ["person.id"], name="fk_person_merged_into"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_name_key", "person", ["name_key", "province"], unique=False)
    op.create_table(
        "person_mention",
        sa.Column("version_id", ROW_ID, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_person_mention_version_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_mention_person_id"),
        sa.PrimaryKeyConstraint("version_id", "person", name="pk_person_mention"),
    )
    op.create_index("ix_person_mention_person_id", "person_mention", ["person_id"], unique=False)
    op.create_table(
        "person_log",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("other_id", ROW_ID, nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person_log"),
    )


def downgrade() -> None:
    """Drop the three tables."""
    for table in ("person_log", "person_mention", "person"):
        op.drop_table(table)
