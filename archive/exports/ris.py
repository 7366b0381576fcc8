"""RIS, which Zotero, EndNote and Mendeley read: type NEWS, one tag a line, CRLF (Research Information Systems)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from archive.exports.citation import Citation


def write(citations: Iterable[Citation], stream: TextIO) -> int:
    """Write every citation; returns how many."""
    count = 0
    for one in citations:
        stream.write("".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _lines(one)))
        stream.write("ER  - \r\n\r\n")
        count += 1
    return count


def _lines(one: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", one.key
    yield "TI", one.title
    yield from (("AU", author) for author in one.authors)
    yield "T2", one.container
    if one.issued:
        yield "PY", str(one.issued.year)
        yield "DA", f"{one.issued:%Y/%m/%d}/"
    if one.captured_at:
        yield "Y2", f"{one.captured_at:%Y/%m/%d}/"
    if one.abstract:
        yield "AB", one.abstract
    yield from (("KW", word) for word in one.keywords)
    if one.language:
        yield "LA", one.language
    yield "UR", one.url
    yield "DB", one.archive
    if one.pwid and one.captured_at:
        yield "AN", one.pwid
        yield "N1", f"Captured {one.captured_at:%Y-%m-%dT%H:%M:%SZ}; {one.pwid}"
