"""From a fetched page to the archive: read it in a worker, then save it or write down why not."""

from __future__ import annotations

from collections import Counter
from typing import Any

from archive.errors import DanVanError
from archive.ledger import Entry, KnownPage, Verdict
from archive.records import SaveOutcome
from crawler.extract.page import NO_LAYOUT
from crawler.reading import PageReading
from crawler.session import session_of
from spiders.portal_spider import FetchedPage

NOT_FOUND = (404, 410)


class ArchivePipeline:
    """Awaits the reader, then does one transaction a page."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._session = session_of(crawler)
        crawler.danvan_counts = self.counts = Counter[str]()
        crawler.danvan_rejected = self.rejected = Counter[str]()
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
        assert item.capture is not None
        entry = self._entry(item)
        if item.status == 304:
            self._not_modified(entry, item.known)
        elif item.status in NOT_FOUND:
            self._gone(entry, item)
        else:
            reading = await self._session.readers.read(item.page, self._crawler.spider.name)
            self._judge(entry, item.known, reading)

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

    def _not_modified(self, entry: Entry, known: KnownPage | None) -> None:
        self.counts["unchanged"] += 1
        if known and known.article_id is not None:
            self._session.archive.touch(entry, known.article_id)
        else:
            kind = known.kind if known else "failed"
            self._session.archive.enter(entry, Verdict(kind=kind, reason="not modified"))

    def _gone(self, entry: Entry, item: FetchedPage) -> None:
        """410 says so itself; 404 is believed when the capture before it said the same."""
        archive = self._session.archive
        was_missing = archive.was_missing(entry.url_key)
        archive.enter(entry, Verdict(kind="failed", reason=f"HTTP {item.status}"))
        self._reject(f"HTTP {item.status}")
        article_id = item.known.article_id if item.known else None
        if article_id is not None and (item.status == 410 or was_missing):
            self.counts["removed"] += archive.remove(article_id, entry.capture.fetched_at)

    def _judge(self, entry: Entry, known: KnownPage | None, reading: PageReading) -> None:
        text, description = reading.text, reading.description
        archive = self._session.archive
        if self._crawler.spider.run_scope == "check":
            self.samples.append(reading)
            archive.enter(entry, Verdict(kind="check", reason=text.reason))
            return
        if not text.is_article or description is None:
            archive.enter(entry, Verdict(kind=text.kind.value, reason=text.reason))
            self._reject(text.kind.value)
            return
        self.counts["no_layout"] += text.method.get("layout") == NO_LAYOUT
        is_archived = known is not None and known.article_id is not None
        if not (description.relevance.verdict or self._session.keeps_all or is_archived):
            score = description.relevance.score
            reason = f"score {score:.2f} is below the topic's threshold"
            archive.enter(entry, Verdict(kind="off-topic", reason=reason, score=score))
            self._reject("off-topic")
            return
        outcome = archive.save(entry, text, description).outcome
        self.counts[outcome.value] += 1
        if outcome is not SaveOutcome.UNCHANGED and text.published is None:
            self.counts["without_date"] += 1

    def _reject(self, reason: str) -> None:
        self.counts["rejected"] += 1
        self.rejected[reason] += 1
