"""Parts read in several processes and given back in their order, each beginning where the one before it ended.

A process finds the first record of its part by searching, and what it finds may lie inside another record: a page
may hold a WARC file. So where two parts meet is compared, and a part that began elsewhere is read again. Parts are
handed out a few at a time: memory holds those, whatever the files hold.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import CannotRunError
from archive.repository import Archive
from archive.settings import Home
from crawler.past.part_reader import PartReader
from crawler.past.parts import Part, PartRead
from crawler.workers import end_pool, start_process
from spiders.portal import Portal
from spiders.registry import Registry

_WAIT_SECONDS = 5.0  # between beats while a part is read
_reader: PartReader | None = None


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What a process needs: the archive to look into, the portals, the one that takes unknown hosts."""

    home: Home
    registry: Registry
    named: Portal | None


@dataclass(kw_only=True)
class _Asked:
    """A part on its way; `future` once a process has it."""

    part: Part
    future: Future[PartRead] | None = None


class PartReads:
    """Reads parts in `processes` processes beside this one, or in this one where that is 1.

    `beat` is called now and then while a part is waited for.
    """

    def __init__(
        self, here: PartReader, setup: Setup, *, processes: int, beat: Callable[[], None] = lambda: None
    ) -> None:
        self._here, self._beat = here, beat
        self._processes, self._setup = processes, setup
        self._pool = self._new_pool() if processes > 1 else None
        self._asked = deque[_Asked]()

    def in_order(self, parts: Iterable[Part]) -> Iterator[PartRead]:
        """What is read, part by part; a part that holds much comes in several."""
        path: Path | None = None
        left, at = iter(parts), 0
        while self._fill(left):
            part, future = self._asked[0].part, self._asked[0].future
            path, at = part.path, at if part.path == path else 0
            if at < part.end:  # else a record from before reaches over all of it
                for found in self._read(part, future, at):
                    yield found
                    at = found.next
            self._asked.popleft()

    def close(self) -> None:
        """End the processes."""
        end_pool(self._pool)

    def _fill(self, left: Iterator[Part]) -> bool:
        """Have two parts a process on their way; False where none is left."""
        while len(self._asked) < 2 * self._processes and (part := next(left, None)):
            self._asked.append(_Asked(part=part))
        if self._pool is not None:
            self._submit(self._pool)
        return bool(self._asked)

    def _submit(self, pool: ProcessPoolExecutor) -> None:
        """Hand out what has no process yet; a pool that broke meanwhile takes nothing, and `_result` makes another."""
        for one in self._asked:
            if one.future is None:
                try:
                    one.future = pool.submit(_read_part, one.part)
                except BrokenProcessPool:
                    return

    def _read(self, part: Part, future: Future[PartRead] | None, at: int) -> Iterator[PartRead]:
        """A part from the record that begins at `at`, whatever its own search found."""
        if future is None:
            part = replace(part, start=at, is_start=True)
        found = self._result(part, future)
        if found.first != at and not (part.is_start and part.start == at):
            found = self._result(replace(part, start=at, is_start=True), None)
        yield found
        while found.next < part.end:
            rest = replace(found.part, start=found.next, is_start=True, is_deadly=False)
            found = self._result(rest, None)
            yield found

    def _result(self, part: Part, future: Future[PartRead] | None) -> PartRead:
        """Wait for a part. Where a process dies over it, record by record and alone, to find and spare the one."""
        while True:
            try:
                return self._wait(part, future)
            except BrokenProcessPool as error:
                if part.is_deadly:
                    said = f"{part.path} at {part.start}: the processes that read it die; is there memory left?"
                    raise CannotRunError(f"{said} Run again with --processes 1") from error
                self._renew()
                future, part = None, replace(part, records=1, is_deadly=part.records == 1)

    def _wait(self, part: Part, future: Future[PartRead] | None) -> PartRead:
        if self._pool is None:
            return self._here.read(part)
        future = future or self._pool.submit(_read_part, part)
        while True:
            try:
                return future.result(timeout=_WAIT_SECONDS)
            except TimeoutError:
                if future.done():
                    raise
                self._beat()

    def _renew(self) -> None:
        """New processes; the other parts are asked for again when this one is through."""
        self.close()
        self._pool = self._new_pool()
        for one in self._asked:
            one.future = None

    def _new_pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        return ProcessPoolExecutor(self._processes, mp_context=context, initializer=_start, initargs=(self._setup,))


def _start(setup: Setup) -> None:
    """In each process: the rules, and an archive of its own to look into."""
    global _reader
    start_process(setup.registry)
    _reader = PartReader(Archive(setup.home), setup.registry, setup.named)


def _read_part(part: Part) -> PartRead:
    assert _reader is not None
    return _reader.read(part)
