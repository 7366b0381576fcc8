"""Asks for known articles only if they changed, from our own ledger.

Scrapy's HTTP cache would answer from heuristic freshness and miss corrections: a second crawl of unchanged
pages made no request at all.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request

from archive.ledger import KnownPage
from crawler.session import CrawlSession, session_of


class ConditionalMiddleware:
    """Adds If-None-Match and If-Modified-Since to requests for articles we hold."""

    def __init__(self, session: CrawlSession) -> None:
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Any) -> ConditionalMiddleware:
        return cls(session_of(crawler))

    def process_request(self, request: Request) -> None:
        """Say what we hold of a settled page; the server may answer that it is still the same."""
        known: KnownPage | None = request.meta.get("known")
        if known and known.kind in ("article", "off-topic") and self._session.is_settled(known):
            if known.etag:
                request.headers.setdefault("If-None-Match", known.etag)
            if known.last_modified:
                request.headers.setdefault("If-Modified-Since", known.last_modified)
