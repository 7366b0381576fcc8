"""Every family reads its pages by its own rules, and takes no page of another CMS for its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from archive.records import LOCAL_ZONE, ArticlePage, ArticleText
from crawler.evaluate.scoring import bag_f1, normal
from crawler.extract import extract
from spiders.discovery import parse_html
from spiders.fingerprint import names_in
from spiders.links import article_links, is_article_url
from spiders.portal import Portal
from spiders.profile import Discovery, Profile
from spiders.registry import GENERIC, load_registry

DATA = Path(__file__).parents[1] / "data"
FETCHED = datetime(2026, 11, 22, 12, tzinfo=LOCAL_ZONE)


@dataclass(frozen=True, kw_only=True)
class Fixture:
    """A page, the family it is made in, and what it says."""

    name: str
    family: str
    file: Path
    gold: dict[str, Any]

    def read(self) -> ArticleText:
        page = ArticlePage(url=self.gold["url"], body=self.file.read_bytes(), fetched_at=FETCHED)
        return extract(page, None, load_registry())


def gold_pages() -> list[Fixture]:
    entries = json.loads((DATA / "pages" / "gold.json").read_text(encoding="utf-8"))
    return [
        Fixture(name=entry["id"], family=entry["family"], file=DATA / "pages" / entry["file"], gold=entry)
        for entry in entries
    ]


def own_pages() -> list[Fixture]:
    """Pages of families of which no gold page exists: tests/data/families/<family>/<name>.html and .json."""
    return [
        Fixture(
            name=path.stem,
            family=path.parent.name,
            file=path.with_suffix(".html"),
            gold=json.loads(path.read_text(encoding="utf-8")),
        )
        for path in sorted((DATA / "families").glob("*/*.json"))
    ]


ALL = [*gold_pages(), *own_pages()]
OF_A_FAMILY = [one for one in ALL if one.family != "none"]
OF_NONE = [one for one in ALL if one.family == "none"]


def test_every_family_has_two_pages() -> None:
    families = [one.family for one in OF_A_FAMILY]
    assert {key: families.count(key) for key in load_registry().families if key != GENERIC} == dict.fromkeys(
        set(families), 2
    )


@pytest.mark.parametrize("fixture", OF_A_FAMILY, ids=lambda one: f"{one.family}-{one.name}")
def test_page_is_read_by_its_familys_rules(fixture: Fixture) -> None:
    text, gold = fixture.read(), fixture.gold
    assert text.family == fixture.family
    assert text.method["layout"] == "current"  # the body by rule, not by form
    assert normal(text.title) == normal(gold["title"])
    assert normal(text.sapo) == normal(gold["sapo"])
    assert bag_f1(text.body, gold["body"]) >= 0.99
    assert [normal(caption) for caption in text.captions] == [normal(caption) for caption in gold["captions"]]
    assert [normal(name) for name in text.authors] == [normal(name) for name in gold["authors"]]
    assert text.published is not None
    assert text.published.iso() == gold["published"]


@pytest.mark.parametrize("fixture", OF_NONE, ids=lambda one: one.name)
def test_page_of_no_known_cms_is_taken_for_no_family(fixture: Fixture) -> None:
    assert fixture.read().family == GENERIC


NEAR_MISSES = {
    "the address form of NukeViet alone": ("/tin-tuc/mot-bai-123.html", "<div class='detail'><h1>x</h1></div>"),
    "the address form of content_article alone": ("/mot-bai-3012345.html", "<div id='content'><h1>x</h1></div>"),
    "an id of content_article at another address": (
        "/tin/12.aspx",
        "<div id='content-detail'><h1 class='name'>x</h1></div>",
    ),
    "a slug like WordPress's": ("/mot-bai-viet-dai-ve-dan-van/", "<div class='post'><h1>x</h1></div>"),
    "the body class of two CMS": ("/mot-bai-viet-dai-ve-dan-van/", "<div class='td-post-content'><h1>x</h1></div>"),
    "SharePoint of another maker": (
        "/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID=5",
        "<meta name='GENERATOR' content='Microsoft SharePoint'><div class='ms-rtestate-field'>x</div>",
    ),
    "pictures in a folder uploads/images": ("/tin/mot-bai-12.html", "<img src='/uploads/images/a.jpg'><h1>x</h1>"),
    "a slug and id without suffix": ("/tin-tuc/mot-bai-933574", "<div class='post-date'>1/2/2023</div><h1>x</h1>"),
    "a page query that is not DotNetNuke's": ("/Default.aspx?tabid=71", "<form id='Form'><h1>x</h1></form>"),
}


@pytest.mark.parametrize(("path", "markup"), NEAR_MISSES.values(), ids=NEAR_MISSES.keys())
def test_one_mark_of_a_cms_is_not_enough(path: str, markup: str) -> None:
    tree = parse_html(f"<html><head></head><body>{markup}</body></html>".encode())
    url = f"https://x.test{path}"
    assert load_registry().recognise(url, tree).key == GENERIC


def test_a_selector_of_alternatives_needs_none_of_their_names() -> None:
    assert names_in("div.a, #b") == names_in("p:not(.a)") == frozenset()
    assert names_in("div.a > #b") == {".a", "#b"}


LISTS = [
    one
    for one in json.loads((DATA / "pages" / "lists" / "gold.json").read_text(encoding="utf-8"))
    if one["kind"] == "list"
]


def portal_of(entry: dict[str, Any]) -> Portal:
    host = urlsplit(entry["url"]).netloc
    profile = Profile(
        key="mau", name="Mẫu", kind="other", family=entry["family"], hosts=(host,), province="Cao Bằng",
        status="listed", evidence="own", scope="all",
    )  # fmt: skip
    return Portal(profile=profile, base=load_registry().families[entry["family"]])


@pytest.mark.parametrize("entry", LISTS, ids=lambda one: str(one["family"]))
def test_familys_list_shows_its_articles_and_no_traps(entry: dict[str, Any]) -> None:
    portal = portal_of(entry)
    tree = parse_html((DATA / "pages" / "lists" / entry["file"]).read_bytes())
    rule = Discovery(kind="list", urls=("/",), is_section=True)
    found = [link.url for link in article_links(tree, entry["url"], portal, rule)]
    wanted = [article["url"] for article in entry["articles"]]
    assert [url for url in wanted if url not in found] == []
    assert set(found) <= {*wanted, *(one.split("?")[0] for one in urls_of(entry["also_articles"]))}
    assert not set(found) & set(urls_of(entry["must_not_follow"]))


def urls_of(links: list[Any]) -> list[str]:
    return [one["url"] if isinstance(one, dict) else one for one in links]


@pytest.mark.parametrize("fixture", OF_A_FAMILY, ids=lambda one: f"{one.family}-{one.name}")
def test_familys_pattern_takes_its_articles(fixture: Fixture) -> None:
    portal = portal_of({"url": fixture.gold["url"], "family": fixture.family})
    assert is_article_url(fixture.gold["url"], portal)
