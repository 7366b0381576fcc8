"""Attachments of articles: files at their addresses, how they are asked for, and which article attaches which.

`upgrade` is a list: a migration writes out each table as it was on its day, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create three tables, empty: `danvan replay` finds what pages captured before attach."""
    op.create_table(
        "attachment",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("url_key", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("capture_id", ROW_ID, nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("payload_digest", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("text_method", sa.String(), nullable=True),
        sa.Column("text_problem", sa.String(), nullable=True),
        sa.Column("first_seen", sa.String(), nullable=False),
        sa.Column("last_seen", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="fk_attachment_capture_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sa.UniqueConstraint("url_key", name="uq_attachment_url_key"),
    )
    op.create_table(
        "attachment_fetch",
        sa.Column("attachment_id", ROW_ID, nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("skipped", sa.String(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name="fk_attachment_fetch_attachment_id"),
        sa.PrimaryKeyConstraint("attachment_id", name="pk_attachment_fetch"),
    )
    op.create_index("ix_attachment_fetch_due", "attachment_fetch", ["portal", "not_before"], unique=False)
    op.create_table(
        "article_attachment",
        sa.Column("article_id", ROW_ID, nullable=False),
        sa.Column("attachment_id", ROW_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("gone_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_attachment_article_id"),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name="fk_article_attachment_attachment_id"),
        sa.PrimaryKeyConstraint("article_id", "attachment_id", name="pk_article_attachment"),
    )
    op.create_index("ix_article_attachment_attachment_id", "article_attachment", ["attachment_id"], unique=False)


def downgrade() -> None:
    """Drop the three tables."""
    for table in ("article_attachment", "attachment_fetch", "attachment"):
        op.drop_table(table)
