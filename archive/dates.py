"""Dates as Vietnamese portals print them: day first, month second, local time.

>>> parse_date("Cập nhật: Thứ hai, 4/3/2024 | 2:26:47 PM").iso
'2024-03-04T14:26:47+07:00'
>>> parse_date("Ngày 10-7") is None, parse_date("31/02/2024") is None
(True, True)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from archive.records import LOCAL_ZONE, PrintedDate
from archive.vietnamese import match_key

_NUMERIC = r"(?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4})"
_WORDS = r"(?P<wd>\d{1,2})\s+tháng\s+(?P<wm>\d{1,2}),?\s+(?:năm\s+)?(?P<wy>\d{4})"
_NAMES = r"một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?:\s+(?:một|hai))?"
_NAMED = rf"(?P<nd>\d{{1,2}})\s+tháng\s+(?P<nm>{_NAMES}),?\s+(?P<ny>\d{{4}})"
_ISO = r"(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})"
_DAY = re.compile(rf"(?<![\d/.-])(?<!\d,)(?:{_ISO}|{_NUMERIC}|{_WORDS}|{_NAMED})(?!\d|[/-]\d)")
_CLOCK = re.compile(
    r"(?<![\d/.:-])(?P<h>[01]?\d|2[0-3])\s?(?::|h|giờ|g)\s?(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d))?(?:\.\d+)?"
    r"(?:\s?(?P<half>am|pm|sa|ch|sáng|chiều|tối)(?!\w))?(?P<zone>\s?(?:z|[+-]\d{2}:?\d{2})(?![\d/]))?",
)
# A letter with its marks, as texts in decomposed Unicode have them.
_LETTER = re.compile(r"[^\u0300-\u036f]?[\u0300-\u036f]*", re.DOTALL)
_WEEKDAY = re.compile(r"(?:thứ|t)\s?(hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)|chủ nhật|\bcn\b")
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5} | {str(n): n - 2 for n in range(2, 8)}
_MONTH_NAMES = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_AFTERNOON, _MORNING = ("pm", "ch", "chiều", "tối"), ("am", "sa", "sáng")
# Portals went on line in the 1990s; a decree of 1945 is no publication date.
EARLIEST_YEAR = 1995
# Later ones are of another calendar (2568) or mistyped.
LATEST_YEAR = 2100
# How far from its date a time of day may stand: "Thứ Tư, 25/05/2022 lúc 19:23 (GMT+7)".
_NEAR = 40


@dataclass(frozen=True)
class FoundDate:
    """A date in a text: what it means and where it stands."""

    moment: datetime
    has_time: bool
    start: int
    end: int
    weekday_agrees: bool | None  # None where no weekday is printed

    @property
    def iso(self) -> str:
        return self.moment.isoformat() if self.has_time else self.moment.date().isoformat()

    def printed(self, source: str, text: str) -> PrintedDate:
        """As a record, with the rule that found it and the string as it stands in `text`."""
        string = " ".join(text[self.start : self.end].split())
        precision = "minute" if self.has_time else "day"
        return PrintedDate(value=self.moment, precision=precision, source=source, printed=string)  # type: ignore[arg-type]


def parse_date(text: str) -> FoundDate | None:
    """The first date of a text that is one in the calendar, with its time of day if one stands beside it."""
    return next(iter(find_dates(text)), None)


def find_dates(text: str) -> Iterator[FoundDate]:
    """Every date of a text, in order. A weekday that contradicts day-first order makes it month-first."""
    lowered, starts = _aligned_key(text)
    previous_end = 0
    matches = list(_DAY.finditer(lowered))
    for number, match in enumerate(matches):
        following = matches[number + 1].start() if number + 1 < len(matches) else len(lowered)
        found = _found(lowered, match, previous_end, following)
        if found is not None:
            previous_end = found.end
            yield replace(found, start=starts[found.start], end=starts[found.end]) if starts else found


def parse_iso(text: str) -> FoundDate | None:
    """A machine-readable date, moved to local time; anything that is not valid ISO is None.

    >>> parse_iso("2024-07-09T18:30:00+00:00").iso, parse_iso("2024-07-10T+0711:43:00")
    ('2024-07-10T01:30:00+07:00', None)
    """
    text = text.strip()
    cleaned = re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", text.replace("Z", "+00:00"))
    try:
        moment = datetime.fromisoformat(cleaned)
    except ValueError:
        return None
    has_time = "T" in cleaned or ":" in cleaned
    if not EARLIEST_YEAR - 1 <= moment.year <= LATEST_YEAR:  # before moving it: the calendar ends with the year 9999
        return None
    moment = moment.astimezone(LOCAL_ZONE) if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    return FoundDate(moment, has_time, 0, len(text), None)


def _aligned_key(text: str) -> tuple[str, list[int]]:
    """The match key of a text, and where each of its characters begins there; nothing where they stand one for one."""
    key = match_key(text)
    if len(key) == len(text):
        return key, []
    starts: list[int] = []
    for letter in _LETTER.finditer(text):
        starts += [letter.start()] * len(match_key(letter.group()))
    if len(starts) == len(key):
        return key, [*starts, len(text)]
    return "".join(mark.lower() if len(mark.lower()) == 1 else mark for mark in text), []


def _found(text: str, match: re.Match[str], before: int, after: int) -> FoundDate | None:
    parts = _parts(match)
    if parts is None:
        return None
    weekday = _printed_weekday(text[max(before, match.start() - 30) : match.start()])
    day = _calendar_day(*parts)
    if day is None or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return None
    agrees = None if weekday is None else day.weekday() == weekday
    if agrees is False and match["sep"]:
        swapped = _calendar_day(parts[0], parts[2], parts[1])
        if swapped is not None and swapped.weekday() == weekday:
            day, agrees = swapped, True
    clock = _clock_near(text, match, before, after)
    start, end = match.start(), match.end()
    if clock is None:
        return FoundDate(datetime.combine(day, time(), LOCAL_ZONE), False, start, end, agrees)
    moment = datetime.combine(day, _time_of(clock), LOCAL_ZONE)
    if clock["zone"] and clock.start() >= match.end():
        moment = _zoned(moment, clock["zone"].strip())
    return FoundDate(moment, True, min(start, clock.start()), max(end, clock.end()), agrees)


def _parts(match: re.Match[str]) -> tuple[int, int, int] | None:
    for year, month, day in (("iy", "im", "id"), ("y", "m", "d"), ("wy", "wm", "wd")):
        if match[year]:
            return int(match[year]), int(match[month]), int(match[day])
    if match["ny"]:
        return int(match["ny"]), _MONTHS[" ".join(match["nm"].split())], int(match["nd"])
    return None


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _printed_weekday(text: str) -> int | None:
    found = None
    for found in _WEEKDAY.finditer(text):  # noqa: B007 (the last one counts)
        pass
    if found is None:
        return None
    return _WEEKDAYS[found[1]] if found[1] else 6


def _clock_near(text: str, match: re.Match[str], before: int, after: int) -> re.Match[str] | None:
    """The time beside a date: right after it, else right before it. Times of the next date are not taken."""
    tail = text[match.end() : min(after, match.end() + _NEAR)]
    if match["iy"] and tail[:1] == "t":
        return _CLOCK.match(text, match.end() + 1)
    found = _CLOCK.search(text, match.end(), match.end() + len(tail))
    if found and not re.search(r"[^\W\d]{4,}|[.;]", text[match.end() : found.start()].replace("lúc", "")):
        return found
    earlier = list(_CLOCK.finditer(text, max(before, match.start() - _NEAR), match.start()))
    if earlier and len(re.sub(r"ngày|thứ \w+|chủ nhật|[\W\d_]", "", text[earlier[-1].end() : match.start()])) < 4:
        return earlier[-1]
    return None


def _time_of(clock: re.Match[str]) -> time:
    hour, half = int(clock["h"]), clock["half"]
    if half in _AFTERNOON and hour < 12:
        hour += 12
    if half in _MORNING and hour == 12:
        hour = 0
    return time(hour, int(clock["min"]), int(clock["s"] or 0))


def _zoned(moment: datetime, zone: str) -> datetime:
    found = parse_iso(moment.strftime("%Y-%m-%dT%H:%M:%S") + ("Z" if zone == "z" else zone))
    return found.moment if found else moment
