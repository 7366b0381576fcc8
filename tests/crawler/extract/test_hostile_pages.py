"""Pages that would harm: each gives a result or a recorded reason within the limit of CPU time, never a crash."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from datetime import datetime

import pytest

from archive.records import LOCAL_ZONE, ArticlePage, PageKind
from crawler.extract.tree import MAX_ELEMENTS, PageTooLargeError, parse
from crawler.reading import PageReading
from crawler.workers import Readers

FETCHED = datetime(2026, 11, 22, 12, tzinfo=LOCAL_ZONE)
TITLE = "<h1>Dân vận khéo ở một xã vùng cao</h1>"
SENTENCE = "Đồng chí Bí thư Huyện ủy phát biểu tại hội nghị về công tác dân vận của địa phương trong năm qua. "
PROSE = f"<p>{SENTENCE * 4}</p>" * 4
FULL = MAX_ELEMENTS - 500  # as many elements as are still read


def many(piece: str, elements: int) -> str:
    """A piece as often as its elements fit a page that is still read."""
    return piece * (FULL // elements)


def attributes(count: int, value: str) -> str:
    return "<div " + " ".join(f"a{n}={value}" for n in range(count)) + f">{PROSE}</div>"


ODD_JSON_LD = (
    '<script type="application/ld+json">[1, null, {"@graph": 5, "@type": "NewsArticle", "author": [1, {"name": 7}],'
    ' "datePublished": 99}]</script>'
)
# Read in spite of everything: the article stands beside the trap.
READ = {
    "300 nested div": "<div>" * 300 + PROSE + "</div>" * 300,
    "1,900 nested b": "<p>" + "<b>" * 1900 + "</p>" + PROSE,
    "400 nested tables": "<table><tr><td>" * 400 + PROSE,
    "100,000 attributes": attributes(100_000, '"1"'),
    "100,000 attributes with >": attributes(100_000, '">"'),
    "100,000 attributes without value": "<div " + "a " * 100_000 + f">{PROSE}</div>",
    "stop-headings": many("<p>Các tin khác</p><ul><li><a href=x>a</a></ul>", 4) + PROSE,
    "headings": many("<h2>Tin tức trong tỉnh</h2>", 1) + PROSE,
    "breaks": many("abc<br>", 1) + PROSE,
    "images with captions": many("<img src=a><p style='text-align:center'>Ảnh của tôi</p>", 2) + PROSE,
    "one table of images": "<table>" + many("<tr><td><img src=a><tr><td>Ảnh</td></tr>", 5) + "</table>" + PROSE,
    "nested teasers": "<div class='related'>" * 180 + many("<p>x</p>", 1) + "</div>" * 180 + PROSE,
    "nested hidden": "<div style='display:none'>" * 180 + many("<p>x</p>", 1) + "</div>" * 180 + PROSE,
    "dates": many("<p>11/07/2023 08:00</p>", 1) + PROSE,
    "bylines": many("<p>Tác giả: Nguyễn Văn An</p>", 1) + PROSE,
    "metas": many("<meta property='og:title' content='Tin tức trong tỉnh'>", 1) + PROSE,
    "JSON-LD nested": "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + PROSE,
    "JSON-LD of odd values": ODD_JSON_LD + PROSE,
    "title of 400,000 characters": "<title>" + "Dân vận " * 50_000 + "</title>" + PROSE,
    "NUL bytes": PROSE.replace("hội", "h\0ội"),
    "10,000 capitalised words": "<p>" + "Hoàng Mai Sơn Tây Thanh Hà " * 1700 + "</p>",
    "only titles": "<p>" + "đồng chí Bí thư Tỉnh ủy, Chủ tịch Hội đồng nhân dân, Phó Trưởng đoàn " * 2500 + "</p>",
    "figures": "<p>" + "1.234,5 tỷ đồng; 16/22 xã; " * 7000 + "</p>",
    "opening brackets": "<p>" + SENTENCE * 5 + "(" * 150_000 + "</p>",
    "combining marks": "<p>" + SENTENCE * 5 + "a" + "\u0301" * 150_000 + "</p>",
}  # fmt: skip
# No article: the reason says why.
REFUSED = {
    "100,000 elements": ("<a href='/x-1.html'>tin khác</a>" * 100_000, PageKind.OVERSIZED, "100,0"),
    "100,000 nested div": ("<div>" * 100_000 + PROSE, PageKind.OVERSIZED, "levels"),
    "text node of 5 MB": (f"<p>{SENTENCE * 55_000}</p>", PageKind.OVERSIZED, "characters"),
    "word of 5 MB": ("<p>" + "a" * 5_000_000 + "</p>", PageKind.OVERSIZED, "characters"),
    "300,000 characters of text": (f"<p>{SENTENCE * 3000}</p>", PageKind.OVERSIZED, "more than any article"),
    "unclosed tags": ("<a " * 200_000, PageKind.BLANK, "characters"),
    "angle brackets": ("<" * 500_000, None, ""),
    "unclosed comments": ("<!--" * 500_000, None, ""),
    "frames": ("<frameset><frame src=x></frameset>", PageKind.BLANK, "0 characters"),
    "nothing": ("", PageKind.BLANK, "0 characters"),
    "NUL bytes alone": ("\0" * 500_000, PageKind.BLANK, "0 characters"),
}  # fmt: skip


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    pool = Readers(1)
    yield pool
    pool.close()


def read(readers: Readers, body: bytes) -> PageReading:
    """As a crawl reads it: in a worker, whose limit of CPU time gives a reading that names it."""
    page = ArticlePage(url="https://trap.test/bai-1.html", body=body, fetched_at=FETCHED)
    return asyncio.run(readers.read(page, "giavien"))


@pytest.mark.parametrize("name", READ)
def test_article_beside_a_trap_is_read(readers: Readers, name: str) -> None:
    reading = read(readers, (TITLE + READ[name]).encode())
    assert reading.text.reason is None
    assert reading.text.kind is PageKind.ARTICLE
    assert reading.text.published is None or "11/07/2023" in reading.text.published.printed
    if PROSE in READ[name]:
        assert reading.text.body.count("Đồng chí Bí thư Huyện ủy phát biểu") == 16


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_article_says_why(readers: Readers, name: str) -> None:
    body, kind, reason = REFUSED[name]
    text = read(readers, body.encode()).text
    assert not text.is_article
    assert kind is None or text.kind is kind
    assert text.reason
    assert reason in text.reason
    assert "CPU time" not in text.reason
    assert "could not be read" not in text.reason


NEAR_MISSES = (
    "a", "xã ", "xã An, ", "1.234.", "99,9% ", "Bí thư ", "Bí thư Đảng ủy, ", "hiến ", "(", " kiêm ", "<br>",
    "Nghị quyết số 25-", "đồng chí Nguyễn Văn An, Bí thư Huyện ủy; ", "thôn Bản ", "vận động a a a ",
    "ngày 31 tháng ", "các huyện: An, ", "một trăm hai mươi ", "1/", "Hoàng ", "“", "TP. ", "T.Ư, ",
)  # fmt: skip


@pytest.mark.parametrize("piece", NEAR_MISSES, ids=range(len(NEAR_MISSES)))
def test_long_near_misses_of_every_grammar_are_read_in_step_with_their_length(readers: Readers, piece: str) -> None:
    """As long as a text may be: a step that costs the square of it would meet the worker's limit."""
    body = f"{TITLE}{PROSE}<p>{SENTENCE}{piece * (150_000 // len(piece))}</p>"
    text = read(readers, body.encode()).text
    assert "CPU time" not in (text.reason or "")
    assert "could not be read" not in (text.reason or "")


def test_lone_surrogates_and_broken_utf8_are_read(readers: Readers) -> None:
    body = (TITLE + PROSE).encode() + b"<p>\xed\xa0\x80 \xff\xfe &#xD800; &#x110000; &#0;</p>"
    text = read(readers, body).text
    assert text.is_article
    text.body.encode("utf-8")


def test_random_bytes_are_no_article(readers: Readers) -> None:
    assert not read(readers, random.Random(7).randbytes(300_000)).text.is_article


def test_page_too_large_says_what_is_too_much() -> None:
    with pytest.raises(PageTooLargeError, match=r"25,\d{3} elements.*25,000"):
        parse("<i>a</i>" * (MAX_ELEMENTS + 1))


def test_text_nested_too_deeply_keeps_its_words_in_order() -> None:
    tree = parse("<div>a " * 1000 + "<p> b </p>" + "c</div> " * 1000)
    assert tree.text_content().split() == ["a"] * 1000 + ["b"] + ["c"] * 1000
