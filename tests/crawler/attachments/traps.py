"""Files that end the process that reads them, each in its way; real ones do it in C code."""

from __future__ import annotations

import ctypes
import os
import signal

from crawler.attachments import limits, readers, reading

DIES, HANGS, SWELLS = b"%PDF-dies", b"%PDF-hangs", b"%PDF-swells"


def begin() -> None:
    """In the reader's process: the traps beside the real reader, and a second of CPU time instead of twenty."""
    limits.CPU_SECONDS = 1
    real = reading.read_attachment
    readers.read_attachment = lambda body, declared: _trap(body) or real(body, declared)


def _trap(body: bytes) -> None:
    if body == DIES:
        os.kill(os.getpid(), signal.SIGSEGV)
    if body == HANGS:
        spin()
    if body == SWELLS:
        bytearray(2 << 30)


def spin() -> None:
    """Two long sorts in C: no Python runs in between that a signal's handler could use."""
    libc = ctypes.CDLL(None)
    size = 60_000_000
    libc.memset(buffer := ctypes.create_string_buffer(size), 1, size)
    for _ in range(100_000):
        libc.memchr(buffer, 2, size)
