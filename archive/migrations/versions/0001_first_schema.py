"""The first schema: portals, runs, the capture ledger, articles with versions and mentions, the change feed.

`upgrade` is long because it is a list: a migration writes out each table as it was on its day, whatever
models.py says now.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "change", "document_mention", "figure_mention", "official_mention", "locality_mention",
    "version_capture", "version", "article", "capture", "run", "portal",
)  # fmt: skip


def upgrade() -> None:
    """Create every table; one long list, since a migration is a record and is not edited again."""
    op.create_table(
        "portal",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("hosts", JSON, nullable=False),
        sa.Column("successor", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_portal"),
    )
    op.create_table(
        "run",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("heartbeat_at", sa.String(), nullable=False),
        sa.Column("finished_at", sa.String(), nullable=True),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("rejected", JSON, nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_portal", "run", ["portal"], unique=False)
    op.create_table(
        "article",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("url_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
        sa.Column("last_seen", sa.String(), nullable=False),
        sa.Column("removed_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["portal"], ["portal.key"], name="fk_article_portal"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("url_key", name="uq_article_url_key"),
    )
    op.create_index("ix_article_portal", "article", ["portal"], unique=False)
    op.create_table(
        "capture",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=True),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("url_key", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=True),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("payload_digest", sa.String(), nullable=False),
        sa.Column("warc_file", sa.String(), nullable=False),
        sa.Column("warc_offset", sa.BigInteger(), nullable=False),
        sa.Column("warc_length", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("is_revisit", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_capture_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_capture"),
    )
    op.create_index("ix_capture_payload_digest", "capture", ["payload_digest"], unique=False)
    op.create_index("ix_capture_run_id", "capture", ["run_id"], unique=False)
    op.create_index("ix_capture_url_key_id", "capture", ["url_key", "id"], unique=False)
    op.create_table(
        "change",
        sa.Column("seq", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("tx", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("article_id", ROW_ID, nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_change_article_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_change"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "version",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("article_id", ROW_ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
        sa.Column("last_seen", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("sapo", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("captions", JSON, nullable=False),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("published_day", sa.String(), nullable=True),
        sa.Column("published_source", sa.String(), nullable=True),
        sa.Column("published_printed", sa.String(), nullable=True),
        sa.Column("modified", sa.String(), nullable=True),
        sa.Column("canonical_url", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("family", sa.String(), nullable=True),
        sa.Column("encoding", sa.String(), nullable=True),
        sa.Column("method", JSON, nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("relevance_score", sa.Double(), nullable=False),
        sa.Column("relevance_verdict", sa.Boolean(), nullable=False),
        sa.Column("relevance_evidence", JSON, nullable=False),
        sa.Column("primary_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_version_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint("article_id", "number", name="uq_version_article_id_number"),
    )
    op.create_index("ix_version_published_day", "version", ["published_day"], unique=False)
    op.create_table(
        "document_mention",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("version_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("cited_as", sa.String(), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_document_mention_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document_mention"),
    )
    op.create_index("ix_document_mention_number", "document_mention", ["number"], unique=False)
    op.create_index("ix_document_mention_version_id", "document_mention", ["version_id"], unique=False)
    op.create_table(
        "figure_mention",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("version_id", ROW_ID, nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("of", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("locality", sa.String(), nullable=True),
        sa.Column("cited_as", sa.String(), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_figure_mention_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_figure_mention"),
    )
    op.create_index("ix_figure_mention_version_id", "figure_mention", ["version_id"], unique=False)
    op.create_table(
        "locality_mention",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("version_id", ROW_ID, nullable=False),
        sa.Column("unit_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("cited_as", sa.String(), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("valid_from", sa.String(), nullable=True),
        sa.Column("valid_to", sa.String(), nullable=True),
        sa.Column("today", JSON, nullable=False),
        sa.Column("former", sa.Boolean(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_locality_mention_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_locality_mention"),
    )
    op.create_index("ix_locality_mention_unit_id", "locality_mention", ["unit_id"], unique=False)
    op.create_index("ix_locality_mention_version_id", "locality_mention", ["version_id"], unique=False)
    op.create_table(
        "official_mention",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("version_id", ROW_ID, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("printed", sa.String(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("locality", sa.String(), nullable=True),
        sa.Column("former", sa.Boolean(), nullable=False),
        sa.Column("cited_as", JSON, nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_official_mention_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_official_mention"),
    )
    op.create_index("ix_official_mention_name_key", "official_mention", ["name_key"], unique=False)
    op.create_index("ix_official_mention_version_id", "official_mention", ["version_id"], unique=False)
    op.create_table(
        "version_capture",
        sa.Column("version_id", ROW_ID, nullable=False),
        sa.Column("capture_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="fk_version_capture_capture_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_version_capture_version_id"),
        sa.PrimaryKeyConstraint("version_id", "capture_id", name="pk_version_capture"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE change ALTER COLUMN tx SET DEFAULT (pg_current_xact_id()::text)::bigint")


def downgrade() -> None:
    """Drop everything."""
    for table in TABLES:
        op.drop_table(table)
