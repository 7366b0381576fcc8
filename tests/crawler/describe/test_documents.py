"""Cited documents with kind, number, date and issuer."""

from __future__ import annotations

from datetime import date

import pytest

from tests.crawler.describe.articles import described


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Nghị quyết số 25-NQ/TW ngày 3/6/2013 của Ban Chấp hành Trung ương Đảng khóa XI về dân vận",
            ("Nghị quyết", "25-NQ/TW", date(2013, 6, 3), "Ban Chấp hành Trung ương Đảng khóa XI"),
        ),
        ("Chỉ thị 49-CT/TW của Ban Bí thư", ("Chỉ thị", "49-CT/TW", None, "Ban Bí thư")),
        (
            "Quyết định 1234/QĐ-UBND ngày 5 tháng 3 năm 2021",
            ("Quyết định", "1234/QĐ-UBND", date(2021, 3, 5), None),
        ),
        ("Nghị định số 04/2015/NĐ-CP", ("Nghị định", "04/2015/NĐ-CP", None, None)),
        ("Chương trình 135 giúp dân", ("Chương trình", "135", None, None)),
    ],
)
def test_documents(body: str, expected: tuple[str, str, date | None, str | None]) -> None:
    [document] = described(body).documents
    assert (document.kind, document.number, document.date, document.issuer) == expected


@pytest.mark.parametrize("body", ["Kế hoạch 5 năm đạt kết quả.", "Tổ hướng dẫn 286 người.", "Báo cáo 12 trang."])
def test_what_is_no_document(body: str) -> None:
    assert described(body).documents == ()


def test_further_numbers_share_the_kind() -> None:
    found = described("Quyết định số 217-QĐ/TW và 218-QĐ/TW của Bộ Chính trị").documents
    assert [(document.kind, document.number) for document in found] == [
        ("Quyết định", "217-QĐ/TW"),
        ("Quyết định", "218-QĐ/TW"),
    ]


def test_short_later_mention_is_the_same_document() -> None:
    found = described("Đề án số 05-ĐA/TU được ban hành. Đề án số 05 có bốn nội dung.").documents
    assert [document.number for document in found] == ["05-ĐA/TU"]


def test_date_of_a_later_mention_counts() -> None:
    [document] = described("Chỉ thị 49-CT/TW. Chỉ thị 49-CT/TW ngày 20/10/2015.").documents
    assert document.date == date(2015, 10, 20)
