"""Every profile written by hand reads pages in its portal's markup, and takes their addresses for articles."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

import pytest

from archive.records import ArticlePage, ArticleText
from crawler.evaluate.scoring import bag_f1, normal
from crawler.extract import extract
from spiders.links import is_article_url
from spiders.portal import Portal
from spiders.profile import GENERIC
from spiders.registry import load_registry
from tests.spiders.test_families import ALL, DATA, FETCHED, Fixture

PROFILES = [one for one in load_registry().portals.values() if one.profile.status not in ("listed", "needs-draft")]


def own_pages(portal: Portal) -> list[Fixture]:
    """Pages of this portal alone: tests/data/profiles/<key>/."""
    return [
        Fixture(
            name=path.stem,
            family=portal.family,
            file=path.with_suffix(".html"),
            gold=json.loads(path.read_text(encoding="utf-8")),
        )
        for path in sorted((DATA / "profiles" / portal.key).glob("*.json"))
    ]


def family_pages(portal: Portal) -> list[Fixture]:
    """Pages of its family, at the portal's own host."""
    host = portal.profile.hosts[0]
    of_family = [one for one in ALL if one.family == portal.family != GENERIC]
    return [
        replace(one, gold=one.gold | {"url": urlunsplit(urlsplit(one.gold["url"])._replace(netloc=host))})
        for one in of_family
    ]


CASES = [(portal, page) for portal in PROFILES for page in (*own_pages(portal), *family_pages(portal))]


def read(portal: Portal, fixture: Fixture) -> ArticleText:
    page = ArticlePage(url=fixture.gold["url"], body=fixture.file.read_bytes(), fetched_at=FETCHED)
    return extract(page, portal, load_registry())


def test_every_profile_has_a_page() -> None:
    assert {portal.key for portal in PROFILES} == {portal.key for portal, _ in CASES}
    assert len(PROFILES) >= 4


@pytest.mark.parametrize(("portal", "fixture"), CASES, ids=[f"{portal.key}-{page.name}" for portal, page in CASES])
def test_page_is_read_by_its_portals_profile(portal: Portal, fixture: Fixture) -> None:
    text, gold = read(portal, fixture), fixture.gold
    assert text.is_article
    assert text.family == portal.family
    assert text.method.get("layout") == (None if portal.family == GENERIC else "current")
    assert (normal(text.title), normal(text.sapo)) == (normal(gold["title"]), normal(gold["sapo"]))
    assert bag_f1(text.body, gold["body"]) >= 0.99
    assert [normal(name) for name in text.authors] == [normal(name) for name in gold["authors"]]
    assert text.published is not None
    assert text.published.iso() == gold["published"]
    assert is_article_url(gold["url"], portal)
