"""Which portals this process crawls, and when: a few at once, those that others crawl left to them.

Several processes, on one machine or on many, share an archive's portals by the lease that each portal has: a portal is
visited by one crawl at a time, so that its delay holds, and a dead process's portals go to whoever sees it first.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveLockedError, DanVanError
from archive.run_history.crawls import NO_CRAWL
from spiders.portal import Portal

if TYPE_CHECKING:
    from crawler.session import CrawlSession

logger = logging.getLogger(__name__)
# Portals crawled at once: each waits most of its time for its delay.
AT_ONCE = 16
_LOOK_AGAIN_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True)
class CrawlJob:
    """What to crawl: a portal and the limits of this run."""

    portal: Portal
    since: str | None = None
    until: str | None = None
    max_articles: int | None = None
    scope: str = "crawl"  # crawl, or check: look without archiving

    def arguments(self) -> dict[str, Any]:
        """The spider's arguments."""
        return {"since": self.since, "until": self.until, "max_articles": self.max_articles, "scope": self.scope}


class Team:
    """Works through jobs with a few crawls at a time; stops the reactor when all are done."""

    def __init__(self, process: Any, jobs: Sequence[CrawlJob], session: CrawlSession, *, shares: bool) -> None:
        self._process, self._session, self._shares = process, session, shares
        self._waiting = deque(jobs)
        self._began = datetime.now(UTC)
        self.crawlers: dict[str, Any] = {}  # by portal; a portal left to others has none
        self.error: BaseException | None = None

    @property
    def waiting(self) -> int:
        """How many portals are not begun, or left to another process."""
        return len(self._waiting)

    @property
    def running(self) -> set[str]:
        """The portals that are being crawled now."""
        return {key for key, crawler in self.crawlers.items() if crawler in self._process.crawlers}

    def start(self) -> None:
        """Begin; everything happens once the reactor runs."""
        from twisted.internet import reactor
        from twisted.internet.defer import Deferred, DeferredList

        self._session.enter()  # it stays open between two portals

        def work() -> None:
            crawls = [Deferred.fromCoroutine(self._work()) for _ in range(min(AT_ONCE, max(1, len(self._waiting))))]
            DeferredList(crawls, consumeErrors=True).addBoth(self._done)

        reactor.callWhenRunning(work)

    def _done(self, results: Any) -> None:
        from twisted.internet import error, reactor

        self._session.leave()
        self.error = next((result.value for succeeded, result in results if not succeeded), None)
        try:
            reactor.stop()
        except error.ReactorNotRunning:
            logger.info("stopped already")

    async def _work(self) -> None:
        from twisted.internet import reactor, task

        while self._waiting:
            job = self._free_job()
            if job is None:
                await task.deferLater(reactor, _LOOK_AGAIN_SECONDS)
            elif await self._crawl(job) == "shutdown":
                self._waiting.clear()

    async def _crawl(self, job: CrawlJob) -> str | None:
        """Crawl one portal; how it ended. One that another process took just before goes back to wait."""
        from spiders.portals import spider_class

        crawler = self._process.create_crawler(spider_class(job.portal))
        self.crawlers[job.portal.key] = crawler
        await self._process.crawl(crawler, **job.arguments())
        if self._shares and isinstance(getattr(crawler, "danvan_failure", None), ArchiveLockedError):
            del self.crawlers[job.portal.key]
            self._waiting.append(job)
        return getattr(crawler, "danvan_ended", None)

    def _free_job(self) -> CrawlJob | None:
        """The next job whose portal nobody else crawls; one that another process has done meanwhile is dropped."""
        for _ in range(len(self._waiting)):
            job = self._waiting.popleft()
            if not self._shares:
                return job
            try:
                if self._session.archive.lease_holder(job.portal.key) is not None:
                    self._waiting.append(job)
                elif not self._was_done(job):
                    return job
            except DanVanError:
                self._waiting.clear()
                raise
        return None

    def _was_done(self, job: CrawlJob) -> bool:
        """Whether another process has crawled the portal as this job would, to the end, since this one began."""
        for run in self._session.archive.runs(job.portal.key, limit=5):
            if run.scope in NO_CRAWL or run.verdict == "lost":
                continue
            is_limited = job.max_articles or job.since or job.until or "," in run.scope
            return not is_limited and (run.finished_at or self._began) > self._began
        return False
