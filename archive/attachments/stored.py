"""Captures of attachments whose text is to be read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from archive.attachments.records import AttachmentText
from archive.attachments.tables import AttachmentRow
from archive.models import CaptureRow
from archive.reading import capture_of
from archive.records import Capture

_BATCH = 200


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """An attachment with the newest full capture of its address, by whatever way that came into the archive."""

    id: int
    portal: str
    capture_id: int
    capture: Capture
    said: AttachmentText  # what its row says now


def stored_after(connection: Connection, last: int, portals: Sequence[str]) -> tuple[list[StoredFile], int]:
    """The next attachments of some portals (all where none is named) that were captured, and where to go on; 0: end."""
    query = select(AttachmentRow.__table__).where(AttachmentRow.id > last).order_by(AttachmentRow.id).limit(_BATCH)
    if portals:
        query = query.where(AttachmentRow.portal.in_(portals))
    rows = connection.execute(query).mappings().all()
    found = [stored for row in rows if (stored := _stored(connection, row))]
    return found, rows[-1]["id"] if rows else 0


def _stored(connection: Connection, row: Any) -> StoredFile | None:
    newest = (
        select(CaptureRow.__table__)
        .where(CaptureRow.url_key == row["url_key"], CaptureRow.status == 200)
        .order_by(CaptureRow.fetched_at.desc(), CaptureRow.id.desc())
        .limit(1)
    )
    capture = connection.execute(newest).mappings().one_or_none()
    if capture is None:
        return None
    said = AttachmentText(
        media_type=row["media_type"],
        text=row["text"],
        pages=row["pages"],
        method=row["text_method"],
        problem=row["text_problem"],
    )
    return StoredFile(
        id=row["id"], portal=row["portal"], capture_id=capture["id"], capture=capture_of(capture), said=said
    )
