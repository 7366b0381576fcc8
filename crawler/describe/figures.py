"""Numbers that count something, with their unit and the place of their sentence.

>>> [(f.value, f.of, f.unit) for f in _read("1.759 mô hình; 16/22 xã; gần 2,5 tỷ đồng; 38,6% hộ nghèo")]
[(1759.0, None, 'mô hình'), (16.0, 22.0, 'xã'), (2.5, None, 'tỷ đồng'), (38.6, None, '%')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.records import FigureMention
from crawler.describe.passages import Passage
from crawler.describe.places import Place, PlaceIndex

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
    r"(?:ngày|tháng|năm|(?<!trong )(?<!tổng )số|quý|khóa|điều|khoản|thứ|lần|đường|quốc lộ|tuổi|hạng|nhiệm kỳ|lúc|quyết định|nghị quyết)\s$"
)
# "1,2 triệu m3" counts cubic metres; money keeps its word, as people write it.
_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9}
_SCALED = re.compile(
    rf"(?<![\w/.,-])(?P<value>{_NUMBER})\s(?P<scale>nghìn|ngàn|vạn|triệu|tỷ)\s(?P<unit>(?!đồng|usd|tỷ)(?:{_UNITS}))(?!\w)"
)
_OUT_OF = re.compile(
    rf"(?<![\w/.,-])(?P<value>{_NUMBER})\s(?:trong|trên)\s(?:tổng\s)?(?:số\s)?(?P<of>{_NUMBER})\s(?P<unit>{_UNITS})(?!\w)"
)
# A span of time is a figure where something took, lasted or was saved that long.
_DURATION = re.compile(
    rf"(?<!\w)(?:trong|sớm|sớm hơn|muộn|chậm|kéo dài|suốt|rút ngắn|giảm|qua|sau gần|sau hơn|chặng đường|hoạt động|tổ chức|họp dân)\s"
    rf"(?P<value>{_NUMBER})\s(?P<unit>ngày|tháng|năm|phút|giờ|lần|tuần)(?!\w|\s\d)"
)
_WHOLE = re.compile(r"(?<!\w)toàn (tỉnh|huyện|xã)(?!\w)")
_WHOLE_REACH = 200  # how far "toàn huyện" may stand before its figure
_LEVELS = {"tỉnh": "province", "huyện": "district", "xã": "commune"}
_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}  # "năm" is also year
_IN_WORDS = re.compile(
    rf"(?<!\w)(?<!thứ )(?<!tháng )(?<!mươi )(?P<value>{'|'.join(_WORDS)})\s(?P<unit>mô hình|hộ dân|hộ nghèo|công trình|tuyến đường|cây cầu|căn nhà|ngôi nhà|câu lạc bộ|tổ dân vận|nhà văn hóa)(?!\w)"
)


@dataclass(frozen=True)
class _Figure:
    value: float
    of: float | None
    unit: str
    what: str | None
    start: int
    end: int


def find_figures(passages: list[Passage], places: list[Place], primary: str | None) -> tuple[FigureMention, ...]:
    """Every figure of title and body; ages, dates, ranges and serial numbers are none."""
    meant = PlaceIndex(place for place in places if not place.is_organ and not place.is_former)
    return tuple(
        FigureMention(
            value=figure.value,
            of=figure.of,
            unit=figure.unit,
            what=figure.what,
            locality=_locality(passage, figure, meant) or primary,
            cited_as=passage.text[figure.start : figure.end],
            evidence=passage.span(figure.start, figure.end),
        )
        for passage in passages
        if passage.field != "caption"
        for figure in _read(passage.key)
    )


def _read(key: str) -> list[_Figure]:
    """Figures by the most telling form first; what one form took is left to no other."""
    figures: list[_Figure] = []
    taken = bytearray(len(key))
    for found in _candidates(key):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            figures.append(found)
    return sorted(figures, key=lambda figure: figure.start)


def _candidates(key: str) -> Iterator[_Figure]:
    for match in _OUT_OF.finditer(key):
        yield _made(match, match["unit"], None)
    for match in _SCALED.finditer(key):
        yield _made(match, match["unit"], None, _SCALES[match["scale"]])
    for match in _FIGURE.finditer(key):
        if not _is_serial(key, match):
            yield _made(match, match["percent"] or match["metric"] or match["unit"], match["what"].strip() or None)
    for match in _DURATION.finditer(key):
        yield _made(match, match["unit"], None)
    for match in _IN_WORDS.finditer(key):
        yield _Figure(_WORDS[match["value"]], None, match["unit"], None, match.start(), match.end())
    for match in _GENERAL.finditer(key):
        if match["unit"] not in _NO_UNITS and not _is_serial(key, match):
            more = _MORE_UNIT.match(key, match.end())
            yield _made(match, match["unit"], more[1] if more else None)


def _made(match: re.Match[str], unit: str, what: str | None, scale: float = 1.0) -> _Figure:
    groups = match.groupdict()
    end = match.end(next(name for name in ("percent", "metric", "unit") if groups.get(name)))
    of = groups.get("of")
    return _Figure(_value(groups["value"]) * scale, _value(of) if of else None, unit, what, match.start("value"), end)


def _value(written: str) -> float:
    return float(written.replace(".", "").replace(",", "."))


def _is_serial(key: str, match: re.Match[str]) -> bool:
    """Dates, ages and numbers of laws; a range such as "3 đến 5 hộ" counts nothing exactly."""
    before = key[max(0, match.start() - 14) : match.start()]
    if _DATE_BEFORE.search(before) or re.search(r"\d\s?(?:đến|-|–)\s?$", before):
        return True
    return bool(re.match(r"\s?(?:-|–|đến)\s?\d", key[match.end("of" if match["of"] else "value") :]))


def _locality(passage: Passage, figure: _Figure, places: PlaceIndex) -> str | None:
    """The place named last before a figure in its sentence, else first after it there, else last in its paragraph."""
    start, end = passage.sentence_around(figure.start)
    inside = places.within(passage, start, end)
    before = [place for place in inside if place.start <= figure.start]
    before = [place for place in before if passage.text[place.start - 1 : place.start] != "("] or before  # its parent
    if chosen := before[-1:] or inside[:1]:
        return chosen[0].name
    whole = _WHOLE.search(passage.key, max(start, figure.start - _WHOLE_REACH), figure.start)
    earlier = places.within(passage, passage.text.rfind("\n", 0, start) + 1, start)
    earlier = [place for place in earlier if whole is None or place.unit.level == _LEVELS[whole[1]]]
    return earlier[-1].name if earlier else None
