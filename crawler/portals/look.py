"""Looking at single pages of a live portal by the crawl's own path: robots.txt, delay, guards, capture; no article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec
from scrapy import Request
from scrapy.http import Response

from archive.errors import CannotRunError, DanVanError, UsageError
from archive.records import ArticlePage, ArticleText, PageKind
from archive.repository import Archive
from archive.settings import current_home
from crawler.portals.drafting.lists import article_addresses
from crawler.progress import run_with_progress
from crawler.reading import PageReading
from crawler.team import CrawlJob
from spiders.discovery import parse_html
from spiders.portal import Portal
from spiders.portal_spider import FetchedPage
from spiders.profile import ArticleUrls, Discovery, Http

_FOLLOW = "DANVAN_LOOK_FOLLOW"  # a setting of this run only: how many articles of the list to fetch
_PATH = "crawler.portals.look"


@dataclass(frozen=True, kw_only=True)
class SeenPage(PageReading):
    """A fetched page itself, by the address it was asked for under."""

    asked: str
    page: ArticlePage


def look(urls: Sequence[str], portal: Portal, follow: int = 0) -> list[ArticlePage]:
    """The pages at some addresses, then up to `follow` articles linked from the first. Call this once a process."""
    with Archive.open(current_home()):
        pass  # says where it looked if there is none, before anything is made or fetched
    overrides = {
        _FOLLOW: follow,
        "ITEM_PIPELINES": {f"{_PATH}.KeepPages": 300},
        "SPIDER_MIDDLEWARES": {f"{_PATH}.OnlyAsked": 50},
    }
    [result] = run_with_progress([CrawlJob(portal=_for_pages(portal, urls), scope="look")], overrides)
    seen = {one.asked: one.page for one in result.samples if isinstance(one, SeenPage)}
    for url in urls:
        if url not in seen:
            raise _failure(url, result.report.detail or "no answer")
    return [*(seen.pop(url) for url in urls), *seen.values()]


def _for_pages(portal: Portal, urls: Sequence[str]) -> Portal:
    """The portal with these addresses as its lists; on loopback nobody needs to be spared."""
    is_own = all(urlsplit(f"//{host}").hostname in ("localhost", "127.0.0.1", "::1") for host in portal.hosts)
    profile = msgspec.structs.replace(
        portal.profile,
        scope="all",
        discover=(Discovery(kind="list", urls=tuple(urls)),),
        articles=ArticleUrls(patterns=("",)),
        http=Http(delay_seconds=0.0) if is_own else portal.http,
    )
    return Portal(profile=profile, base=portal.base)


def _failure(url: str, detail: str) -> DanVanError:
    """What a page that was not fetched means for who asked for it."""
    said = (
        next((part for part in detail.split("; ") if part.startswith(f"{url}: ")), detail)
        .removeprefix(f"{url}: ")
        .rstrip(".")
    )
    if re.fullmatch(r"HTTP 4\d\d", said):
        return UsageError(f"{url}: {said}; give the address of a page that is there")
    if "robots.txt" in said:
        return UsageError(f"{url}: robots.txt forbids it; give a page that may be read, or a saved file")
    return CannotRunError(f"{url}: {said}; try again later, or give a saved file")


class OnlyAsked:
    """Takes from an answer the page itself and, of the first, a few of its articles; follows nothing else."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._left = crawler.settings.getint(_FOLLOW)

    @classmethod
    def from_crawler(cls, crawler: Any) -> OnlyAsked:
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Replace what the spider would follow."""
        asked = response.cb_kwargs.get("asked")
        if asked is None:
            async for item in result:
                yield item
            return
        if response.status >= 400:  # the spider has noted it as a problem
            return
        spider = self._crawler.spider
        spider.asked += 1
        yield spider.parse_article(response, url_key=asked.url)
        left, self._left = self._left, 0
        for url in article_addresses(parse_html(response.body), response.url, spider.portal.hosts)[:left]:
            spider.asked += 1
            yield Request(url, callback=spider.parse_article, cb_kwargs={"url_key": url})


class KeepPages:
    """Keeps fetched pages for who asked; what is captured is in the ledger already."""

    def __init__(self, crawler: Any) -> None:
        crawler.danvan_counts = self._counts = Counter[str]()
        crawler.danvan_rejected = Counter[str]()
        crawler.danvan_samples = self._samples = list[PageReading]()

    @classmethod
    def from_crawler(cls, crawler: Any) -> KeepPages:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Count and keep one page; a failure is among the spider's problems."""
        if not isinstance(item, FetchedPage):
            return item
        self._counts["fetched"] += 1
        text = ArticleText(kind=PageKind.LISTING, url=item.page.url)
        self._samples.append(SeenPage(text=text, description=None, asked=item.url_key, page=item.page))
        return item
