"""The frontier, the ledger of links, and what a run says of its failures.

`upgrade` is long because it is a list: a migration writes out each table as it was on its day, whatever the
tables say now.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RUNNING = sa.text("verdict = 'running'")


def upgrade() -> None:
    """Create two tables; of runs before this nothing is known of failures."""
    op.create_table(
        "frontier",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked", JSON, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_id", ROW_ID, nullable=True),
        sa.Column("added_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_frontier"),
        sa.UniqueConstraint("portal", "scope", "key", name="uq_frontier_portal_scope_key"),
    )
    op.create_index(
        "ix_frontier_next", "frontier", ["portal", "scope", "state", sa.text("priority DESC"), "id"], unique=False
    )
    op.create_table(
        "link",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("url_key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("day", sa.String(), nullable=True),
        sa.Column("found_in", sa.String(), nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
        sa.Column("last_seen", sa.String(), nullable=False),
        sa.Column("run_id", ROW_ID, nullable=True),
        sa.Column("skipped", sa.String(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_link_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.UniqueConstraint("portal", "url_key", name="uq_link_portal_url_key"),
    )
    op.create_index("ix_link_due", "link", ["portal", "not_before"], unique=False)
    op.add_column("run", sa.Column("failures", JSON, nullable=True))
    op.add_column("run", sa.Column("not_before", sa.String(), nullable=True))
    op.add_column("run", sa.Column("moved_to", sa.String(), nullable=True))
    op.create_index("uq_run_running", "run", ["portal"], unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("uq_run_running", "run")
    for name in ("moved_to", "not_before", "failures"):
        op.drop_column("run", name)
    op.drop_table("link")
    op.drop_table("frontier")
