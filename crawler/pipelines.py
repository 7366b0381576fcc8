"""From what the spider hands over to the archive: lists into the frontier, pages through a reader, failures counted."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from archive.errors import DanVanError
from archive.frontier.records import Setback, Task, TaskKind
from archive.health import FailureKind as Kind
from archive.ledger import Entry, KnownPage, Verdict
from archive.records import PageKind
from crawler import failures
from crawler.attachments.storing import AttachmentStore
from crawler.decisions import NOT_FOUND, Asked, Decisions
from crawler.failures import Patience, Trouble
from crawler.middlewares.address_guard import GuardedResolver
from crawler.reading import PageReading
from crawler.redirects import is_home
from crawler.session import session_of
from spiders.portal_spider import FailedFetch, FetchedAttachment, FetchedPage, ReadList

# Pages that came with status 200 and are none: tried again as failures are.
_NO_PAGE = {PageKind.BLANK: Kind.BLANK, PageKind.CHALLENGE: Kind.CHALLENGE}


class ArchivePipeline:
    """One transaction for each thing handed over, with which its task of the frontier is done."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._session = session_of(crawler)
        self._decisions = Decisions(self._session.archive, keeps_all=self._session.keeps_all)
        crawler.danvan_counts = self.counts = self._decisions.counts
        crawler.danvan_rejected = self._decisions.rejected
        crawler.danvan_samples = self.samples = list[PageReading]()
        self._patience: Patience = crawler.danvan_patience

    @classmethod
    def from_crawler(cls, crawler: Any) -> ArchivePipeline:
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Store one item and count what became of it; nothing more once the disk or the database refused."""
        if getattr(self._crawler, "danvan_failure", None):
            return item  # its task is taken still, and waits for the next run
        try:
            if isinstance(item, ReadList):
                self._patience.good()
                self._answered(200)
                self._crawler.spider.asked += self._crawler.danvan_frontier.record(item, self._crawler.spider.room)
            elif isinstance(item, FailedFetch):
                self._failed(item)
            elif isinstance(item, FetchedAttachment):
                await self._attachments.take(item)
            else:
                self.counts["fetched"] += 1
                self._answered(item.status)
                await self._archive(item)
                if self._crawler.spider.portal.attachments.kinds:
                    self._crawler.danvan_frontier.look_again()
        except DanVanError as error:
            self._session.stop(self._crawler, error)
        return item

    def _answered(self, status: int | None) -> None:
        """Count what an address that was asked for answered; None: nothing."""
        self.counts["answers"] += 1
        if status is None:
            self.counts["no_answer"] += 1
        elif status >= 400:
            self.counts[f"status_{status // 100}xx"] += 1

    async def _archive(self, item: FetchedPage) -> None:
        entry, asked = self._entry(item), _asked(item)
        if item.status in NOT_FOUND:
            self._decisions.gone(entry, item.known)
        elif item.answered_key is None and is_home(item.page.url):
            self._decisions.led_away(entry, item.known)
        elif item.status == 304:
            self._decisions.not_modified(entry, item.answered)
            if asked is not None:
                self._decisions.moved(entry, asked)
        else:
            reading = await self._session.readers.read(item.page, self._crawler.spider.name)
            if self._crawler.spider.run_scope == "check":
                self.samples.append(reading)
                self._session.archive.enter(entry, Verdict(kind="check", reason=reading.text.reason))
            elif item.answered_key is None and not reading.text.is_article:
                self._decisions.led_away(entry, item.known)
            else:  # an article, be it at an address whose form the profile does not know
                self._decisions.judge(entry, item.answered or item.known, reading, asked)
            if item.task and (kind := _NO_PAGE.get(reading.text.kind)):
                self._set_back(item.task, Trouble(kind=kind, detail=reading.text.reason or str(kind)))
                return
        self._patience.good()

    @cached_property
    def _attachments(self) -> AttachmentStore:
        return AttachmentStore(self._session, self._crawler.spider, self.counts)

    def _failed(self, item: FailedFetch) -> None:
        trouble = _understood(item)
        is_file = item.task.kind is TaskKind.ATTACHMENT
        if is_file and not (trouble.retry_after and self._attachments.is_on_portal(item.url)):
            self._attachments.failed(item.task, trouble)
            return
        if trouble.kind in failures.NOT_ASKED:
            self._patience.bad(trouble, datetime.now(UTC))
            self._session.archive.frontier.skip(*self._run, item.task, trouble.detail)
            return
        self._count_failed(item, trouble)
        if trouble.retry_after is not None and trouble.retry_after <= failures.SHORT_PAUSE:
            self._pause(item.task, trouble)
        else:
            self._set_back(item.task, trouble)

    def _pause(self, task: Task, trouble: Trouble) -> None:
        """The server names a time that can be waited for; if it goes on so, the portal is blocking us."""
        assert trouble.retry_after is not None
        if reason := self._patience.bad(trouble, datetime.now(UTC)):
            self._session.archive.frontier.put_back(task)
            self._session.end_early(self._crawler, reason)
            return
        self._crawler.danvan_frontier.pause(trouble.retry_after.total_seconds(), task)

    def _count_failed(self, item: FailedFetch, trouble: Trouble) -> None:
        """A list that is gone is most often the page after the last: no failure."""
        if not (item.task.kind is TaskKind.LIST and trouble.kind is Kind.GONE):
            self._answered(item.response.status if item.response is not None else None)

    def _set_back(self, task: Task, trouble: Trouble) -> None:
        now = datetime.now(UTC)
        again = failures.retry_at(trouble, task.attempts + 1, now)
        if task.kind is TaskKind.LIST and trouble.kind is Kind.GONE:
            self._session.archive.frontier.finish(task)
            return
        self._session.archive.frontier.set_back(*self._run, task, Setback(failure=trouble.detail, not_before=again))
        if task.kind not in (TaskKind.LIST, TaskKind.ATTACHMENT):
            self.counts["failed"] += 1
        if reason := self._patience.bad(trouble, now):
            self._session.end_early(self._crawler, reason)

    @property
    def _run(self) -> tuple[str, int]:
        return self._crawler.spider.name, self._crawler.spider.run_id

    def _entry(self, item: FetchedPage) -> Entry:
        assert item.capture is not None
        known: KnownPage | None = item.answered if item.status == 304 else None
        # What was not found was not found where it was asked for, wherever that led.
        is_found = item.status not in NOT_FOUND
        return Entry(
            capture=item.capture,
            portal=self._crawler.spider.name,
            url_key=(item.answered_key if is_found else None) or item.url_key,
            run_id=self._crawler.spider.run_id,
            etag=item.etag or (known.etag if known else None),
            last_modified=item.last_modified or (known.last_modified if known else None),
            task=item.task,
        )


def _asked(item: FetchedPage) -> Asked | None:
    """The address that was asked for, where another article's answered."""
    if item.answered_key in (None, item.url_key):
        return None
    return Asked(url_key=item.url_key, known=item.known)


def _understood(item: FailedFetch) -> Trouble:
    if item.response is not None:
        headers = {
            key.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for key, values in item.response.headers.items()
        }
        return failures.of_status(item.response.status, headers, datetime.now(UTC))
    detail = GuardedResolver.refused.get(urlsplit(item.url).hostname or "") or str(item.error)
    return failures.of_error(type(item.error).__name__, detail, item.url, redirected_by=item.redirected_by)
