"""What is written to a stream, handed on piece by piece while it is written."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import IO, TextIO, cast

# Pieces in flight: a slow reader slows the writer down, and memory stays what it is.
_PIECES = 16
_PIECE = 64 * 1024  # bytes


class _ReaderGoneError(Exception):
    """The reader went away."""


class _Pipe(io.RawIOBase):
    """A stream of bytes whose other end is a queue."""

    def __init__(self, queue: Queue[bytes | BaseException | None], is_gone: Event) -> None:
        self._queue, self._is_gone = queue, is_gone

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        put(self._queue, piece, self._is_gone)
        return len(piece)


def put(queue: Queue[bytes | BaseException | None], item: bytes | BaseException | None, is_gone: Event) -> None:
    """Wait for room, but not for a reader that went away."""
    while not is_gone.is_set():
        try:
            return queue.put(item, timeout=0.5)
        except Full:
            continue
    raise _ReaderGoneError


def streamed(write: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    """The bytes that `write` writes, while a thread of its own writes them; its error is raised here."""
    queue: Queue[bytes | BaseException | None] = Queue(_PIECES)
    is_gone = Event()

    def run() -> None:
        try:
            with io.BufferedWriter(_Pipe(queue, is_gone), _PIECE) as stream:
                write(stream)
            put(queue, None, is_gone)
        except _ReaderGoneError:
            return
        except BaseException as error:  # noqa: BLE001 (raised where it is read)
            if not is_gone.is_set():
                put(queue, error, is_gone)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        while (piece := queue.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        is_gone.set()
        thread.join(timeout=5)


def streamed_text(write: Callable[[TextIO], object]) -> Iterator[bytes]:
    """The same of text, in UTF-8."""
    return streamed(lambda stream: write(cast("TextIO", codecs.getwriter("utf-8")(stream))))
