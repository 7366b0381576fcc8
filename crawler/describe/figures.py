"""Numbers that count something, with their unit and the place of their sentence.

>>> [(f.value, f.of, f.unit) for f in _read("1.759 mô hình; 16/22 xã; gần 2,5 tỷ đồng; 38,6% hộ nghèo")]
[(1759.0, None, 'mô hình'), (16.0, 22.0, 'xã'), (2.5, None, 'tỷ đồng'), (38.6, None, '%')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.records import FigureMention
from crawler.describe.localities import Place
from crawler.describe.passages import Passage

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
# Units by how they are written; the longest first. A number before anything else counts what follows it.
_UNITS = (
    "nghìn tỷ đồng|triệu đồng/m2|triệu đồng/ha|triệu đồng/người/năm|triệu đồng/người|triệu đồng|nghìn đồng|ngàn đồng|tỷ đồng|tỉ đồng|đồng/người/tháng|đồng/người/năm|đồng/người|đồng/kg|đồng/tháng|m3/giờ|đồng"
    "|m2|m²|m3|m³|km2|km|kg|ha|héc-ta|hecta|héc ta|mét vuông|mét khối|mét|tấn|tạ|sào|công đất|lít|cây số|m"
    "|ngày công|lượt người|lượt khách|lượt|mô hình, điển hình|mô hình|điển hình|hộ nghèo|hộ cận nghèo|hộ dân|hộ gia đình|hộ|người|khẩu|nhân khẩu"
    "|cá nhân|tập thể|đại biểu|đảng viên|hội viên|đoàn viên|thanh niên|phụ nữ|cán bộ|học sinh|chiến sĩ|gia đình|thành viên|ý kiến|kiến nghị|cuộc|buổi"
    "|xã, phường, thị trấn|xã, phường, đặc khu|xã, phường|xã, thị trấn|xã|phường|thị trấn|huyện|thôn|bản|ấp|khóm|buôn|khu dân cư|tổ dân vận|tổ|chi hội|chi bộ|câu lạc bộ|nhà văn hóa|căn nhà|nhà|ngôi nhà|công trình"
    "|tuyến đường|con đường|cây cầu|phòng học|trường|lớp|suất quà|suất|phần quà|phần|con|cây|giỏ|bao|chiếc|bộ|vụ việc|vụ|việc|hồ sơ|thủ tục|tiêu chí"
    "|nhóm|đội|đoàn|điểm|công ty|doanh nghiệp|hợp tác xã|mặt hàng|sản phẩm|gian hàng|tiết mục|lượt hộ|tin|bài|đơn vị|mạnh thường quân|thửa|cột điện|bóng đèn|bóng|camera"
)
_METRIC = "m2|m²|m3|m³|km2|km|kg|cm|ha|tỷ đồng|triệu đồng|đồng|m"  # these are often written without a space
_FIGURE = re.compile(
    rf"(?<![\w/.,-])(?P<value>{_NUMBER})(?:\s?/\s?(?P<of>{_NUMBER}))?(?:\s?(?P<percent>%)|\s?(?P<metric>{_METRIC})(?![\w/])|\s(?P<unit>{_UNITS})(?!\w))"
    r"(?P<what>(?:\s[^\W\d_]+){0,3})"
)
_MORE_UNIT = re.compile(r"\s([^\W\d_]+)(?=\s|[,.;:)]|$)")
_GENERAL = re.compile(rf"(?<![\w/.,-])(?P<value>{_NUMBER})(?:\s?/\s?(?P<of>{_NUMBER}))?\s(?P<unit>[^\W\d_]+)(?!\w)")
_NO_UNITS = frozenset(
    [
        "tháng",
        "năm",
        "giờ",
        "phút",
        "giây",
        "ngày",
        "tuổi",
        "và",
        "đến",
        "là",
        "có",
        "tại",
        "ở",
        "do",
        "được",
        "của",
        "cho",
        "với",
        "trong",
        "trên",
        "dưới",
        "đã",
        "về",
        "thì",
        "mà",
        "khi",
        "để",
        "tuần",
        "quý",
        "phần",
        "lần",
        "khóa",
        "nhiệm",
        "kỳ",
        "thế",
        "kỷ",
        "hôm",
        "sáng",
        "chiều",
        "tối",
        "mùa",
        "vụ",
        "thứ",
        "số",
        "điều",
        "khoản",
        "mục",
        "bí",
        "đồng",
        "chí",
        "nữ",
        "nam",
        "nghìn",
        "triệu",
        "tỷ",
        "tỉ",
        "trở",
        "này",
    ]
)
_DATE_BEFORE = re.compile(
    r"(?:ngày|tháng|năm|số|quý|khóa|điều|khoản|thứ|lần|đường|quốc lộ|tuổi|từ|hạng|nhiệm kỳ|lúc|quyết định|nghị quyết)\s$"
)


@dataclass(frozen=True)
class _Figure:
    value: float
    of: float | None
    unit: str
    what: str | None
    start: int
    end: int


def find_figures(passages: list[Passage], places: list[Place]) -> tuple[FigureMention, ...]:
    """Every figure of title and body; ages, dates, ranges and serial numbers are none."""
    found = []
    for passage in passages:
        if passage.field == "caption":
            continue
        for figure in _read(passage.key):
            found.append(
                FigureMention(
                    value=figure.value,
                    of=figure.of,
                    unit=figure.unit,
                    what=figure.what,
                    locality=_locality(passage, figure, places),
                    cited_as=passage.text[figure.start : figure.end],
                    evidence=passage.span(figure.start, figure.end),
                )
            )
    return tuple(found)


def _read(key: str) -> list[_Figure]:
    figures: list[_Figure] = []
    for match in _FIGURE.finditer(key):
        if not _is_serial(key, match):
            figures.append(
                _made(match, match["percent"] or match["metric"] or match["unit"], match["what"].strip() or None)
            )
    taken = [(figure.start, figure.end) for figure in figures]
    for match in _GENERAL.finditer(key):
        if match["unit"] in _NO_UNITS or _is_serial(key, match):
            continue
        if not any(start < match.end() and match.start() < end for start, end in taken):
            more = _MORE_UNIT.match(key, match.end())
            figures.append(_made(match, match["unit"], more[1] if more else None))
    return sorted(figures, key=lambda figure: figure.start)


def _made(match: re.Match[str], unit: str, what: str | None) -> _Figure:
    groups = match.groupdict()
    end = match.end(next(name for name in ("percent", "metric", "unit") if groups.get(name)))
    return _Figure(_value(match["value"]), _value(match["of"]) if match["of"] else None, unit, what, match.start(), end)


def _value(written: str) -> float:
    return float(written.replace(".", "").replace(",", "."))


def _is_serial(key: str, match: re.Match[str]) -> bool:
    """Dates, ages and numbers of laws; a range such as "3 đến 5 hộ" counts nothing exactly."""
    before = key[max(0, match.start() - 14) : match.start()]
    if _DATE_BEFORE.search(before) or re.search(r"\d\s?(?:đến|-|–)\s?$", before):
        return True
    return bool(re.match(r"\s?(?:-|–|đến)\s?\d", key[match.end("of" if match["of"] else "value") :]))


def _locality(passage: Passage, figure: _Figure, places: list[Place]) -> str | None:
    """The place named last before a figure in its sentence, else the first after it there."""
    start, end = passage.sentence_around(figure.start)
    inside = [place for place in places if place.passage is passage and start <= place.start < end]
    before = [place for place in inside if place.start <= figure.start]
    chosen = before[-1:] or inside[:1]
    return chosen[0].name if chosen else None
