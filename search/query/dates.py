"""Dates as people write them in a query: a day, a month, a quarter, a year, or a span of these.

>>> parse_dates("7/2023")
DateRange(first=datetime.date(2023, 7, 1), last=datetime.date(2023, 7, 31))
>>> parse_dates("từ 11/7/2023 đến 2024")
DateRange(first=datetime.date(2023, 7, 11), last=datetime.date(2024, 12, 31))
>>> parse_dates("quý II/2024").last
datetime.date(2024, 6, 30)
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from archive.errors import QueryError
from archive.vietnamese import match_key
from search.query.ast import DateRange

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_FORMS = "write 2023, 7/2023, 11/7/2023, 2023-07-11, quý II/2024, 2022..2024 or từ 1/2023 đến 3/2024"
_YEAR = re.compile(r"(?:năm )?(\d{4})")
_MONTH = re.compile(r"(?:tháng )?(\d{1,2})\s?(?:/|-|năm )\s?(\d{4})|(\d{4})-(\d{1,2})")
_DAY = re.compile(r"(?:ngày )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_QUARTER = re.compile(r"(?:quý|quy|q)\s?(iv|i{1,3}|[1-4])\s?[/ ]\s?(?:năm )?(\d{4})")
_SPAN = re.compile(r"(?:từ|tu|from)\s+(?P<a>.+?)\s+(?:đến|den|tới|toi|to)\s+(?P<b>.+)|(?P<c>.*?)\s*\.\.\s*(?P<d>.*)")
_FROM = re.compile(r"(?:từ|tu|from|sau|>=)\s*(.+)")
_UNTIL = re.compile(r"(?:đến|den|trước|truoc|until|<=)\s*(.+)")


def parse_dates(written: str) -> DateRange:
    """The days a date expression covers; QueryError says which forms there are."""
    text = " ".join(match_key(written).split())
    if span := _SPAN.fullmatch(text):
        first, last = span["a"] or span["c"], span["b"] or span["d"]
        found = DateRange(_single(first)[0] if first else None, _single(last)[1] if last else None)
    elif start := _FROM.fullmatch(text):
        found = DateRange(_single(start[1])[0], None)
    elif end := _UNTIL.fullmatch(text):
        found = DateRange(None, _single(end[1])[1])
    else:
        found = DateRange(*_single(text))
    if found.first and found.last and found.first > found.last:
        raise QueryError(f"date {written!r} ends before it begins: swap its two sides")
    return found


def _single(text: str) -> tuple[date, date]:
    try:
        if day := _DAY.fullmatch(text):
            d, m, y = (day[1], day[2], day[3]) if day[1] else (day[6], day[5], day[4])
            return (date(int(y), int(m), int(d)),) * 2
        if quarter := _QUARTER.fullmatch(text):
            last_month = _ROMAN[quarter[1]] * 3
            return _months(int(quarter[2]), last_month - 2, last_month)
        if month := _MONTH.fullmatch(text):
            m, y = (month[1], month[2]) if month[1] else (month[4], month[3])
            return _months(int(y), int(m), int(m))
        if year := _YEAR.fullmatch(text):
            return _months(int(year[1]), 1, 12)
    except ValueError as error:
        raise QueryError(f"date {text[:40]!r} is not in the calendar; {_FORMS}") from error
    raise QueryError(f"date {text[:40]!r} is not understood; {_FORMS}")


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    start = date(year, first, 1)
    return start, date(year, last, monthrange(year, last)[1])
