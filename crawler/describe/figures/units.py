"""The units of figures: what stands behind a number, as words of one dictionary, joined and divided as people write.

>>> key = "212 cán bộ, công chức giúp dân; 1,8 triệu đồng/kg"
>>> [unit_at(key, 3).name, unit_at(key, 35)]
['cán bộ, công chức', None]
>>> money_at(key, 35).name
'triệu đồng/kg'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import prod
from typing import Literal

from crawler.describe.figures.numbers import DIGITS, SCALES, read_digits

# Told in parts too, so that a comma before three digits is a decimal comma: 12,500 ha.
_PARTED = (
    "%|km|km2|km²|kg|cm|mm|ha|héc-ta|héc ta|hecta|tấn|tạ|yến|lít|sào|mẫu|mét|m|cây số|ki-lô-mét|ki lô mét|m3|m³|mét khối|kw|mw"
    "|phần trăm|công đất"
)
_DIVISIBLE = frozenset(_PARTED.split("|"))
_MEASURES = _DIVISIBLE | {"m2", "m²", "mét vuông"}  # areas are told in ones: 12,500 m2
# Written against their number as well: 85m, 1,8ha, 2.350m2.
_ATTACHED = frozenset(["m2", "m²", "m3", "m³", "km2", "km²", "km", "kg", "cm", "mm", "ha", "m", "tấn", "tạ"])

# Of one class: only these are joined by a comma to one unit ("cán bộ, công chức", "xã, thị trấn"); a list of
# other things goes on with the next thing. Callings are joined to none: "công nhân, sinh viên" are two groups.
_PEOPLE = (
    "cán bộ|công chức|viên chức|chiến sĩ|chiến sỹ|đảng viên|hội viên|đoàn viên|thanh niên|thiếu niên|thiếu nhi|phụ nữ|quần chúng"
    "|người lao động|đại biểu|giáo dân|tín đồ|chức sắc|chức việc|sĩ quan|tập thể|cá nhân|gia đình|thân nhân|dân quân|tăng ni|phật tử"
    "|cộng tác viên|tuyên truyền viên|tình nguyện viên|già làng|trưởng bản|trưởng thôn|người có uy tín"
)
_CALLINGS = (
    "người|khẩu|nhân khẩu|học sinh|sinh viên|giáo viên|công nhân|nhân viên|lao động|bác sĩ|y sĩ|nghệ nhân|diễn viên|vận động viên|cử tri"
    "|thành viên|xã viên|học viên|đồng chí|em|cháu|chị|anh|cụ|bà|trẻ|trẻ em|người dân|mạnh thường quân"
    "|cựu chiến binh|chủ trọ|đối tượng|cộng đoàn|nhà hảo tâm"
)
_HOUSEHOLDS = "hộ|hộ dân|hộ gia đình|hộ nghèo|hộ cận nghèo|hộ kinh doanh|lượt hộ|gia đình chính sách|cơ sở|tiểu thương"
_PLACES = (
    "xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|thôn|bản|ấp|khóm|buôn|làng|xóm|sóc|phum|bon|plei|khu dân cư|khu phố"
    "|tổ dân phố|tiểu khu|khu|điểm dân cư|xứ|họ đạo|giáo xứ|giáo họ|xứ đạo"
)
_BODIES = (
    "cơ quan|đơn vị|doanh nghiệp|tổ chức|trường|trường học|phòng|ban|ngành|sở|đoàn thể|hợp tác xã|tổ hợp tác|công ty|nhà máy|chi hội"
    "|chi bộ|chi đoàn|đảng bộ|tổ chức cơ sở đảng|câu lạc bộ|tổ|nhóm|đội|đoàn|cụm|tổ dân vận|tổ liên gia|tổ tự quản|ban dân vận"
    "|khối dân vận|địa phương|cơ sở đảng|trạm y tế|bệnh viện|trang trại"
)
_WORKS = (
    "mô hình|điển hình|công trình|phần việc|sáng kiến|dự án|đề tài|cách làm|chuyên đề|việc làm|chỉ tiêu|tiêu chí|nội dung|nhiệm vụ"
    "|giải pháp|tuyến đường|con đường|cây cầu|phòng học|phòng ở|căn nhà|ngôi nhà|nhà|nhà văn hóa|nhà đại đoàn kết|nhà tình nghĩa|nhà vệ sinh"
    "|chương trình"
)
_MEETINGS = "cuộc|cuộc họp|buổi|hội nghị|hội thảo|phiên|lớp|đợt|lượt|lượt người|lượt khách|chuyến|trận|cuộc thi|hội thi|suất diễn"
_VOICES = (
    "ý kiến|kiến nghị|đề xuất|câu hỏi|đơn|đơn thư|hồ sơ|thủ tục|vụ|việc|vụ việc|tin|bài|tin bài|văn bản|nghị quyết|điều"
)
_GIFTS = "suất quà|suất|phần quà|phần|thẻ|thẻ bảo hiểm y tế|sổ|túi|thùng|bao|giỏ|bộ|chiếc|cái|con|cây|gốc|bụi|cuốn|quyển|tấm|nắp|bảng"
_OTHERS = (
    "ngày công|ngày làm việc|kỳ thủ|cột điện|bóng đèn|bóng|camera|thửa|thửa đất|gian hàng|mặt hàng|sản phẩm|tiết mục|điểm|homestay|cột mốc|mốc|mã số"
    "|tem|mâm|đám|chốt|khẩu súng|bao tải|hẻm|con hẻm|cuộc đối thoại|máy bơm|trạm bơm|di tích|mái che|bảng hiệu|mảnh vườn|ghế đá"
    "|tuyến|tuyến kênh|chậu|bồn|viên|đoạn|lồng|liều|rọ thép|thành tích|giải|huy chương|bằng khen|giấy khen|loài|giống|vườn|ao"
)
_CLASSES = [
    frozenset(words.split("|"))
    for words in (_PEOPLE, _HOUSEHOLDS, _PLACES, _BODIES, _WORKS, _MEETINGS, _VOICES, _GIFTS)
]
_COUNTED = frozenset().union(*_CLASSES, _CALLINGS.split("|"), _OTHERS.split("|"))
# Half words, written for two: "thanh, thiếu niên".
_HALVES = {"thanh": ("thiếu niên", "thiếu nhi")}
# Few enough to be told in words, and worth a line of their own even so.
_REPORTED = "mô hình|hộ dân|hộ nghèo|công trình|tuyến đường|cây cầu|căn nhà|ngôi nhà|câu lạc bộ|tổ dân vận|nhà văn hóa"
TOLD_IN_WORDS = frozenset(_REPORTED.split("|"))
# Other words that begin like a second thing: "15 tổ, đội ngũ cán bộ".
_OTHER_WORDS = re.compile(
    r"(?:đội ngũ|phòng (?:chống|ngừa|tránh)|cơ sở (?:hạ|vật)|ban hành|bà con|anh em|việc|điều)(?!\w)"
)
_PERCENT = re.compile(r"\s?([%‰])")
_WORD = r"([^\W_]+(?:-[^\W\d_]+)?)"
_WORDS = re.compile(rf"[^\S\n]?{_WORD}(?:[^\S\n]{_WORD}(?:[^\S\n]{_WORD}(?:[^\S\n]{_WORD})?)?)?")
_JOIN = re.compile(r",\s|\svà\s")
_PER = re.compile(
    r"\s?/\s?(ngày công|cây số|mô hình|công trình|nhân khẩu|hộ dân|hộ gia đình|người dân|học sinh|suất quà|phần quà|căn nhà"
    r"|ngôi nhà|[^\W\d_]+[23²³]?)(?!\w)"
)
_CURRENCY = r"(?:đồng(?!\s(?:bào|chí|hương|đội|nghiệp|loạt|thời|ý|ruộng|thuận|hành|lòng|tình|bộ|bằng|nai|tháp)(?!\w))|usd|đô la|euro)"
_SCALE = r"(?:(?:nghìn|ngàn|trăm)\s(?=tỷ|tỉ))?(?:tỷ|tỉ|triệu|nghìn|ngàn|vạn)"
_MONEY = re.compile(
    rf"\s?(?P<scale>{_SCALE})(?P<more>(?:\s{DIGITS}\s(?:tỷ|tỉ|triệu|nghìn|ngàn)){{0,3}})\s(?P<currency>{_CURRENCY})(?!\w)"
    rf"|\s?(?P<plain>{_CURRENCY}|vnđ|vnd|đ(?!/c))(?!\w)"
)
_CURRENCIES = {"vnđ": "đồng", "vnd": "đồng", "đ": "đồng", "usd": "USD"}
_MORE = re.compile(rf"({DIGITS})\s(tỷ|tỉ|triệu|nghìn|ngàn)")


@dataclass(frozen=True)
class Figure:
    """A number with its unit, and where it stands."""

    value: float
    of: float | None
    unit: str
    what: str | None
    start: int
    end: int


@dataclass(frozen=True)
class UnitAt:
    """A unit that stands behind a number, and how it scales it."""

    name: str
    end: int
    kind: Literal["money", "measure", "counted"]
    counts_ones: bool = True  # no part of one is told
    factor: float = 1.0  # "1,2 triệu m3": what the number is multiplied by
    added: float = 0.0  # "1 tỷ 200 triệu đồng": what to add, in the unit


def unit_at(key: str, position: int) -> UnitAt | None:
    """The measure or counted thing right behind a number; the longest one the dictionary has."""
    if percent := _PERCENT.match(key, position):
        return _divided(key, UnitAt(percent[1], percent.end(), "measure", counts_ones=False))
    words = words_at(key, position)
    if words is None:
        return None
    start, is_attached = words.start(1), words.start(1) == position
    for count in range(1 if is_attached else words.lastindex or 1, 0, -1):
        end = words.end(count)
        name = key[start:end]
        if name in _MEASURES and (not is_attached or name in _ATTACHED):
            return _divided(key, UnitAt(name, end, "measure", counts_ones=name not in _DIVISIBLE))
        if is_attached:
            return None
        if name in _COUNTED:
            return _divided(key, _joined(key, name, end))
        if name in _HALVES:
            joined = _joined(key, name, end)
            return joined if joined.name != name else None
    return None


def money_at(key: str, position: int) -> UnitAt | None:
    """The money right behind a number, in the greatest scale it is told in."""
    found = _MONEY.match(key, position)
    if found is None:
        return None
    if found["plain"]:
        name = _CURRENCIES.get(found["plain"], found["plain"])
        return _divided(key, UnitAt(name, found.end(), "money"))
    scale = prod(SCALES[word] for word in found["scale"].split())
    added = sum((read_digits(more[1]) or 0) * SCALES[more[2]] for more in _MORE.finditer(found["more"]))
    name = f"{found['scale']} {_CURRENCIES.get(found['currency'], found['currency'])}"
    return _divided(key, UnitAt(name, found.end(), "money", counts_ones=False, added=added / scale))


def words_at(key: str, position: int) -> re.Match[str] | None:
    """Up to four words from a position on, as groups, one space before each; the first may stand right there."""
    return _WORDS.match(key, position)


def _joined(key: str, name: str, end: int) -> UnitAt:
    """A counted thing with those of its class that a comma joins to it: "cơ quan, đơn vị"."""
    start, seconds = end, 0
    classes = [members for members in _CLASSES if name in members]
    while joint := _JOIN.match(key, end):
        if "và" in joint.group() and not seconds:
            break
        second = _member(key, joint.end(), classes, _HALVES.get(name, ()))
        if second is None or name.endswith(key[joint.end() : second]):
            break
        end, seconds = second, seconds + 1
    return UnitAt(name + key[start:end], end, "counted")


def _member(key: str, position: int, classes: list[frozenset[str]], halves: tuple[str, ...]) -> int | None:
    """Where a word of one of the classes ends that begins here."""
    words = None if _OTHER_WORDS.match(key, position) else words_at(key, position)
    if words is None:
        return None
    for count in range(words.lastindex or 1, 0, -1):
        name = key[position : words.end(count)]
        if name in halves or any(name in members for members in classes):
            return words.end(count)
    return None


def _divided(key: str, unit: UnitAt) -> UnitAt:
    """A unit with what it is told of, once or twice: "triệu đồng/người/năm", "tấn/ha"."""
    name, end = unit.name, unit.end
    for _ in range(2):
        if not (per := _PER.match(key, end)):
            break
        name, end = f"{name}/{per[1]}", per.end()
    return unit if end == unit.end else replace(unit, name=name, end=end)
