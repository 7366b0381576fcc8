"""Streams: any size, an error where it is read, and no thread left behind a reader that went away."""

from __future__ import annotations

import threading
import time
from typing import IO

import pytest

from search.web.streaming import streamed


def test_pieces_are_the_whole_in_order() -> None:
    def write(stream: IO[bytes]) -> None:
        for number in range(100_000):
            stream.write(b"%d\n" % number)

    assert b"".join(streamed(write)) == b"".join(b"%d\n" % number for number in range(100_000))


def test_error_while_writing_is_raised_where_it_is_read() -> None:
    def write(stream: IO[bytes]) -> None:
        stream.write(b"x" * 200_000)
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        list(streamed(write))


def test_reader_that_goes_away_ends_the_writer() -> None:
    running = threading.Event()

    def write(stream: IO[bytes]) -> None:
        running.set()
        while True:
            stream.write(b"x" * 100_000)

    pieces = streamed(write)
    next(pieces)
    assert running.is_set()
    before = threading.active_count()
    pieces.close()
    deadline = time.monotonic() + 10
    while threading.active_count() >= before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert threading.active_count() < before
