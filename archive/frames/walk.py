"""The records of a WARC or ARC file, packed or plain, whole or damaged, one frame each.

A record that cannot be read is a frame with its reason, and reading goes on at the next whole one. Memory holds one
record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.errors import StorageError
from archive.frames.members import Member, Members, Torn
from archive.frames.plain import Plain, Stretch
from archive.frames.starts import HEAD, MAGIC, STARTS

# A page has at most 16 MB (what a crawl fetches at most); its headers come on top.
MAX_RECORD = 17 * 1024 * 1024
_BLOCK = 1 << 20
_DATED = re.compile(rb"(?i:\nwarc-date)[ \t]*:[ \t]*([\d:TZ-]+)|^\w+:\S* \S+ (\d{14}) ")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The bytes of one record and where they lie; `problem` says why they are none."""

    offset: int
    length: int
    content: bytes = b""  # unpacked; of a record that is too long, its beginning
    problem: str | None = None
    is_torn: bool = False  # the file ends in the middle of it

    @property
    def end(self) -> int:
        return self.offset + self.length


class _Kept:
    """The sink that keeps a member's plain bytes, of one that is too long its beginning."""

    def __init__(self) -> None:
        self._content, self.size = bytearray(), 0

    def feed(self, plain: bytes) -> None:
        self.size += len(plain)
        if len(self._content) < MAX_RECORD:
            self._content += plain

    def finish(self) -> tuple[bytes, int]:
        return bytes(self._content), self.size


def is_archive_file(path: Path) -> bool:
    """Whether a file begins as a WARC or ARC file does, packed or not.

    >>> is_archive_file(Path("/dev/null"))
    False
    """
    with open(path, "rb") as stream:
        head = stream.read(HEAD)
        if head.startswith(MAGIC):  # the first record may be a damaged one
            return Members(stream, _Kept).find() is not None
        return bool(STARTS.match(head))


def frames(path: Path, start: int = 0, *, is_start: bool = True) -> Iterator[Frame]:
    """The records of a file in its order; StorageError where the disk refuses.

    `start` is where one begins; with `is_start` false any byte, and the first that seems to begin after it is
    the first. It may lie inside another (a page may hold a WARC file): who reads parts compares where they meet.
    """
    try:
        with open(path, "rb", buffering=_BLOCK) as stream:
            yield from _frames(stream, start, is_start=is_start)
    except OSError as error:
        raise StorageError(f"{path}: cannot be read ({error.strerror or error}); look at the disk") from error


def frame_at(path: Path, offset: int) -> Frame:
    """The record that begins at an offset; a torn one where nothing does."""
    with open(path, "rb") as stream:
        found = next(_frames(stream, offset), None)
    return found or Frame(offset=offset, length=0, problem="damaged: no record begins here", is_torn=True)


def begun_at(path: Path) -> str:
    """The first date a file names, as 14 digits; "" where its beginning has none."""
    with open(path, "rb") as stream:
        first = next(_frames(stream, 0), None)
    said = _DATED.search(first.content[:HEAD]) if first else None
    return re.sub(rb"\D", b"", said[1] or said[2])[:14].decode() if said else ""


def _frames(stream: BinaryIO, start: int, *, is_start: bool = True) -> Iterator[Frame]:
    stream.seek(0)
    if stream.read(len(MAGIC)) == MAGIC:
        members = Members(stream, _Kept, start)
        return map(_unpacked, members if is_start or members.find() is not None else ())
    plain = Plain(stream, start)
    return (_read(stream, one) for one in (plain if is_start or plain.find() is not None else ()))


def _unpacked(part: Member[tuple[bytes, int]] | Torn) -> Frame:
    if isinstance(part, Member):
        content, size = part.record
        return Frame(offset=part.offset, length=part.length, content=content, problem=_too_long(size))
    is_cut = part.is_last and part.kind == "truncated"
    problem = "the file ends in the middle of a record" if is_cut else "damaged: does not unpack"
    return Frame(offset=part.offset, length=part.end - part.offset, problem=problem, is_torn=part.is_last)


def _read(stream: BinaryIO, one: Stretch) -> Frame:
    content = b""
    if one.problem is None:
        stream.seek(one.offset)
        content = stream.read(min(one.length, MAX_RECORD))
    problem = one.problem or _too_long(one.length)
    return Frame(offset=one.offset, length=one.length, content=content, problem=problem, is_torn=one.is_torn)


def _too_long(size: int) -> str | None:
    return "longer than any page" if size > MAX_RECORD else None
