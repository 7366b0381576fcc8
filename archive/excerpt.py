"""The WARC records that prove an article, copied byte for byte out of the archive's files into one of their own.

A record is a gzip member: copied whole it keeps its identifiers and digests, and its provenance can be checked
against the file it came from. A revisit comes with the capture that holds its payload.
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, select
from warcio.warcwriter import WARCWriter

from archive.attachments.tables import ArticleAttachmentRow, AttachmentRow
from archive.errors import StorageError
from archive.models import CaptureRow, VersionCaptureRow, VersionRow

_CHUNK = 1 << 16
Place = tuple[str, int, int]  # WARC file, offset and length of the response


def places_of(connection: Connection, article_ids: Sequence[int]) -> list[Place]:
    """Where the captures of some articles' versions and attachments lie, with those that their revisits refer to."""
    shown = (
        select(CaptureRow.warc_file, CaptureRow.warc_offset, CaptureRow.warc_length, CaptureRow.payload_digest)
        .join(VersionCaptureRow, VersionCaptureRow.capture_id == CaptureRow.id)
        .join(VersionRow, VersionRow.id == VersionCaptureRow.version_id)
        .where(VersionRow.article_id.in_(article_ids))
    )
    files = (
        select(CaptureRow.warc_file, CaptureRow.warc_offset, CaptureRow.warc_length, CaptureRow.payload_digest)
        .join(AttachmentRow, AttachmentRow.capture_id == CaptureRow.id)
        .join(ArticleAttachmentRow, ArticleAttachmentRow.attachment_id == AttachmentRow.id)
        .where(ArticleAttachmentRow.article_id.in_(article_ids))
    )
    rows = [*connection.execute(shown), *connection.execute(files)]
    digests = {row.payload_digest for row in rows}
    originals = connection.execute(
        select(CaptureRow.warc_file, CaptureRow.warc_offset, CaptureRow.warc_length).where(
            CaptureRow.payload_digest.in_(digests), CaptureRow.is_revisit.is_(False), CaptureRow.status == 200
        )
    ).all()
    return sorted({(str(row[0]), int(row[1]), int(row[2])) for row in [*rows, *originals]})


def write_excerpt(target: Path, folder: Path, places: Sequence[Place]) -> int:
    """Copy the records at some places, each with the request record behind it; returns how many responses."""
    with open(target, "xb") as copy:
        copy.write(_info(target.name, len(places)))
        for name, offset, length in places:
            path = folder / name if (folder / name).exists() else folder / f"{name}.open"
            try:
                with open(path, "rb") as stream:
                    stream.seek(offset)
                    copy.write(stream.read(length))
                    copy.write(_request_behind(stream))
            except OSError as error:
                raise StorageError(f"{path}: cannot be read ({error.strerror}); run `danvan verify`") from error
        copy.flush()
        os.fsync(copy.fileno())
    return len(places)


def _request_behind(stream: io.BufferedReader) -> bytes:
    """The next gzip member, if it is a request; danvan and most crawlers write it behind its response."""
    member, packed, plain = zlib.decompressobj(zlib.MAX_WBITS + 16), b"", b""
    while not member.eof and (chunk := stream.read(_CHUNK)):
        try:
            plain += member.decompress(chunk)
        except zlib.error:
            return b""
        packed += chunk
        if len(plain) > 12 and b"WARC-Type: request" not in plain[:1000]:
            return b""
    return packed[: len(packed) - len(member.unused_data)] if member.eof else b""


def _info(name: str, count: int) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {
        "software": f"danvan/{version('danvan')}",
        "format": "WARC File Format 1.1",
        "description": f"{count} captures of articles, copied with their requests on {datetime.now(UTC):%Y-%m-%d}; "
        "records are as in the files they come from",
    }
    writer.write_record(writer.create_warcinfo_record(name, about))
    return out.getvalue()
