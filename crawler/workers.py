"""Reading pages in other processes, so that the reactor never stalls on a heavy page.

Extraction and description take as long as everything else a crawl does for a page. With size 0 pages are read
in the calling process.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from multiprocessing.context import ForkServerContext
from typing import Any

from archive.authorities import Authorities
from archive.records import ArticlePage
from crawler.reading import PageReading, Reader
from spiders.registry import Registry

# A page that takes so much CPU time is a trap; normal ones take 10 ms, the worst that were made took 2 s.
CPU_SECONDS_PER_PAGE = 5.0
# The pool's queue is the only unbounded thing between network and disk.
_WAITING_PAGES = 64

_reader: Reader | None = None
logger = logging.getLogger(__name__)


class Readers:
    """A pool of page readers; `read` may be awaited by many pages at once."""

    def __init__(self, size: int, registry: Registry | None = None) -> None:
        self.size, self._registry = size, registry
        self._pool = self._new_pool(size) if size > 0 else None
        self._alone: ProcessPoolExecutor | None = None  # reads, one at a time, what was under way when a reader died
        self._room, self._turn = asyncio.Semaphore(_WAITING_PAGES), asyncio.Lock()

    async def read(self, page: ArticlePage, portal: str) -> PageReading:
        """Read one page by the rules of a portal; a reader that dies or hangs gives `None` fields and a reason.

        Nobody knows which of the pages under way killed a reader: each is read once more by itself.
        """
        if self._pool is None:
            return read_page(page, portal)
        async with self._room:
            pool = self._pool
            try:
                return await asyncio.get_running_loop().run_in_executor(pool, read_page, page, portal)
            except BrokenProcessPool:
                if self._pool is pool:  # the first of them to hear of it
                    self._pool = self._new_pool(self.size)
                    end_pool(pool, seconds=0)
                return await self._read_alone(page, portal)

    async def _read_alone(self, page: ArticlePage, portal: str) -> PageReading:
        async with self._turn:
            self._alone = self._alone or self._new_pool(1)
            try:
                return await asyncio.get_running_loop().run_in_executor(self._alone, read_page, page, portal)
            except BrokenProcessPool:
                end_pool(self._alone, seconds=0)
                self._alone = None
                return PageReading.failed(page.url, "its reader died; the capture is kept")

    def close(self) -> None:
        """End the processes."""
        for pool in (self._pool, self._alone):
            end_pool(pool)

    def _new_pool(self, size: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(size, mp_context=forked(), initializer=start_process, initargs=(self._registry,))


def end_pool(pool: ProcessPoolExecutor | None, *, seconds: float = 5.0) -> None:
    """End a pool's processes; one that has not ended after so many seconds is killed.

    `shutdown` alone may wait for ever (seen with Python 3.11): a pool that breaks ends the processes it knows of,
    and one that was being started just then waits for work that never comes.
    """
    if pool is None:
        return
    processes = list((pool._processes or {}).values())
    manager: Any = pool._executor_manager_thread
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.join(seconds)
        if process.is_alive():
            process.kill()
    if manager is not None:
        manager.join(seconds)


def forked() -> ForkServerContext:
    """How readers are begun. Not fork: the parent has a running reactor and threads."""
    return multiprocessing.get_context("forkserver")


def begin_reader() -> None:
    """In each reader: ignore the terminal's Ctrl-C (the parent ends the pool), and end with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def start_process(registry: Registry | None = None) -> None:
    """A reader of pages loads the rules once."""
    begin_reader()
    limit_pages()
    _load(registry)


def limit_pages() -> None:
    """From now on pages that this process reads may take only so much CPU time."""
    signal.signal(signal.SIGPROF, _too_long)


def _end_with_parent() -> None:
    """A killed crawl cannot end its readers: each waits for its death."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)


def read_page(page: ArticlePage, portal: str) -> PageReading:
    """Read one page in this process; outside a reactor's process within its CPU time."""
    is_timed = signal.getsignal(signal.SIGPROF) is _too_long
    reader = _load()
    if is_timed:
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS_PER_PAGE)
    try:
        return reader.read(page, portal)
    except TimeoutError:
        return PageReading.failed(
            page.url, f"took more than {CPU_SECONDS_PER_PAGE:g} s of CPU time to read; the capture is kept"
        )
    except Exception as error:  # noqa: BLE001 (a page that breaks a rule must not cost the crawl the others)
        logger.exception("%s: could not be read", page.url)
        return PageReading.failed(page.url, f"could not be read ({type(error).__name__}: {error}); the capture is kept")
    finally:
        if is_timed:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _load(registry: Registry | None = None) -> Reader:
    global _reader
    if _reader is None:
        _reader = Reader(registry, Authorities.load()) if registry else Reader.load()
    return _reader


def _too_long(_signal: int, _frame: object) -> None:
    raise TimeoutError
