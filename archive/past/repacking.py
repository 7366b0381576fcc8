"""A file that is one gzip stream, its records packed one by one: only so each can be read where it lies.

What comes out unpacks to the same bytes as what went in, whole and damaged records alike.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from archive.errors import UsageError
from archive.frames.plain import Plain, declared
from archive.frames.starts import GZIP, HEAD, MAGIC, STARTS

_STEP = 1 << 14
_BLOCK = 1 << 20
_SIP = 256  # so small that damage behind the first records does not hide them
_LONGEST_FIRST = 17 * 1024 * 1024  # a first record that is longer is not looked behind
# Pages pack to a fifth or a tenth; deflate could make a thousandth of nothing but zeros.
_MOST = 200


def is_one_stream(path: Path) -> bool:
    """Whether a second record begins behind the first one in the same gzip member."""
    with open(path, "rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            return False
        stream.seek(0)
        head, wanted = bytearray(), HEAD
        for part in _beginning(stream):
            head += part
            if len(head) >= wanted:
                start, length = declared(bytes(head[:HEAD]))
                if wanted > HEAD or start is None or length is None or length > _LONGEST_FIRST:
                    break
                wanted = start + length + HEAD
    start, length = declared(bytes(head[:HEAD]))
    if start is None or length is None:
        return False
    return bool(STARTS.match(bytes(head[start + length : start + length + HEAD]).lstrip(b"\r\n")))


def _beginning(stream: BinaryIO) -> Iterator[bytes]:
    """The first member's plain bytes, up to its end or its first damage."""
    unpacker = zlib.decompressobj(GZIP)
    try:
        while not unpacker.eof and (packed := stream.read(_SIP)):
            yield unpacker.decompress(packed)
    except zlib.error:
        return


def repack(path: Path) -> int | None:
    """Pack a file's records one by one, in its place; returns the byte at which its stream breaks off, or None.

    OSError where the disk refuses; UsageError for a bomb.
    """
    plain, packed = path.with_name(path.name + ".plain"), path.with_name(path.name + ".packed")
    try:
        with open(path, "rb") as stream, open(plain, "wb") as out:
            broken_at = _unpack(stream, out, path.stat().st_size * _MOST)
        with open(plain, "rb") as stream, open(packed, "wb") as out:
            for start, end in _records(stream):
                _pack(stream, start, end, out)
            out.flush()
            os.fsync(out.fileno())
        os.replace(packed, path)
    finally:
        plain.unlink(missing_ok=True)
        packed.unlink(missing_ok=True)
    return broken_at


def _unpack(stream: BinaryIO, out: BinaryIO, most: int) -> int | None:
    """Every byte up to the stream's end, or to its first damage, which is returned."""
    unpacker, at, is_between = zlib.decompressobj(GZIP), 0, True
    while True:
        stream.seek(at)
        packed = stream.read(_STEP)
        if not packed:
            return None if is_between else at
        if is_between and not packed.strip(b"\0"):  # padding
            at += len(packed)
            continue
        before = unpacker.copy()
        try:
            out.write(unpacker.decompress(packed))
        except zlib.error:
            return at + _bytewise(before, packed, out)
        at += len(packed) - len(unpacker.unused_data)
        if is_between := unpacker.eof:
            unpacker = zlib.decompressobj(GZIP)
        if out.tell() > most:
            raise UsageError(f"unpacks to more than {_MOST} times its size: no file of pages")


def _bytewise(unpacker: Any, packed: bytes, out: BinaryIO) -> int:
    """What unpacks of a part with damage in it; returns how many bytes were good."""
    for number in range(len(packed)):
        try:
            out.write(unpacker.decompress(packed[number : number + 1]))
        except zlib.error:
            return number
    return len(packed)


def _records(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """From each record's first byte to the next one's, blank lines between them included."""
    start, size = 0, os.fstat(stream.fileno()).st_size
    for number, one in enumerate(Plain(stream)):
        if number:
            yield start, one.offset
            start = one.offset
    yield start, size


def _pack(stream: BinaryIO, start: int, end: int, out: BinaryIO) -> None:
    packer = zlib.compressobj(wbits=GZIP)  # without a time: the same file gives the same bytes
    stream.seek(start)
    while start < end and (block := stream.read(min(_BLOCK, end - start))):
        start += len(block)
        out.write(packer.compress(block))
    out.write(packer.flush())
