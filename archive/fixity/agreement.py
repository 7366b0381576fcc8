"""Whether a record and the capture that names it say the same."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from archive.fixity.record import RecordFacts, digest_agrees, normal_digest
from archive.frames.members import CHUNK
from archive.frames.walk import frame_at
from archive.past.stored import UnusableRecordError, read_response


def differences(row: Any, record: RecordFacts, length: int) -> str:
    """What a row of the ledger says otherwise than its record, in words; empty where they agree."""
    headers = record.headers
    stated = {
        "length": (row.warc_length, length),
        "URL": (row.url, headers.get("warc-target-uri")),
        "date": (_moment(row.fetched_at), _moment(headers.get("warc-date"))),
        "status": (row.status, record.status if record.http_line else row.status),
        "payload digest": (row.payload_digest, _payload_digest(row, record)),
        "record id": (row.record_id, headers.get("warc-record-id", "")),
        "revisit": (bool(row.is_revisit), record.type == "revisit"),
    }
    return _told(stated)


def differences_of_others(path: Path, row: Any) -> str:
    """As `differences`, for a record of a plain WARC file or of an ARC file."""
    try:
        frame = frame_at(path, row.warc_offset)
        response = read_response(frame)
    except UnusableRecordError as error:
        return error.reason
    if response is None:
        return "no response begins here"
    stated = {
        "length": (row.warc_length, response.length),
        "URL": (row.url, response.url),
        "date": (_moment(row.fetched_at), response.fetched_at),
        "status": (row.status, response.status),
        "payload digest": (row.payload_digest, response.payload_digest),
        "record id": (row.record_id, response.record_id),
    }
    return _told(stated)


def is_of_decoded(path: Path, offset: int, stated: str) -> bool:
    """Whether a payload digest is that of the body without its chunk lengths, or without its packing too.

    Some crawlers store the body as sent and compute the digest of what was in it.
    """
    return any(digest_agrees(stated, _hashes(path, offset, unpack=unpack)) for unpack in (False, True))


def _hashes(path: Path, offset: int, *, unpack: bool) -> dict[str, Any]:
    fresh = {name: hashlib.new(name, usedforsecurity=False) for name in ("sha1", "sha256", "md5")}
    with open(path, "rb") as stream:
        stream.seek(offset)
        try:
            record = next(iter(ArchiveIterator(stream)))
            reader = record.content_stream() if unpack else ChunkedDataReader(record.raw_stream, decomp_type=None)
            while part := reader.read(CHUNK):
                for hash_ in fresh.values():
                    hash_.update(part)
        except (ArchiveLoadFailed, StopIteration, ValueError, EOFError):
            return {}
    return fresh


def _told(stated: dict[str, tuple[Any, Any]]) -> str:
    wrong = {name: pair for name, pair in stated.items() if pair[0] != pair[1]}
    return "; ".join(f"{name} is {ours}, in the file {theirs}" for name, (ours, theirs) in wrong.items())


def _payload_digest(row: Any, record: RecordFacts) -> str:
    """The record's own digest in the ledger's form; where it has none of that kind, that of its bytes."""
    stated = normal_digest(record.headers.get("warc-payload-digest", ""))
    if stated.startswith("sha1:") or record.type == "revisit":
        return stated
    return str(row.payload_digest) if digest_agrees(str(row.payload_digest), record.payload) else "another"


def _moment(stored: str | None) -> datetime | None:
    """A time in UTC without fractions; None for what is none."""
    try:
        found = datetime.fromisoformat(stored or "")
    except ValueError:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)
