"""Captures by file, payload and time, and their records read back from the folder of captures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, bindparam, select

from archive.errors import StorageError
from archive.frames.walk import frame_at
from archive.models import CaptureRow
from archive.past.stored import StoredResponse, UnusableRecordError, read_response
from archive.reading import capture_of
from archive.records import Capture
from archive.saving import stamp

_COLUMNS = (CaptureRow.url_key, CaptureRow.url, CaptureRow.fetched_at, CaptureRow.status, CaptureRow.payload_digest)
_SAME = select(CaptureRow.id).where(*(column == bindparam(column.key) for column in _COLUMNS)).limit(1)


def read_capture(folder: Path, capture: Capture) -> StoredResponse:
    """The record of a capture, its digests checked; StorageError names file and offset."""
    path = folder / capture.warc_file
    if not path.exists():
        path = folder / f"{capture.warc_file}.open"  # a crawl is still writing it
    try:
        found = read_response(frame_at(path, capture.offset))
    except OSError as error:
        raise StorageError(f"{folder / capture.warc_file}: cannot be read ({error.strerror}); restore it") from error
    except UnusableRecordError as error:
        raise StorageError(f"{path} at {capture.offset}: {error}; run `danvan verify`") from error
    if found is None or found.url != capture.url:
        raise StorageError(f"{path} at {capture.offset}: not the record of {capture.url}; run `danvan verify`")
    return found


def offsets_in(connection: Connection, warc_file: str, start: int, end: int) -> set[int]:
    """Where the captures of a part of a file begin."""
    query = select(CaptureRow.warc_offset).where(
        CaptureRow.warc_file == warc_file, CaptureRow.warc_offset >= start, CaptureRow.warc_offset < end
    )
    return set(connection.execute(query).scalars())


def is_named(connection: Connection, warc_file: str) -> bool:
    """Whether any capture lies in a file."""
    query = select(CaptureRow.id).where(CaptureRow.warc_file == warc_file).limit(1)
    return connection.execute(query).first() is not None


def is_held(connection: Connection, capture: Capture, url_key: str) -> bool:
    """Whether the ledger has this capture already, whatever file it came from."""
    values = {
        "url_key": url_key,
        "url": capture.url,
        "fetched_at": stamp(capture.fetched_at),
        "status": capture.status,
        "payload_digest": capture.payload_digest,
    }
    return connection.execute(_SAME, values).first() is not None


def original(connection: Connection, payload_digest: str) -> Capture | None:
    """The first capture that holds a payload in full."""
    query = (
        select(CaptureRow.__table__)
        .where(CaptureRow.payload_digest == payload_digest, CaptureRow.is_revisit.is_(False))
        .order_by(CaptureRow.id)
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return capture_of(row) if row else None


def capture_at(connection: Connection, url_key: str, at: datetime) -> Capture | None:
    """The capture of an address at a moment, in full."""
    query = (
        select(CaptureRow.__table__)
        .where(CaptureRow.url_key == url_key, CaptureRow.fetched_at == stamp(at), CaptureRow.is_revisit.is_(False))
        .order_by(CaptureRow.id)
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return capture_of(row) if row else None
