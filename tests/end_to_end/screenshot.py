"""`make screenshot`: the pictures of docs/, taken from the demo portals in a real browser at two widths."""

from __future__ import annotations

import tempfile
from pathlib import Path

from crawler.demo.server import DemoServer
from tests.end_to_end import browser, library
from tests.end_to_end.running import Danvan

DOCS = Path(__file__).parents[2] / "docs"
HEIGHTS = {"article": 640, "trends-narrow": 1600}  # else 900: no picture is larger than 200 kB, each shows its point
WIDTHS = {"": 1280, "-narrow": 390}
PAGES = {
    "search": '/?q="dân vận khéo"',
    "locality": "/localities/d167",
    "contexts": '/contexts?q="hiến đất"&order=right',
    "trends": '/trends?q="dân vận khéo"&with="hiến đất"&with="tổ dân vận"&per=count',
}


def main() -> None:
    """Crawl, serve, look, and keep what is seen."""
    with tempfile.TemporaryDirectory() as folder, DemoServer() as server:
        danvan = Danvan(Path(folder) / "crawled", server)
        danvan.run("init")
        danvan.run("crawl", *server.base_urls)
        with library.opened(danvan.home, Path(folder)) as address, browser.page(Path(folder) / "browser") as page:
            paths = PAGES | {
                "article": f"{library.changed_path(page, address)}?q=khéo",
                "official": library.official_path(page, address, "Trịnh Hữu Bằng"),
            }
            for ending, width in WIDTHS.items():
                for name, path in paths.items():
                    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=vi")
                    page.set_viewport_size({"width": width, "height": HEIGHTS.get(f"{name}{ending}", 900)})
                    picture = DOCS / f"{name}{ending}.png"
                    page.screenshot(path=picture)
                    print(f"{picture.relative_to(DOCS.parent)}: {picture.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
