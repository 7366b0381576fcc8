"""Articles whose address leads to the portal that took over: a spider does not follow there, but it is told where to.

Stands before PortalScopeMiddleware, which then refuses the request.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request

from archive.errors import DanVanError
from archive.ledger import KnownPage
from archive.records import Capture
from crawler.redirects import key_at_successor
from crawler.session import session_of
from spiders.registry import load_registry


class MovedMiddleware:
    """Enters moves of archived articles to the successor's addresses."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._session = session_of(crawler)
        portal = crawler.spidercls.portal
        self._successor = load_registry().portals.get(portal.profile.successor or "")

    @classmethod
    def from_crawler(cls, crawler: Any) -> MovedMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """A redirected request for an article that we hold."""
        known: KnownPage | None = request.meta.get("known")
        if not request.meta.get("redirect_urls") or known is None or known.article_id is None:
            return
        key = key_at_successor(request.url, self._successor)
        if key is None or self._crawler.spider.run_scope != "crawl":
            return
        capture: Capture = request.meta["capture"]  # of the redirect
        try:
            is_new = self._session.archive.history.moved(known.article_id, request.url, key, capture.fetched_at)
        except DanVanError as error:
            self._session.stop(self._crawler, error)
            return
        self._crawler.danvan_counts["moved"] += is_new
