"""Feeds, sitemaps, lists and the API are walked to their end, and nothing a server sends raises."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from spiders.discovery import MAX_BARREN_PAGES, DiscoveryRequest, read, start
from spiders.markup import without_huge_tags
from spiders.portal import Portal
from spiders.profile import Discovery
from spiders.registry import load_registry
from spiders.window import Window

HOST = "https://baothainguyen.vn"
ARTICLE = f"{HOST}/chinh-tri/dan-van-kheo/202407/mot-bai-3ac6d79/"
OPEN = Window()


@pytest.fixture
def portal() -> Portal:
    return load_registry().portal("baothainguyen")


def request_of(portal: Portal, kind: str) -> DiscoveryRequest:
    return next(request for request in start(portal) if portal.discover[request.rule].kind == kind)


def test_sections_are_asked_first(portal: Portal) -> None:
    assert start(portal)[0].url == f"{HOST}/chinh-tri/dan-van-kheo/"


def test_list_leads_to_the_api_and_the_api_to_its_next_page(portal: Portal) -> None:
    request = request_of(portal, "list")
    page = f'<div id="site_id">abc123</div><div id="cate_id">77</div><a href="{ARTICLE}">Một bài</a>'
    first = read(portal, request, page.encode(), request.url, OPEN)
    assert [link.url for link in first.links] == [ARTICLE]
    [api] = first.follow
    assert "scUnitMapId=abc123&saArticleCateId=77&first=0&pageSize=30" in api.url
    items = [{"title": "Hai", "pageUrl": "/a/202407/hai-3ac6d70/", "publishDate": "10/07/2024 11:43"}]
    answer = read(portal, api, json.dumps({"response": items, "total": 9}).encode(), api.url, OPEN)
    assert answer.links[0].published == date(2024, 7, 10)
    assert "first=1&" in answer.follow[0].url
    ended = read(portal, answer.follow[0], b'{"response": [], "total": 9}', api.url, OPEN)
    assert (ended.links, ended.follow) == ((), ())


def test_dated_sitemaps_are_opened_newest_first_and_only_in_the_window(portal: Portal) -> None:
    request = request_of(portal, "sitemap")
    days = ("2024-07-10", "2024-07-12", "2023-01-01")
    index = "".join(f"<sitemap><loc>{HOST}/sitemap-article-{day}.xml</loc></sitemap>" for day in days)
    other = "<sitemap><loc>https://example.org/sitemap-article-2024-07-11.xml</loc></sitemap>"
    body = f"<sitemapindex>{index}{other}</sitemapindex>".encode()
    found = read(portal, request, body, request.url, Window(since=date(2024, 1, 1)))
    assert [one.url[-14:-4] for one in found.follow] == ["2024-07-12", "2024-07-10"]


def test_paging_stops_at_known_links_and_at_old_ones(portal: Portal) -> None:
    rule = Discovery(kind="list", urls=("/x/",), next="?page={n}", is_section=True)
    paged = replace_discover(portal, rule)
    page = f'<div><a href="{ARTICLE}">Một</a> 10/07/2024</div>'.encode()
    request = start(paged)[0]
    assert read(paged, request, page, request.url, OPEN).follow[0].url == f"{HOST}/x/?page=2"
    assert read(paged, request, page, request.url, OPEN, is_known=lambda key: True).follow == ()
    assert read(paged, request, page, request.url, Window(since=date(2025, 1, 1))).follow == ()
    assert read(paged, request, page, request.url, Window(until=date(2024, 1, 1))).links == ()
    last = replace(request, page=rule.max_pages)
    assert read(paged, last, page, request.url, OPEN).follow == ()


def test_list_ends_where_the_next_page_shows_the_same(portal: Portal) -> None:
    paged = replace_discover(portal, Discovery(kind="list", urls=("/",), next="?p={n}", is_section=True))
    page = f'<div><a href="{ARTICLE}">Một</a></div>'.encode()
    [request] = start(paged)
    [second] = read(paged, request, page, request.url, OPEN).follow
    assert second.url == f"{HOST}/?p=2"
    assert read(paged, second, page, second.url, OPEN).follow == ()
    other = page.replace(b"3ac6d79", b"3ac6d70")
    assert read(paged, second, other, second.url, OPEN).follow[0].url == f"{HOST}/?p=3"


def test_list_of_articles_off_the_topic_is_no_problem_but_an_empty_one_is(portal: Portal) -> None:
    paged = replace_discover(portal, Discovery(kind="list", urls=("/",)))
    [request] = start(paged)
    page = f'<a href="{ARTICLE}">Giá cà phê hôm nay</a>'.encode()
    found = read(paged, request, page, request.url, OPEN)
    assert (found.links, found.shown, found.problem) == ((), 1, None)
    empty = read(paged, request, b"<p>x</p>", request.url, OPEN)
    assert (empty.shown, empty.problem) == (0, "a list without any article link")


def test_page_off_the_topic_does_not_end_a_list_but_ten_do(portal: Portal) -> None:
    paged = replace_discover(portal, Discovery(kind="list", urls=("/",), next="?p={n}"))
    [request] = start(paged)
    for number in range(MAX_BARREN_PAGES):
        address = ARTICLE.replace("3ac6d79", f"{number:07}")
        page = f'<div><a href="{address}">Giá cà phê</a> 10/07/2024</div>'.encode()
        assert read(paged, request, page, request.url, Window(since=date(2025, 1, 1))).follow == ()
        [request] = read(paged, request, page, request.url, OPEN).follow
    page = f'<a href="{ARTICLE}">Giá cà phê</a>'.encode()
    assert read(paged, request, page, request.url, OPEN).follow == ()
    [after] = read(
        paged, request, page.replace("Giá cà phê".encode(), "Dân vận khéo".encode()), request.url, OPEN
    ).follow
    assert after.barren == 0


def test_api_is_asked_though_the_first_page_is_off_the_topic(portal: Portal) -> None:
    request = next(one for one in start(portal) if one.url == f"{HOST}/chinh-tri/")
    page = f'<div id="site_id">a1</div><div id="cate_id">7</div><a href="{ARTICLE}">Giá cà phê</a>'
    assert [one.api_first for one in read(portal, request, page.encode(), request.url, OPEN).follow] == [0]


def replace_discover(portal: Portal, rule: Discovery) -> Portal:
    import msgspec

    return Portal(profile=msgspec.structs.replace(portal.profile, discover=(rule,)), base=portal.base)


BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
XXE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>'


@pytest.mark.parametrize("kind", ["sitemap", "list", "rss"])
@pytest.mark.parametrize(
    "body",
    [b"", b"\x00" * 99, b"<html><body>404</body></html>", b"not xml at all", BOMB, XXE, b"\x1f\x8bbroken", b"{", b"<a" * 50_000,
     gzip.compress(b"<urlset></urlset>"), "<rss><item><link>".encode("utf-16")],
    ids=range(11),
)  # fmt: skip
def test_bad_answers_are_problems_not_errors(portal: Portal, kind: str, body: bytes) -> None:
    changed = replace_discover(portal, Discovery(kind=kind, urls=("/x",)))  # type: ignore[arg-type]
    request = start(changed)[0]
    found = read(changed, request, body, request.url, OPEN)
    assert found.links == ()
    assert kind == "sitemap" or found.problem


def test_index_that_lists_itself_ends(portal: Portal) -> None:
    request = request_of(portal, "sitemap")
    body = f"<sitemapindex><sitemap><loc>{request.url}</loc></sitemap></sitemapindex>".encode()
    assert read(portal, request, body, request.url, OPEN).follow == ()


def test_feed_days_are_local(portal: Portal) -> None:
    changed = replace_discover(portal, Discovery(kind="rss", urls=("/x",), is_section=True))
    item = f"<item><title>Dân vận</title><link>{ARTICLE}?utm_source=rss</link><pubDate>Tue, 09 Jul 2024 18:30:00 GMT</pubDate></item>"
    found = read(changed, start(changed)[0], f"<rss><channel>{item}</channel></rss>".encode(), HOST, OPEN)
    assert found.links[0].published == date(2024, 7, 10)


BROKEN = "http://[::1"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("list", f'<base href="{BROKEN}"><a href="{BROKEN}">x</a><a href="{ARTICLE}">Dân vận khéo ở một xã</a>'),
        (
            "sitemap",
            f"<urlset><url><loc>{BROKEN}</loc></url><url><loc>{ARTICLE}</loc><title>Dân vận khéo</title></url></urlset>",
        ),
    ],
)
def test_one_broken_address_does_not_cost_the_others(portal: Portal, kind: str, body: str) -> None:
    request = request_of(portal, kind)
    found = read(portal, replace(request, is_child=kind == "sitemap"), body.encode(), request.url, OPEN)
    assert [link.url for link in found.links] == [ARTICLE]
    assert found.problem is None


@pytest.mark.parametrize("date_value", [1e300, -5, True, None, "31/02/2024", [], {}])
def test_odd_items_of_an_api_are_passed_over(portal: Portal, date_value: object) -> None:
    item = {"title": "Dân vận khéo", "pageUrl": ARTICLE, "publishDate": date_value}
    answer = {"response": [1, None, {"pageUrl": 5}, {"pageUrl": BROKEN}, item]}
    [link] = read(portal, api_request(portal), json.dumps(answer).encode(), HOST, OPEN).links
    assert link.url == ARTICLE
    assert link.published is None


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"response": 5}', b'{"response": {}, "total": 1}', b"null", b"[1]"])
def test_answer_that_is_no_list_of_articles_is_a_problem(portal: Portal, body: bytes) -> None:
    found = read(portal, api_request(portal), body, HOST, OPEN)
    assert found.links == ()
    assert found.problem or not found.follow


def test_tag_of_100_000_attributes_does_not_hide_the_links_after_it(portal: Portal) -> None:
    request = request_of(portal, "list")
    trap = "<div " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">"
    body = f'{trap}<a href="{ARTICLE}">Dân vận khéo</a>'
    assert len(without_huge_tags(body)) < 200
    assert [link.url for link in read(portal, request, body.encode(), request.url, OPEN).links] == [ARTICLE]


def api_request(portal: Portal) -> DiscoveryRequest:
    template = f"{HOST}/api?first={{first}}&n={{size}}"
    return replace(request_of(portal, "list"), api_first=0, api_template=template)


def listed(page: int, days: list[str]) -> bytes:
    entries = "".join(
        f'<div><a href="/chinh-tri/202407/bai-{page}{n}-3ac6d{page:x}{n}/">Dân vận khéo {n}</a> <i>{day}</i></div>'
        for n, day in enumerate(days)
    )
    return f"<html><body>{entries}</body></html>".encode()


def test_walk_back_to_a_day_goes_beyond_the_pages_of_a_daily_crawl(portal: Portal) -> None:
    rule = Discovery(kind="list", urls=("/x",), next="?page={n}", max_pages=2)
    profile = msgspec.structs.replace(portal.profile, discover=(rule,), scope="all")
    walked = Portal(profile=profile, base=portal.base)
    [request] = start(walked)
    request = replace(request, page=2)
    dated, undated = listed(2, ["03/02/2019", "01/02/2019"]), listed(2, ["", ""])
    back = Window(since=date(2018, 1, 1), until=date(2019, 2, 2))
    assert read(walked, request, dated, request.url, OPEN).follow == ()
    found = read(walked, request, dated, request.url, back)
    assert [one.page for one in found.follow] == [3]
    assert [link.published for link in found.links] == [date(2019, 2, 1)]
    assert [reason for _, reason in found.skipped] == ["outside the days asked for"]
    assert found.oldest == date(2019, 2, 1)
    assert read(walked, request, undated, request.url, back).follow == ()  # nothing says how far back it would go
    assert read(walked, request, dated, request.url, Window(since=date(2019, 2, 3))).follow != ()
    assert read(walked, request, dated, request.url, Window(since=date(2019, 2, 4))).follow == ()


def test_sitemaps_by_month_are_opened_where_the_window_meets_them(portal: Portal) -> None:
    rule = Discovery(kind="sitemap", urls=("/sitemap.xml",), children=r"/sm-(?P<date>\d{4}-\d\d)\.xml")
    walked = Portal(profile=msgspec.structs.replace(portal.profile, discover=(rule,)), base=portal.base)
    [request] = start(walked)
    months = ("2019-01", "2019-02", "2019-03", "2019-04")
    index = "".join(f"<sitemap><loc>{HOST}/sm-{month}.xml</loc></sitemap>" for month in months)
    body = f"<sitemapindex>{index}</sitemapindex>".encode()
    found = read(walked, request, body, request.url, Window(since=date(2019, 2, 20), until=date(2019, 3, 1)))
    assert [one.url[-11:-4] for one in found.follow] == ["2019-03", "2019-02"]


def test_sitemap_without_a_day_in_its_name_is_passed_over_only_if_it_is_older_than_the_window(portal: Portal) -> None:
    rule = Discovery(kind="sitemap", urls=("/sitemap.xml",))
    walked = Portal(profile=msgspec.structs.replace(portal.profile, discover=(rule,)), base=portal.base)
    [request] = start(walked)
    index = "".join(
        f"<sitemap><loc>{HOST}/sm-{n}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for n, day in enumerate(("2018-05-01", "2025-01-01"))
    )
    window = Window(since=date(2019, 1, 1), until=date(2019, 12, 31))
    found = read(walked, request, f"<sitemapindex>{index}</sitemapindex>".encode(), request.url, window)
    assert [one.url[-8:] for one in found.follow] == ["sm-1.xml"]


def test_article_of_a_sitemap_that_was_changed_after_the_window_is_looked_at(portal: Portal) -> None:
    rule = Discovery(kind="sitemap", urls=("/sitemap.xml",))
    profile = msgspec.structs.replace(portal.profile, discover=(rule,), scope="all")
    walked = Portal(profile=profile, base=portal.base)
    [request] = start(walked)
    entry = f"<urlset><url><loc>{HOST}/a/201901/mot-3ac6d70/</loc><lastmod>2024-05-05</lastmod></url></urlset>"
    child = replace(request, is_child=True)
    window = Window(since=date(2019, 1, 1), until=date(2019, 12, 31))
    assert len(read(walked, child, entry.encode(), child.url, window).links) == 1
