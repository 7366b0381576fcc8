"""What crosses the border of this room: a file as a page attaches it, its text, and what is archived of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["document", "image"]


@dataclass(frozen=True, kw_only=True)
class AttachedFile:
    """An address that an article's page attaches; `skipped` says why it may not be asked for."""

    url: str  # absolute, without fragment: also its key
    role: Role
    label: str | None = None  # the link's text, the picture's caption
    skipped: str | None = None


@dataclass(frozen=True, kw_only=True)
class AttachmentText:
    """What a captured file is and says; `problem` in words where it has no text, or not all of it."""

    media_type: str | None  # by its first bytes, else as the server said
    text: str | None = None  # NFC, paragraphs separated by blank lines
    pages: int | None = None
    method: str | None = None  # the reader: "pdfium", "docx"
    problem: str | None = None


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file of an article, as archived."""

    id: int
    url: str
    role: Role
    label: str | None
    position: int
    version: int  # of the article, with which it was first seen
    gone_at: datetime | None  # when the article's page no longer had it
    media_type: str | None = None
    size: int | None = None  # bytes
    payload_digest: str | None = None
    capture_id: int | None = None  # None: not got yet, or never
    captured_at: datetime | None = None
    pages: int | None = None
    text: str | None = None
    text_method: str | None = None
    text_problem: str | None = None
    failure: str | None = None  # why it was not got, the last time
