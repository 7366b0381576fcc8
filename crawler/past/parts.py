"""Parts of the files of an import, each read by itself, and what was read in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.ledger import Entry
from crawler.reading import PageReading

# About 85 packed pages, 0.8 s of reading: long beside handing it over, short beside a file.
PART_BYTES = 1 << 20
# A part that packs very small is read in several goes, so that memory stays flat whatever it holds.
RECORDS_A_GO = 250
BYTES_A_GO = 32 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Part:
    """The records of a file that begin from `start` up to `end`."""

    path: Path
    start: int
    end: int
    is_start: bool  # a record begins at `start`; else the first that seems to begin behind it is searched for
    records: int = RECORDS_A_GO  # as many at most
    is_deadly: bool = False  # its first page killed the process that read it, and is not read again


@dataclass(frozen=True, kw_only=True)
class Found:
    """A response of a portal; `reading` where it is an article's page."""

    entry: Entry
    is_article: bool
    reading: PageReading | None = None


@dataclass(frozen=True, kw_only=True)
class Unusable:
    """A record that proves nothing, `said` with what it is of."""

    offset: int
    reason: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """A response of no portal."""

    host: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """A response that is in the archive."""


@dataclass(frozen=True, kw_only=True)
class NoResponse:
    """A record of another type: a request, what the crawler says of itself."""


Read = Found | Unusable | Elsewhere | Known | NoResponse


@dataclass(frozen=True, kw_only=True)
class PartRead:
    """What a part holds, in its order, and how far it was read."""

    part: Part
    first: int  # where its first record begins
    next: int  # where the next record begins; the file's size where none does
    reads: tuple[Read, ...]
    torn_at: int | None = None


def parts_of(path: Path) -> Iterator[Part]:
    """A file from its beginning to its end."""
    size = path.stat().st_size
    for start in range(0, size, PART_BYTES):
        yield Part(path=path, start=start, end=min(start + PART_BYTES, size), is_start=start == 0)


def count_parts(path: Path) -> int:
    """How many there are."""
    return -(-path.stat().st_size // PART_BYTES)
