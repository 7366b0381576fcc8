"""Reading a WARC file as strictly as a prover must: member by member, in chunks, missing nothing.

warcio and its kin take a torn last member for whole, so the members are walked here. Memory holds one chunk,
whatever a record's length.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from archive.fixity.record import RecordCheck, RecordFacts

CHUNK = 1 << 18  # 256 KiB: as fast as larger ones
_PART = 1 << 14  # what follows a member is copied, so parts are small
_MAGIC = b"\x1f\x8b\x08"
_GARBAGE = ("trailing-bytes", "these bytes are no record")
_GZIP = zlib.MAX_WBITS + 16


@dataclass(frozen=True, kw_only=True)
class Member:
    """A gzip member and the record in it."""

    offset: int
    length: int
    record: RecordFacts


@dataclass(frozen=True, kw_only=True)
class Torn:
    """Bytes that are no whole member: from where to where, and why."""

    kind: str  # a kind of Finding
    offset: int
    end: int
    why: str


class Members:
    """Iterates over a file's members; afterwards `size` and `sha256` are those of all its bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._hash = stream, hashlib.sha256()
        self._buffer, self._position = b"", 0
        self._at = 0  # offset in the file of the next byte
        self.size = 0  # bytes read

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[Member | Torn]:
        while part := self._peek(len(_MAGIC)):
            yield self._member() if part.startswith(_MAGIC) else self._next_record(self._at, _GARBAGE)

    def read_through(self) -> None:
        """Take the digest of what is no gzip file by members."""
        while part := self._peek(CHUNK):
            self._skip(len(part))

    def _member(self) -> Member | Torn:
        start, check = self._at, RecordCheck()
        unpacker = zlib.decompressobj(_GZIP)
        try:
            while not unpacker.eof:
                part = self._peek(_PART)
                plain = unpacker.decompress(part, CHUNK)  # without input: what it still holds back
                if not part and not plain:
                    return self._resume(start, "truncated", "the file ends within a record")
                self._skip(len(part) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data))
                check.feed(plain)
        except zlib.error as error:
            return self._resume(start, "member-damaged", f"its gzip member cannot be unpacked ({error})")
        return Member(offset=start, length=self._at - start, record=check.finish())

    def _resume(self, start: int, kind: str, why: str) -> Torn:
        """Go to the next member behind a broken one, from its second byte on, so that none is skipped."""
        self._stream.seek(start + 1)
        self._buffer, self._position, self._at = b"", 0, start + 1
        return self._next_record(start, (kind, why))

    def _next_record(self, start: int, what: tuple[str, str]) -> Torn:
        """Skip to the next member that begins like a record; without one, these are the file's last bytes."""
        while len(part := self._peek(CHUNK)) >= len(_MAGIC):
            found = part.find(_MAGIC)
            self._skip(found if found >= 0 else len(part) - len(_MAGIC) + 1)
            if found >= 0:
                if _begins_like_a_record(self._peek(_PART)):
                    return Torn(kind="member-damaged", offset=start, end=self._at, why=what[1])
                self._skip(1)
        self._skip(len(part))
        return Torn(kind=what[0], offset=start, end=self._at, why=what[1])

    def _peek(self, wanted: int) -> bytes:
        """Up to `wanted` next bytes, fewer only at the file's end."""
        while len(self._buffer) - self._position < wanted and (chunk := self._stream.read(CHUNK)):
            begin = self._at + len(self._buffer) - self._position
            fresh = chunk[max(0, self.size - begin) :]  # bytes read again after a damage are hashed once
            self._hash.update(fresh)
            self.size += len(fresh)
            self._buffer, self._position = self._buffer[self._position :] + chunk, 0
        return self._buffer[self._position : self._position + wanted]

    def _skip(self, count: int) -> None:
        self._position += count
        self._at += count


def _begins_like_a_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, 5).startswith(b"WARC/")
    except zlib.error:
        return False
