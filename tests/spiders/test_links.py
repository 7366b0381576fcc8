"""One key for one article, and only articles are links."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.discovery import parse_html
from spiders.links import article_links, is_article_url, url_key
from spiders.portal import Portal
from spiders.profile import Discovery
from spiders.registry import load_registry

BASE = "https://baothainguyen.vn/chinh-tri/202407/mot-bai-3ac6d79/"


@pytest.fixture
def portal() -> Portal:
    return load_registry().portal("baothainguyen")


@pytest.mark.parametrize(
    "url",
    [
        BASE,
        BASE.rstrip("/"),
        BASE.replace("https", "http"),
        BASE.replace("baothainguyen.vn", "BaoTN.vn"),
        BASE + "?utm_source=x&zarsrc=30",
        BASE + "#binh-luan",
        BASE.replace("mot-bai", "ten-khac"),
    ],
)
def test_one_article_has_one_key(portal: Portal, url: str) -> None:
    assert url_key(url, portal) == url_key(BASE, portal)


def test_two_articles_have_two_keys(portal: Portal) -> None:
    assert url_key(BASE, portal) != url_key(BASE.replace("3ac6d79", "3ac6d78"), portal)


@pytest.mark.parametrize(
    "url",
    [
        "https://baothainguyen.vn/chinh-tri/",
        "https://baothainguyen.vn/trang-in-258122.html",
        "https://example.org/chinh-tri/202407/mot-bai-3ac6d79/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[bad",
        "https://baothainguyen.vn/tag/202407/mot-bai-3ac6d79/",
        "https://baothainguyen.vn/" + "a" * 3000 + "/202407/mot-bai-3ac6d79/",
    ],
)
def test_what_is_no_article(portal: Portal, url: str) -> None:
    assert is_article_url(url, portal) is False


def test_links_carry_title_and_printed_day_once_each(portal: Portal) -> None:
    page = f"""<html><body><div><a href="{BASE}"><img></a><a href="{BASE}?utm_source=l">Một bài</a>
      <span>11:43, 10/07/2024</span></div><div><a href="/chinh-tri/202407/hai-3ac6d70/">Hai</a></div>
      <a href="mailto:a@b.vn">thư</a><a href="/trang-in-3.html">in</a></body></html>"""
    rule = Discovery(kind="list", urls=("/",), is_section=True)
    found = article_links(parse_html(page.encode()), "https://baothainguyen.vn/chinh-tri/", portal, rule)
    assert [(link.title, link.published) for link in found] == [("Một bài", date(2024, 7, 10)), ("Hai", None)]


def test_outside_sections_titles_need_a_keyword(portal: Portal) -> None:
    page = f'<a href="{BASE}">Hội thi Dân vận khéo</a><a href="/the-thao/202407/bong-da-3ac6d71/">Bóng đá</a>'
    rule = Discovery(kind="list", urls=("/",))
    found = article_links(parse_html(page.encode()), BASE, portal, rule)
    assert [link.title for link in found] == ["Hội thi Dân vận khéo"]


def test_two_hundred_thousand_links_are_cut_off(portal: Portal) -> None:
    page = "".join(f'<a href="/a/202407/x-{n:06}/">dân vận</a>' for n in range(100_000, 300_000))
    rule = Discovery(kind="list", urls=("/",), is_section=True)
    assert len(article_links(parse_html(page.encode()), BASE, portal, rule)) == 2000
