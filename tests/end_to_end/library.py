"""The demo archive as a reader meets it: crawled, one article changed since, served; and a browser that counts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, Response

from archive.ledger import Entry
from archive.repository import Archive
from archive.settings import Home
from tests.end_to_end import browser

CHANGED = "Định Hóa: Mỗi xóm một việc khéo"


@dataclass
class Reader:
    """A browser page at an address; it counts the pages it loads and keeps what its console complains of."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    loads: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._count)

    def open(self, path: str) -> None:
        """Begin at a page."""
        self.loads = 0
        self.page.goto(self.address + path)

    def count(self) -> int:
        """How many hits the page says there are."""
        return int(self.page.get_by_role("status").locator("b").inner_text().replace(".", ""))

    def _count(self, response: Response) -> None:
        self.loads += response.request.is_navigation_request()


def changed_path(page: Page, address: str) -> str:
    """Where the changed article is: numbers depend on which portal answered first."""
    found = page.request.get(f'{address}/api/search?q=tiêu đề:"{CHANGED.split(": ")[1]}"').json()["hits"]
    return next(f"/articles/{hit['id']}" for hit in found if hit["title"] == CHANGED)


def official_path(page: Page, address: str, name: str) -> str:
    """Where an official is."""
    return f"/officials/{page.request.get(f'{address}/api/officials?q={name}').json()['officials'][0]['id']}"


@contextmanager
def opened(crawled: Path, folder: Path) -> Iterator[str]:
    """A copy of a crawled archive, served; one of its articles has a second version."""
    home = folder / "home"
    shutil.copytree(crawled, home)
    with Archive.open(Home(folder=home, database_url=f"sqlite:///{home / 'archive.db'}")) as archive:
        change(archive)
    with browser.served(home) as address:
        yield address


def change(archive: Archive) -> None:
    """The portal corrected an article three days later."""
    article = next(one for one in archive.all_articles() if one.text.title == CHANGED)
    [version] = archive.versions(article.id)
    first = version.captures[0]
    later = replace(first, fetched_at=first.fetched_at + timedelta(days=3))
    body = article.text.body.replace("460 ngày công", "480 ngày công") + "\n\nBài đã sửa số liệu."
    entry = Entry(capture=later, portal=article.portal.key, url_key=article.url_key, etag=None)
    archive.save(entry, replace(article.text, body=body), article.description)
