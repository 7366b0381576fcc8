"""Captured attachments into the archive, and why others were not got; an attachment never costs its article."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.frontier.records import Setback, Task
from archive.ledger import Entry
from crawler import failures
from crawler.failures import Trouble

if TYPE_CHECKING:
    from crawler.session import CrawlSession
    from spiders.portal_spider import FetchedAttachment, PortalSpider


class AttachmentStore:
    """Of one crawl; each call is one transaction."""

    def __init__(self, session: CrawlSession, spider: PortalSpider, counts: Counter[str]) -> None:
        self._session, self._spider, self._counts = session, spider, counts

    async def take(self, item: FetchedAttachment) -> None:
        """Read a file and save what it says, or note that it was not modified."""
        register, known = self._session.archive.attachments, item.known
        assert item.capture is not None
        entry = Entry(
            capture=item.capture,
            portal=self._spider.name,
            url_key=item.task.key,
            run_id=self._spider.run_id,
            etag=item.etag or (known.etag if known and item.status == 304 else None),
            last_modified=item.last_modified or (known.last_modified if known and item.status == 304 else None),
            task=item.task,
        )
        if item.status == 304:
            register.touch(entry)
            self._counts["attachments_unchanged"] += 1
            return
        read = await self._session.attachment_readers.read(item.body, item.content_type)
        register.save(entry, len(item.body), read)
        self._counts["attachments"] += 1

    def failed(self, task: Task, trouble: Trouble) -> None:
        """Note why a file was not got and when it is asked for again. The portal's patience is for its pages."""
        register, run = self._session.archive.frontier, (self._spider.name, self._spider.run_id or 0)
        if trouble.kind in failures.NOT_ASKED:
            register.skip(*run, task, trouble.detail)
            self._counts["attachments_skipped"] += 1
            return
        again = failures.retry_at(trouble, task.attempts + 1, datetime.now(UTC))
        register.set_back(*run, task, Setback(failure=trouble.detail, not_before=again))
        self._counts["attachments_failed"] += 1

    def is_on_portal(self, url: str) -> bool:
        """Whether an address is at one of the portal's own hosts, not at a host of files."""
        return urlsplit(url).netloc.lower() in self._spider.portal.hosts
