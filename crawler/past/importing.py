"""WARC, ARC and WACZ files through the path of live pages: read, judged, saved, under their own dates.

Records are read in several processes, part by part, and saved by this one in the order of the file, some dozens in
one transaction. A revisit whose original has not come yet waits until every file is through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from archive.frames.walk import begun_at
from archive.past import intake
from archive.records import RunReport
from archive.repository import Archive
from crawler.decisions import ARTICLE_STATUSES, NOT_FOUND, verdict_on_other
from crawler.past.attachments import read_imported
from crawler.past.originals import MISSING
from crawler.past.part_reader import PartReader
from crawler.past.parts import Elsewhere, Found, Known, Part, PartRead, Read, Unusable, count_parts, parts_of
from crawler.past.processes import PartReads, Setup
from crawler.past.runs import PortalRun, PortalRuns
from crawler.past.tally import FileReport, FileTally
from crawler.workers import limit_pages
from spiders.portal import Portal
from spiders.registry import Registry

# Records in a transaction: a commit's cost is shared, and a crawl beside waits no longer than a fifth of a second.
_TOGETHER = 64
ReadsParts = Callable[[Iterator[Part]], Iterator[PartRead]]
Advance = Callable[[int, int], None]  # bytes and records read since the last call


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What became of the files, and the runs of the portals in them."""

    files: tuple[FileReport, ...]
    runs: tuple[RunReport, ...]

    @property
    def has_problems(self) -> bool:
        return any(file.has_problems for file in self.files) or any(run.verdict != "ok" for run in self.runs)


class Importer:
    """Writes what is read of files into one archive; `here` reads single records again."""

    def __init__(
        self, archive: Archive, registry: Registry, runs: PortalRuns, here: PartReader, advance: Advance
    ) -> None:
        self._archive, self._registry, self._runs = archive, registry, runs
        self._here, self._advance = here, advance
        self._late: list[tuple[FileTally, int]] = []  # revisits whose original has not come: file and offset

    def run(
        self, taken: Sequence[intake.TakenFile], read: Callable[[Iterator[Part]], Iterator[PartRead]]
    ) -> list[FileReport]:
        """Import files that were taken in, the oldest first."""
        tallies = {
            one.path: FileTally(taken=one, torn_at=one.torn_at)
            for one in sorted(taken, key=lambda one: begun_at(one.path))
        }
        for found in read(part for path in tallies for part in parts_of(path)):
            self._take(found, tallies[found.part.path])
        self._take_late()
        return [self._finished(tally) for tally in tallies.values()]

    def _take(self, found: PartRead, tally: FileTally) -> None:
        self._runs.beat()
        for one in found.reads:
            if isinstance(one, Found):  # its lease is taken before anything of it is written
                self._runs.of(self._registry.portal(one.entry.portal))
        self._save_all(((one, tally) for one in found.reads), is_late=False)
        tally.records += len(found.reads)
        if found.torn_at is not None:
            tally.torn_at = found.torn_at
        self._advance(found.next - min(found.first, found.next), len(found.reads))

    def _take_late(self) -> None:
        """The revisits that had to wait, now that everything else is in the archive."""
        late, self._late = self._late, []
        self._save_all(((self._here.read_at(tally.taken.path, offset), tally) for tally, offset in late), is_late=True)

    def _save_all(self, reads: Iterator[tuple[Read, FileTally]], *, is_late: bool) -> None:
        """In transactions; what an undone one counted is not counted."""
        while batch := list(islice(reads, _TOGETHER)):
            with self._runs.counting(), self._archive.together():
                for one, tally in batch:
                    self._enter(one, tally, is_late=is_late)

    def _enter(self, one: Read, tally: FileTally, *, is_late: bool) -> None:
        if isinstance(one, Unusable) and one.reason.startswith(MISSING):  # it may have come meanwhile
            one = self._here.read_at(tally.taken.path, one.offset)
        if isinstance(one, Found) and self._archive.past.is_held(one.entry.capture, one.entry.url_key):
            one = Known()
        if isinstance(one, Found) and self._is_unknown(one):
            one = Unusable(offset=one.entry.capture.offset, reason=MISSING, said=f"{MISSING}: {one.entry.capture.url}")
        match one:
            case Found():
                self._save(one, self._runs.of(self._registry.portal(one.entry.portal)))
                tally.added += 1
            case Known():
                tally.known += 1
            case Elsewhere():
                tally.elsewhere[one.host] += 1
            case Unusable() if one.reason.startswith(MISSING) and not is_late:
                self._late.append((tally, one.offset))
            case Unusable():
                tally.pass_over(one)

    def _is_unknown(self, one: Found) -> bool:
        """Whether nothing is known of an address that was not modified."""
        is_asked = one.is_article and one.entry.capture.status == 304
        return is_asked and self._archive.known_page(one.entry.url_key) is None

    def _save(self, one: Found, run: PortalRun) -> None:
        """As the pipeline of a live crawl does."""
        status, content_type = one.entry.capture.status, one.entry.capture.content_type
        entry = replace(one.entry, run_id=run.run_id)
        run.counts["captured"] += 1
        if not one.is_article or status not in ARTICLE_STATUSES:
            self._archive.enter(entry, verdict_on_other(status, content_type))
            return
        run.counts["fetched"] += 1
        known = self._archive.known_page(entry.url_key)
        if status == 304:
            run.decisions.not_modified(entry, known)
        elif status in NOT_FOUND:
            run.decisions.gone(entry, known)
        elif one.reading is not None:
            run.decisions.judge(entry, known, one.reading)

    def _finished(self, tally: FileTally) -> FileReport:
        """A file of which nothing is in the archive is not kept."""
        taken = tally.taken
        is_kept = bool(tally.added or self._archive.past.is_named(taken.path.name))
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
    processes: int,
    keeps_all: bool,
    named: Portal | None = None,
    begin: Callable[[int], Advance] | None = None,
) -> ImportReport:
    """Take files in and import them; `begin` is told the bytes to read and gives what to call as they are.

    `processes` read records, beside this one that saves; 1 does everything here, and so does a file of one part.
    """
    for source in sources:
        intake.require_readable(source)
    with intake.alone(archive.home.runs):
        taken = [one for source in sources for one in intake.take_in(source, archive.home.warc)]
        unique = list({one.path: one for one in taken}.values())
        advance = begin(sum(one.size for one in unique)) if begin else lambda _bytes, _records: None
        limit_pages()
        here = PartReader(archive, registry, named)
        runs = PortalRuns(archive, "import", keeps_all=keeps_all)
        parts = sum(count_parts(one.path) for one in unique)
        setup = Setup(home=archive.home, registry=registry, named=named)
        reads = PartReads(here, setup, processes=max(1, min(processes, parts)), beat=runs.beat)
        try:
            with runs:
                files = Importer(archive, registry, runs, here, advance).run(unique, reads.in_order)
                read_imported(archive, registry, runs.portals, runs.beat)
        finally:
            reads.close()
    return ImportReport(files=tuple(files), runs=tuple(runs.reports))
