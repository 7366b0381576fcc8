"""Fields at places where portals put traps: clocks with the rule's class, leads of teasers, boxes inside the text."""

from __future__ import annotations

import pytest

from archive.records import ArticlePage, ArticleText
from crawler.extract import extract
from crawler.extract.lead import without_agency
from spiders.portal import Portal
from spiders.profile import Body, Fields, Profile, Rule
from spiders.registry import load_registry
from tests.crawler.extract.test_pages import BODY, FETCHED, read

MENU = "".join(f"<a href='/muc-{n}/'>Mục {n}</a>" for n in range(6))
TITLE = "Xã nhỏ làm đường lớn cùng dân"
LEAD = "Bốn tháng, cả xã góp được hơn hai nghìn ngày công để mở con đường ra bến sông."
TEASER_LEAD = "Đại tá Cung Đình Sách khuyến cáo người dân không nghe các cuộc gọi lạ mời vay tiền."


def by_rules(inside: str, *, today: bool = True) -> ArticleText:
    """Read a page by rules that name classes a header or a teaser may have too."""
    profile = Profile(
        key="mau", name="Mẫu", kind="other", family="generic", hosts=("x.test",), province="Cao Bằng", status="demo",
        evidence="own", body=Body(),
        fields=Fields(
            title=(Rule(css="h1"),), sapo=(Rule(css=".sapo"),), body=(Rule(css="#text"),), published=(Rule(css=".date"),)
        ),
    )  # fmt: skip
    portal = Portal(profile=profile, base=load_registry().families["generic"])
    page = ArticlePage(
        url="https://x.test/a.html",
        body=f"<html><head><meta charset='utf-8'></head><body>{inside}</body></html>".encode(),
        fetched_at=FETCHED if today else None,
    )
    return extract(page, portal, load_registry())


CLOCKS = {
    "a clock above the menu": (f"<p class='date'>Chủ nhật, 22/11/2026</p>{MENU}<h1>{TITLE}</h1>", None),
    "a clock, then the date": (
        f"<p class='date'>22/11/2026 05:48</p>{MENU}<h1>{TITLE}</h1><p class='date'>07/09/2016 08:07</p>",
        "2016-09-07T08:07:00+07:00",
    ),
    "published today, above the title": (
        f"{MENU}<p class='date'>22/11/2026 05:48</p><h1>{TITLE}</h1>",
        "2026-11-22T05:48:00+07:00",
    ),
    "published today, below the title": (f"{MENU}<h1>{TITLE}</h1><p class='date'>22/11/2026</p>", "2026-11-22"),
    "an older date above the menu": (f"<p class='date'>07/09/2016</p>{MENU}<h1>{TITLE}</h1>", "2016-09-07"),
}


@pytest.mark.parametrize(("above", "wanted"), CLOCKS.values(), ids=CLOCKS.keys())
def test_clock_with_the_class_of_dates_is_no_date(above: str, wanted: str | None) -> None:
    found = by_rules(f"{above}<div id='text'>{BODY}</div>").published
    assert (found and found.iso()) == wanted


LEADS = {
    "by rule": (f"<p class='sapo'>{LEAD}</p><div id='text'>{BODY}</div>", LEAD, ".sapo"),
    "a teaser's below the text": (f"<div id='text'>{BODY}</div><p class='sapo'>{TEASER_LEAD}</p>", None, None),
    "above the container": (
        f"<p><b>{LEAD}</b></p><div><div id='text'>{BODY}</div></div>",
        LEAD,
        "sentence above the body",
    ),
    "no sentence above it": (f"<p>{LEAD.rstrip('.')}</p><div id='text'>{BODY}</div>", None, None),
    "a linked teaser above it": (f"<p><a href='/b'>{TEASER_LEAD}</a></p><div id='text'>{BODY}</div>", None, None),
    "a sentence above the title": (f"<p>{LEAD}</p><h1>{TITLE}</h1><div id='text'>{BODY}</div>", None, None),
}


@pytest.mark.parametrize(("inside", "lead", "rule"), LEADS.values(), ids=LEADS.keys())
def test_lead_is_found_where_it_stands(inside: str, lead: str | None, rule: str | None) -> None:
    text = by_rules((f"<h1>{TITLE}</h1>" if "<h1>" not in inside else "") + inside)
    if lead is None:
        assert LEAD not in text.body
        assert TEASER_LEAD not in text.body
    else:
        assert text.sapo == text.body.split("\n\n")[0] == lead
        assert rule is not None
        assert text.method["sapo"].endswith(rule)


MARKS = [
    ("(CTO) - Sáng nay", "Sáng nay"),
    ("(Baonghean) - Sáng nay", "Sáng nay"),
    ("(Baonghean.vn) – Sáng nay", "Sáng nay"),
    ("(Ảnh) Sáng nay", "(Ảnh) Sáng nay"),
    ("(Bình Định) Sáng nay", "(Bình Định) Sáng nay"),
    ("BBT - Sáng nay", "Sáng nay"),
]


@pytest.mark.parametrize(("printed", "wanted"), MARKS, ids=[printed for printed, _ in MARKS])
def test_agency_before_a_lead_is_taken_off(printed: str, wanted: str) -> None:
    assert without_agency(printed) == wanted


def test_related_box_inside_the_text_does_not_end_it() -> None:
    box = "<div><b>Bài liên quan</b><ul><li><a href='/a'>Ba phương án nghỉ Tết</a></li><li><a href='/b'>Thi đấu giao hữu</a></li></ul></div>"
    last = "<p>Đoạn cuối: ông trưởng thôn mong con đường mới giúp bà con chở nông sản ra chợ nhanh hơn trước.</p>"
    text = by_rules(f"<h1>{TITLE}</h1><div id='text'>{BODY}{box}{last}</div>")
    assert "Đoạn cuối" in text.body
    assert "phương án" not in text.body
    assert "Bài liên quan" not in text.body


TEASER_LINES = "".join(
    f"<p><a href='/t{n}'>Tin thứ {n} của huyện</a> (0{n + 1}/10/2009) {TEASER_LEAD}</p>" for n in range(4)
)


def test_teasers_with_a_sentence_each_are_left_out_and_the_byline_is_found() -> None:
    below = f"<p align='right'><b>Bài, ảnh: Hồng Quốc</b></p><p>Các tin khác:</p>{TEASER_LINES}"
    head = f"<meta charset='utf-8'><title>{TITLE}</title>"
    text = read(f"<html><head>{head}</head><body><h1>{TITLE}</h1>{BODY}{below}</body></html>".encode())
    assert "Cung Đình Sách" not in text.body
    assert text.authors == ("Hồng Quốc",)


def test_stop_heading_between_lines_ends_the_text() -> None:
    lines = "".join(f"<br>+ <a href='/t{n}'>Tin thứ {n} của huyện nhà</a> (0{n + 1}/10/2009)" for n in range(4))
    inside = BODY.replace("<p>", "").replace("</p>", "<br><br>")
    body = (
        f"<h1>{TITLE}</h1><div>{inside}<div align='right'>Bài, ảnh: Lê Chúc</div><hr><b>Tin cùng loại</b>{lines}</div>"
    )
    text = read(f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode())
    assert text.authors == ("Lê Chúc",)
    assert text.body.endswith("góp sức.")


META_LINES = {
    "time, date, name": ("05:40 · 04/12/2025 · Lý Tả Mẩy", ("Lý Tả Mẩy",)),
    "name before": ("Lý Tả Mẩy | 04/12/2025 05:40", ("Lý Tả Mẩy",)),
    "date, time, name without a separator": ("02/10/2025 06:45 Lương Hoài Sa", ("Lương Hoài Sa",)),
    "a word behind the time": ("02/10/2025 06:45 GMT", ()),
    "no name": ("04/12/2025 05:40 | Xem: 17", ()),
    "a place after": ("04/12/2025 | Tin trong xã", ()),
}


@pytest.mark.parametrize(("line", "authors"), META_LINES.values(), ids=META_LINES.keys())
def test_line_of_date_and_name_is_no_text(line: str, authors: tuple[str, ...]) -> None:
    body = f"<article><header><h1>{TITLE}</h1><p>{line}</p></header>{BODY}</article>"
    text = read(f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode())
    assert text.authors == authors
    assert text.published is not None
    assert text.body.startswith("Đoạn 0")


CAPTION = "Tổ dân vận làng trên đường vào khu rẫy."
BOXES = {
    "alone in a box with its picture": f"<div><div><img src='a.jpg'></div><div>{CAPTION}</div></div>",
    "beside other text": f"<div><div><img src='a.jpg'></div><div>{CAPTION}</div><div>Hôm sau họ đi tiếp.</div></div>",
}


@pytest.mark.parametrize(("box", "is_caption"), list(zip(BOXES.values(), [True, False], strict=True)), ids=BOXES.keys())
def test_text_that_fills_a_box_with_a_picture_is_its_caption(box: str, is_caption: bool) -> None:
    text = by_rules(f"<h1>{TITLE}</h1><div id='text'>{BODY}{box}{BODY}</div>")
    assert (CAPTION in text.captions) is is_caption
    assert (CAPTION in text.body) is not is_caption


def test_what_a_player_says_is_no_text() -> None:
    text = by_rules(f"<h1>{TITLE}</h1><div id='text'>{BODY}<div>Trình duyệt không hỗ trợ video</div></div>")
    assert "Trình duyệt" not in text.body


def test_bare_organisation_in_the_head_is_no_title() -> None:
    head = (
        "<meta charset='utf-8'><title>Huyện ủy Giao Thủy</title><meta property='og:title' content='Huyện ủy Giao Thủy'>"
    )
    span = f"<span style='font-size:18px'><b>{TITLE}</b></span>"
    assert read(f"<html><head>{head}</head><body><div>{span}{BODY}</div></body></html>".encode()).title == TITLE


PROSE = (
    "<p>" + "Bà con trong xã bàn bạc kỹ rồi mới làm, nên ai cũng thuận lòng góp công cho con đường mới. " * 3 + "</p>"
)
NO_DATES = {
    "a decree in a short paragraph": f"<p>Theo Quyết định số 12/QĐ-UBND ngày 03/06/2013 của UBND huyện.</p>{PROSE * 3}",
    "an event": f"<p>Ngày 15/3/2022, xã ra quân.</p>{PROSE * 3}",
    "a footer's licence": f"{PROSE * 3}<footer>Giấy phép số 12/GP-TTĐT ngày 05/01/2020 của Sở TT&amp;TT</footer>",
    "a comment": f"{PROSE * 3}<div>Nguyễn A - 14/05/2024: hay quá</div>",
}


@pytest.mark.parametrize("inside", NO_DATES.values(), ids=NO_DATES.keys())
def test_date_within_words_is_no_publication(inside: str) -> None:
    text = read(f"<html><head><meta charset='utf-8'></head><body><h1>{TITLE}</h1>{inside}</body></html>".encode())
    assert text.is_article
    assert text.published is None
    assert text.authors == ()


DATE_LINES = {
    "T2, 04/03/2024 - 14:26": ("2024-03-04T14:26:00+07:00", ()),
    "Sơn Động, ngày 12 tháng 3 năm 2024": ("2024-03-12", ()),
    "Bắc Giang, 12/03/2024": ("2024-03-12", ()),
    "Hải Hằng 11:43, 10/07/2024": ("2024-07-10T11:43:00+07:00", ("Hải Hằng",)),
    "Tin hoạt động của xã | 12/05/2020": ("2020-05-12", ()),
    "Ngày đăng 18/07/2024 | 11:39 | Lượt xem: 95": ("2024-07-18T11:39:00+07:00", ()),
    "Chủ nhật - 09/10/2022 22:584120": ("2022-10-09T22:58:00+07:00", ()),
}


@pytest.mark.parametrize("line", DATE_LINES)
def test_line_below_the_title_gives_date_and_only_names(line: str) -> None:
    body = f"<h1>{TITLE}</h1><p>{line}</p>{PROSE * 3}"
    text = read(f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode())
    assert ((text.published and text.published.iso()), text.authors) == DATE_LINES[line]


def test_notice_shorter_than_an_article_is_kept_where_the_rules_say_it_stands() -> None:
    notice = "Chiều nay xã cắt điện để nâng cấp trạm biến áp, mời bà con chủ động công việc."
    text = by_rules(f"<h1>{TITLE}</h1><p class='date'>12/03/2024</p><div id='text'><p>{notice}</p></div>")
    assert (text.is_article, text.body) == (True, notice)
    undated = by_rules(f"<h1>{TITLE}</h1><div id='text'><p>{notice}</p></div>")
    assert not undated.is_article


def test_poetic_title_does_not_outvote_the_rules() -> None:
    title = "Mùa trăng gọi những đôi chân trần"
    text = by_rules(f"<h1>{title}</h1><p class='sapo'>{LEAD}</p><div id='text'>{BODY}</div><div>{PROSE * 6}</div>")
    assert text.method["layout"] == "current"
    assert "by rules: has 0% of the title's words" in text.method["body"]


def test_time_below_a_title_that_names_its_day_is_taken() -> None:
    body = f"<h1>Tin vắn ngày 20-9-2022 của huyện</h1><p>20-09-2022 14:05</p>{PROSE * 3}"
    text = read(f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode())
    assert text.published is not None
    assert text.published.iso() == "2022-09-20T14:05:00+07:00"
