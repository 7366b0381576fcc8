"""Every crawl is a run: a lease taken when its spider opens, a heartbeat, and a report when it closes."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from scrapy import signals
from scrapy.exceptions import CloseSpider, DontCloseSpider
from twisted.internet.task import LoopingCall

from archive.errors import DanVanError
from archive.records import RunReport
from crawler.checks.checking import REMEMBERED, checked
from crawler.failures import Patience
from crawler.frontier import CrawlFrontier
from crawler.reports import judge
from crawler.revisits import due_for_revisit
from crawler.session import session_of

logger = logging.getLogger(__name__)
HEARTBEAT_SECONDS = 10


class RunRecorder:
    """Connects a spider to the archive for the time of its run."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        crawler.danvan_patience = Patience()
        self._session = session_of(crawler)
        self._session.enter()
        self._heart = LoopingCall(self._beat)
        self._run_id: int | None = None
        self._has_rechecked = False
        self._resumed = self._retries = 0
        self._started_at = datetime.now(UTC)

    @classmethod
    def from_crawler(cls, crawler: Any) -> RunRecorder:
        recorder = cls(crawler)
        connect = crawler.signals.connect
        connect(recorder.opened, signal=signals.spider_opened)
        connect(recorder.idle, signal=signals.spider_idle)
        connect(recorder.closed, signal=signals.spider_closed)
        return recorder

    def opened(self, spider: Any) -> None:
        """Take the lease, and begin or resume the portal's frontier."""
        archive = self._session.archive
        try:
            archive.store_portals([spider.portal.identity])
            spider.run_id = self._run_id = archive.begin_run(
                spider.name, self.scope(spider), is_full=self._covers_all(spider)
            )
            self._open_frontier(spider)
        except DanVanError as error:
            self._crawler.danvan_failure = error
            raise CloseSpider("refused") from error
        # Only a complete walk makes "known" mean that nothing older is missing. What was left out as off the topic
        # may lie behind known links too, and so may days that no crawl has asked for.
        is_dated = spider.window.since or spider.window.until
        if archive.has_complete_walk(spider.name) and not self._session.keeps_all and not is_dated:
            spider.is_known = lambda url_key: archive.known_page(url_key) is not None
        self._heart.start(HEARTBEAT_SECONDS, now=False)

    def _open_frontier(self, spider: Any) -> None:
        assert self._run_id is not None
        frontier = CrawlFrontier(self._session.archive, spider.name, self.scope(spider), self._run_id)
        opened = frontier.begin(spider.seeds(), retries=spider.run_scope == "crawl" and not spider.is_limited)
        spider.asked = opened.articles
        self._resumed, self._retries = opened.resumed, opened.retries
        self._crawler.danvan_frontier = frontier

    def idle(self, spider: Any) -> None:
        """When the lists are through, ask again for known articles that they did not show."""
        if self._has_rechecked or self._run_id is None or not self._covers_all(spider):
            return
        self._has_rechecked = True
        frontier = self._crawler.danvan_frontier
        try:
            if not frontier.add(spider.revisits(self._due_for_revisit(spider))):
                return
            following = frontier.next()
        except DanVanError as error:
            self._session.stop(self._crawler, error)
            return
        if following is not None:
            self._crawler.engine.crawl(spider.request_for(*following))  # wakes the engine
        raise DontCloseSpider

    def _due_for_revisit(self, spider: Any) -> list[tuple[str, str]]:
        """Address and key of known articles whose plan asks for a look; the frontier leaves out those it has had."""
        due = due_for_revisit(
            self._session.archive.history.living(spider.name), spider.portal.revisits, datetime.now(UTC)
        )
        return [(row.url, row.url_key) for row in due]

    def closed(self, spider: Any, reason: str) -> None:
        """Write the report and leave the session."""
        self._crawler.danvan_ended = reason
        try:
            if self._heart.running:
                self._heart.stop()
            if self._run_id is not None and self._holds_the_lease(spider):
                is_over = reason == "finished" or spider.run_scope != "crawl"
                left = self._crawler.danvan_frontier.end(is_over=is_over)
                self._crawler.danvan_counts["unfinished"] += left
                settled = self._session.archive.history.settle(spider.name, self._started_at)
                self._crawler.danvan_counts["moved"] += settled
                self._crawler.danvan_report = report = self._checked(spider, self._report(spider, reason))
                self._session.archive.finish_run(report)
        except DanVanError as error:
            self._crawler.danvan_failure = error
        finally:
            self._session.leave()

    def _holds_the_lease(self, spider: Any) -> bool:
        """A process that slept too long has lost its portal: what is left is its successor's, and so is the report."""
        if self._session.archive.beat(self._run_id or 0, self._counts()):
            return True
        logger.error("%s: its lease was taken by another process; nothing more is written", spider.name)
        return False

    @staticmethod
    def _covers_all(spider: Any) -> bool:
        return not spider.is_limited and spider.run_scope == "crawl"

    def scope(self, spider: Any) -> str:
        """What the run was asked to see, in words."""
        if spider.run_scope != "crawl":
            return str(spider.run_scope)
        parts = [spider.portal.scope]
        parts += [f"since {spider.window.since}"] if spider.window.since else []
        parts += [f"until {spider.window.until}"] if spider.window.until else []
        parts += [f"at most {spider.max_articles} articles"] if spider.max_articles else []
        parts += ["off the topic too"] if self._session.keeps_all else []
        return ", ".join(parts)

    def _report(self, spider: Any, reason: str) -> RunReport:
        counts = self._counts()
        rejected = dict(self._crawler.danvan_rejected)
        patience = self._crawler.danvan_patience
        is_check, lists_read = spider.run_scope == "check", spider.lists_seen
        verdict, detail = judge(counts, rejected, spider.problems, reason, lists_read=lists_read, is_check=is_check)
        return RunReport(
            run_id=self._run_id or 0,
            portal=spider.name,
            started_at=self._started_at,
            finished_at=datetime.now(UTC),
            scope=self.scope(spider),
            verdict=verdict,
            counts=counts,
            rejected=rejected,
            detail=detail,
            failures=patience.failures,
            not_before=patience.not_before,
            moved_to=patience.moved_to,
        )

    def _checked(self, spider: Any, report: RunReport) -> RunReport:
        if spider.run_scope != "crawl":
            return report
        reports = self._session.archive.run_history.reports
        history = reports(spider.name, limit=REMEMBERED, scope=report.scope)
        return checked(report, history, spider.portal.profile.expect_articles)

    def _counts(self) -> dict[str, int]:
        counts = Counter(dict.fromkeys(("links", "fetched", "captured", "new", "changed", "unchanged"), 0))
        counts.update(rejected=0, removed=0, off_portal=0)
        counts.update(self._crawler.danvan_counts)
        stats = self._crawler.stats
        counts["links"] = self._crawler.spider.asked
        counts["resumed"], counts["retries"] = self._resumed, self._retries
        counts["captured"] = stats.get_value("danvan/captured", 0)
        counts["latency_ms"] = stats.get_value("danvan/latency_ms", 0) // max(1, counts["captured"])  # of an answer
        if (reached := self._crawler.spider.reached) and self._crawler.spider.is_limited:
            counts["reached"] = int(f"{reached:%Y%m%d}")  # how far back the lists were walked
        counts["off_portal"] = stats.get_value("danvan/off_portal", 0)
        counts["robots_refused"] = stats.get_value("robotstxt/forbidden", 0)
        return dict(counts)

    def _beat(self) -> None:
        try:
            if not self._session.archive.beat(self._run_id or 0, self._counts()):
                name, extra = self._crawler.spider.name, {"spider": self._crawler.spider}
                logger.error("%s: its lease was taken by another process", name, extra=extra)
                self._session.end_early(self._crawler, "lease lost")
        except DanVanError as error:
            logger.warning("heartbeat: %s", error, extra={"spider": self._crawler.spider})
