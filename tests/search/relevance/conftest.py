"""The demo's articles, read from its pages in this process and indexed once: 53 on the topic, and those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from archive.authorities import Authorities
from archive.records import ArticlePage
from archive.repository import Archive
from crawler.demo.command import write_profiles
from crawler.demo.portals import PORTALS
from crawler.demo.render import answer, visible
from crawler.reading import Reader
from search.service import SearchService
from spiders.registry import load_registry
from spiders.settings import PROFILES
from tests.archive import build


@pytest.fixture(scope="session")
def demo_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """All pages that the demo portals show after their corrections, as a crawl reads them; off the topic ones too,
    since what must not be found has to be there."""
    folder = tmp_path_factory.mktemp("relevance")
    hosts = {portal.key: f"http://{portal.key}.test" for portal in PORTALS}
    write_profiles(folder / "profiles", hosts)
    registry = load_registry((PROFILES, folder / "profiles"))
    reader = Reader(registry, Authorities.load())
    archive, _ = Archive.create(build.new_home(folder))
    archive.store_portals([registry.portal(portal.key).identity for portal in PORTALS])
    with archive:
        for portal in PORTALS:
            for article in visible(portal, is_second=True):
                _save(archive, reader, portal.key, hosts[portal.key], portal.article_path(article))
        yield archive


@pytest.fixture(scope="session")
def demo_search(demo_archive: Archive) -> SearchService:
    return SearchService(demo_archive)


def _save(archive: Archive, reader: Reader, portal: str, host: str, path: str) -> None:
    found = next(one for one in PORTALS if one.key == portal)
    sent = answer(found, path, host, is_second=True, now=build.NOON)
    url = host + path
    charset = "utf-8" if "utf-8" in sent.headers["Content-Type"] else None
    reading = reader.read(ArticlePage(url=url, body=sent.body, charset=charset), portal)
    if reading.description is not None:  # a few lines on the price of cashew nuts look like a list
        archive.save(replace(build.entry(url), portal=portal), reading.text, reading.description)
