"""Walking the gzip members of a file as strictly as a prover must: in chunks, missing nothing.

warcio and its kin take a torn last member for whole and stop at a damaged one. Here what is no whole member is said
with its place, and the walk goes on at the next one that begins like a record. Memory holds one chunk, whatever a
record's length; what is kept of a member's plain bytes is its sink's affair.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from archive.frames.starts import GZIP, MAGIC, begins_record

CHUNK = 1 << 18  # 256 KiB: as fast as larger ones
_PART = 1 << 14  # what follows a member is copied, so parts are small
_GARBAGE = ("trailing-bytes", "these bytes are no record")

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Sink(Protocol[T_co]):
    """Fed the plain bytes of one member; `finish` says what they are."""

    def feed(self, plain: bytes) -> None: ...

    def finish(self) -> T_co: ...


@dataclass(frozen=True, kw_only=True)
class Member(Generic[T]):
    """A gzip member and the record in it."""

    offset: int
    length: int
    record: T


@dataclass(frozen=True, kw_only=True)
class Torn:
    """Bytes that are no whole member: from where to where, and why."""

    kind: str  # truncated, member-damaged or trailing-bytes, as archive.fixity names findings
    offset: int
    end: int
    why: str
    is_last: bool = False  # no record follows


class Source(Protocol):
    """A file that can be read again from an earlier place."""

    def read(self, size: int, /) -> bytes: ...

    def seek(self, offset: int, /) -> int: ...


class Members(Generic[T]):
    """Iterates over a file's members from an offset on, each fed to a sink of its own."""

    def __init__(self, stream: Source, sink: Callable[[], Sink[T]], start: int = 0) -> None:
        self._stream, self._sink = stream, sink
        self._go_to(start)

    def __iter__(self) -> Iterator[Member[T] | Torn]:
        while part := self._peek(len(MAGIC)):
            yield self._member() if part.startswith(MAGIC) else self._next_record(self._at, _GARBAGE)

    def find(self) -> int | None:
        """Go to the next member that begins like a record, this one included; None where the file ends first."""
        while len(part := self._peek(CHUNK)) >= len(MAGIC):
            found = part.find(MAGIC)
            self._skip(found if found >= 0 else len(part) - len(MAGIC) + 1)
            if found >= 0:
                if begins_record(self._peek(_PART)):
                    return self._at
                self._skip(1)
        self._skip(len(part))
        return None

    def _member(self) -> Member[T] | Torn:
        start, sink = self._at, self._sink()
        unpacker = zlib.decompressobj(GZIP)
        try:
            while not unpacker.eof:
                part = self._peek(_PART)
                plain = unpacker.decompress(part, CHUNK)  # without input: what it still holds back
                if not part and not plain:
                    return self._resume(start, "truncated", "the file ends within a record")
                # At the end zlib may give the same rest under both names.
                rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
                self._skip(len(part) - len(rest))
                sink.feed(plain)
        except zlib.error as error:
            return self._resume(start, "member-damaged", f"its gzip member cannot be unpacked ({error})")
        return Member(offset=start, length=self._at - start, record=sink.finish())

    def _resume(self, start: int, kind: str, why: str) -> Torn:
        """Go to the next member behind a broken one, from its second byte on, so that none is skipped."""
        self._go_to(start + 1)
        return self._next_record(start, (kind, why))

    def _next_record(self, start: int, what: tuple[str, str]) -> Torn:
        """What lies before the next member that begins like a record; without one, the file's last bytes."""
        is_last = self.find() is None
        return Torn(
            kind=what[0] if is_last else "member-damaged", offset=start, end=self._at, why=what[1], is_last=is_last
        )

    def _go_to(self, start: int) -> None:
        self._stream.seek(start)
        self._buffer, self._position = b"", 0
        self._at = start  # offset in the file of the next byte

    def _peek(self, wanted: int) -> bytes:
        """Up to `wanted` next bytes, fewer only at the file's end."""
        while len(self._buffer) - self._position < wanted and (chunk := self._stream.read(CHUNK)):
            self._buffer, self._position = self._buffer[self._position :] + chunk, 0
        return self._buffer[self._position : self._position + wanted]

    def _skip(self, count: int) -> None:
        self._position += count
        self._at += count
