"""Where records begin and end in a WARC or ARC file, packed or plain, whole or damaged.

Readers of WARC take a torn last record for a whole one and stop at a damaged one. Here a record that cannot be
read is one frame with its reason, and reading goes on at the next whole one. Memory holds one record.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from archive.errors import StorageError

# A page has at most 16 MB (what a crawl fetches at most); its headers come on top.
MAX_RECORD = 17 * 1024 * 1024
_CHUNK = 1 << 16
_BLOCK = 1 << 20
_HEAD = 1 << 15  # longer headers are none
_LONGEST_START = 2048  # of an ARC record's line, with an address in it
_SIP = 128  # so small that damage behind the beginning does not hide it
_MAGIC = b"\x1f\x8b\x08"
_STARTS = re.compile(rb"WARC/\d\.\d+\r?\n|\w+:\S* \S+ \d{14} [^\n]* \d+\r?\n")
_WARC_NEXT = re.compile(rb"\n(?=WARC/\d\.\d+\r?\n)")
_ARC_NEXT = re.compile(rb"\n(?=\w+:\S+ \S+ \d{14} [^\n]* \d+\r?\n)")
_ARC_LINE = re.compile(rb"\w+:\S* \S+ \d{14} [^\n]* (\d+)\r?\n")
_LENGTH = re.compile(rb"\r?\ncontent-length[ \t]*:[ \t]*(\S+)", re.IGNORECASE)
_DATED = re.compile(rb"(?i:\nwarc-date)[ \t]*:[ \t]*([\d:TZ-]+)|^\w+:\S* \S+ (\d{14}) ")
_BLANK = re.compile(rb"\r?\n\r?\n")


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


def is_archive_file(path: Path) -> bool:
    """Whether a file begins as a WARC or ARC file does, packed or not.

    >>> is_archive_file(Path("/dev/null"))
    False
    """
    with open(path, "rb") as stream:
        head = stream.read(_HEAD)
        if head.startswith(_MAGIC):  # the first record may be a damaged one
            return _begins_member(stream, 0) or any(_members_from(stream, 1))
        return bool(_STARTS.match(head))


def frames(path: Path) -> Iterator[Frame]:
    """Every record of a file in its order; StorageError where the disk refuses."""
    try:
        with open(path, "rb", buffering=_BLOCK) as stream:
            yield from _frames(stream)
    except OSError as error:
        raise StorageError(f"{path}: cannot be read ({error.strerror or error}); look at the disk") from error


def frame_at(path: Path, offset: int) -> Frame:
    """The record that begins at an offset."""
    with open(path, "rb") as stream:
        return _reader(stream)(offset)


def _frames(stream: BinaryIO) -> Iterator[Frame]:
    read, offset = _reader(stream), 0
    while offset < _size(stream):
        frame = read(offset)
        if frame.length == 0:  # blank lines at the end
            return
        yield frame
        offset = frame.end


def _size(stream: BinaryIO) -> int:
    return os.fstat(stream.fileno()).st_size


def _reader(stream: BinaryIO) -> Callable[[int], Frame]:
    stream.seek(0)
    head = stream.read(len(_MAGIC))
    if head == _MAGIC:
        return partial(_member, stream)
    next_record = _WARC_NEXT if head.startswith(b"WAR") else _ARC_NEXT
    return partial(_plain, stream, next_record)


def _member(stream: BinaryIO, offset: int) -> Frame:
    """One gzip member; one that is damaged ends where the next begins."""
    stream.seek(offset)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    content, size = bytearray(), 0
    try:
        while not unpacker.eof:
            packed = unpacker.unconsumed_tail or stream.read(_CHUNK)
            if not packed:
                return _lost(stream, offset, "the file ends in the middle of a record")
            part = unpacker.decompress(packed, _BLOCK)
            size += len(part)
            if len(content) < MAX_RECORD:
                content += part
    except zlib.error:
        return _lost(stream, offset, "damaged: does not unpack")
    length = stream.tell() - len(unpacker.unused_data) - offset
    return Frame(offset=offset, length=length, content=bytes(content), problem=_too_long(size))


def _too_long(size: int) -> str | None:
    return "longer than any page" if size > MAX_RECORD else None


def _lost(stream: BinaryIO, offset: int, why: str) -> Frame:
    """A member that cannot be unpacked, up to the next one that can; torn where there is none."""
    for found in _members_from(stream, offset + 1):
        return Frame(offset=offset, length=found - offset, problem="damaged: does not unpack")
    return Frame(offset=offset, length=_size(stream) - offset, problem=why, is_torn=True)


def _members_from(stream: BinaryIO, start: int) -> Iterator[int]:
    """Where gzip members with records in them begin."""
    return (at for at in _search(stream, start, re.compile(re.escape(_MAGIC))) if _begins_member(stream, at))


def _begins_member(stream: BinaryIO, offset: int) -> bool:
    """Whether a record begins here; the three bytes of the mark also occur inside packed text."""
    stream.seek(offset)
    unpacker, head = zlib.decompressobj(zlib.MAX_WBITS + 16), b""
    try:
        while len(head) < _LONGEST_START and not unpacker.eof and (packed := stream.read(_SIP)):
            head += unpacker.decompress(packed, _HEAD)
    except zlib.error:
        pass  # what came before the damage decides
    return bool(_STARTS.match(head))


def _plain(stream: BinaryIO, next_record: re.Pattern[bytes], offset: int) -> Frame:
    """One record that is not packed, with the blank lines behind it."""
    stream.seek(offset)
    head = stream.read(_HEAD)
    blank = len(head) - len(head.lstrip(b"\r\n"))
    if blank:
        return Frame(offset=offset, length=0) if blank == len(head) else _plain(stream, next_record, offset + blank)
    start, declared = _declared(head)
    if start is None:
        return _resumed(stream, next_record, offset, offset, "damaged: no record begins here")
    begin = offset + start
    if declared is None:
        return _resumed(stream, next_record, offset, begin - 1, "Content-Length is no number")
    if begin + declared > _size(stream) or not _is_followed(stream, begin + declared):
        why = f"declares {declared} bytes and holds another number"
        return _resumed(stream, next_record, offset, begin - 1, why)
    stream.seek(offset)
    content = stream.read(min(start + declared, MAX_RECORD))
    return Frame(offset=offset, length=start + declared, content=content, problem=_too_long(start + declared))


def _declared(head: bytes) -> tuple[int | None, int | None]:
    """Where a record's block begins, and how long it says it is.

    >>> _declared(b"WARC/1.0\\r\\nContent-Length: 7\\r\\n\\r\\nsomething")
    (31, 7)
    """
    if line := _ARC_LINE.match(head):
        return line.end(), int(line[1])
    blank = _BLANK.search(head)
    if not head.startswith(b"WARC/") or blank is None:
        return None, None
    said = _LENGTH.search(head, 0, blank.end())
    return blank.end(), int(said[1]) if said and said[1].isdigit() else None


def _is_followed(stream: BinaryIO, offset: int) -> bool:
    """Whether a record, or nothing, begins after the blank lines at an offset."""
    stream.seek(offset)
    rest = stream.read(_HEAD)
    after = rest.lstrip(b"\r\n")
    return not after or bool(_STARTS.match(after))


def _resumed(stream: BinaryIO, next_record: re.Pattern[bytes], offset: int, start: int, why: str) -> Frame:
    """A record whose length is wrong, up to the next one; torn where there is none."""
    for found in _search(stream, max(start, offset), next_record):
        if found + 1 > offset:
            return Frame(offset=offset, length=found + 1 - offset, problem=why)
    return Frame(offset=offset, length=_size(stream) - offset, problem=why, is_torn=True)


def _search(stream: BinaryIO, start: int, wanted: re.Pattern[bytes]) -> Iterator[int]:
    """Offsets at which a pattern is found, block by block with an overlap for what lies across."""
    overlap = 4096
    while True:
        stream.seek(start)
        block = stream.read(_BLOCK)
        for found in wanted.finditer(block):
            if found.start() < len(block) - overlap or len(block) < _BLOCK:
                yield start + found.start()
        if len(block) < _BLOCK:
            return
        start += len(block) - overlap


def begun_at(path: Path) -> str:
    """The first date a file names, as 14 digits; "" where its beginning has none."""
    with open(path, "rb") as stream:
        head = _reader(stream)(0).content[:_HEAD]
    said = _DATED.search(head)
    return re.sub(rb"\D", b"", said[1] or said[2])[:14].decode() if said else ""
