"""The archive's tables. The data dictionary is in README.md; consumers read the `v1_*` views, never these.

Times are UTC ISO text with seconds ("2024-07-10T04:43:00+00:00"), days are local ISO text: both sort as they
read, on SQLite and on PostgreSQL. Rows are only added or given an earlier `first_seen` or a later `last_seen`; only
archive.past.readings writes a version's text and mentions anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, MetaData, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Json = JSON().with_variant(JSONB(), "postgresql")
_RUNNING = text("verdict = 'running'")
RowId = BigInteger().with_variant(Integer(), "sqlite")  # SQLite's rowid must be INTEGER


class Base(DeclarativeBase):
    # Named constraints: Alembic's batch mode on SQLite cannot alter nameless ones.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dict[str, Any]: Json, list[Any]: Json, int: BigInteger}


class PortalRow(Base):
    """A portal as search and consumers know it."""

    __tablename__ = "portal"
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    province: Mapped[str | None]
    district: Mapped[str | None]
    hosts: Mapped[list[Any]]
    successor: Mapped[str | None]


class RunRow(Base):
    """One crawl of one portal: a lease while it runs, a report for ever."""

    __tablename__ = "run"
    __table_args__ = (  # two processes that take a portal at once: the database lets one of them
        Index("uq_run_running", "portal", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    portal: Mapped[str] = mapped_column(index=True)
    scope: Mapped[str]
    is_full: Mapped[bool]  # walked without a date range or a maximum of articles
    started_at: Mapped[str]
    heartbeat_at: Mapped[str]
    finished_at: Mapped[str | None]
    process: Mapped[str]  # host:pid
    verdict: Mapped[str]
    counts: Mapped[dict[str, Any]]
    rejected: Mapped[dict[str, Any]]
    detail: Mapped[str | None]
    failures: Mapped[dict[str, Any] | None]  # kind → times
    not_before: Mapped[str | None]  # the portal asked for patience until then
    moved_to: Mapped[str | None]  # the host its lists lead to now
    checks: Mapped[list[Any] | None]  # what the checks at its end found


class CaptureRow(Base):
    """The ledger: every response captured, what it was taken for, and why it is no article if it is none."""

    __tablename__ = "capture"
    __table_args__ = (
        Index("ix_capture_url_key_id", "url_key", "id"),
        Index("ix_capture_warc_file", "warc_file", "warc_offset"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    run_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("run.id"), index=True)
    portal: Mapped[str]
    url: Mapped[str]
    url_key: Mapped[str]
    fetched_at: Mapped[str]
    status: Mapped[int] = mapped_column(Integer)
    content_type: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    payload_digest: Mapped[str] = mapped_column(index=True)
    warc_file: Mapped[str]
    warc_offset: Mapped[int]
    warc_length: Mapped[int]
    record_id: Mapped[str]
    is_revisit: Mapped[bool]
    kind: Mapped[str]  # discovery | article | one of PageKind | failed
    reason: Mapped[str | None]
    score: Mapped[float | None]  # relevance, where it was read as an article


class ArticleRow(Base):
    """An article: an address on a portal. What it says is in its versions."""

    __tablename__ = "article"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    portal: Mapped[str] = mapped_column(ForeignKey("portal.key"), index=True)
    url: Mapped[str]
    url_key: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(Integer)
    first_seen: Mapped[str]
    last_seen: Mapped[str]
    removed_at: Mapped[str | None]


class VersionRow(Base):
    """A text an article has had, with its description."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("article_id", "number"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    article_id: Mapped[int] = mapped_column(RowId, ForeignKey("article.id"))
    number: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str]
    first_seen: Mapped[str]
    last_seen: Mapped[str]
    title: Mapped[str | None]
    sapo: Mapped[str | None]
    body: Mapped[str]
    captions: Mapped[list[Any]]
    authors: Mapped[list[Any]]
    tags: Mapped[list[Any]]
    section: Mapped[str | None]
    published: Mapped[str | None]  # ISO, local zone, day or minute precision
    published_day: Mapped[str | None] = mapped_column(index=True)
    published_source: Mapped[str | None]
    published_printed: Mapped[str | None]
    modified: Mapped[str | None]
    canonical_url: Mapped[str | None]
    language: Mapped[str | None]
    family: Mapped[str | None]
    encoding: Mapped[str | None]
    method: Mapped[dict[str, Any]]
    topic: Mapped[str]
    relevance_score: Mapped[float]
    relevance_verdict: Mapped[bool]
    relevance_evidence: Mapped[list[Any]]
    primary_reason: Mapped[str | None]


class VersionCaptureRow(Base):
    """Which captures show which version."""

    __tablename__ = "version_capture"
    version_id: Mapped[int] = mapped_column(RowId, ForeignKey("version.id"), primary_key=True)
    capture_id: Mapped[int] = mapped_column(RowId, ForeignKey("capture.id"), primary_key=True)


class LocalityRow(Base):
    """One place one version names; `unit_id` is the gazetteer's id as of the article's date."""

    __tablename__ = "locality_mention"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    version_id: Mapped[int] = mapped_column(RowId, ForeignKey("version.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str]
    type: Mapped[str]
    level: Mapped[str]
    province: Mapped[str | None]
    district: Mapped[str | None]
    cited_as: Mapped[str]
    evidence: Mapped[list[Any]]
    valid_from: Mapped[str | None]
    valid_to: Mapped[str | None]
    today: Mapped[list[Any]]
    former: Mapped[bool]
    is_primary: Mapped[bool]


class OfficialRow(Base):
    """One person with one title in one version; a person named without a title has one row without one."""

    __tablename__ = "official_mention"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    version_id: Mapped[int] = mapped_column(RowId, ForeignKey("version.id"), index=True)
    person: Mapped[int] = mapped_column(Integer)  # 0, 1, … within the version: rows of one person share it
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    printed: Mapped[str | None]
    post: Mapped[str | None]
    organisation: Mapped[str | None]
    level: Mapped[str | None]
    locality: Mapped[str | None]
    former: Mapped[bool]
    cited_as: Mapped[list[Any]]
    evidence: Mapped[list[Any]]


class FigureRow(Base):
    """A number that counts something."""

    __tablename__ = "figure_mention"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    version_id: Mapped[int] = mapped_column(RowId, ForeignKey("version.id"), index=True)
    value: Mapped[float]
    of: Mapped[float | None]
    unit: Mapped[str]
    what: Mapped[str | None]
    locality: Mapped[str | None]
    cited_as: Mapped[str]
    evidence: Mapped[dict[str, Any]]


class DocumentRow(Base):
    """A cited document."""

    __tablename__ = "document_mention"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    version_id: Mapped[int] = mapped_column(RowId, ForeignKey("version.id"), index=True)
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(index=True)
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    cited_as: Mapped[str]
    evidence: Mapped[dict[str, Any]]


class PersonRow(Base):
    """A person: who several mentions of a name are."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_name_key", "name_key", "province"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    province: Mapped[str]  # today's, "" for those who serve the whole country
    merged_into: Mapped[int | None] = mapped_column(RowId, ForeignKey("person.id"))


class PersonMentionRow(Base):
    """Which person an official of a version is."""

    __tablename__ = "person_mention"
    version_id: Mapped[int] = mapped_column(RowId, ForeignKey("version.id"), primary_key=True)
    person: Mapped[int] = mapped_column(Integer, primary_key=True)  # as in official_mention
    person_id: Mapped[int] = mapped_column(RowId, ForeignKey("person.id"), index=True)


class PersonLogRow(Base):
    """What archivists decided about persons."""

    __tablename__ = "person_log"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[str]
    op: Mapped[str]  # merge | split
    person_id: Mapped[int] = mapped_column(RowId)
    other_id: Mapped[int] = mapped_column(RowId)
    detail: Mapped[list[Any]]


class ChangeRow(Base):
    """The change feed, written in the transaction of the change; numbers are never used twice."""

    __tablename__ = "change"
    __table_args__ = {"sqlite_autoincrement": True}
    seq: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    tx: Mapped[int] = mapped_column(server_default="0")  # PostgreSQL: its transaction, so that no reader skips
    article_id: Mapped[int] = mapped_column(RowId, ForeignKey("article.id"))
    op: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    at: Mapped[str]
