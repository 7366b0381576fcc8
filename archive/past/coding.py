"""A response's body as a browser sees it: transfer and content codings taken off, within a limit."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

try:
    import brotli
except ImportError:  # comes with what Scrapy installs, not on every Python
    brotli = None

# As much as a crawl fetches at most; what unpacks to more is a bomb, not a page.
MAX_BODY = 16 * 1024 * 1024
_STEP = 1 << 16
_CHUNK_LINE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
Header = tuple[str, str]


class BodyTooLargeError(ValueError):
    """A body that unpacks to more than a page may have."""


def header(headers: Sequence[Header], name: str) -> str | None:
    """The first header of a name, in any case.

    >>> header([("content-type", "text/html")], "Content-Type")
    'text/html'
    """
    return next((value for key, value in headers if key.lower() == name.lower()), None)


def without_chunks(body: bytes, headers: Sequence[Header]) -> bytes:
    """A body without its transfer coding; one that is not chunked, whatever its header says, stays as it is.

    >>> without_chunks(b"4\\r\\nWiki\\r\\n0\\r\\n\\r\\n", [("Transfer-Encoding", "chunked")])
    b'Wiki'
    >>> without_chunks(b"<html>", [("Transfer-Encoding", "chunked")])
    b'<html>'
    """
    if "chunked" not in (header(headers, "Transfer-Encoding") or "").lower():
        return body
    parts, position = list[bytes](), 0
    while line := _CHUNK_LINE.match(body, position):
        size = int(line[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[line.end() : line.end() + size])
        position = line.end() + size
        position += 2 if body.startswith(b"\r\n", position) else 1
    return body if not parts else b"".join(parts)


def decoded(body: bytes, headers: Sequence[Header]) -> bytes:
    """A body without transfer and content codings; BodyTooLargeError for a bomb.

    A body that was stored unpacked under its old headers, as some crawlers do, stays as it is.

    >>> decoded(zlib.compress(b"page"), [("Content-Encoding", "deflate")])
    b'page'
    >>> decoded(b"<p>", [("Content-Encoding", "gzip")])
    b'<p>'
    """
    found = without_chunks(body, headers)
    codings = re.findall(r"[\w-]+", (header(headers, "Content-Encoding") or "").lower())
    for coding in reversed(codings):
        found = _unpacked(found, coding)
    if len(found) > MAX_BODY:
        raise BodyTooLargeError
    return found


def _unpacked(body: bytes, coding: str) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, zlib.MAX_WBITS + 16)
    if coding == "deflate":
        return _inflated(body, zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS)
    return _from_brotli(body) if coding == "br" else body


def _inflated(body: bytes, form: int) -> bytes:
    """The part of a body that unpacks; all of it as it is where none does."""
    unpacker, parts, size = zlib.decompressobj(form), list[bytes](), 0
    rest = body
    try:
        while rest and not unpacker.eof:
            parts.append(unpacker.decompress(rest, _STEP))
            size += len(parts[-1])
            rest = unpacker.unconsumed_tail
            _check(size)
    except zlib.error:
        if not size:
            return body
    return b"".join(parts)


def _from_brotli(body: bytes) -> bytes:
    """As `_inflated`, where the library is there."""
    if brotli is None:
        return body
    unpacker, parts, size = brotli.Decompressor(), list[bytes](), 0
    try:
        for start in range(0, len(body), 1024):  # a kilobyte unpacks to a few megabytes at worst
            parts.append(unpacker.process(body[start : start + 1024]))
            size += len(parts[-1])
            _check(size)
    except brotli.error:
        if not size:
            return body
    return b"".join(parts)


def _check(size: int) -> None:
    if size > MAX_BODY:
        raise BodyTooLargeError
