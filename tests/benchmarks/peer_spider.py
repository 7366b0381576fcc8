"""The peer: a bare Scrapy spider with trafilatura in its callback, one JSON Lines feed, nothing else.

python -m tests.benchmarks.peer_spider PORT OUT.jsonl
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import scrapy
import trafilatura
from scrapy.crawler import CrawlerProcess

SETTINGS: dict[str, Any] = {
    "ROBOTSTXT_OBEY": True,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,
    "LOG_LEVEL": "ERROR",
}


class PeerSpider(scrapy.Spider):  # type: ignore[misc]
    name = "peer"

    def parse(self, response: Any) -> Iterator[Any]:
        for link in response.css("a.font-tin-doc::attr(href)").getall():
            yield response.follow(link, self.article)
        number = int(response.url.partition("page=")[2] or 1)
        yield response.follow(f"/bg2/xa-hoi?page={number + 1}", self.parse)

    def article(self, response: Any) -> Iterator[dict[str, Any]]:
        found = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        yield {"url": response.url, "text": found.text if found else None, "title": found.title if found else None}


def main() -> None:
    port, out = sys.argv[1:]
    settings = SETTINGS | {"FEEDS": {out: {"format": "jsonlines"}}}
    process = CrawlerProcess(settings)
    process.crawl(PeerSpider, start_urls=[f"http://127.0.0.1:{port}/bg2/xa-hoi"])
    process.start()


if __name__ == "__main__":
    main()
