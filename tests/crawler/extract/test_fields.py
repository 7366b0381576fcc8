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


MENU_BAR = "<div>" + "".join(f"<a href='/m{n}'>Mục số {n} của cổng</a><br>" for n in range(7)) + "</div>"
LONG = (
    "<p>"
    + "Bà con trong xã bàn bạc kỹ rồi mới làm, nên ai cũng thuận lòng góp công góp của cho con đường. " * 2
    + "</p>"
)
BANNERS = {
    "a paragraph": "<header><p>Khánh Sơn online</p><time>22/11/2026 06:44:10 AM</time></header>",
    "a heading": "<div><h1>Khánh Sơn online</h1><div>22/11/2026 - 06:44:10</div></div>",
}


@pytest.mark.parametrize("banner", BANNERS.values(), ids=BANNERS.keys())
def test_sites_name_with_its_clock_is_no_title_and_no_date(banner: str) -> None:
    head = "<meta charset='utf-8'><title>Khánh Sơn online</title>"
    article = f"<article><h2>{TITLE}</h2><p>6/5/2024 14:05</p>{LONG * 3}</article>"
    text = read(f"<html><head>{head}</head><body>{banner}{MENU_BAR}{article}</body></html>".encode())
    assert text.title == TITLE
    assert text.published is not None
    assert text.published.iso() == "2024-05-06T14:05:00+07:00"


def test_clock_beside_the_sites_name_is_no_date_where_there_is_no_other() -> None:
    head = "<meta charset='utf-8'><title>Tin tức | UBND huyện Châu Thành, tỉnh Sóc Trăng</title>"
    banner = "<div>UBND HUYỆN CHÂU THÀNH, TỈNH SÓC TRĂNG</div><div>Chủ nhật, 22 tháng 11 năm 2026 - 05:37:02</div>"
    boxes = "<div><h4>Văn bản mới ban hành</h4><p>1524/UBND-VX (19/11/2026) V/v triển khai</p></div>"
    body = f"{banner}{MENU_BAR}{boxes}<div><h3>{TITLE}</h3>{LONG * 3}</div>"
    text = read(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    assert (text.title, text.published) == (TITLE, None)


def test_title_rule_that_also_names_teasers_takes_none_below_the_body() -> None:
    teaser = "<h1><a href='/b'>Công bố 35 sản phẩm OCOP đợt 2</a></h1>"
    span = f"<div><b style='font-size:18px'>{TITLE}</b></div>"
    assert by_rules(f"{span}<div id='text'>{BODY}{LONG}</div>{teaser}").title == TITLE


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<span style='float:right'>Ngọc Sương</span>", ("Ngọc Sương",)),
        ("<span>Ngọc Sương</span>", ()),
        ("<p align='right'>Số lần xem: 12</p>", ()),
    ],
    ids=["set to the right", "anywhere", "a counter"],
)
def test_byline_right_below_the_body(line: str, authors: tuple[str, ...]) -> None:
    assert by_rules(f"<h1>{TITLE}</h1><div id='text'>{BODY}</div>{line}").authors == authors


URLS = {
    "/tin-tuc/20250908/a-b": "2025-09-08",
    "/2025/09/08/a-b": "2025-09-08",
    "/20251345/a-b": None,
    "/a/2025112/b": None,
}


@pytest.mark.parametrize("path", URLS)
def test_day_in_the_address(path: str) -> None:
    page = f"<html><head><meta charset='utf-8'><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{PROSE * 3}</body></html>"
    found = read(page.encode(), f"https://x.test{path}").published
    assert (found and found.iso()) == URLS[path]


def test_cards_that_are_links_with_blocks_in_them_are_no_text() -> None:
    card = "<a href='/b{n}'><div>Tin số {n} của tỉnh nhà</div><div>Chủ tịch HĐND tỉnh Bàng Thị Kim Oanh điều hành phiên họp.</div></a>"
    cards = "<div><div>Đừng bỏ lỡ</div>" + "".join(card.format(n=n) for n in range(3)) + "</div>"
    head = f"<meta charset='utf-8'><title>{TITLE}</title>"
    text = read(f"<html><head>{head}</head><body><h1>{TITLE}</h1><div>{PROSE * 3}</div>{cards}</body></html>".encode())
    assert text.is_article
    assert "Bàng Thị Kim Oanh" not in text.body


def test_caption_in_a_span_named_so_is_no_paragraph() -> None:
    picture = "<p><img src='a.jpg'><br><span class='chuthich'>Tổ công tác trao đổi với trưởng họ Trần.</span></p>"
    text = by_rules(f"<h1>{TITLE}</h1><div id='text'>{BODY}{picture}{BODY}</div>")
    assert text.captions == ("Tổ công tác trao đổi với trưởng họ Trần.",)


OTHER_NEWS = "<p>Đại tá Cung Đình Sách, Phó Chính ủy, trao giấy khen của Tổng cục cho các tập thể có thành tích cao trong phong trào thi đua quyết thắng của nhà máy năm vừa qua.</p>"


def test_stop_heading_over_paragraphs_without_links_ends_the_text() -> None:
    below = f"<p>Đức Toàn</p><p>Tags Lục Yên dân vận khéo</p><p>Các tin khác</p>{OTHER_NEWS * 2}"
    head = f"<meta charset='utf-8'><title>{TITLE}</title>"
    text = read(f"<html><head>{head}</head><body><h1>{TITLE}</h1><div>{PROSE * 3}{below}</div></body></html>".encode())
    assert "Cung Đình Sách" not in text.body
    assert text.authors == ("Đức Toàn",)


def test_link_that_says_see_also_does_not_end_the_text() -> None:
    see = "<p>Xem thêm: <a href='/a'>Làng nghề vào vụ Tết</a></p>"
    head = f"<meta charset='utf-8'><title>{TITLE}</title>"
    text = read(
        f"<html><head>{head}</head><body><h1>{TITLE}</h1><div>{PROSE}{see}{PROSE * 2}</div></body></html>".encode()
    )
    assert text.body.count("Bà con trong xã bàn bạc") == 9
    assert "Làng nghề" not in text.body
