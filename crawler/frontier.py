"""The frontier of one running crawl, and the scheduler by which Scrapy asks it for the next request.

Tasks live in the archive's database; a few are held here, marked there as taken. What Scrapy asks for again by itself
(redirects, retries) belongs to a task that is taken already and stays in memory: if the process dies, the task is
done again from its beginning.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler

from archive.errors import DanVanError
from archive.frontier.records import Task
from archive.ledger import KnownPage
from archive.repository import Archive
from crawler.session import session_of

if TYPE_CHECKING:
    from scrapy import Spider

    from archive.frontier.records import Opened
    from spiders.portal_spider import ReadList

# Scrapy's downloader holds as many; one transaction takes them all.
_TAKEN_AT_ONCE = 16


class CrawlFrontier:
    """What one run of one portal still has to fetch."""

    def __init__(self, archive: Archive, portal: str, scope: str, run_id: int) -> None:
        self._archive, self._register = archive, archive.frontier
        self._portal, self._scope, self._run_id = portal, scope, run_id
        self._taken = deque[tuple[Task, KnownPage | None]]()
        self._may_have_more = False
        self._paused_until = 0.0  # on the monotonic clock

    @property
    def has_more(self) -> bool:
        """Whether anything waits, now or after a pause."""
        return bool(self._taken) or self._may_have_more

    def begin(self, seeds: list[Task], *, retries: bool) -> Opened:
        """Begin, or go on where a crawl of this scope had stopped."""
        self._may_have_more = True
        return self._register.begin(self._portal, self._scope, seeds, retries=retries)

    def add(self, tasks: list[Task]) -> bool:
        """Queue more tasks; says whether any is new to this crawl."""
        opened = self._register.add(self._portal, self._scope, tasks)
        self._may_have_more = self._may_have_more or opened
        return opened

    def next(self) -> tuple[Task, KnownPage | None] | None:
        """The next task, and what the ledger knows of its address; None while there is none or during a pause."""
        if time.monotonic() < self._paused_until:
            return None
        if not self._taken and self._may_have_more:
            taken = self._register.take(self._portal, self._scope, self._run_id, _TAKEN_AT_ONCE)
            self._may_have_more = len(taken) == _TAKEN_AT_ONCE
            known = self._archive.known_pages([task.key for task in taken])
            self._taken.extend((task, known.get(task.key)) for task in taken)
        return self._taken.popleft() if self._taken else None

    def record(self, item: ReadList, room: int | None) -> int:
        """Store what a list leads to; returns how many articles it adds."""
        added = self._register.record_list(
            self._portal,
            self._scope,
            self._run_id,
            item.task,
            sightings=item.sightings,
            wanted=item.wanted,
            follow=item.follow,
            room=room,
        )
        self._may_have_more = True
        return added

    def look_again(self) -> None:
        """What was stored may have queued more."""
        self._may_have_more = True

    def pause(self, seconds: float, task: Task) -> None:
        """Leave the portal in peace for a while, then do a task again."""
        self._paused_until = max(self._paused_until, time.monotonic() + seconds)
        self._register.put_back(task)
        self._may_have_more = True

    def end(self, *, is_over: bool) -> int:
        """The run ends: over, or with tasks left to the next; how many of a crawl that is over nobody finished."""
        return self._register.end(self._portal, self._scope, self._run_id, is_over=is_over)


class FrontierScheduler(BaseScheduler):
    """Scrapy's view of a crawl's frontier."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._again = deque[Request]()

    @classmethod
    def from_crawler(cls, crawler: Any) -> FrontierScheduler:
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Nothing yet: the frontier is there once the portal's lease is taken."""

    def close(self, reason: str) -> None:
        """Nothing: what is left is in the database."""

    @property
    def _frontier(self) -> CrawlFrontier | None:
        return getattr(self._crawler, "danvan_frontier", None)

    def has_pending_requests(self) -> bool:
        """Whether the crawl is not at its end."""
        return bool(self._again) or (self._frontier is not None and self._frontier.has_more)

    def enqueue_request(self, request: Request) -> bool:
        """A request of Scrapy's own for a task that is being done."""
        self._again.append(request)
        return True

    def next_request(self) -> Request | None:
        """The next request; a database that refuses ends the crawl."""
        if self._again:
            return self._again.popleft()
        if self._frontier is None:
            return None
        try:
            following = self._frontier.next()
        except DanVanError as error:
            session_of(self._crawler).stop(self._crawler, error)
            return None
        return self._crawler.spider.request_for(*following) if following else None
