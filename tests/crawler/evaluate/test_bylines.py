"""Which wrong authors are no one's byline."""

from __future__ import annotations

import pytest

from crawler.evaluate.bylines import is_site_or_footer
from tests.crawler.evaluate.pages import gold_page

PORTAL = {
    "key": "x", "name": "Cổng thông tin điện tử huyện Định Hóa", "kind": "portal_district",
    "province_before_2025": "Thái Nguyên", "district": "Định Hóa",
}  # fmt: skip


@pytest.mark.parametrize(
    "author",
    [
        "Báo Mẫu", "BÁO MẪU ĐIỆN TỬ", "Ban Biên tập", "admin", "Admin2", "vnpt.thainguyen", "bbt@baomau.test",
        "Đỗ Văn Khiêm", "ông Đỗ Văn Khiêm", "UBND huyện Văn Chấn", "Tổng Biên tập: Lê Văn A",
    ],
)  # fmt: skip
def test_site_account_office_or_other_person_is_no_byline(author: str) -> None:
    assert is_site_or_footer(author, gold_page())


@pytest.mark.parametrize(
    "author", ["Hà Thu", "HÀ THU", "Nguyễn Trang", "Trang Nhung", "Thảo", "Nhóm phóng viên", "", "Bảo Mẫu"]
)
def test_author_or_unknown_person_is_no_site(author: str) -> None:
    assert not is_site_or_footer(author, gold_page())


def test_part_of_the_portals_name_is_the_site() -> None:
    assert is_site_or_footer("Huyện Định Hoá", gold_page(portal=PORTAL))


def test_what_gold_names_is_an_author_whatever_it_looks_like() -> None:
    assert not is_site_or_footer("Báo Mẫu", gold_page(authors=["Báo Mẫu"]))
