"""What the small script adds to pages that work without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end import browser, library
from tests.end_to_end.running import Danvan

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(crawled: Danvan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with library.opened(crawled.home, tmp_path_factory.mktemp("library")) as found:
        yield found


def test_script_suggests_places_and_slash_goes_to_the_search_box(address: str, tmp_path: Path) -> None:
    with browser.page(tmp_path) as page:
        page.goto(address)
        page.locator("footer").click()
        page.keyboard.press("/")
        assert page.locator(":focus").get_attribute("name") == "q"
        page.get_by_text("Bộ lọc").click()
        page.get_by_label("Địa phương", exact=True).press_sequentially("dinh h")
        option = page.locator("datalist option[value='huyện Định Hóa (Thái Nguyên)']")
        option.wait_for(state="attached", timeout=10_000)
        page.get_by_label("Địa phương", exact=True).fill("huyện Định Hóa (Thái Nguyên)")
        page.get_by_label("Địa phương", exact=True).press("Enter")
        page.wait_for_url("**locality=*")
        assert page.locator(".hits li").count() > 0


def test_bad_query_is_explained_on_the_page(address: str, tmp_path: Path) -> None:
    with browser.page(tmp_path) as page:
        page.goto(f"{address}/?q=zz%3Aa&lang=en")
        assert "'zz'" in page.get_by_role("alert").inner_text()
