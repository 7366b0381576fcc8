"""Figures told in words, where a unit stands right behind the number.

>>> body = "Xã có hai mươi ba mô hình, góp một trăm hai mươi triệu đồng trong hai mươi năm, anh Bảy góp ba công."
>>> [(f.value, f.unit) for f in figures_in_words(body, body.lower())]
[(23.0, 'mô hình'), (120.0, 'triệu đồng')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.describe.figures.counted_things import counted_thing
from crawler.describe.figures.numbers import NUMBER_WORDS, SCALES, read_words
from crawler.describe.figures.units import TOLD_IN_WORDS, Figure, UnitAt, money_at, unit_at

_FIRST = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|trăm|nghìn|ngàn|triệu|vạn"
_RUN = re.compile(rf"(?<![\w-])(?:{_FIRST})(?:\s(?:{'|'.join(sorted(NUMBER_WORDS))}))*(?![\w-])")
# Behind these a number orders, guesses or dates: "thứ hai", "hàng trăm hộ", "tháng tư", "một phần ba".
_NO_COUNT_BEFORE = re.compile(
    r"(?:(?<!\w)(?:thứ|tháng|ngày|lần|mùng|mồng|quý|năm|hàng|hằng|vài|mấy|nhiều|cả|chừng|mươi|dăm|lớp|tổ|số|hạng|loại|cấp|khóa|phần"
    r"|tầng|quận|phường|xóm|thôn|ấp|khu|đội|cô|chú|bác|cậu|dì|ông|bà|anh|chị|em|đến|tới|\d[\d.,]*)\s"
    r"|(?<!\w)(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười),\s)$"
)
_GUESS_BEHIND = re.compile(r"(?:,\s(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|\s(?:đến|tới|hoặc|hay)\s[^\W_]+)(?!\w)")
# "năm" is a year unless something is done with five of a thing: "có năm mô hình", but "trong năm mô hình …".
_FIVE_BEFORE = re.compile(
    r"(?<!\w)(?:có|gồm|với|thêm|gần|khoảng|được|xây|dựng|trao|tặng|giúp|lập|làm|mở|sửa|cho|của)\s$"
)
# Ten and less are talk rather than counts ("hai bên", "ba người"), except of the things people report.
_FEW = 10
_MONEY_SCALES = ("tỷ", "tỉ", "triệu", "nghìn", "ngàn")


def figures_in_words(text: str, key: str) -> Iterator[Figure]:
    """Figures in order; `key` is the text's match key, of the same length."""
    for run in _RUN.finditer(key):
        start, end = run.span()
        if _may_count(text, key, start, run.group()):
            figure = _figure(text, key, start, end)
            if figure is not None:
                yield figure


def _figure(text: str, key: str, start: int, end: int) -> Figure | None:
    """The number of a run with its unit; its last word may begin the unit ("ba linh mục")."""
    value = read_words(key[start:end])
    if value is None:
        end = key.rfind(" ", start, end)
        value = read_words(key[start:end]) if end > start else None
    if value is None or value < 2 or _GUESS_BEHIND.match(key, end):
        return None
    unit = money_at(key, end) or unit_at(key, end)
    if (
        unit is None
        or unit.name.startswith("%")
        or text[unit.end - 1 : unit.end].isupper() != text[start:end].isupper()
    ):
        return None
    return _counted(text, key, start, end, value, unit)


def _counted(text: str, key: str, start: int, end: int, value: int, unit: UnitAt) -> Figure | None:
    what = counted_thing(text, key, unit.end, unit.kind == "counted")
    if unit.kind == "money":
        scale = next((word for word in _MONEY_SCALES if word in key[start:end].split()), None)
        if scale is None or unit.name != "đồng":
            return Figure(float(value), None, unit.name, what, start, unit.end)
        return Figure(round(value / SCALES[scale], 9), None, f"{scale} đồng", what, start, unit.end)
    if value <= _FEW and unit.name not in TOLD_IN_WORDS:
        return None
    if _capital_unit(text, unit, end):
        return None
    return Figure(float(value), None, unit.name, what, start, unit.end)


def _capital_unit(text: str, unit: UnitAt, end: int) -> bool:
    """Whether the unit is part of a name: "Ba Tổ"."""
    return text[end : end + 2].strip()[:1].isupper() and not text[end : unit.end].isupper()


def _may_count(text: str, key: str, start: int, words: str) -> bool:
    """Whether a number may begin here: no part of a name, no order, no guess."""
    if _NO_COUNT_BEFORE.search(key, max(0, start - 12), start):
        return False
    if words == "năm" and not _FIVE_BEFORE.search(key, max(0, start - 10), start):
        return False
    return not text[start].isupper() or _begins_sentence(text, start)


def _begins_sentence(text: str, start: int) -> bool:
    """Whether a capital here is only that of a first word."""
    before = text[max(0, start - 2) : start].rstrip(" ")
    return not before or before[-1] in '.!?…\n:“"-–'
