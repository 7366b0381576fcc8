"""Every date of the calendar in every form that portals print, and what is no date in any of them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.dates import EARLIEST_YEAR, find_dates, parse_date, parse_iso
from archive.records import LOCAL_ZONE

steady = settings(derandomize=True, max_examples=120, deadline=None, database=None)
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
SHORT_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
MONTHS = ("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai")
DAYS = st.dates(date(EARLIEST_YEAR, 1, 1), date(2100, 12, 31))
TIMES = st.times().map(lambda at: at.replace(microsecond=0))

# In these, d is the day and t the time; the number says how much of the time is printed.
DAY_FORMS = [
    "{d.day}/{d.month}/{d.year}", "{d:%d/%m/%Y}", "{d:%d-%m-%Y}", "{d:%d.%m.%Y}", "{d:%d} - {d:%m} - {d.year}",
    "{weekday}, {d:%d/%m/%Y}", "{weekday},{d.day}/{d.month}/{d.year}", "Ngày {d:%d} tháng {d:%m} năm {d.year}",
    "{d.day} tháng {d.month} năm {d.year}", "{weekday}, ngày {d.day} tháng {d.month} năm {d.year}", "Ngày đăng: {d.day}-{d.month}-{d.year}",
    "{d.day} Tháng {month}, {d.year}", "Đăng ngày {d:%d} - {d:%m} - {d.year}", "{d:%Y-%m-%d}", "Thái Nguyên, {d:%d/%m/%Y}",
    "{short}, {d:%d/%m/%Y}", "Theo Báo X, số ra {d:%d/%m/%Y}.",
]  # fmt: skip
MINUTE_FORMS = [
    "{t:%H:%M}, {d:%d/%m/%Y}", "{t:%H:%M}, {d:%d/%m/%Y} (GMT+7)", "Cập nhật lúc {t:%H:%M}, {weekday}, {d:%d/%m/%Y} (GMT+7)",
    "{d:%d/%m/%Y} - {t:%H:%M}", "{d:%d/%m/%Y} {t:%H:%M}", "{t:%H:%M} | {d:%d/%m/%Y}", "{d:%d/%m/%Y} | {clock} {half}",
    "Ngày đăng {d:%d/%m/%Y} | {t:%H:%M} | Lượt xem: 95", "{weekday} - {d:%d/%m/%Y} {t:%H:%M}", "Hải Hằng {t:%H:%M}, {d:%d/%m/%Y}",
    "Đăng lúc: {t:%H:%M} ngày {d:%d/%m/%Y}", "Đăng lúc: {d:%d/%m/%Y} {t:%H:%M}", "{t:%H}h{t:%M} ngày {d.day}/{d.month}/{d.year}",
    "{weekday}, {d:%d/%m/%Y} - {t:%H:%M} (GMT+7)", "{weekday}, {d:%d/%m/%Y}, {t:%H:%M} [GMT+7]", "{short}, {d:%d/%m/%Y} - {t:%H:%M}",
    "{weekday}, ngày {d.day} tháng {d.month} năm {d.year} {clock} {vietnamese_half}", "{d.day}/{d.month}/{d.year} {clock} {vietnamese_half}",
    "{weekday} - {d:%d/%m/%Y} {t:%H:%M}4120", "{t:%H:%M} {weekday}, {d:%d/%m/%Y}", "{t:%H:%M} {weekday} ngày {d:%d/%m/%Y}",
]  # fmt: skip
SECOND_FORMS = [
    "{d:%d/%m/%Y} {t:%H:%M:%S}", "Ngày {d:%d/%m/%Y} {t:%H:%M:%S}", "{weekday}, {d.day}/{d.month}/{d.year} | {clock}:{t:%S} {half}",
    "Ngày xuất bản: {d:%d/%m/%Y} {clock}:{t:%S} {vietnamese_half}", "{d:%Y-%m-%d}T{t:%H:%M:%S}+0700", "{d:%Y-%m-%d}T{t:%H:%M:%S}+07:00",
]  # fmt: skip


def printed(form: str, day: date, at: time) -> str:
    return form.format(
        d=day,
        t=at,
        weekday=WEEKDAYS[day.weekday()],
        short=SHORT_WEEKDAYS[day.weekday()],
        month=MONTHS[day.month - 1],
        clock=f"{at.hour % 12 or 12}:{at:%M}",
        half="AM" if at.hour < 12 else "PM",
        vietnamese_half="SA" if at.hour < 12 else "CH",
    )


@pytest.mark.parametrize("form", DAY_FORMS)
@steady
@given(DAYS, TIMES, st.sampled_from(["NFC", "NFD"]))
def test_every_day_reads_back_day_first(form: str, day: date, at: time, composition: str) -> None:
    found = parse_date(unicodedata.normalize(composition, printed(form, day, at)))
    assert found is not None
    assert (found.iso, found.has_time) == (day.isoformat(), False)


@pytest.mark.parametrize("form", MINUTE_FORMS + SECOND_FORMS)
@steady
@given(DAYS, TIMES)
def test_every_moment_reads_back_with_its_time(form: str, day: date, at: time) -> None:
    found = parse_date(printed(form, day, at))
    assert found is not None
    wanted = at if form in SECOND_FORMS else at.replace(second=0)
    assert (found.moment, found.has_time) == (datetime.combine(day, wanted, LOCAL_ZONE), True)


@steady
@given(DAYS, TIMES, st.sampled_from(["Z", "+00:00", "-05:00", "+07:00"]))
def test_a_moment_of_another_zone_is_moved_to_local_time(day: date, at: time, zone: str) -> None:
    text = f"{day}T{at:%H:%M:%S}{zone}"
    wanted = datetime.fromisoformat(text.replace("Z", "+00:00"))
    assume(EARLIEST_YEAR <= wanted.astimezone(LOCAL_ZONE).year <= 2100)
    for found in (parse_iso(text), parse_date(text)):
        assert found is not None
        assert found.moment == wanted
        assert found.moment.tzinfo == LOCAL_ZONE


@steady
@given(DAYS)
def test_a_weekday_proves_the_order_of_day_and_month(day: date) -> None:
    assume(day.day <= 12)
    swapped = date(day.year, day.day, day.month)
    weekday = WEEKDAYS[day.weekday()]
    found = parse_date(f"{weekday}, {day.month}/{day.day}/{day.year}")  # month first
    assert found is not None
    assert found.moment.date() == (swapped if swapped.weekday() == day.weekday() else day)
    assert found.weekday_agrees


@pytest.mark.parametrize(
    "form", ["{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{d} tháng {m} năm {y}", "{y}-{m:02}-{d:02}"]
)
@steady
@given(st.integers(0, 99), st.integers(0, 99), st.one_of(st.integers(1000, 9999), st.sampled_from([2024, 2568])))
def test_what_no_calendar_has_is_no_date(form: str, day: int, month: int, year: int) -> None:
    try:
        is_day = EARLIEST_YEAR <= date(year, month, day).year <= 2100
    except ValueError:
        is_day = False
    assume(not is_day)
    assert parse_date(form.format(d=day, m=month, y=year)) is None


@pytest.mark.parametrize(
    "text",
    ["31/02/2024", "30/02/2023", "12/13/2024", "Thứ hai, 10/07/2568", "01/01/1994", "hôm qua", "Hôm nay", "3 giờ trước",
     "Hôm qua, 15:30", "2024", "07/2024", "10/7", "0/7/2024", "29/02/2023"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert parse_date(text) is None


PIECES = st.sampled_from(
    ["10/07/2024", "2024-07-10", "2100-12-31T23:59:59-12:00", "31/12/2100", "11:43", "T", "Z", "+07:00", "-", "/", ".", " ", ",", "Thứ hai",
     "tháng", "năm", "ngày", "CH", "SA", "PM", "2:26:47", "9999", "0", "CN", "\u0301", "٣", "\n", "GMT+7"]
)  # fmt: skip


@settings(steady, max_examples=600)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=12).map(" ".join)))
def test_no_text_crashes_or_dates_beyond_2100(text: str) -> None:
    found = [*find_dates(text), *filter(None, [parse_iso(text)])]
    for one in found:
        assert EARLIEST_YEAR <= one.moment.year <= 2100
        assert 0 <= one.start < one.end <= max(len(text), len(unicodedata.normalize("NFC", text)))
        assert one.printed("x", text).value == one.moment
