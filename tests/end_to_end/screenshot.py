"""`make screenshot`: the picture in README.md, taken from the demo portals in a real browser."""

from __future__ import annotations

import tempfile
from pathlib import Path

from crawler.demo.server import DemoServer
from tests.end_to_end import browser
from tests.end_to_end.running import Danvan

PICTURE = Path(__file__).parents[2] / "docs" / "search.png"


def main() -> None:
    """Crawl, serve, search, and keep the picture."""
    with tempfile.TemporaryDirectory() as folder, DemoServer() as server:
        danvan = Danvan(Path(folder), server)
        danvan.run("init")
        danvan.run("crawl", *server.base_urls)
        with browser.served(danvan.home) as address, browser.page(Path(folder) / "browser") as page:
            page.goto(f'{address}/?q="dân vận khéo"&lang=vi')
            PICTURE.parent.mkdir(exist_ok=True)
            page.screenshot(path=PICTURE)
    print(f"{PICTURE} written")


if __name__ == "__main__":
    main()
