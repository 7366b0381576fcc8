"""What a page is: lists, galleries, log-in forms and print pages with swapped letters are no articles."""

from __future__ import annotations

import pytest

from archive.records import PageKind
from crawler.extract.classify import is_gibberish
from tests.crawler.extract.test_pages import BODY, read

TEASER = "<div><a href='/tin-{n}.html'>Tin số {n}: xã làm đường hoa cùng dân</a><p>Cả xóm cùng góp công sức ngày thứ {n}.</p></div>"
TEASERS = "".join(TEASER.format(n=n) for n in range(12))
PICTURES = (
    "<div class='swiper'>" + "".join(f"<div class='slide'><img src='/{n}.jpg'></div>" for n in range(6)) + "</div>"
)
FORM = "<form><p>Vui lòng nhập tên đăng nhập và mật khẩu đã được cấp cho cán bộ phụ trách trang của xã để xem tiếp nội dung này. Ai chưa có thì xin liên hệ.</p><input type='password'></form>"


def page(inside: str, title: str = "Công tác dân vận của xã") -> bytes:
    return f"<html><head><meta charset='utf-8'></head><body><h1>{title}</h1>{inside}</body></html>".encode()


KINDS = {
    "teasers with links between": (page(TEASERS), PageKind.LISTING),
    "pictures beside teasers": (page(PICTURES + TEASERS), PageKind.MEDIA_ONLY),
    "a form that asks for a password": (page(FORM), PageKind.LOGIN),
    "an article with teasers after it": (page(BODY + TEASERS), PageKind.ARTICLE),
    "an article that speaks of passwords": (page(BODY + "<p>Xã nhắc dân giữ kín mật khẩu.</p>"), PageKind.ARTICLE),
    "an article with four links in its text": (
        page(BODY.replace("Đoạn", "<a href='/x'>Đường hoa xóm Đồng Mới</a> đoạn", 4)),
        PageKind.ARTICLE,
    ),
}


@pytest.mark.parametrize(("body", "kind"), KINDS.values(), ids=KINDS.keys())
@pytest.mark.parametrize("use_families", [True, False], ids=["family rules", "form alone"])
def test_page_is_of_its_kind(body: bytes, kind: PageKind, use_families: bool) -> None:
    text = read(body, use_families=use_families)
    assert (text.kind, bool(text.reason)) == (kind, kind is not PageKind.ARTICLE)


TEXTS = {
    "swapped consonants": ("Scúgn hớ srégn bầểe gếq, prểe đag xổg bỡớ kẩ vẩ bìgn hy búg béb srặg", True),
    "another language": ("The villagers gave land and built their road with the help of the commune", True),
    "Vietnamese": ("Nguyên Bí thư chi bộ khuyên bà con nghiêng mình, quay về giữ giếng nước thuở xưa", False),
    "names of the highlands": (
        "Già làng A Klơn ở Kon Plông cùng Y Hnhôn đi Đăk Tô vận động bà con Xơ Đăng giữ rừng",
        False,
    ),
    "abbreviations": ("UBND, HĐND, UBMTTQ và BCHQS xã họp với BTV về NTM", False),
}


@pytest.mark.parametrize(("text", "wanted"), TEXTS.values(), ids=TEXTS.keys())
def test_gibberish_is_told_by_its_syllables(text: str, wanted: bool) -> None:
    assert is_gibberish(text) is wanted
