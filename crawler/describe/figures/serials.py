"""Numbers that name or date something and count nothing: dates, laws, roads, villages, telephones, the ends of a range."""

from __future__ import annotations

import re

from archive.vietnamese import CAPITALS
from crawler.describe.figures.numbers import DIGITS

_CAPITAL_WORD = rf"[{CAPITALS}][^\W\d_]*"
# The greatest number each may have; behind "mỗi tháng" comes what is counted.
_CALENDAR = {"ngày": 31, "hôm": 31, "mùng": 10, "mồng": 10, "tháng": 12, "quý": 4}
_CALENDAR_BEFORE = re.compile(
    r"(?<!\w)(?<!mỗi )(?<!hằng )(?<!hàng )(?<!một )(?<!từng )(?<!\d )(ngày|hôm|mùng|mồng|tháng|quý)\s$"
)
_YEAR_BEFORE = re.compile(r"(?<!\w)năm\s$")
# "trong số 12 hộ" and "tổng số 12 hộ" count, "số 12" does not.
_NAMED_BEFORE = re.compile(
    r"(?<!\w)(?:(?<!trong )(?<!tổng )(?<!trên )số|khóa|điều|khoản|thứ|lần|đường|quốc lộ|tỉnh lộ|hương lộ|tuổi|hạng|nhiệm kỳ|lúc|quyết định|nghị quyết|chỉ thị|kết luận"
    r"|chương trình|nghị định|thông tư|dự án|quy định|hẻm|ngõ|ngách|kiệt|lớp|khối|vùng|khu vực|tiểu đoàn|trung đoàn|sư đoàn|lữ đoàn|quân khu|quân đoàn"
    r"|phần|trang|chương|mục|kỳ|top|km|giai đoạn|sáng|chiều|tối)\s$"
)
# Places that bear numbers, unless as many as the number: "cả thôn 52 hộ".
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?<!toàn )(?<!cả )(?<!mỗi )(?<!từng )(?<!một )(?<!\d )(?:xóm|thôn|ấp|bản|tổ|khu phố|khu|khóm|đội|làng|buôn|phường|quận|tổ dân phố|cụm|đảo|trạm)\s$"
)
_VILLAGE_BEFORE = re.compile(
    rf"(?<!\w)(?:[Xx]óm|[Tt]hôn|[Ấấ]p|[Bb]ản|[Kk]hu phố|[Kk]hu|[Kk]hóm|[Ll]àng|[Bb]uôn|[Ss]óc)(?:\s{_CAPITAL_WORD}){{1,4}}\s$"
)
_CAPITAL_BEFORE = re.compile(rf"(?<![\w])(?<![.!?…\n]\s){_CAPITAL_WORD}\s$")
_LEVEL_AND_NAME = re.compile(rf"\s(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố)\s{_CAPITAL_WORD}")
# Villages bear small numbers.
_MOST_VILLAGES = 20
_REACH = 28
_RANGE = re.compile(rf"\s?(?:-|–|đến|tới|hoặc|hay)\s?({DIGITS})(?![\w/])")
_RANGE_BEFORE = re.compile(r"\d\s?(?:đến|tới|-|–)\s?$")
_PLAIN = re.compile(r"\d{1,4}")


def range_end(key: str, end: int) -> re.Match[str] | None:
    """The upper number of a range that begins with the number that ends here: "3 đến 5 hộ"."""
    return _RANGE.match(key, end)


def is_serial(text: str, key: str, start: int, end: int, is_measure: bool) -> bool:
    """Whether a number names, dates or continues another; of a measure (`is_measure`) only the last."""
    window = key[max(0, start - _REACH) : start]
    written = key[start:end]
    if _continues(window) or (written.startswith("0") and len(written) > 2 and written.isdigit()):
        return True  # telephones: 0203 825 678
    if is_measure or not _PLAIN.fullmatch(written):
        return False
    value = int(written)
    if found := _CALENDAR_BEFORE.search(window):
        return value <= _CALENDAR[found[1]]
    if _YEAR_BEFORE.search(window):
        return 1900 <= value <= 2100
    return bool(_NAMED_BEFORE.search(window) or _PLACE_BEFORE.search(window)) or _is_of_name(text, start, end, value)


def _continues(window: str) -> bool:
    """Whether a number stands right before, or right before the dash of a range."""
    before = window.rstrip()
    if before[-1:] in ("-", "–") or before.endswith(("đến", "tới")):
        return _RANGE_BEFORE.search(window) is not None
    return before[-1:].isdigit()


def follows_name(text: str, start: int) -> bool:
    """Whether a capitalised word, not the first of its sentence, stands right before: "Quận 8", "xóm Sen 2"."""
    return start > 0 and bool(_CAPITAL_BEFORE.search(text, max(0, start - _REACH), start))


def _is_of_name(text: str, start: int, end: int, value: int) -> bool:
    """ "thôn Bạc Rây 2 hiến đất", "Tân Hòa 2 xã Tân Phú": the number is the end of a name."""
    if value > _MOST_VILLAGES or not follows_name(text, start):
        return False
    return bool(_VILLAGE_BEFORE.search(text, max(0, start - 40), start) or _LEVEL_AND_NAME.match(text, end))
