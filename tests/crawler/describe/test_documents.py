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
        (
            "Hướng dẫn số 02 - HD/BDVTW ngày 15 tháng 3 năm 2022",
            ("Hướng dẫn", "02-HD/BDVTW", date(2022, 3, 15), None),
        ),
        ("Kế hoạch số 45 /KH-UBND", ("Kế hoạch", "45/KH-UBND", None, None)),
        ("Chương trình phối hợp số 21/CTPH", ("Chương trình phối hợp", "21/CTPH", None, None)),
        ("Quy chế phối hợp số 01-QC/BDV-UBND", ("Quy chế phối hợp", "01-QC/BDV-UBND", None, None)),
        ("Kế hoạch liên tịch số 5/KHLT", ("Kế hoạch liên tịch", "5/KHLT", None, None)),
        (
            "Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14",
            ("Nghị quyết liên tịch", "403/2017/NQLT-UBTVQH14", None, None),
        ),
        ("Hướng dẫn liên ngành số 3/HDLN", ("Hướng dẫn liên ngành", "3/HDLN", None, None)),
        ("Thông báo kết luận số 12-TB/TU", ("Thông báo kết luận", "12-TB/TU", None, None)),
        ("Công điện 117/CĐ-TTg", ("Công điện", "117/CĐ-TTg", None, None)),
        ("Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15", ("Luật", "10/2022/QH15", None, None)),
        ("Bộ luật Lao động số 45/2019/QH14", ("Bộ luật", "45/2019/QH14", None, None)),
        (
            "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương (khóa XI) về dân vận",
            ("Nghị quyết", "25-NQ/TW", date(2013, 6, 3), "Ban Chấp hành Trung ương (khóa XI)"),
        ),
        (
            "Kế hoạch số 8-KH/TU của Ban Tuyên giáo và Dân vận Tỉnh ủy và hướng dẫn của huyện",
            ("Kế hoạch", "8-KH/TU", None, "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
        ),
        ("Quyết định 12/QĐ-UBND ngày 31/02/2024", ("Quyết định", "12/QĐ-UBND", None, None)),
        ("Chỉ thị số 5-CT/HU (ngày 3.6.2013)", ("Chỉ thị", "5-CT/HU", date(2013, 6, 3), None)),
        ("Quyết định 12/QĐ-UBND của dân bản", ("Quyết định", "12/QĐ-UBND", None, None)),
    ],
)
def test_documents(body: str, expected: tuple[str, str, date | None, str | None]) -> None:
    [document] = described(body).documents
    assert (document.kind, document.number, document.date, document.issuer) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Kế hoạch 5 năm đạt kết quả.",
        "Tổ hướng dẫn 286 người.",
        "Báo cáo 12 trang.",
        "Pháp luật và đời sống số 10 ra hôm nay.",
        "Kỷ luật quân đội số 1.",
    ],
)
def test_what_is_no_document(body: str) -> None:
    assert described(body).documents == ()


def test_dash_between_words_is_no_part_of_a_number() -> None:
    [document] = described("Theo Kế hoạch số 15 - Ban Dân vận đề ra.").documents
    assert document.number == "15"


def test_number_is_cited_as_printed() -> None:
    body = "Theo Hướng dẫn số 02 - HD/BDVTW, và Luật Đất đai số 31/2024/QH15."
    found = described(body).documents
    assert [one.cited_as for one in found] == ["Hướng dẫn số 02 - HD/BDVTW", "Luật Đất đai số 31/2024/QH15"]
    assert all(body[one.evidence.start : one.evidence.end] == one.cited_as for one in found)


def test_one_number_is_one_document_by_whatever_kind() -> None:
    found = described("Chương trình phối hợp số 21/CTPH. Chương trình số 21/CTPH có kết quả.").documents
    assert [(one.kind, one.number) for one in found] == [("Chương trình phối hợp", "21/CTPH")]


def test_law_name_ends_before_another_document() -> None:
    found = described("Luật Đất đai và Nghị quyết số 18-NQ/TW, Nghị định số 04/2015/NĐ-CP").documents
    assert [one.number for one in found] == ["18-NQ/TW", "04/2015/NĐ-CP"]


def test_several_numbers_after_the_plural() -> None:
    found = described("các Quyết định số 217-QĐ/TW và 218-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị").documents
    assert [(one.number, one.date, one.issuer) for one in found] == [
        ("217-QĐ/TW", None, None),
        ("218-QĐ/TW", date(2013, 12, 12), "Bộ Chính trị"),
    ]


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
