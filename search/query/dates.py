"""Dates as people write them in a query: a day, a month, a quarter, some months, a year, or a span of these.

>>> parse_dates("7/2023")
DateRange(first=datetime.date(2023, 7, 1), last=datetime.date(2023, 7, 31))
>>> parse_dates("từ 11/7/2023 đến 2024")
DateRange(first=datetime.date(2023, 7, 11), last=datetime.date(2024, 12, 31))
>>> parse_dates("quý II/2024").last, parse_dates("6 tháng đầu năm 2024").last
(datetime.date(2024, 6, 30), datetime.date(2024, 6, 30))
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from archive.errors import QueryError
from archive.vietnamese import fold, match_key
from search.query.ast import DateRange

_FORMS = ("2023, 7/2023, 11/7/2023, 2023-07-11, quý II/2024, 6 tháng đầu năm 2024, 2022..2024", "từ 1/2023 đến 3/2024")
# Longer is no date: a pasted text behind ngày:.
MAX_CHARACTERS = 100
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# All without tones: the text is folded before, so that "quy 2" and "quý II" are one.
_YEAR = re.compile(r"(?:nam )?(\d{4})")
_MONTH = re.compile(r"(?:thang )?(\d{1,2})\s?(?:/|-|nam )\s?(\d{4})|(\d{4})-(\d{1,2})")
_DAY = re.compile(r"(?:ngay )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_SPOKEN_DAY = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_QUARTER = re.compile(r"(?:quy|q)\s?(iv|i{1,3}|[1-4])\s?[/ -]\s?(?:nam )?(\d{4})")
_MONTHS = re.compile(r"(\d{1,2}) thang (dau|cuoi) nam (\d{4})|nua (dau|cuoi) nam (\d{4})")
_SPAN = re.compile(r"(?:tu|from) (?P<a>.+?) (?:den het|den|toi|to) (?P<b>.+)|(?P<c>.*?) ?(?:\.\.) ?(?P<d>.*)")
_BRACKETS = re.compile(r"\[ ?(\S*) to (\S*?) ?\]")
_FROM = re.compile(r"(?:tu|from|since|>=) ?(.+)")
_UNTIL = re.compile(r"(?:den het|den|toi|until|<=) ?(.+)")
_AFTER, _BEFORE = re.compile(r"(?:sau|after|>) ?(.+)"), re.compile(r"(?:truoc|before|<) ?(.+)")
_TWO_DIGITS = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2})?|(?:quy|q)\s?\w+\s?/\s?\d{2}|\d{2}")


def parse_dates(written: str) -> DateRange:
    """The days a date expression covers; QueryError says which forms there are."""
    if len(written) > MAX_CHARACTERS:
        raise _not_a_date(f"{written[:20]!r}…", _UnreadableError(*_NOT_UNDERSTOOD))
    text = fold(" ".join(match_key(written).split()))
    try:
        found = _open_or_closed(text) or DateRange(*_single(text))
    except _UnreadableError as error:
        raise _not_a_date(repr(written), error) from error
    if found.first and found.last and found.first > found.last:
        raise QueryError(
            f"date {written!r} ends before it begins: swap its two sides",
            vi=f"ngày {written!r} kết thúc trước khi bắt đầu: đổi chỗ hai vế",
        )
    return found


class _UnreadableError(Exception):
    """Says of a date what is wrong with it, in English and Vietnamese; its reader knows how it was typed."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.vi = vi


_NOT_UNDERSTOOD = ("is not understood", "không đọc được")


def _not_a_date(shown: str, error: _UnreadableError) -> QueryError:
    """The error that says which forms there are."""
    return QueryError(
        f"date {shown} {error}; write {' or '.join(_FORMS)}",
        vi=f"ngày {shown} {error.vi}; viết {' hoặc '.join(_FORMS)}",
    )


def _open_or_closed(text: str) -> DateRange | None:
    """A span of two dates, or one with a word that says from, until, before or after."""
    if span := _SPAN.fullmatch(text):
        return _between(span["a"] or span["c"] or "", span["b"] or span["d"] or "")
    if brackets := _BRACKETS.fullmatch(text):
        return _between(*("" if end == "*" else end for end in brackets.groups()))
    if start := _FROM.fullmatch(text):
        return DateRange(_single(start[1])[0], None)
    if end := _UNTIL.fullmatch(text):
        return DateRange(None, _single(end[1])[1])
    if after := _AFTER.fullmatch(text):
        return DateRange(_moved(_single(after[1])[1], 1), None)
    if before := _BEFORE.fullmatch(text):
        return DateRange(None, _moved(_single(before[1])[0], -1))
    return None


def _between(first: str, last: str) -> DateRange:
    last = "" if last == "nay" else last  # "từ 7/2023 đến nay"
    if not first and not last:
        raise _UnreadableError("has neither a beginning nor an end", "không có đầu cũng không có cuối")
    return DateRange(_single(first)[0] if first else None, _single(last)[1] if last else None)


def _moved(day: date, by: int) -> date:
    """The day before or after; the ends of the calendar stay."""
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def _single(text: str) -> tuple[date, date]:
    """The first and last day of one date."""
    try:
        found = _day(text) or _stretch(text)
    except ValueError as error:
        raise _UnreadableError("is not in the calendar", "không có trong lịch") from error
    if found:
        return found
    if _TWO_DIGITS.fullmatch(text):
        raise _UnreadableError(
            "has no year of four digits, and may mean several", "không có năm bốn chữ số nên có thể hiểu nhiều cách"
        )
    raise _UnreadableError(*_NOT_UNDERSTOOD)


def _day(text: str) -> tuple[date, date] | None:
    if spoken := _SPOKEN_DAY.fullmatch(text):
        return (date(int(spoken[3]), int(spoken[2]), int(spoken[1])),) * 2
    if day := _DAY.fullmatch(text):
        d, m, y = (day[1], day[2], day[3]) if day[1] else (day[6], day[5], day[4])
        return (date(int(y), int(m), int(d)),) * 2
    return None


def _stretch(text: str) -> tuple[date, date] | None:
    """A quarter, some months at an end of a year, a month, a year."""
    if quarter := _QUARTER.fullmatch(text):
        last_month = _ROMAN[quarter[1]] * 3
        return _months(int(quarter[2]), last_month - 2, last_month)
    if some := _MONTHS.fullmatch(text):
        count, which, year_of = int(some[1] or 6), some[2] or some[4], int(some[3] or some[5])
        return _months(year_of, 1, count) if which == "dau" else _months(year_of, 13 - count, 12)
    if month := _MONTH.fullmatch(text):
        m, y = (month[1], month[2]) if month[1] else (month[4], month[3])
        return _months(int(y), int(m), int(m))
    if year := _YEAR.fullmatch(text):
        return _months(int(year[1]), 1, 12)
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    start = date(year, first, 1)
    if not 1 <= last <= 12:
        raise ValueError(last)
    return start, date(year, last, monthrange(year, last)[1])
