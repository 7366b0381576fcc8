"""The tables of attachments, and which article attaches which."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from archive.models import Base, RowId


class AttachmentRow(Base):
    """A file at its address, by its newest full capture."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    portal: Mapped[str]  # whose article attached it first
    url: Mapped[str]
    url_key: Mapped[str] = mapped_column(unique=True)  # as in `capture`
    role: Mapped[str]  # document | image
    capture_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("capture.id"))
    media_type: Mapped[str | None]
    size: Mapped[int | None]
    payload_digest: Mapped[str | None]
    text: Mapped[str | None]
    pages: Mapped[int | None] = mapped_column(Integer)
    text_method: Mapped[str | None]
    text_problem: Mapped[str | None]
    first_seen: Mapped[str]  # on a page
    last_seen: Mapped[str | None]  # at its address


class AttachmentFetchRow(Base):
    """The ledger of asking for a file: why it was not asked for or not got; for crawls what `link` is for articles."""

    __tablename__ = "attachment_fetch"
    __table_args__ = (Index("ix_attachment_fetch_due", "portal", "not_before"),)
    attachment_id: Mapped[int] = mapped_column(RowId, ForeignKey("attachment.id"), primary_key=True)
    portal: Mapped[str]
    skipped: Mapped[str | None]  # why it is not asked for
    failure: Mapped[str | None]  # why it was not got the last time
    attempts: Mapped[int] = mapped_column(Integer)  # that failed since it was last got
    not_before: Mapped[str | None]  # when it is asked for without its article


class ArticleAttachmentRow(Base):
    """An article's page attaches a file."""

    __tablename__ = "article_attachment"
    article_id: Mapped[int] = mapped_column(RowId, ForeignKey("article.id"), primary_key=True)
    attachment_id: Mapped[int] = mapped_column(RowId, ForeignKey("attachment.id"), primary_key=True, index=True)
    version: Mapped[int] = mapped_column(Integer)  # of the article, with which it was first seen
    position: Mapped[int] = mapped_column(Integer)
    label: Mapped[str | None]
    gone_at: Mapped[str | None]  # the page no longer has it since
