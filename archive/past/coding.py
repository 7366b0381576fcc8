"""A response's body as a browser sees it: transfer and content codings taken off, within a limit."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

# Both come with what Scrapy installs (brotli MIT, zstd PSF, part of Python from 3.14 on), not on every Python.
try:
    import brotli
except ImportError:
    brotli = None
try:
    from compression import zstd
except ImportError:
    try:
        from backports import zstd
    except ImportError:
        zstd = None

# As much as a crawl fetches at most; what unpacks to more is a bomb, not a page.
MAX_BODY = 16 * 1024 * 1024
_STEP = 1 << 16
_CHUNK_LINE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_ZSTD_WINDOW = 23  # 8 MB, the most that RFC 9659 lets a server ask for
# Text has none of these; packed bytes have some in any few hundred.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a]")
Header = tuple[str, str]


class BodyTooLargeError(ValueError):
    """A body that unpacks to more than a page may have."""


class UndecodableError(ValueError):
    """A body whose packing is unknown here, or damaged from the beginning; says which packing."""


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
    """A body without transfer and content codings; BodyTooLargeError for a bomb, UndecodableError where none helps.

    A body that was stored unpacked under its old headers, as some crawlers do, stays as it is.

    >>> decoded(zlib.compress(b"page"), [("Content-Encoding", "deflate")])
    b'page'
    >>> decoded(b"<p>", [("Content-Encoding", "gzip")]), decoded(b"<p>", [("Content-Encoding", "utf-8")])
    (b'<p>', b'<p>')
    """
    found = without_chunks(body, headers)
    codings = re.findall(r"[\w-]+", (header(headers, "Content-Encoding") or "").lower())
    for coding in reversed(codings):
        if coding not in ("identity", "none"):
            found = _unpacked(found, coding)
    if len(found) > MAX_BODY:
        raise BodyTooLargeError
    return found


def _unpacked(body: bytes, coding: str) -> bytes:
    """The part of a body that unpacks; all of it as it is where none does and it is text."""
    parts, size = list[bytes](), 0
    try:
        for part in _parts(body, coding):
            parts.append(part)
            size += len(part)
            if size > MAX_BODY:
                raise BodyTooLargeError
    except _BROKEN:
        pass  # what came before the damage is shown, as browsers do
    if not size and _NO_TEXT.search(body[:512]):
        raise UndecodableError(f"Content-Encoding: {coding[:40]}")
    return b"".join(parts) if size else body


def _parts(body: bytes, coding: str) -> Iterator[bytes]:
    """A body unpacked step by step; nothing for a coding that is unknown or has no library here."""
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, zlib.MAX_WBITS + 16)
    if coding == "deflate":
        return _inflated(body, zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS)
    if coding == "br" and brotli is not None:
        unpacker = brotli.Decompressor()  # a kilobyte unpacks to a few megabytes at worst
        return (unpacker.process(body[start : start + 1024]) for start in range(0, len(body), 1024))
    return _from_zstd(body) if coding == "zstd" and zstd is not None else iter(())


def _inflated(body: bytes, form: int) -> Iterator[bytes]:
    unpacker, rest = zlib.decompressobj(form), body
    while rest and not unpacker.eof:
        yield unpacker.decompress(rest, _STEP)
        rest = unpacker.unconsumed_tail


def _from_zstd(body: bytes) -> Iterator[bytes]:
    """Frame after frame, as RFC 8878 lets a body have several."""
    while body:
        unpacker = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW})
        yield unpacker.decompress(body, _STEP)
        while not unpacker.eof:
            if not (part := unpacker.decompress(b"", _STEP)) and unpacker.needs_input:
                return  # cut off
            yield part
        body = unpacker.unused_data


_BROKEN = (zlib.error, *((brotli.error,) if brotli else ()), *((zstd.ZstdError,) if zstd else ()))
