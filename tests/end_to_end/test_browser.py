"""A reader's walk in a real browser, without script: search, narrow, open, see where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end import browser
from tests.end_to_end.running import Danvan

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [False, True], ids=["without script", "with script"])
def test_reader_searches_narrows_and_sees_provenance(crawled: Danvan, tmp_path: Path, javascript: bool) -> None:
    with browser.served(crawled.home) as address, browser.page(tmp_path / "profile", javascript=javascript) as page:
        page.goto(address)
        page.get_by_label("Từ khóa").fill("dan van kheo")
        page.get_by_role("button", name="Tìm").click()
        everything = int(page.get_by_role("status").locator("b").inner_text())
        assert everything > 5
        assert page.locator("mark").first.inner_text().lower() in ("dân", "vận", "khéo", "dân vận khéo")

        page.get_by_role("complementary").get_by_role("link", name="huyện Định Hóa (Thái Nguyên)").click()
        narrowed = int(page.get_by_role("status").locator("b").inner_text())
        assert 0 < narrowed < everything
        page.get_by_role("complementary").get_by_role("link", name="Lường Thị Sen").click()
        assert page.get_by_role("status").locator("b").inner_text() == "1"

        page.get_by_role("link", name="Định Hóa: Mỗi xóm một việc khéo").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Định Hóa: Mỗi xóm một việc khéo"
        assert page.locator("article mark").count() > 3
        text = page.locator("main").inner_text()
        for expected in ("Ma Đình Khoát", "Nguồn gốc", ".warc.gz", "sha1:", "18/07/2024", "3.150 m2"):
            assert expected in text, expected
        snapshot = page.locator("main").aria_snapshot()
        assert "Các bản đã lưu" in snapshot


def test_bad_query_is_explained_on_the_page(crawled: Danvan, tmp_path: Path) -> None:
    with browser.served(crawled.home) as address, browser.page(tmp_path / "profile") as page:
        page.goto(f"{address}/?q=zz%3Aa&lang=en")
        assert "field 'zz' is unknown" in page.get_by_role("alert").inner_text()
