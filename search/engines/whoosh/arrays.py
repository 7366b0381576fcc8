"""The file of arrays beside a Whoosh segment: a header, then every array of the segment's content, memory-mapped.

`MAIN_x.arrays`: Whoosh itself deletes it with its segment. The header has a checksum of its own and one of every array;
opening checks the header and the small arrays, `verify` reads all.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from search.engines.whoosh.content import Content, Dictionary, KeyPostings, TextPostings

SUFFIX = ".arrays"
FORMAT = 1
_MAGIC = b"danvan-arrays\n"
_ALIGNED = 64
# Larger arrays are checked by `danvan index verify` only: reading them all takes longer than a person waits.
_CHECKED_AT_ONCE = 64 * 1024


class ArraysError(Exception):
    """The arrays cannot be used; says why, in words for the reader."""


class _Section(msgspec.Struct, frozen=True):
    name: str
    dtype: str
    offset: int
    size: int  # bytes
    checksum: int


class _Header(msgspec.Struct, frozen=True):
    format: int
    segment: str
    documents: int
    tokens: dict[str, int]
    sections: list[_Section]


@dataclass(frozen=True)
class Arrays:
    """An open file: its content, and how to check it whole."""

    content: Content
    path: Path
    _header: _Header
    _bytes: np.ndarray
    first_byte: int  # of the arrays

    def verify(self) -> None:
        """Read everything; ArraysError where a checksum differs."""
        for section in self._header.sections:
            _check(section, self._bytes, self.first_byte, self.path)


def write(content: Content, path: Path, segment: str) -> None:
    """Write and sync; the file appears under its name only when it is whole."""
    sections, offset = [], 0
    for name, values in _sections(content):
        checksum = _checksum(values)
        sections.append(_Section(name, values.dtype.str, offset, values.nbytes, checksum))
        offset += -(-values.nbytes // _ALIGNED) * _ALIGNED
    tokens = {name: postings.tokens for name, postings in content.texts.items()}
    header = msgspec.json.encode(_Header(FORMAT, segment, len(content), tokens, sections))
    beside = path.with_name(f".{path.name}.new")
    with open(beside, "wb") as stream:
        stream.write(_MAGIC + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(4, "little") + header)
        first = stream.seek(_after_header(len(header)))
        for section, (_, values) in zip(sections, _sections(content), strict=True):
            stream.seek(first + section.offset)
            values.tofile(stream)
        stream.truncate(first + offset)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, path)


def read(path: Path, segment: str) -> Arrays:
    """Map a file; ArraysError where it is missing, of another segment or format, or damaged."""
    try:
        mapped = np.memmap(path, dtype=np.uint8, mode="r")
    except FileNotFoundError as error:
        raise ArraysError(f"{path.name} is missing") from error
    except (OSError, ValueError) as error:
        raise ArraysError(f"{path.name} cannot be read ({error})") from error
    header, first = _header(mapped, path)
    if header.segment != segment:
        raise ArraysError(f"{path.name} belongs to another segment")
    found = {}
    for section in header.sections:
        if section.size <= _CHECKED_AT_ONCE:
            _check(section, mapped, first, path)
        found[section.name] = _bytes_of(section, mapped, first, path).view(section.dtype)
    return Arrays(_content(found, header.tokens), path, header, mapped, first)


def _header(mapped: np.ndarray, path: Path) -> tuple[_Header, int]:
    start = len(_MAGIC) + 12
    begin = mapped[:start].tobytes()
    if begin[: len(_MAGIC)] != _MAGIC or len(begin) < start:
        raise ArraysError(f"{path.name} is damaged (no header)")
    size = int.from_bytes(begin[-12:-4], "little")
    raw = mapped[start : start + size].tobytes()
    if len(raw) != size or zlib.crc32(raw) != int.from_bytes(begin[-4:], "little"):
        raise ArraysError(f"{path.name} is damaged (header)")
    try:
        header = msgspec.json.decode(raw, type=_Header)
    except msgspec.DecodeError as error:
        raise ArraysError(f"{path.name} is of another version") from error
    if header.format != FORMAT:
        raise ArraysError(f"{path.name} is of format {header.format}, this version reads {FORMAT}")
    return header, _after_header(size)


def _after_header(size: int) -> int:
    return -(-(len(_MAGIC) + 12 + size) // _ALIGNED) * _ALIGNED


def _bytes_of(section: _Section, mapped: np.ndarray, first: int, path: Path) -> np.ndarray:
    found = mapped[first + section.offset : first + section.offset + section.size]
    if len(found) != section.size:
        raise ArraysError(f"{path.name} is cut short")
    return found


def _check(section: _Section, mapped: np.ndarray, first: int, path: Path) -> None:
    if _checksum(_bytes_of(section, mapped, first, path)) != section.checksum:
        raise ArraysError(f"{path.name} is damaged ({section.name})")


def _checksum(values: np.ndarray) -> int:
    return zlib.crc32(np.ascontiguousarray(values).view(np.uint8).data) if values.size else 0


_TEXT_ARRAYS = ("posts", "docs", "starts", "freqs", "positions", "bases", "lengths")
_KEY_ARRAYS = ("posts", "docs")


def _sections(content: Content) -> Iterator[tuple[str, np.ndarray]]:
    """Every array under its name, small ones of all documents first."""
    for name in ("ids", "days", "words"):
        yield name, getattr(content, name)
    for kind, fields, names in (("text", content.texts, _TEXT_ARRAYS), ("key", content.keys, _KEY_ARRAYS)):
        for field, postings in fields.items():
            yield f"{kind}.{field}.blob", postings.keys.blob
            yield f"{kind}.{field}.offsets", postings.keys.offsets
            for name in names:
                yield f"{kind}.{field}.{name}", getattr(postings, name)


def _content(found: dict[str, np.ndarray], tokens: dict[str, int]) -> Content:
    keys = [name.split(".")[1] for name in found if name.startswith("key.") and name.endswith(".blob")]
    return Content(
        ids=found["ids"],
        days=found["days"],
        words=found["words"],
        texts={
            field: TextPostings(
                keys=Dictionary(found[f"text.{field}.blob"], found[f"text.{field}.offsets"]),
                tokens=count,
                **{name: found[f"text.{field}.{name}"] for name in _TEXT_ARRAYS},
            )
            for field, count in tokens.items()
        },
        keys={
            field: KeyPostings(
                keys=Dictionary(found[f"key.{field}.blob"], found[f"key.{field}.offsets"]),
                **{name: found[f"key.{field}.{name}"] for name in _KEY_ARRAYS},
            )
            for field in keys
        },
    )
