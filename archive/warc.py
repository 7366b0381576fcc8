"""WARC/1.1 files: written whole or not at all, read back by offset.

A file is written as `NAME.warc.gz.open`, one gzip member a record, and gets its name when it is closed and
synced. Nothing is ever appended to a finished file: every later record behind a torn tail would be unreadable.
A crash leaves an `.open` file; `salvage` keeps its whole members. Names follow ISO 28500:2017 Annex C.

What Scrapy does not keep cannot be written: the order and case of header names, the server's own reason
phrase, and the transfer coding (the body is as sent otherwise). The warcinfo record says so.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import socket
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from archive.errors import StorageError
from archive.records import Capture

# 1 GB is the customary size; a closed file is one that can be copied, checked and replayed.
MAX_BYTES = 1_000_000_000
# warcio compresses at level 9; 6 takes a third of the time for 1 % more bytes on news pages.
_LEVEL = 6
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
Headers = Iterable[tuple[str, str]]
Original = tuple[str, str]  # URI and date of the capture that holds a payload in full


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request and its response as they went over the wire (transfer coding removed)."""

    url: str
    method: str
    path: str  # request target with its query string
    request_headers: Headers
    request_body: bytes
    status: int
    protocol: str
    response_headers: Headers
    body: bytes
    ip_address: str | None
    fetched_at: datetime


class WarcFile:
    """Writes exchanges into one folder, rolling over at `max_bytes`. Not thread-safe: one writer, one thread."""

    def __init__(
        self,
        folder: Path,
        *,
        prefix: str = "danvan",
        info: dict[str, str] | None = None,
        max_bytes: int = MAX_BYTES,
        find_original: Callable[[str], Original | None] | None = None,
        on_close: Callable[[str, int, str], None] | None = None,  # told name, size and SHA-256 of a closed file
    ) -> None:
        self.folder, self.prefix, self.info, self.max_bytes = folder, prefix, info or {}, max_bytes
        self._find_original, self._on_close = find_original, on_close
        self._written: dict[str, Original] = {}  # payloads of this process, not yet in the database
        self._serial = 0
        self._stream: io.FileIO | None = None
        self._name = ""

    def write(self, exchange: Exchange) -> Capture:
        """Write request and response (or a revisit of a payload already held); returns where they lie."""
        try:
            return self._write(exchange)
        except OSError as error:
            raise StorageError(
                f"{self.folder}: a capture of {exchange.url} cannot be written ({error.strerror}); "
                "free space, then run again: nothing stored is lost"
            ) from error

    def close(self) -> None:
        """Sync the open file and give it its name."""
        if self._stream is None:
            return
        os.fsync(self._stream.fileno())
        size = self._stream.tell()
        self._stream.close()
        self._stream = None
        os.replace(self.folder / f"{self._name}.open", self.folder / self._name)
        _sync_folder(self.folder)
        if self._on_close:
            self._on_close(self._name, size, self._sha256.hexdigest())

    def _write(self, exchange: Exchange) -> Capture:
        if self._stream is not None and self._stream.tell() >= self.max_bytes:
            self.close()
        if self._stream is None:
            self._open()
        assert self._stream is not None
        builder = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")
        response = _response_record(builder, exchange, self._original)
        digest = str(response.rec_headers.get_header("WARC-Payload-Digest"))
        offset, length = self._append(response)
        self._append(_request_record(builder, exchange, response))
        if response.rec_type == "response":
            self._written[digest] = (exchange.url, _warc_date(exchange.fetched_at))
        return Capture(
            url=exchange.url,
            fetched_at=exchange.fetched_at,
            status=exchange.status,
            content_type=_header(exchange.response_headers, "content-type"),
            payload_digest=digest,
            warc_file=self._name,
            offset=offset,
            length=length,
            record_id=str(response.rec_headers.get_header("WARC-Record-ID")),
            is_revisit=response.rec_type == "revisit",
        )

    def _original(self, digest: str) -> Original | None:
        if digest in self._written:
            return self._written[digest]
        found = self._find_original(digest) if self._find_original else None
        return (found[0], _warc_date(datetime.fromisoformat(found[1]))) if found else None

    def _open(self) -> None:
        self._serial += 1
        now = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")[:17]
        host = socket.gethostname().split(".")[0]
        self._name = f"{self.prefix}-{now}-{self._serial:05}-{host}.warc.gz"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._stream = open(self.folder / f"{self._name}.open", "xb", buffering=0)  # noqa: SIM115 (closed in close)
        _locked(self._stream)
        self._sha256 = hashlib.sha256()
        builder = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")
        about = {
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "description": "transfer codings removed; header names in canonical case; reason phrases by status",
        }
        self._append(builder.create_warcinfo_record(self._name, about | self.info))

    def _append(self, record: ArcWarcRecord) -> tuple[int, int]:
        """One record as one gzip member; a write that fails is cut off again."""
        assert self._stream is not None
        plain = io.BytesIO()
        WARCWriter(plain, gzip=False, warc_version="1.1").write_record(record)
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        member = packer.compress(plain.getvalue()) + packer.flush()
        offset = self._stream.tell()
        try:
            written = self._stream.write(member)
            while written < len(member):  # a nearly full disk takes a part first, then fails
                written += self._stream.write(member[written:])
        except OSError:
            self._stream.truncate(offset)
            self._stream.seek(offset)
            raise
        self._sha256.update(member)
        return offset, len(member)


def read_payload(folder: Path, capture: Capture) -> tuple[bytes, list[tuple[str, str]]]:
    """The payload of a capture as it was sent, content coding removed, and its response headers."""
    path = folder / capture.warc_file
    if not path.exists():
        path = folder / f"{capture.warc_file}.open"  # a crawl is still writing it
    try:
        with open(path, "rb") as stream:
            stream.seek(capture.offset)
            record = next(iter(ArchiveIterator(stream)))
            headers = list(record.http_headers.headers) if record.http_headers else []
            return record.content_stream().read(), headers
    except (OSError, StopIteration, ValueError, EOFError) as error:
        raise StorageError(f"{path}: no readable record at {capture.offset} ({error}); run `danvan verify`") from error


def salvage(folder: Path) -> list[Path]:
    """Close the `.open` files that dead processes left, cut to their whole members; returns the files kept."""
    kept = []
    for path in sorted(folder.glob("*.warc.gz.open")):
        with open(path, "r+b") as stream:
            if not _locked(stream):
                continue
            end = whole_members(stream)
            if end == 0:
                path.unlink()
                continue
            stream.truncate(end)
            os.fsync(stream.fileno())
            os.replace(path, path.with_suffix(""))
            kept.append(path.with_suffix(""))
    return kept


def _locked(stream: IO[bytes]) -> bool:
    """Take the writer's lock; False while the writer lives (the system frees a dead one's)."""
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def whole_members(stream: IO[bytes]) -> int:
    """The length of the leading whole gzip members, read in chunks: what a torn file still proves."""
    end, seen, member = 0, 0, zlib.decompressobj(zlib.MAX_WBITS + 16)
    while packed := member.unused_data or stream.read(1 << 16):
        if member.eof:
            member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        try:
            member.decompress(packed)
        except zlib.error:
            break
        seen += len(packed) - len(member.unused_data)
        end = seen if member.eof else end
    return end


def _response_record(
    builder: WARCWriter, exchange: Exchange, find_original: Callable[[str], Original | None]
) -> ArcWarcRecord:
    headers = StatusAndHeaders(
        f"{exchange.status} {_reason(exchange.status)}", list(exchange.response_headers), exchange.protocol
    )
    extra = {"WARC-Date": _warc_date(exchange.fetched_at)}
    if exchange.ip_address:
        extra["WARC-IP-Address"] = exchange.ip_address
    digester = Digester("sha1")
    digester.update(exchange.body)
    digest = str(digester)
    if exchange.status == HTTPStatus.NOT_MODIFIED:
        extra |= {"WARC-Profile": _PROFILE + "server-not-modified", "WARC-Payload-Digest": digest}
        return builder.create_warc_record(
            exchange.url, "revisit", payload=io.BytesIO(), length=0, http_headers=headers, warc_headers_dict=extra
        )
    original = find_original(digest) if exchange.body else None
    if original:
        return builder.create_revisit_record(
            exchange.url, digest, original[0], original[1], http_headers=headers, warc_headers_dict=extra
        )
    extra["WARC-Payload-Digest"] = digest
    return builder.create_warc_record(
        exchange.url,
        "response",
        payload=io.BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=headers,
        warc_headers_dict=extra,
    )


def _request_record(builder: WARCWriter, exchange: Exchange, response: ArcWarcRecord) -> ArcWarcRecord:
    line = f"{exchange.method} {exchange.path} {exchange.protocol}"
    headers = StatusAndHeaders(line, list(exchange.request_headers), is_http_request=True)
    extra = {
        "WARC-Date": _warc_date(exchange.fetched_at),
        "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
    }
    return builder.create_warc_record(
        exchange.url,
        "request",
        payload=io.BytesIO(exchange.request_body),
        length=len(exchange.request_body),
        http_headers=headers,
        warc_headers_dict=extra,
    )


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _header(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name), None)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
