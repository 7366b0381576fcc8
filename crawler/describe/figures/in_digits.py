"""Figures written in digits: money, measures, counted things, shares, spans of time.

>>> body = "1.759 mô hình; 16/22 xã; gần 1 tỷ 200 triệu đồng; 38,6% hộ nghèo; ngày 12"
>>> [(f.value, f.of, f.unit) for f in figures_in_digits(body, body)]
[(1759.0, None, 'mô hình'), (16.0, 22.0, 'xã'), (1.2, None, 'tỷ đồng'), (38.6, None, '%')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.describe.figures.counted_things import FUNCTION_WORDS, counted_thing, is_verb
from crawler.describe.figures.numbers import DIGITS, SCALES, read_digits
from crawler.describe.figures.serials import follows_name, is_serial, range_end
from crawler.describe.figures.units import Figure, UnitAt, money_at, unit_at, words_at

_NUMBER = re.compile(rf"(?<![\w/.,–-]){DIGITS}")
_OF = re.compile(rf"\s?/\s?({DIGITS})(?![/\d])")
_OUT_OF = re.compile(rf"\s(?:trong|trên)\s(?:tổng\s)?(?:số\s)?({DIGITS})(?=\s)")
_DAY_BEFORE = re.compile(r"(?:ngày|sáng|chiều|tối|trưa|đêm|hôm|từ|đến|dịp|lễ|trước|sau)\s$")
_SCALED = re.compile(r"\s(nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?:\s(\d{1,3})(?:\s(nghìn|ngàn))?)?(?=\s)")
# A span of time is a figure where something took, lasted or was saved that long.
_LASTED = re.compile(
    r"(?<!\w)(?:trong|sớm|sớm hơn|muộn|chậm|kéo dài|suốt|rút ngắn|giảm|qua|chặng đường|hoạt động|tổ chức|họp dân|mỗi(?:\s[^\W\d_]+){2,4})\s$"
)
_SPAN = re.compile(r"\s(ngày|tháng|năm|phút|giờ|lần|tuần)(?!\w|\s(?:\d|đầu|cuối|nay|qua|tới|năm|tuổi|trở))")
# What no number counts as a thing, beside words that only join.
_UNCOUNTED = (
    "giờ phút giây tuổi tuần quý phần khóa nhiệm kỳ thế kỷ sáng chiều tối mùa thứ số khoản mục bí chí nữ nam nghìn ngàn triệu tỷ tỉ"
    " vạn bên sao cấp bào đồng bậc hạng đầu cuối phía hướng mặt"
)
_NO_UNITS = frozenset(_UNCOUNTED.split())
# Behind these stands the thing itself: "200 cuốn sách"; other things are named by two words: "185 di tích".
_SINGLE = "trái quả bình cặp đôi đàn nồi xe máy bè vại gói hũ mảnh hạt gánh phiếu lá ngọn chai lọ hộp ly"
_CLASSIFIERS = frozenset(_SINGLE.split())


def figures_in_digits(text: str, key: str) -> Iterator[Figure]:
    """Figures in order, none within another; `key` is the text's match key, of the same length."""
    position = 0
    while number := _NUMBER.search(key, position):
        position = number.end()
        if upper := range_end(key, position):
            position = upper.end()
            figure = _money(text, key, upper.start(1), upper[1])  # of a range of money, the end with the unit
        else:
            figure = _figure(text, key, number.start(), number.group())
        if figure is not None:
            yield figure
            position = max(position, figure.end)


def _figure(text: str, key: str, start: int, written: str) -> Figure | None:
    """The figure a number begins, by the most telling form first."""
    end = start + len(written)
    if (
        key[end : end + 2].strip()[:1] in ("/", "t")
        and "," not in written
        and (share := _share(text, key, start, written))
    ):
        return share
    if unit := money_at(key, end) or _scaled(key, end) or unit_at(key, end):
        is_measure = unit.kind != "counted" and unit.name != "đồng"
        if is_serial(text, key, start, end, is_measure):
            return None
        value = read_digits(written, counts_ones=unit.counts_ones)
        return None if value is None else _made(text, key, start, value, None, unit)
    return _lasted(key, start, written) or _unlisted(text, key, start, written)


def _money(text: str, key: str, start: int, written: str) -> Figure | None:
    unit = money_at(key, start + len(written))
    value = read_digits(written, counts_ones=unit.counts_ones) if unit else None
    return None if unit is None or value is None else _made(text, key, start, value, None, unit)


def _share(text: str, key: str, start: int, written: str) -> Figure | None:
    """A number of a greater one: "16/22 xã", "64 trong tổng số 71 hộ"."""
    end = start + len(written)
    found = _OF.match(key, end) or _OUT_OF.match(key, end)
    if found is None:
        return None
    value, of = read_digits(written, counts_ones=True), read_digits(found[1], counts_ones=True)
    if value is None or of is None or value > of or _DAY_BEFORE.search(key, max(0, start - 8), start):
        return None
    unit = unit_at(key, found.end()) or _word_unit(text, key, found.end())
    if unit is None or is_serial(text, key, start, end, False):
        return None
    return _made(text, key, start, value, of, unit)


def _scaled(key: str, end: int) -> UnitAt | None:
    """A scale that belongs to the number, where money keeps its own: "1,2 triệu m3", "1 nghìn 200 hộ"."""
    scale = _SCALED.match(key, end)
    unit = unit_at(key, scale.end()) if scale else None
    if scale is None or unit is None or unit.name.startswith(("%", "‰")):
        return None
    added = float(scale[2] or 0) * SCALES.get(scale[3] or "", 1)
    return UnitAt(unit.name, unit.end, unit.kind, counts_ones=False, factor=SCALES[scale[1]], added=added)


def _lasted(key: str, start: int, written: str) -> Figure | None:
    span = _SPAN.match(key, start + len(written))
    value = read_digits(written)
    if span is None or value is None or not _LASTED.search(key, max(0, start - 40), start):
        return None
    return Figure(value, None, span[1], None, start, span.end())


def _unlisted(text: str, key: str, start: int, written: str) -> Figure | None:
    """A whole number before any other word counts what the word names."""
    end = start + len(written)
    value = read_digits(written, counts_ones=True)
    unit = _word_unit(text, key, end)
    if unit is None or value is None or value % 1 or follows_name(text, start):
        return None
    return None if is_serial(text, key, start, end, False) else _made(text, key, start, value, None, unit)


def _word_unit(text: str, key: str, position: int) -> UnitAt | None:
    """The word that no dictionary has as a unit, with the next one where a name of two words is likely."""
    words = words_at(key, position)
    if words is None or words.start(1) == position or not _may_count(text, key, words, 1):
        return None
    if words[1] in _CLASSIFIERS or words[2] is None or not _may_count(text, key, words, 2):
        return UnitAt(words[1], words.end(1), "counted")
    return UnitAt(f"{words[1]} {words[2]}", words.end(2), "counted")


def _may_count(text: str, key: str, words: re.Match[str], number: int) -> bool:
    name, start = words[number], words.start(number)
    is_named = text[start].isupper() and not text[start : words.end(number)].isupper()
    return name.isalpha() and not (is_named or name in FUNCTION_WORDS or name in _NO_UNITS or is_verb(key, start, name))


def _made(text: str, key: str, start: int, value: float, of: float | None, unit: UnitAt) -> Figure:
    what = counted_thing(text, key, unit.end, unit.kind == "counted")
    # Decimal parts are told to the digit, sums of floats are not.
    return Figure(round(value * unit.factor + unit.added, 9), of, unit.name, what, start, unit.end)
