"""Writes every response to WARC before anything else looks at it.

Articles and their files are entered in the ledger by the pipeline, together with what they say; everything else
(robots.txt, lists, feeds, redirects, failures) is entered here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.errors import DanVanError
from archive.frontier.records import Task, TaskKind
from archive.ledger import Entry
from archive.records import Capture
from archive.warc import Exchange
from crawler.decisions import ARTICLE_STATUSES, verdict_on_other
from crawler.session import session_of


class CaptureMiddleware:
    """Sits beyond decompression, so that the body is the one that was sent."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._session = session_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Any) -> CaptureMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Capture, then pass on; a disk that refuses ends the crawl."""
        if "cached" in response.flags:
            return response
        try:
            capture = self._session.warc.write(_exchange(request, response))
            self._crawler.stats.inc_value("danvan/captured")
            self._crawler.stats.inc_value("danvan/latency_ms", round(1000 * request.meta.get("download_latency", 0)))
            request.meta["capture"] = capture
            if not _is_handed_on(request, response.status):
                self._enter(request, response, capture)
        except DanVanError as error:
            self._session.stop(self._crawler, error)
            raise IgnoreRequest(str(error)) from error
        return response

    def _enter(self, request: Request, response: Response, capture: Capture) -> None:
        # A server need not say again by what it knows a list that did not change.
        known = request.meta.get("known_list") if response.status == 304 else None
        entry = Entry(
            capture=capture,
            portal=self._crawler.spider.name,
            url_key=request.meta.get("answered_key") or request.meta.get("url_key") or request.url,
            run_id=self._crawler.spider.run_id,
            etag=_text(response.headers.get("ETag")) or (known.etag if known else None),
            last_modified=_text(response.headers.get("Last-Modified")) or (known.last_modified if known else None),
        )
        self._session.archive.enter(entry, verdict_on_other(response.status))


def _is_handed_on(request: Request, status: int) -> bool:
    """Whether the pipeline enters the capture, with what was read of it."""
    task: Task | None = request.meta.get("task")
    if task is not None and task.kind is TaskKind.ATTACHMENT:
        return status == 304 or 200 <= status < 300
    return bool(request.meta.get("url_key")) and status in ARTICLE_STATUSES


def _exchange(request: Request, response: Response) -> Exchange:
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = [("Host", parts.netloc), *(pair for pair in _pairs(request.headers) if pair[0] != "Host")]
    return Exchange(
        url=request.url,
        method=request.method,
        path=path,
        request_headers=sent,
        request_body=request.body,
        status=response.status,
        protocol=response.protocol or "HTTP/1.1",
        response_headers=_pairs(response.headers),
        body=response.body,
        ip_address=str(response.ip_address) if response.ip_address else None,
        fetched_at=datetime.now(UTC),
    )


def _pairs(headers: Any) -> list[tuple[str, str]]:
    return [(key.decode("latin-1"), value.decode("latin-1")) for key in headers for value in headers.getlist(key)]


def _text(value: bytes | None) -> str | None:
    return value.decode("latin-1") if value else None
