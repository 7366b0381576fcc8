"""Asks for known articles only if they changed, from our own ledger.

Scrapy's HTTP cache would answer from heuristic freshness and miss corrections: a second crawl of unchanged
pages made no request at all.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request

from crawler.session import session_of


class ConditionalMiddleware:
    """Adds If-None-Match and If-Modified-Since to requests for articles we hold."""

    def __init__(self, archive: Any) -> None:
        self._archive = archive

    @classmethod
    def from_crawler(cls, crawler: Any) -> ConditionalMiddleware:
        return cls(session_of(crawler).archive)

    def process_request(self, request: Request) -> None:
        """Look the address up once; the pipeline finds the answer in `meta`."""
        url_key = request.meta.get("url_key")
        if url_key is None or "known" in request.meta:
            return
        known = self._archive.known_page(url_key)
        request.meta["known"] = known
        if known and known.kind in ("article", "off-topic"):
            if known.etag:
                request.headers.setdefault("If-None-Match", known.etag)
            if known.last_modified:
                request.headers.setdefault("If-Modified-Since", known.last_modified)
