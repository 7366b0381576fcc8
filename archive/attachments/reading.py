"""The attachments of articles, read back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from archive.attachments.records import Attachment
from archive.attachments.tables import ArticleAttachmentRow, AttachmentFetchRow, AttachmentRow
from archive.models import CaptureRow

_FETCH = (AttachmentFetchRow.failure, AttachmentFetchRow.skipped)


def of_articles(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Attachment, ...]]:
    """The attachments of some articles, those that are gone last."""
    query = (
        select(AttachmentRow.__table__, ArticleAttachmentRow.__table__, CaptureRow.fetched_at, *_FETCH)
        .join(ArticleAttachmentRow, ArticleAttachmentRow.attachment_id == AttachmentRow.id)
        .join(AttachmentFetchRow, AttachmentFetchRow.attachment_id == AttachmentRow.id)
        .outerjoin(CaptureRow, CaptureRow.id == AttachmentRow.capture_id)
        .where(ArticleAttachmentRow.article_id.in_(ids))
        .order_by(ArticleAttachmentRow.article_id, ArticleAttachmentRow.position, AttachmentRow.id)
    )
    found: dict[int, list[Attachment]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["article_id"]].append(_attachment(row))
    return {key: tuple(sorted(files, key=lambda one: one.gone_at is not None)) for key, files in found.items()}


def _attachment(row: Any) -> Attachment:
    return Attachment(
        id=row["id"],
        url=row["url"],
        role=row["role"],
        label=row["label"],
        position=row["position"],
        version=row["version"],
        gone_at=_moment(row["gone_at"]),
        media_type=row["media_type"],
        size=row["size"],
        payload_digest=row["payload_digest"],
        capture_id=row["capture_id"],
        captured_at=_moment(row["fetched_at"]),
        pages=row["pages"],
        text=row["text"],
        text_method=row["text_method"],
        text_problem=row["text_problem"],
        failure=row["failure"] or row["skipped"],
    )


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
