"""How the records of WARC and ARC files begin, and where the next one does."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

MAGIC = b"\x1f\x8b\x08"
GZIP = zlib.MAX_WBITS + 16
HEAD = 1 << 15  # longer headers are none
STARTS = re.compile(rb"WARC/\d\.\d+\r?\n|\w+:\S* \S+ \d{14} [^\n]* \d+\r?\n")
WARC_NEXT = re.compile(rb"\n(?=WARC/\d\.\d+\r?\n)")
ARC_NEXT = re.compile(rb"\n(?=\w+:\S+ \S+ \d{14} [^\n]* \d+\r?\n)")
ARC_LINE = re.compile(rb"\w+:\S* \S+ \d{14} [^\n]* (\d+)\r?\n")
_LONGEST_START = 2048  # of an ARC record's line, with an address in it
_SIP = 128  # so small that damage behind the beginning does not hide it
_BLOCK = 1 << 20
_OVERLAP = 4096  # of blocks, for what lies across


def begins_record(packed: bytes) -> bool:
    """Whether a gzip member with a record in it begins so; its mark's three bytes also occur inside packed text.

    >>> import gzip
    >>> begins_record(gzip.compress(b"WARC/1.1\\r\\n")), begins_record(gzip.compress(b"<html>"))
    (True, False)
    """
    unpacker, head = zlib.decompressobj(GZIP), b""
    try:
        for start in range(0, len(packed), _SIP):
            head += unpacker.decompress(packed[start : start + _SIP], HEAD)
            if len(head) >= _LONGEST_START or unpacker.eof:
                break
    except zlib.error:
        pass  # what came before the damage decides
    return bool(STARTS.match(head))


def search(stream: BinaryIO, start: int, wanted: re.Pattern[bytes]) -> Iterator[int]:
    """Offsets from `start` on at which a pattern is found, read block by block."""
    while True:
        stream.seek(start)
        block = stream.read(_BLOCK)
        for found in wanted.finditer(block):
            if found.start() < len(block) - _OVERLAP or len(block) < _BLOCK:
                yield start + found.start()
        if len(block) < _BLOCK:
            return
        start += len(block) - _OVERLAP
