"""The floor: a bare Scrapy spider that writes each page's HTML to a file, nothing else.

python -m tests.benchmarks.bare_spider PORT FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scrapy.crawler import CrawlerProcess

from tests.benchmarks.peer_spider import SETTINGS, PeerSpider

FOLDER = Path(sys.argv[2]) if len(sys.argv) > 2 else Path()


class BareSpider(PeerSpider):
    name = "bare"

    def article(self, response: Any) -> Iterator[dict[str, Any]]:
        (FOLDER / response.url.rsplit("/", 1)[1]).write_bytes(response.body)
        yield {"url": response.url}


def main() -> None:
    process = CrawlerProcess(SETTINGS)
    process.crawl(BareSpider, start_urls=[f"http://127.0.0.1:{sys.argv[1]}/bg2/xa-hoi"])
    process.start()


if __name__ == "__main__":
    main()
