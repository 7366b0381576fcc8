"""From a fetched page to the archive: read it in a worker, then save it or write down why not."""

from __future__ import annotations

from typing import Any

from archive.errors import DanVanError
from archive.ledger import Entry, KnownPage, Verdict
from crawler.decisions import NOT_FOUND, Decisions
from crawler.reading import PageReading
from crawler.session import session_of
from spiders.portal_spider import FetchedPage


class ArchivePipeline:
    """Awaits the reader, then does one transaction a page."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._session = session_of(crawler)
        self._decisions = Decisions(self._session.archive, keeps_all=self._session.keeps_all)
        crawler.danvan_counts = self.counts = self._decisions.counts
        crawler.danvan_rejected = self._decisions.rejected
        crawler.danvan_samples = self.samples = list[PageReading]()

    @classmethod
    def from_crawler(cls, crawler: Any) -> ArchivePipeline:
        return cls(crawler)

    async def process_item(self, item: FetchedPage) -> FetchedPage:
        """Archive one page and count what became of it."""
        self.counts["fetched"] += 1
        try:
            await self._archive(item)
        except DanVanError as error:
            self._session.stop(self._crawler, error)
        return item

    async def _archive(self, item: FetchedPage) -> None:
        entry = self._entry(item)
        if item.status == 304:
            self._decisions.not_modified(entry, item.known)
        elif item.status in NOT_FOUND:
            self._decisions.gone(entry, item.known)
        else:
            reading = await self._session.readers.read(item.page, self._crawler.spider.name)
            if self._crawler.spider.run_scope == "check":
                self.samples.append(reading)
                self._session.archive.enter(entry, Verdict(kind="check", reason=reading.text.reason))
            else:
                self._decisions.judge(entry, item.known, reading)

    def _entry(self, item: FetchedPage) -> Entry:
        assert item.capture is not None
        known: KnownPage | None = item.known if item.status == 304 else None
        return Entry(
            capture=item.capture,
            portal=self._crawler.spider.name,
            url_key=item.url_key,
            run_id=self._crawler.spider.run_id,
            etag=item.etag or (known.etag if known else None),
            last_modified=item.last_modified or (known.last_modified if known else None),
        )
