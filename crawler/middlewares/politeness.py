"""Keeps a portal's Crawl-delay: Scrapy parses it and does nothing with it."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import signals

logger = logging.getLogger(__name__)

# One portal asks for 10 s; more than a minute is a mistake (1e9 was seen) that would stop the crawl for ever.
LONGEST_SECONDS = 60.0


class CrawlDelay:
    """Raises the delay of a host's slot to what its robots.txt asks for, and never lowers it."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> CrawlDelay:
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: Any, request: Any) -> None:
        """Apply a newly read robots.txt."""
        asked = robotparser.crawl_delay(self._crawler.settings["ROBOTSTXT_USER_AGENT"])
        if not asked or asked <= 0:
            return
        downloader = self._crawler.engine.downloader
        _, slot = downloader._get_slot(request)
        slot.delay = max(slot.delay, min(asked, LONGEST_SECONDS))
        logger.info("%s asks for %s s between requests; keeping %s s", request.url, asked, slot.delay)
