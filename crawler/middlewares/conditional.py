"""Asks for known pages only if they changed, from our own ledger.

Scrapy's HTTP cache would answer from heuristic freshness and miss corrections: a second crawl of unchanged
pages made no request at all.

A list that did not change is read again from its last capture: it shows what it showed then.
"""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Request
from scrapy.http import Response

from archive.errors import DanVanError
from archive.frontier.records import TaskKind
from archive.history.answers import HeldAnswer
from archive.ledger import KnownPage
from crawler.redirects import led_to
from crawler.session import CrawlSession, session_of

logger = logging.getLogger(__name__)
_CONDITIONS = ("If-None-Match", "If-Modified-Since")


class ConditionalMiddleware:
    """Adds If-None-Match and If-Modified-Since to requests for articles and lists we hold."""

    def __init__(self, crawler: Any) -> None:
        self._session: CrawlSession = session_of(crawler)
        self._portal = crawler.spidercls.portal

    @classmethod
    def from_crawler(cls, crawler: Any) -> ConditionalMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Say what we hold of a settled page; the server may answer that it is still the same."""
        task = request.meta.get("task")
        if request.meta.get("url_key") is None:
            self._ask_for_list(request)
        elif task is not None and task.kind is TaskKind.ATTACHMENT:
            self._ask_if_changed(
                request, request.meta.get("known")
            )  # behind a redirect too: its tag is of what answered
        elif not request.meta.get("redirect_urls"):
            self._ask_if_changed(request, request.meta.get("known"))
        elif request.meta.get("followed") != request.url:
            request.meta["followed"] = request.url
            self._follow(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """In the place of a list that did not change stands what it said the last time."""
        held: HeldAnswer | None = request.meta.get("held")
        if response.status != 304 or held is None:
            return response
        headers = {"Content-Type": held.content_type} if held.content_type else {}
        return response.replace(status=200, body=held.body, headers=headers, flags=[*response.flags, "not modified"])

    def _ask_if_changed(self, request: Request, known: KnownPage | None) -> None:
        if known and known.kind in ("article", "off-topic", "attachment") and self._session.is_settled(known):
            _set_conditions(request, known)

    def _follow(self, request: Request) -> None:
        """What was known of the address asked for says nothing of the one it led to."""
        key = led_to(request.url, self._portal)
        if key == request.meta["url_key"] or self._is_its_home(request):
            request.meta.pop("answered_key", None)
            return
        _drop_conditions(request)
        request.meta["answered_key"] = key
        request.meta["answered"] = answered = self._session.archive.known_page(key) if key else None
        self._ask_if_changed(request, answered)

    def _is_its_home(self, request: Request) -> bool:
        """Whether the article was always read behind this redirect."""
        known: KnownPage | None = request.meta.get("known")
        found = self._session.archive.articles([known.article_id]) if known and known.article_id is not None else []
        return any(article.url == request.url for article in found)

    def _ask_for_list(self, request: Request) -> None:
        """A list whose last answer cannot be read again is asked for in full."""
        task = request.meta.get("task")
        if task is None or task.kind is not TaskKind.LIST or request.meta.get("looked_up") == request.url:
            return
        _drop_conditions(request)
        request.meta.update(looked_up=request.url, held=None)
        known = self._session.archive.known_page(request.url)
        if known is None or known.kind != "discovery" or not (known.etag or known.last_modified):
            return
        try:
            request.meta["held"] = self._session.archive.history.last_answer(request.url)
        except DanVanError as error:
            logger.warning("asked for in full: %s", error)
        if request.meta["held"] is not None:
            request.meta["known_list"] = known
            _set_conditions(request, known)


def _drop_conditions(request: Request) -> None:
    for name in _CONDITIONS:
        request.headers.pop(name, None)


def _set_conditions(request: Request, known: KnownPage) -> None:
    for name, value in zip(_CONDITIONS, (known.etag, known.last_modified), strict=True):
        if value:
            request.headers.setdefault(name, value)
