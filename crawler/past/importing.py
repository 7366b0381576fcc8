"""WARC, ARC and WACZ files through the path of live pages: read, judged, saved, under their own dates.

Records are read in the order of the file and committed in it, one transaction a page; between the two, pages are
with their readers. A revisit whose original has not come yet waits until every file is through.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.frames.walk import Frame, begun_at, frame_at, frames
from archive.ledger import Entry
from archive.past import intake
from archive.past.stored import StoredResponse, UnusableRecordError, read_response
from archive.records import ArticlePage, RunReport
from archive.repository import Archive
from crawler.decisions import ARTICLE_STATUSES, NOT_FOUND, verdict_on_other
from crawler.past.located import Located, entry_of, host_of, locate, page_of
from crawler.past.originals import MISSING, original_of
from crawler.past.runs import PortalRun, PortalRuns
from crawler.past.tally import FileReport, FileTally
from crawler.reading import PageReading
from crawler.workers import Readers
from spiders.portal import Portal
from spiders.registry import Registry

# Pages with their readers at one time, and their bytes: memory stays flat whatever a file holds.
_WAITING_PAGES = 32
_WAITING_BYTES = 64 * 1024 * 1024
Advance = Callable[[int, int], None]  # bytes and records read since the last call


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What became of the files, and the runs of the portals in them."""

    files: tuple[FileReport, ...]
    runs: tuple[RunReport, ...]

    @property
    def has_problems(self) -> bool:
        return any(file.has_problems for file in self.files) or any(run.verdict != "ok" for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    """A response on its way into the archive; `reading` where it is an article's page."""

    entry: Entry
    at: Located
    tally: FileTally
    reading: asyncio.Task[PageReading] | None
    size: int

    @property
    def mark(self) -> tuple[object, ...]:
        return _mark(self.entry)


def _mark(entry: Entry) -> tuple[object, ...]:
    """What makes two captures one, whatever file they lie in."""
    capture = entry.capture
    return capture.url, capture.fetched_at, capture.status, capture.payload_digest


class Importer:
    """Imports files into one archive; `named` takes the hosts that no portal has."""

    def __init__(
        self,
        archive: Archive,
        registry: Registry,
        readers: Readers,
        *,
        keeps_all: bool,
        named: Portal | None = None,
        advance: Advance = lambda _bytes, _records: None,
    ) -> None:
        self._archive, self._registry, self._readers = archive, registry, readers
        self._named, self._advance = named, advance
        self._runs = PortalRuns(archive, "import", keeps_all=keeps_all)
        self._waiting = deque[_Waiting]()
        self._late: list[tuple[FileTally, int]] = []  # revisits whose original has not come: file and offset
        self._is_late = False

    async def run(self, taken: Sequence[intake.TakenFile]) -> ImportReport:
        """Import files that were taken in, the oldest first."""
        ordered = sorted(taken, key=lambda one: begun_at(one.path))
        tallies = [FileTally(taken=one) for one in ordered]
        with self._runs:
            for tally in tallies:
                await self._read_file(tally)
            await self._read_late()
        files = [self._finished(tally) for tally in tallies]
        return ImportReport(files=tuple(files), runs=tuple(self._runs.reports))

    async def _read_file(self, tally: FileTally) -> None:
        held = self._archive.past.offsets_in(tally.taken.path.name)
        for frame in frames(tally.taken.path):
            self._advance(frame.length, 1)
            self._runs.beat()
            if frame.is_torn:
                tally.tear(frame)
                continue
            tally.records += 1
            if frame.offset in held:
                tally.known += 1
            else:
                await self._read_record(frame, tally)
        await self._commit(room=0)

    async def _read_late(self) -> None:
        """The revisits that had to wait, now that everything else is in the archive."""
        self._is_late = True
        for tally, offset in self._late:
            await self._read_record(frame_at(tally.taken.path, offset), tally)
        await self._commit(room=0)

    async def _read_record(self, frame: Frame, tally: FileTally) -> None:
        try:
            response = read_response(frame)
            if response is not None:
                await self._take(response, tally)
        except UnusableRecordError as error:
            if error.reason.startswith(MISSING) and not self._is_late:
                self._late.append((tally, frame.offset))
            else:
                tally.pass_over(frame.offset, error)

    async def _take(self, response: StoredResponse, tally: FileTally) -> None:
        at = locate(response.url, self._registry, self._named)
        if at is None:
            tally.elsewhere[host_of(response.url) or response.url[:60]] += 1
            return
        entry = entry_of(response, at, tally.taken.path.name)
        if self._archive.past.is_held(entry.capture, entry.url_key) or self._is_waiting(entry):
            tally.known += 1
            return
        reading = None
        if at.is_article and response.status == 200:
            reading = asyncio.create_task(self._readers.read(await self._page(entry, response), at.portal.key))
        elif at.is_article and response.status == 304 and await self._is_unknown(entry):
            raise UnusableRecordError(MISSING, response.url)
        size = len(response.body)
        self._waiting.append(_Waiting(entry=entry, at=at, tally=tally, reading=reading, size=size))
        await self._commit(room=_WAITING_PAGES)

    async def _page(self, entry: Entry, response: StoredResponse) -> ArticlePage:
        """The page to read; a revisit's original may still be on its way into the archive."""
        try:
            original = original_of(response, self._archive, self._registry)
        except UnusableRecordError:
            await self._commit(room=0)
            original = original_of(response, self._archive, self._registry)
        return page_of(entry.capture, response, original)

    async def _is_unknown(self, entry: Entry) -> bool:
        """Whether nothing is known of an address that was not modified."""
        if self._archive.known_page(entry.url_key) is None:
            await self._commit(room=0)
        return self._archive.known_page(entry.url_key) is None

    def _is_waiting(self, entry: Entry) -> bool:
        return any(one.mark == _mark(entry) for one in self._waiting)

    async def _commit(self, room: int) -> None:
        """Save what waited longest until no more than `room` pages wait."""
        while len(self._waiting) > room or sum(one.size for one in self._waiting) > _WAITING_BYTES:
            one = self._waiting.popleft()
            reading = await one.reading if one.reading else None
            self._save(one, self._runs.of(one.at.portal), reading)

    def _save(self, one: _Waiting, run: PortalRun, reading: PageReading | None) -> None:
        """As the pipeline of a live crawl does."""
        status, content_type = one.entry.capture.status, one.entry.capture.content_type
        entry = replace(one.entry, run_id=run.run_id)
        run.counts["captured"] += 1
        one.tally.added += 1
        if not one.at.is_article or status not in ARTICLE_STATUSES:
            self._archive.enter(entry, verdict_on_other(status, content_type))
            return
        run.counts["fetched"] += 1
        known = self._archive.known_page(entry.url_key)
        if status == 304:
            run.decisions.not_modified(entry, known)
        elif status in NOT_FOUND:
            run.decisions.gone(entry, known)
        elif reading is not None:
            run.decisions.judge(entry, known, reading)

    def _finished(self, tally: FileTally) -> FileReport:
        """A file of which nothing is in the archive is not kept."""
        is_kept = bool(tally.added or self._archive.past.offsets_in(tally.taken.path.name))
        taken = tally.taken
        if not is_kept:
            intake.leave_out(taken)
        elif taken.is_new:
            self._archive.fixity.record_imported(taken.path.name, taken.size, taken.sha256)
        return FileReport.of(tally, is_kept=is_kept)


def import_files(
    sources: Sequence[Path],
    archive: Archive,
    registry: Registry,
    *,
    workers: int,
    keeps_all: bool,
    named: Portal | None = None,
    begin: Callable[[int], Advance] | None = None,
) -> ImportReport:
    """Take files in and import them; `begin` is told the bytes to read and gives what to call as they are."""
    for source in sources:
        intake.require_readable(source)
    with intake.alone(archive.home.runs):
        taken = [one for source in sources for one in intake.take_in(source, archive.home.warc)]
        unique = list({one.path: one for one in taken}.values())
        advance = begin(sum(one.path.stat().st_size for one in unique)) if begin else lambda _bytes, _records: None
        readers = Readers(workers)
        importer = Importer(archive, registry, readers, keeps_all=keeps_all, named=named, advance=advance)
        try:
            return asyncio.run(importer.run(unique))
        finally:
            readers.close()
