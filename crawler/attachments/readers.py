"""Reading attachments in a process of their own, with limits of CPU time and memory that hold for C code too.

It is not one of the pages' readers: a file that kills its reader must cost no article. One file is read at a time, so
that a death has one cause.
"""

from __future__ import annotations

import asyncio
import logging
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from archive.attachments.records import AttachmentText
from crawler.attachments import limits
from crawler.attachments.media import media_type
from crawler.attachments.reading import read_attachment
from crawler.workers import begin_reader, end_pool, forked

logger = logging.getLogger(__name__)


class AttachmentReaders:
    """One process, begun with the first file; `is_apart` False reads in the calling process, without limits.

    `begin` is called in the process before it reads.
    """

    def __init__(self, *, is_apart: bool, begin: Callable[[], None] | None = None) -> None:
        self._is_apart, self._begin = is_apart, begin
        self._pool: ProcessPoolExecutor | None = None
        self._turn = asyncio.Lock()

    async def read(self, body: bytes, declared: str | None) -> AttachmentText:
        """What a file says; one that kills its reader, or takes too long, has that as its problem."""
        if not self._is_apart:
            return _read(body, declared)
        async with self._turn:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=forked(), initializer=_start, initargs=(self._begin,))
            try:
                return await asyncio.get_running_loop().run_in_executor(self._pool, _limited, body, declared)
            except BrokenProcessPool:
                end_pool(self._pool, seconds=0)
                self._pool = None
                problem = (
                    f"its reader died: more than {limits.CPU_SECONDS} s of CPU time or 1 GiB of memory, or a crash"
                )
                return AttachmentText(media_type=media_type(body, declared), problem=problem)

    def close(self) -> None:
        """End the process."""
        end_pool(self._pool)


def _start(begin: Callable[[], None] | None) -> None:
    """In the process: it ends with its parent, and has so much memory and no more."""
    begin_reader()
    with open("/proc/self/statm", encoding="ascii") as stream:
        held = int(stream.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + limits.MEMORY_BYTES, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if begin is not None:
        begin()


def _limited(body: bytes, declared: str | None) -> AttachmentText:
    """The kernel ends the process that takes too long, whatever code it is in."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + limits.CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
    return _read(body, declared)


def _read(body: bytes, declared: str | None) -> AttachmentText:
    try:
        return read_attachment(body, declared)
    except MemoryError:
        problem = "needs more than 1 GiB of memory to read"
    except Exception as error:  # noqa: BLE001 (a file that breaks a rule must not cost the crawl the others)
        logger.exception("an attachment could not be read")
        problem = f"could not be read ({type(error).__name__}: {error})"
    return AttachmentText(media_type=media_type(body, declared), problem=problem)
