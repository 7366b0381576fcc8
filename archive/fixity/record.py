"""One WARC record read in chunks: its headers, and the digests of its block and payload computed again."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Any

# A header longer than this is no header: the demo's longest has 1 KB, Scrapy's own limit is 64 KB.
_MAX_HEAD = 1 << 18
_END = b"\r\n\r\n"
_ALGORITHMS = ("sha1", "sha256", "md5")
_HTTP = ("response", "revisit", "request")


@dataclass(frozen=True, kw_only=True)
class RecordFacts:
    """What a record says of itself and what its bytes say."""

    headers: dict[str, str]  # names in lower case
    http_line: str | None
    http_headers: dict[str, str]
    block: dict[str, Any]  # algorithm → hash of the block as read
    payload: dict[str, Any]
    payload_length: int
    fault: str | None  # why it is no whole record

    @property
    def type(self) -> str:
        return self.headers.get("warc-type", "")

    @property
    def status(self) -> int | None:
        """The HTTP status of a response or revisit."""
        word = self.status_word
        return int(word) if word.isascii() and word.isdigit() else None

    @property
    def status_word(self) -> str:
        """The status as printed, empty where there is none."""
        words = (self.http_line or "").split()
        return words[1] if len(words) > 1 else ""

    @property
    def payload_sha1(self) -> str:
        """The payload's digest as the ledger writes it."""
        return f"sha1:{_base32(self.payload['sha1'])}"


def digest_agrees(stated: str, computed: dict[str, Any]) -> bool | None:
    """Whether a stated digest (`sha1:` and base32 or hex) is that of the bytes; None where it cannot be told.

    >>> digest_agrees("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", {"sha1": hashlib.sha1()})
    True
    >>> digest_agrees("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", {"sha1": hashlib.sha1()})
    True
    >>> digest_agrees("crc32:00000000", {}) is None
    True
    """
    name, _, value = stated.partition(":")
    known = computed.get(name.strip().lower().replace("-", ""))
    if known is None:
        return None
    return value.lower() == known.hexdigest() or value.upper().rstrip("=") == _base32(known).rstrip("=")


def normal_digest(stated: str) -> str:
    """A SHA-1 as the ledger writes it; any other digest as it is.

    >>> normal_digest("SHA-1:da39a3ee5e6b4b0d3255bfef95601890afd80709")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    name, _, value = stated.partition(":")
    if name.lower().replace("-", "") != "sha1":
        return stated
    is_hex = re.fullmatch(r"[0-9a-fA-F]{40}", value)
    return "sha1:" + (base64.b32encode(bytes.fromhex(value)).decode() if is_hex else value.upper())


def _base32(hash_: Any) -> str:
    return base64.b32encode(hash_.digest()).decode()


class RecordCheck:
    """Fed the plain bytes of one record; `finish` says what they are."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._headers: dict[str, str] | None = None
        self._http: bytearray | None = None  # the HTTP head while it is read
        self._http_line: str | None = None
        self._http_headers: dict[str, str] = {}
        self._left = 0
        self._tail = bytearray()
        self._fault: str | None = None
        self._block: dict[str, Any] = {}
        self._payload: dict[str, Any] = {}
        self._payload_length = 0

    def feed(self, plain: bytes) -> None:
        """Take the next bytes."""
        if self._headers is None:
            self._head += plain
            end = self._head.find(_END)
            if end < 0:
                if len(self._head) > _MAX_HEAD:
                    self._begin(bytes(self._head[:_MAX_HEAD]), "its header has no end")
                return
            plain = bytes(self._head[end + len(_END) :])
            self._begin(bytes(self._head[:end]), None)
        block, rest = plain[: self._left], plain[self._left :]
        self._left -= len(block)
        self._take(block)
        self._tail += rest[: len(_END) + 1 - len(self._tail)]  # one byte too many is enough to know

    def finish(self) -> RecordFacts:
        """The record's facts, with its fault if it is not whole."""
        if self._headers is None:
            self._begin(bytes(self._head), "its header has no end")
        if self._http is not None:
            self._end_http(bytes(self._http), b"")
        if self._left and not self._fault:
            self._fault = f"{self._left} bytes of its block are missing"
        elif bytes(self._tail) != _END and not self._fault:
            self._fault = "its block is longer than it says, or its end is not two line ends"
        return RecordFacts(
            headers=self._headers or {},
            http_line=self._http_line,
            http_headers=self._http_headers,
            block=self._block,
            payload=self._payload,
            payload_length=self._payload_length,
            fault=self._fault,
        )

    def _begin(self, head: bytes, fault: str | None) -> None:
        line, _, rest = head.partition(b"\r\n")
        self._headers = _fields(rest)
        length = self._headers.get("content-length", "")
        if not line.startswith(b"WARC/"):
            fault = fault or "it does not begin like a record"
        elif not (length.isascii() and length.isdigit()):
            fault = fault or f"its Content-Length is {length[:40]!r}"
        self._fault = fault
        self._left = 0 if fault else int(length)
        stated = {
            self._headers.get(name, "").partition(":")[0].lower().replace("-", "")
            for name in ("warc-block-digest", "warc-payload-digest")
        }
        names = [name for name in _ALGORITHMS if name in stated or name == "sha1"]
        self._block = {name: hashlib.new(name, usedforsecurity=False) for name in names}
        self._payload = {name: hashlib.new(name, usedforsecurity=False) for name in names}
        is_http = "application/http" in self._headers.get("content-type", "")
        self._http = bytearray() if is_http and self._headers.get("warc-type") in _HTTP else None

    def _take(self, block: bytes) -> None:
        for hash_ in self._block.values():
            hash_.update(block)
        if self._http is None:
            self._take_payload(block)
            return
        self._http += block
        end = self._http.find(_END)
        if end >= 0 or len(self._http) > _MAX_HEAD:
            head, rest = (self._http[:end], self._http[end + len(_END) :]) if end >= 0 else (b"", self._http)
            self._end_http(bytes(head), bytes(rest))

    def _end_http(self, head: bytes, payload: bytes) -> None:
        line, _, rest = head.partition(b"\r\n")
        self._http, self._http_line, self._http_headers = None, line.decode("latin-1"), _fields(rest)
        self._take_payload(payload)

    def _take_payload(self, part: bytes) -> None:
        self._payload_length += len(part)
        for hash_ in self._payload.values():
            hash_.update(part)


def _fields(head: bytes) -> dict[str, str]:
    """Header lines by lower-case name; the first of several counts."""
    found: dict[str, str] = {}
    for line in head.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if colon:
            found.setdefault(name.strip().lower().decode("latin-1"), value.strip().decode("utf-8", "replace"))
    if "warc-target-uri" in found:
        found["warc-target-uri"] = found["warc-target-uri"].strip("<>")  # wget writes WARC/1.0's brackets
    return found
