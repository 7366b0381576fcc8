"""Stored captures read again with today's rules, in the layouts of their time: what reads differently now.

A version takes the reading of its first capture. Nothing is taken out of the archive: a page that reads as no
article any more is named, and stays. What a version said before is kept in the run's log.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from archive.errors import DanVanError
from archive.past.captures import read_capture
from archive.past.readings import PastPage
from archive.records import ArticlePage, RunReport
from archive.repository import Archive
from archive.saving import stamp, text_digest
from crawler.attachments.readers import AttachmentReaders
from crawler.decisions import verdict_on
from crawler.extract.page import NO_LAYOUT
from crawler.past.attachments import RereadFiles, reread_files
from crawler.past.comparison import TEXT, Reading, changed_fields
from crawler.past.located import locate, page_of
from crawler.past.originals import original_of
from crawler.past.runs import PortalRun, PortalRuns
from crawler.reading import PageReading
from crawler.workers import Readers
from spiders.portal import Portal
from spiders.registry import Registry

_WAITING_PAGES = 64
_SHOWN = 1000  # changes in the report; the log has all of them
Advance = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class ReadingChange:
    """One capture that reads differently now."""

    what: str  # reread | adopted | rejudged | parted | no-article
    url: str
    portal: str
    capture: int
    article: int | None = None
    version: int | None = None
    fields: tuple[str, ...] = ()
    digest_before: str | None = None
    digest_after: str | None = None
    kind_before: str | None = None
    kind_after: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReplayReport:
    """What reads differently, by portal and field, and the captures that could not be read."""

    is_dry: bool
    runs: tuple[RunReport, ...]
    fields: dict[str, dict[str, int]]  # portal → field → readings
    changes: tuple[ReadingChange, ...]
    damaged: tuple[str, ...]
    left_out: dict[str, int]  # portal without a profile that may crawl → captures not read
    log: str | None
    attachments: dict[str, int]  # portal → attachments that say something else now

    @property
    def has_problems(self) -> bool:
        return bool(self.damaged) or any(run.verdict == "failed" for run in self.runs)


@dataclass(kw_only=True)
class _Found:
    """What a replay has found so far."""

    fields: dict[str, Counter[str]] = field(default_factory=dict)
    changes: list[ReadingChange] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


class Replayer:
    """Reads the captures of one archive again."""

    def __init__(
        self,
        archive: Archive,
        registry: Registry,
        readers: Readers,
        *,
        keeps_all: bool,
        is_dry: bool,
        advance: Advance = lambda _pages, _records: None,
    ) -> None:
        self._archive, self._registry, self._readers = archive, registry, readers
        self._is_dry, self._keeps_all, self._advance = is_dry, keeps_all, advance
        self._runs = PortalRuns(archive, "replay", keeps_all=keeps_all, is_dry=is_dry)
        self._waiting = deque[tuple[PastPage, asyncio.Task[PageReading]]]()
        self._read = set[int]()  # versions that have their reading
        self._found = _Found()
        self._log = archive.home.runs / f"replay-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.jsonl"

    async def run(self, portals: Sequence[str], since: str | None, until: str | None) -> ReplayReport:
        """Read everything of some portals (all where none is named) between two moments."""
        with self._runs:
            for page in self._archive.past.pages(portals, since, until):
                self._advance(1, 1)
                self._runs.beat()
                portal = self._registry.portals.get(page.portal)
                if portal is None or not portal.may_crawl:
                    self._found.left_out[page.portal] += 1
                elif self._is_readable(page):
                    self._begin(page, portal)
                    await self._settle(room=_WAITING_PAGES)
            await self._settle(room=0)
            files = await self._files(portals) if since is None and until is None else RereadFiles()
        return ReplayReport(
            is_dry=self._is_dry,
            runs=tuple(self._runs.reports),
            fields={portal: dict(counts.most_common()) for portal, counts in sorted(self._found.fields.items())},
            changes=tuple(self._found.changes),
            damaged=tuple(self._found.damaged),
            left_out=dict(sorted(self._found.left_out.items())),
            log=str(self._log) if self._log.exists() else None,
            attachments=files.changed,
        )

    async def _files(self, portals: Sequence[str]) -> RereadFiles:
        """The text of attachments: those captured before, and those of pages that were read again just now."""
        readers = AttachmentReaders(is_apart=self._readers.size > 0)
        try:
            files = await reread_files(
                self._archive, self._registry, readers, portals, is_dry=self._is_dry, beat=self._runs.beat
            )
        finally:
            readers.close()
        self._found.damaged += files.damaged
        return files

    def _is_readable(self, page: PastPage) -> bool:
        """Not what was answered "not modified", nor lists; but an address that has become an article's."""
        if page.kind != "discovery":
            return page.reason != "not modified"
        at = locate(page.entry.capture.url, self._registry)
        return at is not None and at.is_article and at.portal.key == page.portal

    def _begin(self, page: PastPage, portal: Portal) -> None:
        run = self._runs.of(portal)
        run.counts["captured"] += 1
        try:
            found = self._page(page)
        except DanVanError as error:
            run.counts["damaged"] += 1
            run.problems.append(str(error))
            self._found.damaged.append(str(error))
            return
        self._waiting.append((page, asyncio.create_task(self._readers.read(found, page.portal))))

    def _page(self, page: PastPage) -> ArticlePage:
        response = read_capture(self._archive.home.warc, page.entry.capture)
        return page_of(page.entry.capture, response, original_of(response, self._archive, self._registry))

    async def _settle(self, room: int) -> None:
        while len(self._waiting) > room:
            page, task = self._waiting.popleft()
            reading = await task
            run = self._runs.of(self._registry.portals[page.portal])
            run.counts["fetched"] += 1
            run.counts["no_layout"] += reading.text.method.get("layout") == NO_LAYOUT
            if page.version_id is None:
                self._judge_again(page, reading, run)
            else:
                self._read_again(page, page.version_id, reading, run)

    def _read_again(self, page: PastPage, version_id: int, reading: PageReading, run: PortalRun) -> None:
        """A capture of an article's version."""
        if not reading.text.is_article or reading.description is None:
            self._note(run, page, "no-article", kind_after=reading.text.kind.value, reason=reading.text.reason)
            return
        if reading.attached is not None and not self._is_dry:
            self._archive.past.attach(page, reading.attached)
        before, after = self._archive.past.reading(version_id), (reading.text, reading.description)
        digests = {"digest_before": text_digest(before[0]), "digest_after": text_digest(after[0])}
        if version_id in self._read:
            if not self._is_dry and digests["digest_before"] != digests["digest_after"]:
                self._note(run, page, "parted", **digests)
            return
        self._read.add(version_id)
        fields = changed_fields(before, after)
        if not fields:
            run.counts["unchanged"] += 1
            return
        self._count(page.portal, fields, before, after)
        self._note(run, page, "reread", fields=fields, **digests)
        if not self._is_dry:
            self._archive.past.reread(version_id, page.portal, *after)

    def _judge_again(self, page: PastPage, reading: PageReading, run: PortalRun) -> None:
        """A capture that was taken for no article."""
        verdict = verdict_on(reading, is_wanted=self._keeps_all)
        if verdict.kind == "article" and reading.description is not None:
            self._note(run, page, "adopted", kind_before=page.kind, kind_after="article")
            if not self._is_dry:
                self._archive.past.adopt(page, reading.text, reading.description, reading.attached)
        elif page.kind != "discovery" and (verdict.kind, verdict.reason, verdict.score) != (
            page.kind, page.reason, page.score
        ):  # fmt: skip
            self._note(run, page, "rejudged", kind_before=page.kind, kind_after=verdict.kind, reason=verdict.reason)
            if not self._is_dry:
                self._archive.past.judge_again(page.capture_id, verdict.kind, verdict.reason, verdict.score)
        else:
            run.counts["unchanged"] += 1

    def _count(self, portal: str, fields: Sequence[str], before: Reading, after: Reading) -> None:
        counts = self._found.fields.setdefault(portal, Counter())
        counts.update(fields)
        counts["text"] += any(name in TEXT for name in fields)
        counts["verdict"] += before[1].relevance.verdict != after[1].relevance.verdict

    def _note(self, run: PortalRun, page: PastPage, what: str, **more: object) -> None:
        """Count a change, keep it for the report, and write it to the log before the archive changes."""
        run.counts[what] += 1
        change = msgspec.convert(
            {"what": what, "url": page.entry.capture.url, "portal": page.portal, "capture": page.capture_id,
             "article": page.article_id, "version": page.version, **more},
            ReadingChange,
        )  # fmt: skip
        if len(self._found.changes) < _SHOWN:
            self._found.changes.append(change)
        if not self._is_dry:
            with open(self._log, "ab") as log:
                log.write(msgspec.json.encode(change) + b"\n")


def replay(
    archive: Archive,
    registry: Registry,
    *,
    workers: int,
    keeps_all: bool,
    portals: Sequence[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    is_dry: bool = False,
    begin: Callable[[int], Advance] | None = None,
) -> ReplayReport:
    """Read captures from `since` up to, not including, `until`; `begin` is told how many there are."""
    first, last = (stamp(moment) if moment else None for moment in (since, until))
    total = archive.past.count_pages(portals, first, last) if begin else 0
    advance = begin(total) if begin else lambda _pages, _records: None
    readers = Readers(workers)
    replayer = Replayer(archive, registry, readers, keeps_all=keeps_all, is_dry=is_dry, advance=advance)
    try:
        return asyncio.run(replayer.run(portals, first, last))
    finally:
        readers.close()
