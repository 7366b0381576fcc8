"""A record of a WARC or ARC file as a response with its date and its proof, or the reason why it is none."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from archive.errors import DanVanError
from archive.frames.walk import Frame
from archive.past.coding import BodyTooLargeError, Header, UndecodableError, decoded, header, without_chunks

_CLOCK = timedelta(days=1)  # what a crawler's clock may be ahead of ours
_ALGORITHMS = {"sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256", "md5": "md5"}
_ARC_FIELDS = re.compile(rb"\A(\w+:\S* \S+ \d{14}) ([^\s;]+)[^\n]* (\d+\r?\n)")
_MORE_RECORDS = re.compile(rb"\s*WARC/\d\.\d")
_WARC_ERRORS = (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError, IndexError)


class UnusableRecordError(DanVanError):
    """A record that proves nothing: `reason` is what is counted, the message also says which."""

    def __init__(self, reason: str, url: str | None = None) -> None:
        super().__init__(reason + (f": {url}" if url else ""))
        self.reason, self.url = reason, url


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What a revisit record says of the capture that holds its payload."""

    digest: str | None
    url: str | None
    at: datetime | None
    is_not_modified: bool


@dataclass(frozen=True, kw_only=True)
class StoredResponse:
    """A response as a file keeps it; `refers_to` where it is a revisit, whose body lies elsewhere."""

    url: str
    fetched_at: datetime
    status: int
    headers: tuple[Header, ...]
    body: bytes  # as it lies in the file
    payload_digest: str
    record_id: str
    offset: int
    length: int
    refers_to: Reference | None = None

    def header(self, name: str) -> str | None:
        """One of its headers."""
        return header(self.headers, name)

    def page(self) -> bytes:
        """Its body without transfer and content codings."""
        try:
            return decoded(self.body, self.headers)
        except BodyTooLargeError as error:
            raise UnusableRecordError("unpacks to more than any page has", self.url) from error
        except UndecodableError as error:
            raise UnusableRecordError("packed in a way that cannot be undone", f"{self.url} ({error})") from error


def read_response(frame: Frame, now: datetime | None = None) -> StoredResponse | None:
    """The response of a record; None for records of other types; UnusableRecordError says what is wrong."""
    if frame.problem and not frame.content:
        raise UnusableRecordError(frame.problem)
    record, block = _opened(frame)
    if record.rec_type not in ("response", "revisit"):
        return None
    url = record.rec_headers.get_header("uri" if record.format == "arc" else "WARC-Target-URI") or ""
    if not url.lower().startswith(("http://", "https://")):
        raise UnusableRecordError("not HTTP", url[:200])
    if frame.problem:
        raise UnusableRecordError(frame.problem, url)
    _check_block(record, block, frame, url)
    status, headers, body = _http(block, url, is_revisit=record.rec_type == "revisit")
    return StoredResponse(
        url=url,
        fetched_at=_moment(record, url, now or datetime.now(UTC)),
        status=status,
        headers=headers,
        body=body,
        payload_digest=_payload_digest(record, headers, body, url),
        record_id=record.rec_headers.get_header("WARC-Record-ID") or "",
        offset=frame.offset,
        length=frame.length,
        refers_to=_reference(record, status) if record.rec_type == "revisit" else None,
    )


def _opened(frame: Frame) -> tuple[Any, bytes]:
    """The record and its block; the HTTP head is not looked at yet."""
    stream = io.BytesIO(_as_version_1(frame.content))
    try:
        record = ArcWarcRecordLoader(arc2warc=False).parse_record_stream(stream, no_record_parse=True)
        return record, record.raw_stream.read()
    except _WARC_ERRORS as error:
        raise UnusableRecordError("damaged: no record begins here") from error


def _as_version_1(content: bytes) -> bytes:
    """An ARC record whose line has the fields that warcio knows: ARC/2.0 has more, some types have blanks in them.

    >>> _as_version_1(b"http://a.test/ 1.2.3.4 20050102030405 text/html 200 - - 99 a.arc 5\\nHTTP/")
    b'http://a.test/ 1.2.3.4 20050102030405 text/html 5\\nHTTP/'
    """
    return _ARC_FIELDS.sub(rb"\1 \2 \3", content, count=1)


def _check_block(record: Any, block: bytes, frame: Frame, url: str) -> None:
    declared = record.rec_headers.get_header("length" if record.format == "arc" else "Content-Length") or ""
    if not declared.isdigit():
        raise UnusableRecordError("Content-Length is no number", url)
    rest = frame.content[frame.content.find(block) + len(block) :] if block else b""
    if _MORE_RECORDS.match(rest):
        raise UnusableRecordError("several records in one gzip member: run `warcio recompress` on the file", url)
    if int(declared) != len(block) or rest.strip(b"\r\n"):
        raise UnusableRecordError(f"declares {int(declared)} bytes and holds another number", url)
    if record.rec_type == "revisit":
        return  # its body lies elsewhere: wget calls it truncated, and gives the digest of the block with its body
    if record.rec_headers.get_header("WARC-Truncated"):
        raise UnusableRecordError("truncated when it was captured", url)
    if _agrees(record.rec_headers.get_header("WARC-Block-Digest"), block) is False:
        raise UnusableRecordError("wrong digest", url)


def _http(block: bytes, url: str, *, is_revisit: bool) -> tuple[int, tuple[Header, ...], bytes]:
    if is_revisit and not block.strip():
        return 200, (), b""
    stream = io.BytesIO(block)
    try:
        parsed = StatusAndHeadersParser([], verify=False).parse(stream)
        status = int(parsed.get_statuscode())
    except _WARC_ERRORS as error:
        raise UnusableRecordError("not HTTP", url) from error
    if not parsed.protocol.upper().startswith("HTTP/"):
        raise UnusableRecordError("not HTTP", url)
    headers = tuple((name, value) for name, value in parsed.headers if value is not None)
    body = stream.read()
    promised = header(headers, "Content-Length") or ""
    is_short = promised.isdigit() and not header(headers, "Transfer-Encoding") and len(body) < int(promised)
    if is_short and not is_revisit and status not in (204, 304):
        raise UnusableRecordError("the page is shorter than its server promised", url)
    return status, headers, body


def _moment(record: Any, url: str, now: datetime) -> datetime:
    """The capture's own date."""
    said = record.rec_headers.get_header("archive-date" if record.format == "arc" else "WARC-Date") or ""
    found = parse_moment(said)
    if found is None:
        raise UnusableRecordError("no date of capture", url)
    if found > now + _CLOCK:
        raise UnusableRecordError("captured in the future", url)
    return found


def parse_moment(said: str) -> datetime | None:
    """A date of a WARC or ARC record; fractions of a second are left off, as in the ledger.

    >>> parse_moment("2019-03-01T02:03:04.567Z") == parse_moment("20190301020304")
    True
    >>> parse_moment("20190301020304").isoformat(), parse_moment("hôm qua")
    ('2019-03-01T02:03:04+00:00', None)
    """
    digits = said.strip()
    if re.fullmatch(r"\d{14}", digits):
        digits = f"{digits[:8]}T{digits[8:]}Z"
    try:
        found = datetime.fromisoformat(digits)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def _payload_digest(record: Any, headers: tuple[Header, ...], body: bytes, url: str) -> str:
    """`sha1:` and base32; a declared digest is checked against the body as stored, unchunked and unpacked."""
    declared = record.rec_headers.get_header("WARC-Payload-Digest")
    if record.rec_type == "revisit":
        return _in_base32(declared) or declared or ""
    if declared and all(_agrees(declared, form) is False for form in _forms(body, headers, url)):
        raise UnusableRecordError("wrong digest", url)
    return _in_base32(declared) or "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def _forms(body: bytes, headers: tuple[Header, ...], url: str) -> Iterator[bytes]:
    """A body as it is stored, and in the other forms that tools take digests of."""
    yield body
    yield without_chunks(body, headers)
    try:
        yield decoded(body, headers)
    except BodyTooLargeError as error:
        raise UnusableRecordError("unpacks to more than any page has", url) from error
    except UndecodableError:
        return


def _agrees(declared: str | None, content: bytes) -> bool | None:
    """Whether a digest is that of some bytes; None where nothing is declared, or in a way we do not know."""
    name, _, value = (declared or "").partition(":")
    if name.lower() not in _ALGORITHMS:
        return None
    computed = hashlib.new(_ALGORITHMS[name.lower()], content, usedforsecurity=False)
    base32 = base64.b32encode(computed.digest()).decode()
    return value.lower() == computed.hexdigest() or value.upper().rstrip("=") == base32.rstrip("=")


def _in_base32(declared: str | None) -> str | None:
    """A declared SHA-1 in the ledger's form.

    >>> _in_base32("SHA-1:da39a3ee5e6b4b0d3255bfef95601890afd80709")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    name, _, value = (declared or "").partition(":")
    if _ALGORITHMS.get(name.lower()) != "sha1":
        return None
    if re.fullmatch(r"[0-9a-fA-F]{40}", value):
        return "sha1:" + base64.b32encode(bytes.fromhex(value)).decode()
    return f"sha1:{value.upper()}"


def _reference(record: Any, status: int) -> Reference:
    said = record.rec_headers.get_header
    profile = said("WARC-Profile") or ""
    digest = said("WARC-Payload-Digest")
    return Reference(
        digest=_in_base32(digest),
        url=said("WARC-Refers-To-Target-URI"),
        at=parse_moment(said("WARC-Refers-To-Date") or ""),
        is_not_modified="not-modified" in profile or status == 304,
    )
