"""Generations of a portal's markup, and rules against form: what is read by which, and what is said of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from archive.records import LOCAL_ZONE, ArticlePage, ArticleText, PageKind
from crawler.extract import extract
from crawler.reports import judge
from spiders.registry import Registry, load_registry

PROFILE = """
key = "thu"
name = "Báo Thử"
kind = "other"
family = "generic"
hosts = ["thu.test"]
province = "Hà Giang"
status = "demo"
evidence = "own"
scope = "all"
[fields]
title = [{ css = "h1.new" }]
body = [{ css = "div.new-body" }]
[[layouts]]
until = 2015-12-31
[layouts.fields]
title = [{ css = "h3.oldest" }]
body = [{ css = "td.oldest-body" }]
[[layouts]]
until = 2019-12-31
[layouts.fields]
title = [{ css = "h2.old" }]
body = [{ css = "div.old-body" }]
"""
PROSE = "".join(
    f"<p>Đoạn {n}: nhân dân xã Lũng Cú hiến đất làm đường, góp ngày công, cùng cán bộ mở lối về bản.</p>"
    for n in range(8)
)
TITLE = "Nhân dân xã Lũng Cú hiến đất làm đường"
NEW = f"<h1 class=new>{TITLE}</h1><div class=new-body>{PROSE}</div>"
OLD = f"<h2 class=old>{TITLE}</h2><div class=old-body>{PROSE}</div>"
OLDEST = f"<h3 class=oldest>{TITLE}</h3><table><tr><td class=oldest-body>{PROSE}</table>"


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder: Path = tmp_path_factory.mktemp("profiles")
    (folder / "thu.toml").write_text(PROFILE, encoding="utf-8")
    return load_registry((folder,))


def read(registry: Registry, body: str, day: date) -> ArticleText:
    fetched_at = datetime(day.year, day.month, day.day, 9, tzinfo=LOCAL_ZONE)
    page = ArticlePage(url="https://thu.test/a-1.html", body=body.encode(), fetched_at=fetched_at)
    return extract(page, registry.portal("thu"), registry)


@pytest.mark.parametrize(
    ("body", "day", "layout"),
    [
        (OLDEST, date(2014, 5, 1), "until 2015-12-31"),
        (OLD, date(2018, 5, 1), "until 2019-12-31"),
        (NEW, date(2024, 5, 1), "current"),
        (OLD, date(2020, 2, 1), "until 2019-12-31"),  # the change came later than the profile says
        (NEW, date(2019, 11, 1), "current"),  # or earlier
        (OLDEST, date(2024, 5, 1), "until 2015-12-31"),
    ],
)
def test_capture_is_read_with_the_layout_that_fits(registry: Registry, body: str, day: date, layout: str) -> None:
    text = read(registry, body, day)
    assert text.method["layout"] == layout
    assert text.title == TITLE
    assert text.body.count("Đoạn") == 8


def test_both_layouts_on_one_page_give_that_of_the_day(registry: Registry) -> None:
    other = OLD.replace("Đoạn", "Khúc")
    assert "Khúc" in read(registry, NEW + other, date(2018, 5, 1)).body
    assert "Đoạn" in read(registry, NEW + other, date(2024, 5, 1)).body


def test_page_that_fits_no_layout_is_read_by_form_and_says_so(registry: Registry) -> None:
    text = read(registry, f"<h1>{TITLE}</h1><div class=unknown>{PROSE}</div>", date(2024, 5, 1))
    assert text.method["layout"] == "none fits"
    assert text.title == TITLE
    assert text.body.count("Đoạn") == 8


def test_run_report_tells_of_articles_without_a_layout() -> None:
    counts = {"links": 10, "fetched": 10, "no_layout": 6}
    verdict, detail = judge(counts, {}, [], "finished")
    assert verdict == "suspicious"
    assert detail == "6 of 10 articles fitted no layout of the profile: has it changed?"
    assert judge(counts | {"no_layout": 5}, {}, [], "finished")[0] == "ok"


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<p>Ảnh: Tư liệu</p>", "only 12 characters"),
        (
            "<p>Giá vàng hôm nay tăng mạnh, người mua vẫn đông tại các cửa hàng lớn trong thành phố.</p>" * 6,
            "of the title's words",
        ),
    ],
    ids=["short", "another text"],
)
def test_weak_text_by_rules_gives_way_to_the_better_one_by_form(registry: Registry, inside: str, reason: str) -> None:
    page = f"<h1 class=new>{TITLE}</h1><div class=new-body>{inside}</div><div class=x>{PROSE}</div>"
    text = read(registry, page, date(2024, 5, 1))
    assert text.body.count("Đoạn") == 8
    assert reason in text.method["body"]
    assert "score" in text.method["body"]


def test_weak_text_by_rules_is_kept_where_form_finds_nothing_better(registry: Registry) -> None:
    short = "<p>Nhân dân xã Lũng Cú hiến đất làm đường; xã vừa khánh thành tuyến đường dài hai cây số qua ba bản vùng cao, bà con rất vui, ai cũng muốn góp thêm công.</p>"
    text = read(registry, f"<h1 class=new>{TITLE}</h1><div class=new-body>{short}</div>", date(2024, 5, 1))
    assert text.is_article
    assert text.body.startswith("Nhân dân xã Lũng Cú")


def test_gibberish_is_no_article_however_it_is_read(registry: Registry) -> None:
    swapped = "<p>" + "9õằăiờẫyy ãvÝôýờịã xqzvt kkzt bcdfg " * 30 + "</p>"
    text = read(registry, f"<h1 class=new>{TITLE}</h1><div class=new-body>{swapped}</div>", date(2024, 5, 1))
    assert text.kind is PageKind.GIBBERISH
    assert "its letters form no syllables" in text.method["body"]
