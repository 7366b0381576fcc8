"""A file that is digested while it is read, bytes that are read again once."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

_CHUNK = 1 << 18


class DigestedFile:
    """Reads another stream; afterwards `size` and `sha256` are those of all bytes up to the last one read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._hash = stream, hashlib.sha256()
        self._at = self.size = 0

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        part = self._stream.read(size)
        fresh = part[max(0, self.size - self._at) :]
        self._hash.update(fresh)
        self.size += len(fresh)
        self._at += len(part)
        return part

    def seek(self, offset: int) -> int:
        """Go back; never forward, or the bytes between would not be digested."""
        assert offset <= self.size
        self._at = self._stream.seek(offset)
        return self._at

    def read_through(self) -> None:
        """Digest what is left."""
        while self.read(_CHUNK):
            pass
