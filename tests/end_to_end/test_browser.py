"""What readers come for, walked in a real browser with and without script, each in as few page loads as there can be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
import rispy

from tests.end_to_end import browser, library
from tests.end_to_end.library import Reader
from tests.end_to_end.running import Danvan

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(crawled: Danvan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with library.opened(crawled.home, tmp_path_factory.mktemp("library")) as found:
        yield found


@pytest.fixture(scope="module", params=[False, True], ids=["without script", "with script"])
def reader(request: pytest.FixtureRequest, address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("browser")
    with browser.page(folder, javascript=request.param) as page:
        yield Reader(page, address)


@pytest.fixture(autouse=True)
def no_complaints(reader: Reader) -> Iterator[None]:
    """Nothing is blocked by the policy, and no script fails."""
    reader.complaints.clear()
    yield
    assert reader.complaints == []


def test_find(reader: Reader) -> None:
    reader.open("/")
    reader.page.get_by_label("Từ khóa").fill("dan van kheo")
    reader.page.get_by_label("Từ khóa").press("Enter")
    reader.page.wait_for_url("**/?q=*")
    assert reader.count() > 5
    assert reader.page.locator(".hits mark").first.inner_text().lower() in ("dân", "vận", "khéo", "dân vận khéo")
    assert reader.loads == 2


def test_narrow_by_place_before_and_after_2025(reader: Reader) -> None:
    page = reader.page
    reader.open("/?q=d%C3%A2n+v%E1%BA%ADn")
    everything, aside = reader.count(), page.get_by_role("complementary")
    aside.get_by_role("link", name="tỉnh Bắc Giang", exact=True).click()
    before = reader.count()
    page.get_by_role("link", name="Bỏ lọc").click()
    aside.get_by_role("link", name="tỉnh Bắc Ninh", exact=True).first.click()
    after = reader.count()
    assert 0 < before <= after < everything
    assert page.locator(".chosen").inner_text().startswith("Địa phương: tỉnh Bắc Ninh (nay)")
    assert reader.loads == 4


def test_follow_an_official(reader: Reader) -> None:
    page = reader.page
    reader.open("/officials?q=ma+dinh+khoat")
    page.get_by_role("link", name="Ma Đình Khoát").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ma Đình Khoát"
    assert page.get_by_role("img", name="Chức vụ theo thời gian").is_visible()
    assert "Ma Đình Khoát" in page.locator(".evidence q").first.inner_text()
    page.locator(".evidence h3 a").first.click()
    assert "Ma Đình Khoát" in page.locator("article").inner_text()
    assert reader.loads == 3


def test_read_contexts(reader: Reader) -> None:
    page = reader.page
    reader.open("/?q=%22hi%E1%BA%BFn+%C4%91%E1%BA%A5t%22")
    page.get_by_role("link", name="Đọc ngữ cảnh").click()
    page.get_by_label("Xếp theo").select_option("right")
    page.get_by_role("button", name="Tìm").click()
    page.wait_for_url("**order=right*")
    words = page.locator(".kwic tbody .word").all_inner_texts()
    assert {word.strip().lower() for word in words} == {"hiến đất"}
    assert reader.loads == 3


def test_chart_a_term(reader: Reader) -> None:
    page = reader.page
    reader.open("/trends")
    page.get_by_label("Câu hỏi 1").fill('"dân vận khéo"')
    page.get_by_label("Câu hỏi 2").fill('"hiến đất"')
    page.get_by_label("Tính bằng").select_option("count")
    page.get_by_role("button", name="Xem").click()
    page.wait_for_url("**per=count*")
    assert page.get_by_role("img", name='Theo thời gian: "dân vận khéo", "hiến đất"').is_visible()
    cell = page.locator("table tbody td a").first
    value = cell.inner_text()
    cell.click()
    assert reader.count() == int(value)
    assert reader.loads == 3


def test_compare_versions(reader: Reader) -> None:
    page = reader.page
    reader.open("/?q=%22m%E1%BB%97i+x%C3%B3m%22")
    page.get_by_role("link", name=library.CHANGED, exact=True).click()
    page.get_by_role("link", name="So với bản trước").click()
    assert page.locator("del").first.inner_text().split()[-1] == "460"
    assert page.locator("ins").first.inner_text().split()[-1] == "480"
    assert "Bài đã sửa số liệu." in page.locator(".differences").inner_text()
    assert reader.loads == 3


def test_export_citations(reader: Reader, tmp_path: Path) -> None:
    page = reader.page
    reader.open("/?q=%22hi%E1%BA%BFn+%C4%91%E1%BA%A5t%22")
    total = reader.count()
    page.get_by_text("Tải về").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS").click()
    download.value.save_as(tmp_path / "hits.ris")
    assert download.value.suggested_filename == "danvan.ris"
    assert len(rispy.loads((tmp_path / "hits.ris").read_text(encoding="utf-8"))) == total


def test_save_a_search_and_read_its_feed(reader: Reader) -> None:
    page = reader.page
    reader.open("/?q=%22hi%E1%BA%BFn+%C4%91%E1%BA%A5t%22&lang=en")
    page.get_by_text("Take away").click()
    link = page.get_by_role("link", name="Follow (Atom)").get_attribute("href")
    feed = feedparser.parse(page.request.get(reader.address + str(link)).text())
    assert not feed.bozo
    assert len(feed.entries) == reader.count()
    page.goto(feed.feed.links[1].href)  # the search, at its permanent address
    assert len(feed.entries) == reader.count()


def test_article_shows_where_it_comes_from(reader: Reader) -> None:
    reader.open("/?q=%22m%E1%BB%97i+x%C3%B3m%22&locality=huy%E1%BB%87n+%C4%90%E1%BB%8Bnh+H%C3%B3a")
    reader.page.get_by_role("link", name=library.CHANGED, exact=True).click()
    assert reader.page.locator("article mark").count() > 0
    text = reader.page.locator("main").inner_text()
    for expected in ("Ma Đình Khoát", "Nguồn gốc", ".warc.gz", "sha1:", "18/07/2024", "3.150 m2", "urn:pwid:danvan:"):
        assert expected in text, expected
    evidence = reader.page.locator(".mentions a.place", has_text="đoạn").first
    number = evidence.inner_text().split()[-1]
    evidence.click()
    assert reader.page.url.endswith(f"#p{number}")
    assert reader.page.locator(f"#p{number}").is_visible()


def test_keyboard_alone_leads_to_content(reader: Reader) -> None:
    reader.open("/help")
    reader.page.keyboard.press("Tab")
    assert reader.page.locator(":focus").inner_text() == "Đến nội dung chính"
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_scrolls_sideways(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 900})
    for path in ("/", "/articles/1", "/officials/3", "/localities/d167", "/contexts?q=d%C3%A2n", "/trends?q=d%C3%A2n",
                 "/figures", "/coverage", "/portals", "/api/docs", "/help"):  # fmt: skip
        reader.open(path)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, path
