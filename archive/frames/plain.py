"""Records of a file that is not packed: each is as long as it says, if a record or nothing follows there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from archive.frames.starts import ARC_LINE, ARC_NEXT, HEAD, STARTS, WARC_NEXT, search

_LENGTH = re.compile(rb"\r?\ncontent-length[ \t]*:[ \t]*(\S+)", re.IGNORECASE)
_CUT = re.compile(rb"W|WA|WAR|WARC|WARC/[\d.]*\r?|\w+:\S*( [^\n]*)?")
_BLANK = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The bytes of one record, the blank lines before it left out; `problem` says why they are none."""

    offset: int
    length: int
    problem: str | None = None
    is_torn: bool = False  # the file ends in the middle of it

    @property
    def end(self) -> int:
        return self.offset + self.length


class Plain:
    """Iterates over a plain file's records from an offset on."""

    def __init__(self, stream: BinaryIO, start: int = 0) -> None:
        self._stream, self._at = stream, start
        self._size = os.fstat(stream.fileno()).st_size
        stream.seek(0)
        self._next = WARC_NEXT if stream.read(3) == b"WAR" else ARC_NEXT

    def __iter__(self) -> Iterator[Stretch]:
        while (begin := self._past_blanks()) is not None:
            found = self._record(begin)
            self._at = found.end
            yield found

    def find(self) -> int | None:
        """Go to the next line that begins like a record, this one included; None where the file ends first."""
        self._stream.seek(self._at)
        if not STARTS.match(self._stream.read(HEAD)):
            found = next(search(self._stream, max(0, self._at - 1), self._next), None)
            self._at = self._size if found is None else found + 1
        return self._at if self._at < self._size else None

    def _past_blanks(self) -> int | None:
        """Where the next byte that is no line end stands; None where only line ends follow."""
        while True:
            self._stream.seek(self._at)
            head = self._stream.read(HEAD)
            blank = len(head) - len(head.lstrip(b"\r\n"))
            self._at += blank
            if blank < len(head) or not head:
                return self._at if head else None

    def _record(self, offset: int) -> Stretch:
        self._stream.seek(offset)
        start, length = declared(self._stream.read(HEAD))
        if start is None:
            return self._resumed(offset, offset, "damaged: no record begins here")
        begin = offset + start
        if length is None:
            return self._resumed(offset, begin - 1, "Content-Length is no number")
        if begin + length > self._size or not self._is_followed(begin + length):
            return self._resumed(offset, begin - 1, f"declares {length} bytes and holds another number")
        return Stretch(offset=offset, length=start + length)

    def _is_followed(self, offset: int) -> bool:
        """Whether a record, the first bytes of one that is cut off, or nothing follows the blank lines at an offset."""
        self._stream.seek(offset)
        rest = self._stream.read(HEAD)
        after = rest.lstrip(b"\r\n")
        is_end = offset + len(rest) == self._size
        return not after or bool(STARTS.match(after)) or (is_end and bool(_CUT.fullmatch(after)))

    def _resumed(self, offset: int, start: int, why: str) -> Stretch:
        """A record whose length is wrong, up to the next one; torn where there is none."""
        for found in search(self._stream, max(start, offset), self._next):
            if found + 1 > offset:
                return Stretch(offset=offset, length=found + 1 - offset, problem=why)
        return Stretch(offset=offset, length=self._size - offset, problem=why, is_torn=True)


def declared(head: bytes) -> tuple[int | None, int | None]:
    """Where a record's block begins, and how long it says it is.

    >>> declared(b"WARC/1.0\\r\\nContent-Length: 7\\r\\n\\r\\nsomething")
    (31, 7)
    """
    if line := ARC_LINE.match(head):
        return line.end(), int(line[1])
    blank = _BLANK.search(head)
    if not head.startswith(b"WARC/") or blank is None:
        return None, None
    said = _LENGTH.search(head, 0, blank.end())
    return blank.end(), int(said[1]) if said and said[1].isdigit() else None
