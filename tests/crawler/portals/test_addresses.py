"""Patterns derived from a few addresses take articles never seen, and not what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.portals.drafting.addresses import Derived, Seen, derive, fits, with_patterns
from crawler.portals.drafting.basis import provisional
from crawler.portals.drafting.lists import is_trap, page_links
from crawler.portals.drafting.paging import paging_of
from spiders.discovery import parse_html
from spiders.links import is_article_url, url_facts
from spiders.portal import Portal
from spiders.registry import load_registry

HOST = "https://a.test"
FORMS: dict[str, tuple[list[str], list[str], str, list[str], list[str]]] = {
    # the first is the article; siblings · other links · list · also articles · near misses
    "id behind the title": (
        ["/xa-hoi/mot-cay-cau-moi-501.html", "/xa-hoi/hai-vu-lua-502.html"],
        ["/xa-hoi/", "/kinh-te/", "/xa-hoi/trang-2.html"],
        "/xa-hoi/",
        ["/kinh-te/gia-lua-tang-1503.html"],
        [
            "/xa-hoi/trang-2.html",
            "/xa-hoi/",
            "/xa-hoi/mot-cay-cau-moi.html",
            "/xa-hoi/mot-cay-cau-moi-501.htm",
            "/print/x/mot-cay-cau-501.html",
        ],
    ),
    "marked id": (
        ["/mot-cay-cau-moi-post501.html", "/hai-vu-lua-post502.html"],
        ["/tin-moi.html", "/cau-tag12.html"],
        "/tin-tuc/",
        ["/gia-lua-post99999.html"],
        ["/cau-tag12.html", "/mot-cay-cau-moi-501.html", "/mot-cay-cau-moi-post501.html/amp"],
    ),
    "hex id and month": (
        ["/doi-song/202408/mot-cay-cau-5453bf8/", "/doi-song/202408/hai-vu-lua-3b36828/"],
        ["/doi-song/", "/kinh-te/"],
        "/doi-song/",
        ["/kinh-te/202501/gia-lua-tang-99bcbbf/"],
        ["/kinh-te/2025/gia-lua-tang-99bcbbf/", "/kinh-te/202501/gia-lua-tang-99bcbb/", "/kinh-te/202501/"],
    ),
    "day in the folders, title alone": (
        ["/tin/2025/10/02/mot-cay-cau-moi-o-ban", "/tin/2025/9/30/hai-vu-lua-va-mot-vu-mau"],
        ["/tin", "/van-ban"],
        "/tin",
        ["/tin/2024/1/5/nguoi-giu-rung-tren-dinh-nui"],
        ["/tin/2025/10/02/", "/tin/2025/10/02/anh-dep", "/tin/nguoi-giu-rung-tren-dinh-nui"],
    ),
    "day in one folder": (
        ["/Pages/2017-12-8/mot-cay-cau-gx4tqb.aspx", "/Pages/2017-11-30/hai-vu-lua-t5k9wd.aspx"],
        ["/Pages/tin-tuc.aspx"],
        "/Pages/tin-tuc.aspx",
        ["/Pages/2018-1-2/ba-ngoi-nha-q7q7q7.aspx"],
        ["/Pages/tin-tuc.aspx", "/Pages/2017/mot-cay-cau-gx4tqb.aspx"],
    ),
    "id as a folder": (
        ["/11/246318/Mot_cay_cau.aspx", "/11/246311/Hai_vu_lua.aspx"],
        ["/11/Xay_dung.aspx", "/12/Kinh_te.aspx"],
        "/11/Xay_dung.aspx",
        ["/12/99/Gia_lua.aspx"],
        ["/12/Kinh_te.aspx", "/11/246318.aspx"],
    ),
    "id in the query": (
        ["/News/Detail.aspx?ItemID=1346", "/News/Detail.aspx?ItemID=1347"],
        ["/News/List.aspx?CatID=3", "/Default.aspx"],
        "/News/List.aspx?CatID=3",
        ["/News/Detail.aspx?ItemID=9&lang=vi"],
        ["/News/List.aspx?CatID=3", "/News/Detail.aspx", "/News/Detail.aspx?ItemID=abc"],
    ),
    "one program for lists and articles": (
        ["/index.php?act=view&id=903", "/index.php?act=view&id=902"],
        ["/index.php?act=cat&id=4", "/index.php?act=cat&id=5"],
        "/index.php?act=cat&id=4",
        ["/index.php?act=view&id=17"],
        ["/index.php?act=cat&id=4", "/index.php?act=view"],
    ),
    "sections numbered like articles": (
        ["/mot-cay-cau-moi-48123.html", "/hai-vu-lua-48119.html"],
        ["/tin-tuc-215.html", "/van-hoa-217.html"],
        "/tin-tuc-215.html",
        ["/gia-lua-tang-51000.html"],
        ["/van-hoa-217.html", "/tin-tuc-215.html"],
    ),
    "sections of two depths": (
        ["/van-hoa/le-hoi/mot-cay-cau-moi-501.html", "/van-hoa/hai-vu-lua-o-xa-502.html"],
        ["/van-hoa/", "/van-hoa/le-hoi/", "/kinh-te/"],
        "/van-hoa/",
        ["/kinh-te/gia-lua-tang-nhanh-503.html", "/kinh-te/nong-san/gia-lua-504.html"],
        ["/mot-cay-cau-moi-501.html", "/van-hoa/"],
    ),
    "a number that ends a title is no id": (
        ["/tin/cau-moi-dai-150-m-xong-truoc-tet", "/tin/ky-hop-thu-12", "/tin/hai-vu-lua-va-vu-mau"],
        ["/tin", "/gioi-thieu"],
        "/tin",
        ["/tin/nguoi-giu-rung-tren-dinh-nui"],
        ["/gioi-thieu", "/tin", "/tag/nguoi-giu-rung-tren-nui"],
    ),
}


def derived(form: str) -> tuple[Derived, Portal]:
    siblings, others, listing, _, _ = FORMS[form]
    portal = provisional(HOST, load_registry())
    seen = Seen(article=HOST + siblings[0], siblings=[HOST + one for one in siblings], others=[HOST + one for one in others], list_url=HOST + listing)  # fmt: skip
    found = derive(seen, portal)
    return found, with_patterns(portal, found.urls)


@pytest.mark.parametrize("form", FORMS)
def test_pattern_takes_articles_and_no_near_miss(form: str) -> None:
    siblings, _, _, also, near = FORMS[form]
    found, portal = derived(form)
    assert [one for one in [*siblings, *also] if not is_article_url(HOST + one, portal)] == []
    assert [one for one in near if is_article_url(HOST + one, portal)] == []
    assert (found.missed, found.taken_menu) == ((), ())


@pytest.mark.parametrize(
    ("form", "identity", "decides"),
    [
        ("id behind the title", "501", True),
        ("hex id and month", "5453bf8", True),
        ("id as a folder", "246318", True),
        ("id in the query", "1346", True),
        ("day in the folders, title alone", None, False),
        ("a number that ends a title is no id", None, False),
    ],
)
def test_id_decides_where_the_address_has_one(form: str, identity: str | None, decides: bool) -> None:
    found, portal = derived(form)
    facts = url_facts(HOST + FORMS[form][0][0], portal)
    assert facts is not None
    assert (facts.id, found.urls.id_decides) == (identity, decides)


def test_id_that_two_articles_share_decides_nothing() -> None:
    urls = [HOST + one for one in ("/a/mot-cay-cau-moi-501.html", "/b/hai-vu-lua-moi-501.html")]
    seen = Seen(article=urls[0], siblings=urls, others=[], list_url=HOST + "/a/")
    assert derive(seen, provisional(HOST, load_registry())).urls.id_decides is False


def test_day_and_month_of_an_address_are_read() -> None:
    for form, day, month in (
        ("day in the folders, title alone", "2025-10-02", None),
        ("hex id and month", None, "202408"),
    ):
        facts = url_facts(HOST + FORMS[form][0][0], derived(form)[1])
        assert facts is not None
        assert (facts.day and facts.day.isoformat(), facts.month) == (day, month)


def test_menu_links_that_cannot_be_told_apart_are_reported() -> None:
    urls = [HOST + one for one in ("/mot-cay-cau-moi-501.html", "/hai-vu-lua-va-mot-vu-mau-502.html")]
    menu = [HOST + "/van-hoa-va-xa-hoi-217.html"]
    found = derive(Seen(article=urls[0], siblings=urls, others=menu, list_url=HOST), provisional(HOST, load_registry()))
    assert found.taken_menu == tuple(menu)


def test_family_pattern_fits_where_nine_of_ten_do() -> None:
    family = load_registry().families["content_fck"]
    portal = Portal(profile=provisional(HOST, load_registry()).profile, base=family)
    portal = with_patterns(portal, family.articles or portal.articles)
    urls = [f"{HOST}/mot-bai-a{n}.html" for n in range(9)]
    assert fits(portal, [*urls, f"{HOST}/emagazine/x"])
    assert not fits(portal, [*urls[:5], f"{HOST}/x", f"{HOST}/y"])


@given(
    st.lists(st.sampled_from(["mot", "hai", "ba", "bon", "nam", "12", "2024"]), min_size=4, max_size=9),
    st.integers(100, 10**7),
)
def test_pattern_of_any_numbered_title_takes_its_article(words: list[str], number: int) -> None:
    url = f"{HOST}/tin/{'-'.join(words)}-{number}.html"
    other = f"{HOST}/tin/mot-cay-cau-khac-{number + 1}.html"
    portal = provisional(HOST, load_registry())
    found = derive(Seen(article=url, siblings=[url, other], others=[f"{HOST}/tin/"], list_url=f"{HOST}/tin/"), portal)
    facts = url_facts(url, with_patterns(portal, found.urls))
    assert facts is not None
    assert facts.id == str(number)


@pytest.mark.parametrize(
    ("listing", "pager", "start", "tail", "first"),
    [
        ("/tin/", [("2", "/tin/?page=2")], "/tin/", "?page={n}", 1),
        ("/tin/", [("2", "/tin/?page=1"), ("3", "/tin/?page=2")], "/tin/", "?page={n}", 0),
        ("/tin/", [("2", "/tin/page-2/")], "/tin/", "page-{n}/", 1),
        ("/tin/", [("2", "/tin/trang-2.html")], "/tin/", "trang-{n}.html", 1),
        ("/tin", [("Sau", "/tin?PageIndex=2")], "/tin", "?PageIndex={n}", 1),
        ("/tin.aspx?cat=3", [("2", "/tin.aspx?cat=3&p=2")], "/tin.aspx?cat=3", "?cat=3&p={n}", 1),
        ("/tin/page-2/", [("1", "/tin/"), ("3", "/tin/page-3/")], "/tin/", "page-{n}/", 1),
        ("/tin?page=2", [("1", "/tin?page=1"), ("3", "/tin?page=3")], "/tin", "?page={n}", 1),
        ("/tin", [("2", "/tin?_x_INSTANCE_M0Ub7_delta=10&_x_INSTANCE_M0Ub7_cur=2")], "/tin", "?_x_INSTANCE_M0Ub7_delta=10&_x_INSTANCE_M0Ub7_cur={n}", 1),
        ("/tin/", [("»", "/tin/p/2")], "/tin/", "p/{n}", 1),
        ("/tin/", [("2", "/tin-2.html")], "/tin/", None, 1),
        ("/tin/", [("2", "/tin/?start=20")], "/tin/", None, 1),
        ("/tin/", [("15", "/thang/15/")], "/tin/", None, 1),
        ("/tin/", [("Cuối", "/tin/?page=214")], "/tin/", None, 1),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)  # fmt: skip
def test_paging_is_read_off_the_pager(
    listing: str, pager: list[tuple[str, str]], start: str, tail: str | None, first: int
) -> None:
    tree = parse_html("".join(f"<a href='{href}'>{label}</a>" for label, href in pager).encode())
    url = HOST + listing
    found = paging_of(url, page_links(tree, url, ("a.test",)), tree)
    assert (found.start, found.next, found.first_page) == (HOST + start, tail, first)
    assert (found.doubt is None) == (tail is not None)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/tags/dan-van.html", True), ("/tin/print/12", True), ("/sendmail/x/1.html", True), ("/ke-hoach.pdf", True),
        ("/tin?page=3", True), ("/wp-login.php", True), ("/tin/hop-tac-in-an.html", False), ("/tin/trang-moi-cua-ban-12.html", False),
        ("/tin/page-turner-o-truong-hoc.html", False),
    ],
)  # fmt: skip
def test_traps_are_told_by_a_whole_part_of_the_address(path: str, expected: bool) -> None:
    assert is_trap(HOST + path) is expected
