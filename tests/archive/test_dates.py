"""The printed forms seen on portals, and strings that are no dates."""

from __future__ import annotations

import unicodedata

import pytest

from archive.dates import find_dates, parse_date, parse_iso

FORMS = {
    "11:43, 10/07/2024": "2024-07-10T11:43:00+07:00",
    "17:20, 12/04/2023": "2023-04-12T17:20:00+07:00",
    "Thứ ba, 11/07/2023": "2023-07-11",
    "Cập nhật: Thứ hai, 4/3/2024 | 2:26:47 PM": "2024-03-04T14:26:47+07:00",
    "Thứ hai, 4/3/2024 | 2:26:47 PM": "2024-03-04T14:26:47+07:00",
    "ngày 9/4/2021": "2021-04-09",
    "Thứ 3, 11/07/2023 - 08:15 (GMT+7)": "2023-07-11T08:15:00+07:00",
    "08/10/2018 15:01": "2018-10-08T15:01:00+07:00",
    "Đăng lúc: 08:15 ngày 03/02/2020": "2020-02-03T08:15:00+07:00",
    "Đăng lúc: 03/02/2020 08:15": "2020-02-03T08:15:00+07:00",
    "10 tháng 7 năm 2024": "2024-07-10",
    "Ngày 02 tháng 09 năm 2023": "2023-09-02",
    "11-7-2016": "2016-07-11",
    "Chủ nhật, 05/11/2023, 14:30 [GMT+7]": "2023-11-05T14:30:00+07:00",
    "Thứ Tư, 08/04/2015, 08:11 [GMT+7]": "2015-04-08T08:11:00+07:00",
    "03/06/2013": "2013-06-03",
    "09:47, 15/03/2021": "2021-03-15T09:47:00+07:00",
    "2024-07-10T11:43:00+07:00": "2024-07-10T11:43:00+07:00",
    "2024-07-09T18:30:00Z": "2024-07-10T01:30:00+07:00",
    "Thứ năm, ngày 5 tháng 10 năm 2023 8:30 SA": "2023-10-05T08:30:00+07:00",
    "5/10/2023 2:05 CH": "2023-10-05T14:05:00+07:00",
    "12:05 SA 5/10/2023": "2023-10-05T00:05:00+07:00",
    "13.12.2023": "2023-12-13",
    "08h30 ngày 5/6/2022": "2022-06-05T08:30:00+07:00",
    "Thứ Ba,11/7/2023": "2023-07-11",
    "Ngày đăng: 5-6-2022": "2022-06-05",
    "T2, 04/03/2024 - 14:26": "2024-03-04T14:26:00+07:00",
    "4 Tháng Ba, 2024": "2024-03-04",
    "Cập nhật lúc 19:23, Thứ Tư, 25/05/2022 (GMT+7)": "2022-05-25T19:23:00+07:00",
    "08/01/2026 - 18:21": "2026-01-08T18:21:00+07:00",
    "15:55 | 10/07/2026": "2026-07-10T15:55:00+07:00",
    "Đăng ngày 15 - 11 - 2017": "2017-11-15",
    "Ngày đăng 18/07/2024 | 11:39 | Lượt xem: 95": "2024-07-18T11:39:00+07:00",
    "Ngày 26/01/2015 09:25:58": "2015-01-26T09:25:58+07:00",
    "Chủ nhật - 09/10/2022 22:584120": "2022-10-09T22:58:00+07:00",
    "Hải Hằng 11:43, 10/07/2024": "2024-07-10T11:43:00+07:00",
    "2025-06-17T13:43:02+0700": "2025-06-17T13:43:02+07:00",
    "08:15 Chủ nhật, 05/11/2023": "2023-11-05T08:15:00+07:00",
    "05/11/2023 12:05 sau giờ họp": "2023-11-05T12:05:00+07:00",
    "5/11/2023 2:05 chiều": "2023-11-05T14:05:00+07:00",
    "Thứ hai, 3/4/2024 2:26 PM": "2024-03-04T14:26:00+07:00",
}


@pytest.mark.parametrize(("text", "expected"), FORMS.items(), ids=FORMS)
def test_printed_form(text: str, expected: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.iso == expected


@pytest.mark.parametrize(
    "text",
    ["Ngày 10-7", "chiều 12-4", "31/02/2024", "99999", "32/13/2024", "16/22 xã", "giai đoạn 2021-2025",
     "1.759 mô hình",      "05-ĐA/TU", "Hôm qua, 15:30", "02/9/1945", "", "1/2/20245", "192.168.1.2024"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_two_dates_keep_their_own_times() -> None:
    found = list(find_dates("08:15, 01/02/2024 và 03/04/2024 16:00"))
    assert [one.iso for one in found] == ["2024-02-01T08:15:00+07:00", "2024-04-03T16:00:00+07:00"]


def test_year_2568_is_no_publication_date() -> None:
    assert parse_date("10/07/2568") is None


@pytest.mark.parametrize("text", ["2024-07-10T+0711:43:00", "2024-07-10+0711:43:00", "10/07/2024", "", "0001-01-01"])
def test_malformed_metadata_is_no_date(text: str) -> None:
    assert parse_iso(text) is None


@pytest.mark.parametrize("mark", ["\u0130 ", "\u200b", "e\u0302\u0301 ", "\u0301"])
def test_offsets_are_of_the_text_as_it_is(mark: str) -> None:
    text = f"{mark}Cập nhật: 10/07/2024 11:43 {mark}"
    [found] = find_dates(text)
    assert text[found.start : found.end] == "10/07/2024 11:43"


def test_decomposed_unicode_is_read() -> None:
    text = unicodedata.normalize("NFD", "Thứ tư, ngày 10 tháng 7 năm 2024")
    found = parse_date(text)
    assert found is not None
    assert (found.iso, found.weekday_agrees) == ("2024-07-10", True)
    assert found.printed("x", text).printed == unicodedata.normalize("NFD", "10 tháng 7 năm 2024")


@pytest.mark.parametrize(
    "text", ["2100-12-31T23:00:00-05:00", "9999-12-31T23:00:00-05:00", "0001-01-01T00:00:00+14:00"]
)
def test_a_moment_beyond_the_years_of_portals_is_no_date(text: str) -> None:
    assert parse_iso(text) is None


def test_long_near_misses_are_quick() -> None:
    assert list(find_dates("1/1/" * 50_000)) == []
    assert list(find_dates("9" * 100_000)) == []
    assert list(find_dates("12:12 " * 20_000)) == []
