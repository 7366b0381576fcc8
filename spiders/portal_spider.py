"""One spider for every profile: walks the portal's lists and asks for the articles they show, newest first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import scrapy
from scrapy.http import Request, Response

from archive.records import ArticleLink, ArticlePage, Capture
from spiders import discovery, links
from spiders.portal import Portal

# Lists before articles, so that the newest articles of every section come before the oldest of the first.
_LIST_PRIORITY = 10
# Known articles that no list showed are asked for again in this number a run, the longest unseen first.
RECHECKS = 20


@dataclass(frozen=True, kw_only=True)
class FetchedPage:
    """An answer to a request for an article: the item that leaves the spider."""

    page: ArticlePage
    url_key: str
    status: int
    capture: Capture | None
    known: Any  # archive.ledger.KnownPage, or None for an address never seen
    etag: str | None
    last_modified: str | None


class PortalSpider(scrapy.Spider):
    """Driven by `portal`; the subclasses in spiders.portals differ in nothing else."""

    portal: Portal
    run_id: int | None = None

    def __init__(
        self,
        since: str | None = None,
        until: str | None = None,
        max_articles: str | int | None = None,
        scope: str = "crawl",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.window = discovery.Window(since=_day(since), until=_day(until))
        self.max_articles = int(max_articles) if max_articles else None
        self.run_scope = scope
        if scope == "check":  # the topic is not what a check asks about
            self.portal = self.portal.in_scope("all")
        self.asked: set[str] = set()
        self.lists_seen = 0
        self.problems: list[str] = []
        # The crawler puts the archive behind these; without one, nothing is known.
        self.is_known: Callable[[str], bool] = lambda _key: False
        self.recheck: Callable[[set[str]], list[tuple[str, str]]] = lambda _asked: []

    @property
    def is_limited(self) -> bool:
        """Whether this run is told not to see everything."""
        return bool(self.max_articles or self.window.since or self.window.until)

    async def start(self) -> AsyncIterator[Request]:
        """The portal's feeds, sitemaps and lists in the profile's order."""
        for request in discovery.start(self.portal):
            yield self._list_request(request)

    def parse_list(self, response: Response, asked: discovery.DiscoveryRequest) -> Iterator[Request]:
        """Follow a list: its articles first, then its next page."""
        result = discovery.read(self.portal, asked, response.body, response.url, self.window, is_known=self.is_known)
        if result.problem:
            self.problems.append(f"{response.url}: {result.problem}")
        self.lists_seen += bool(result.shown)
        for link in result.links:
            yield from self._article_requests(link)
        if not self._has_enough():
            for follow in result.follow:
                yield self._list_request(follow)

    def parse_article(self, response: Response, url_key: str) -> FetchedPage:
        """Hand the page and its capture on."""
        capture: Capture | None = response.meta.get("capture")
        return FetchedPage(
            page=ArticlePage(
                url=response.url,
                body=response.body,
                charset=links.header_charset(_header(response, "Content-Type")),
                fetched_at=capture.fetched_at if capture else datetime.now(UTC),
                capture=capture,
            ),
            url_key=url_key,
            status=response.status,
            capture=capture,
            known=response.meta.get("known"),
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
        )

    def list_failed(self, failure: Any) -> None:
        """A list that could not be fetched is a problem of the run; a page after the last one is not."""
        asked: discovery.DiscoveryRequest = failure.request.cb_kwargs["asked"]
        response = getattr(failure.value, "response", None)
        if response is not None and response.status in (404, 410) and asked.page > 1 and not asked.is_child:
            return
        said = f"HTTP {response.status}" if response is not None else str(failure.value)
        self.problems.append(f"{failure.request.url}: {said}")

    def recheck_requests(self) -> list[Request]:
        """Known articles that no list showed this time: edits and removals are found there."""
        if self.is_limited or self.run_scope != "crawl":
            return []
        return [self._article_request(url, key) for url, key in self.recheck(self.asked)]

    def _list_request(self, asked: discovery.DiscoveryRequest) -> Request:
        return Request(
            asked.url,
            callback=self.parse_list,
            errback=self.list_failed,
            cb_kwargs={"asked": asked},
            priority=_LIST_PRIORITY,
            headers=dict(asked.headers),
        )

    def _article_requests(self, link: ArticleLink) -> Iterator[Request]:
        key = links.url_key(link.url, self.portal)
        if key not in self.asked and not self._has_enough():
            yield self._article_request(link.url, key)

    def _article_request(self, url: str, key: str) -> Request:
        self.asked.add(key)
        return Request(
            url,
            callback=self.parse_article,
            cb_kwargs={"url_key": key},
            meta={"url_key": key, "handle_httpstatus_list": [304, 404, 410]},
        )

    def _has_enough(self) -> bool:
        return self.max_articles is not None and len(self.asked) >= self.max_articles


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
