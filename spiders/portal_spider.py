"""One spider for every profile: reads the portal's lists and says which articles they show, newest first.

The spider asks for nothing itself. What is to be fetched are tasks of the frontier; an answer becomes an item, and the
crawler's pipeline stores it together with the tasks it leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import scrapy
from scrapy.http import Request, Response

from archive.frontier.records import Sighting, Task, TaskKind
from archive.ledger import KnownPage
from archive.records import ArticleLink, ArticlePage, Capture
from spiders import discovery, links
from spiders.discovery import DiscoveryRequest
from spiders.portal import Portal
from spiders.window import Window

# Lists before articles, so that the newest articles of every section come before the oldest of the first.
_LIST_PRIORITY = 10
# At 64 kB a second, a slow line, 16 MiB take four minutes.
_FILE_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class FetchedPage:
    """An answer to a request for an article: an item that leaves the spider."""

    page: ArticlePage
    url_key: str
    status: int
    capture: Capture | None
    known: KnownPage | None  # None for an address never seen
    etag: str | None
    last_modified: str | None
    task: Task | None = None
    # After redirects: the key of the article address that answered, None where it is none of the portal's; and what
    # is known of it (a KnownPage). Without: as asked.
    answered_key: str | None
    answered: Any


@dataclass(frozen=True, kw_only=True)
class FetchedAttachment:
    """An answer to a request for a file of an article: its bytes, or 304."""

    task: Task
    status: int
    body: bytes
    content_type: str | None
    capture: Capture | None
    known: KnownPage | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, kw_only=True)
class ReadList:
    """A list that was read: what it showed, which of it is wanted, and where it goes on."""

    task: Task
    sightings: tuple[Sighting, ...]
    wanted: tuple[Task, ...]
    follow: tuple[Task, ...]


@dataclass(frozen=True, kw_only=True)
class FailedFetch:
    """An address that gave no answer, or one that is a failure."""

    task: Task
    url: str  # the one that failed, which may be where the task's redirected to
    error: BaseException
    response: Response | None
    redirected_by: int | None  # the status of the redirect that led to `url`


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
        self.window = Window(since=_day(since), until=_day(until))
        self.max_articles = int(max_articles) if max_articles else None
        self.run_scope = scope
        if scope == "check":  # the topic is not what a check asks about
            self.portal = self.portal.in_scope("all")
        self.asked = 0  # articles that lists showed and this crawl asks for
        self.lists_seen = 0
        self.reached: date | None = None  # the oldest day that a list showed
        self.problems: list[str] = []
        # The crawler puts the archive behind this; without one, nothing is known.
        self.is_known: Callable[[str], bool] = lambda _key: False

    @property
    def is_limited(self) -> bool:
        """Whether this run is told not to see everything."""
        return bool(self.max_articles or self.window.since or self.window.until)

    @property
    def room(self) -> int | None:
        """How many more articles this crawl may ask for; None: all."""
        return None if self.max_articles is None else max(0, self.max_articles - self.asked)

    def seeds(self) -> list[Task]:
        """The portal's feeds, sitemaps and lists in the profile's order."""
        return [self._list_task(asked) for asked in discovery.start(self.portal)]

    def revisits(self, known: Iterable[tuple[str, str]]) -> list[Task]:
        """Tasks for known articles (address and key): edits and removals are found there."""
        return [Task(key=key, url=url, kind=TaskKind.REVISIT) for url, key in known]

    def request_for(self, task: Task, known: KnownPage | None) -> Request:
        """The request of a task, with what the ledger knows of its address."""
        meta: dict[str, Any] = {"task": task}
        if task.kind is TaskKind.LIST:
            asked = msgspec.convert(dict(task.asked), DiscoveryRequest)
            return Request(
                task.url,
                callback=self.parse_list,
                errback=self.failed,
                cb_kwargs={"asked": asked},
                meta=meta,
                headers=dict(asked.headers),
            )
        if task.kind is TaskKind.ATTACHMENT:
            return Request(
                task.url,
                callback=self.parse_attachment,
                errback=self.failed,
                meta=meta
                | {"url_key": task.key, "known": known, "handle_httpstatus_list": [304]}
                | {"download_maxsize": self.portal.attachments.max_bytes, "download_warnsize": 0}
                | {"download_timeout": _FILE_SECONDS},
            )
        return Request(
            task.url,
            callback=self.parse_article,
            errback=self.failed,
            cb_kwargs={"url_key": task.key},
            meta=meta | {"url_key": task.key, "known": known, "handle_httpstatus_list": [304, 404, 410]},
        )

    def parse_list(self, response: Response, asked: DiscoveryRequest) -> ReadList:
        """Read a list: its articles, and its next pages."""
        result = discovery.read(self.portal, asked, response.body, response.url, self.window, is_known=self.is_known)
        if result.problem:
            self.problems.append(f"{response.url}: {result.problem}")
        self.lists_seen += bool(result.shown)
        self.reached = min((day for day in (self.reached, result.oldest) if day), default=None)
        shown = [self._sighting(link) for link in result.links]
        passed_over = [self._sighting(link, reason) for link, reason in result.skipped]
        return ReadList(
            task=response.meta["task"],
            sightings=(*shown, *passed_over),
            wanted=tuple(Task(key=one.url_key, url=one.url, kind=TaskKind.ARTICLE) for one in shown),
            follow=tuple(self._list_task(follow) for follow in result.follow),
        )

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
            task=response.meta.get("task"),
            answered_key=response.meta.get("answered_key", url_key),
            answered=response.meta.get("answered", response.meta.get("known")),
        )

    def parse_attachment(self, response: Response) -> FetchedAttachment:
        """Hand a file and its capture on."""
        return FetchedAttachment(
            task=response.meta["task"],
            status=response.status,
            body=response.body,
            content_type=_header(response, "Content-Type"),
            capture=response.meta.get("capture"),
            known=response.meta.get("known"),
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
        )

    def failed(self, failure: Any) -> FailedFetch:
        """A list that could not be fetched is a problem of the run; a page after the last one is not."""
        request = failure.request
        task: Task = request.meta["task"]
        response = getattr(failure.value, "response", None)
        reasons = request.meta.get("redirect_reasons") or [None]
        if task.kind is TaskKind.LIST and not _is_beyond_the_last(response, request.cb_kwargs["asked"]):
            said = f"HTTP {response.status}" if response is not None else str(failure.value)
            self.problems.append(f"{request.url}: {said}")
        return FailedFetch(
            task=task,
            url=request.url,
            error=failure.value,
            response=response,
            redirected_by=reasons[-1] if isinstance(reasons[-1], int) else None,
        )

    def _list_task(self, asked: DiscoveryRequest) -> Task:
        return Task(
            key=f"list {asked.rule} {asked.url}",
            url=asked.url,
            kind=TaskKind.LIST,
            priority=_LIST_PRIORITY,
            asked=msgspec.to_builtins(asked),
        )

    def _sighting(self, link: ArticleLink, skipped: str | None = None) -> Sighting:
        return Sighting(
            url_key=links.url_key(link.url, self.portal),
            url=link.url,
            title=link.title,
            day=link.published,
            found_in=link.found_in,
            skipped=skipped,
        )


def _is_beyond_the_last(response: Response | None, asked: DiscoveryRequest) -> bool:
    return response is not None and response.status in (404, 410) and asked.page > 1 and not asked.is_child


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
