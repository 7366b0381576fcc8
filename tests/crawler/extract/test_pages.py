"""Whole pages of every shipped family, and of none: fields against what was written, and pages that would harm."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from archive.records import LOCAL_ZONE, ArticlePage, ArticleText, PageKind
from crawler.evaluate.scoring import bag_f1, day, normal
from crawler.extract import extract
from spiders.registry import load_registry

PAGES = Path(__file__).parents[2] / "data" / "pages"
GOLD: list[dict[str, Any]] = json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))
FETCHED = datetime(2026, 11, 22, 12, tzinfo=LOCAL_ZONE)


def read(body: bytes, url: str = "https://x.test/a.html", *, use_families: bool = True) -> ArticleText:
    page = ArticlePage(url=url, body=body, fetched_at=FETCHED)
    return extract(page, None, load_registry(), use_families=use_families)


@pytest.mark.parametrize("entry", GOLD, ids=[f"{entry['id']}-{entry['family']}" for entry in GOLD])
@pytest.mark.parametrize("use_families", [True, False], ids=["family rules", "form alone"])
def test_page_reads_as_written(entry: dict[str, Any], use_families: bool) -> None:
    text = read((PAGES / entry["file"]).read_bytes(), entry["url"], use_families=use_families)
    assert text.is_article is entry["is_article"]
    if not entry["is_article"]:
        assert text.reason
        return
    assert normal(text.title) == normal(entry["title"])
    assert bag_f1(text.body, entry["body"]) >= 0.95
    assert day(text.published.iso() if text.published else None) == day(entry["published"])
    assert {normal(name) for name in text.authors} == {normal(name) for name in entry["authors"]}
    assert set(text.method) >= {"title", "body"}


@pytest.mark.parametrize("family", ["mediasoft", "aspnet_num_slug", "bbg", "nukeviet"])
def test_family_is_recognised_from_the_page_alone(family: str) -> None:
    for entry in GOLD:
        if entry["family"] == family:
            assert read((PAGES / entry["file"]).read_bytes(), entry["url"]).family == family


BODY = "".join(
    f"<p>Đoạn {n}: xã vận động nhân dân hiến đất làm đường, mọi nhà đều đồng lòng góp công, góp sức.</p>"
    for n in range(6)
)


def page(head: str = "", above: str = "", below: str = "") -> bytes:
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{above}<h1>Xã nhỏ làm đường lớn</h1>{BODY}{below}</body></html>".encode()


def test_header_clock_is_no_date() -> None:
    assert read(page(above="<div id='date'>Chủ nhật, 22/11/2026 | 5:48:54 AM</div>")).published is None


def test_decree_in_the_text_is_no_date() -> None:
    assert (
        read(page(below="<p>Theo Quyết định số 5 ngày 3/6/2013 của Ban Thường vụ Huyện ủy về việc này.</p>")).published
        is None
    )


def test_future_date_is_no_date() -> None:
    assert (
        read(
            page(above="", head="<meta property='article:published_time' content='2031-01-01T00:00:00+07:00'>")
        ).published
        is None
    )


def test_utc_stamp_is_moved_to_the_local_day() -> None:
    found = read(page(head="<meta property='article:published_time' content='2024-07-09T18:30:00+00:00'>")).published
    assert found is not None
    assert found.iso() == "2024-07-10T01:30:00+07:00"


def test_site_as_author_is_no_author() -> None:
    assert (
        read(page(head="<meta name='author' content='Báo Mẫu'>", below="<p align='right'><b>admin</b></p>")).authors
        == ()
    )


def test_teasers_under_a_stop_heading_are_left_out() -> None:
    teasers = "<div><b>Các tin khác</b><ul><li><a href='/a'>Bí thư Tỉnh ủy Lê Văn Tám thăm xã</a></li><li><a href='/b'>B</a></li></ul></div>"
    assert "Lê Văn Tám" not in read(page(below=teasers)).body


HARMFUL = {
    "300 nested": b"<html><body>" + b"<div>" * 300 + BODY.encode() + b"</div>" * 300,
    "100,000 nested": b"<div>" * 100_000,
    "100,000 attributes": b"<html><body><div "
    + b" ".join(b"a%d=1" % n for n in range(100_000))
    + b">x</div></body></html>",
    "5 MB of one node": b"<p>" + b"a" * 5_000_000 + b"</p>",
    "NUL and controls": b"<html><body>\x00\x01\x02<h1>x</h1>\x0b</body></html>",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50,
    "a PDF": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj",
    "empty": b"",
    "UTF-16 without BOM": "<html><body><h1>Dân vận</h1></body></html>".encode("utf-16-le"),
    "lying charset": b"<meta charset='utf-99'><body>" + "Dân".encode(),
    "lone surrogates": b"<body>&#xD800; \xed\xa0\x80</body>",
    "broken JSON-LD": b"<script type='application/ld+json'>{\"@type\": [1, {</script><body>x</body>",
    "deep JSON-LD": b"<script type='application/ld+json'>" + b"[" * 50_000 + b"</script><body>x</body>",
}


@pytest.mark.parametrize("body", HARMFUL.values(), ids=HARMFUL.keys())
def test_harmful_page_is_no_article_and_no_crash(body: bytes) -> None:
    text = read(body)
    assert text.kind is not PageKind.ARTICLE or text.title
    assert text.is_article or text.reason


def test_gibberish_is_not_archived() -> None:
    text = "9õằăiờẫyy ãvÝôýờịã qxzờờ kkẫzt ".encode() * 30
    assert read(b"<html><body><h1>Mot bai bao</h1><p>" + text + b"</p></body></html>").kind is not PageKind.ARTICLE


def test_stored_markup_in_text_stays_text() -> None:
    body = page(below="<p>Ông nói: &lt;script&gt;alert(1)&lt;/script&gt; rồi cười, cả thôn cùng cười theo cho vui.</p>")
    assert "<script>alert(1)</script>" in read(body).body
