"""History: moves of articles; signatures, pairs and clusters of texts.

`upgrade` is long because it is a list: a migration writes out each table as it was on its day, whatever the
tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create four tables; texts that are there already are signed by `danvan init` and `danvan clusters update`."""
    op.create_table(
        "move",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("article_id", ROW_ID, nullable=False),
        sa.Column("to_url", sa.String(), nullable=False),
        sa.Column("to_key", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("capture_id", ROW_ID, nullable=True),
        sa.Column("resemblance", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_move_article_id"),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="fk_move_capture_id"),
        sa.PrimaryKeyConstraint("id", name="pk_move"),
    )
    op.create_index("ix_move_article_id", "move", ["article_id"], unique=False)
    op.create_index("ix_move_to_key", "move", ["to_key"], unique=False)
    op.create_table(
        "text_signature",
        sa.Column("article_id", ROW_ID, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("shingles", sa.Integer(), nullable=False),
        sa.Column("is_compared", sa.Boolean(), nullable=False),
        sa.Column("cluster_id", ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_text_signature_article_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_text_signature"),
    )
    op.create_index("ix_text_signature_cluster_id", "text_signature", ["cluster_id"], unique=False)
    op.create_table(
        "text_band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("article_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_text_band_article_id"),
        sa.PrimaryKeyConstraint("band", "article_id", name="pk_text_band"),
    )
    op.create_index("ix_text_band_article_id", "text_band", ["article_id"], unique=False)
    op.create_table(
        "near_duplicate",
        sa.Column("article_id", ROW_ID, nullable=False),
        sa.Column("other_id", ROW_ID, nullable=False),
        sa.Column("resemblance", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_near_duplicate_article_id"),
        sa.ForeignKeyConstraint(["other_id"], ["article.id"], name="fk_near_duplicate_other_id"),
        sa.PrimaryKeyConstraint("article_id", "other_id", name="pk_near_duplicate"),
    )
    op.create_index("ix_near_duplicate_other_id", "near_duplicate", ["other_id"], unique=False)


def downgrade() -> None:
    """Drop the four tables."""
    for table in ("near_duplicate", "text_band", "text_signature", "move"):
        op.drop_table(table)
