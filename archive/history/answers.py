"""What an address answered the last time: for lists that say they did not change since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from archive.models import CaptureRow
from archive.past.captures import original
from archive.reading import capture_of
from archive.warc import read_payload


@dataclass(frozen=True, kw_only=True)
class HeldAnswer:
    """A body without its content coding, and its type."""

    body: bytes
    content_type: str | None


def last_answer(connection: Connection, warc: Path, url_key: str) -> HeldAnswer | None:
    """The body of the last full answer of an address, from its WARC file; StorageError where it cannot be read."""
    query = (
        select(CaptureRow.__table__)
        .where(CaptureRow.url_key == url_key, CaptureRow.status == 200)
        .order_by(CaptureRow.fetched_at.desc(), CaptureRow.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    whole = original(connection, row["payload_digest"]) if row is not None else None
    if row is None or whole is None:
        return None
    body, _ = read_payload(warc, whole)
    return HeldAnswer(body=body, content_type=capture_of(row).content_type)
