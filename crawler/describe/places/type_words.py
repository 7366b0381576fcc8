"""Words that tell what a name is, in front of it and behind it: "các huyện: X", "Huyện ủy X", "xã X cũ", "sáp nhập xã X".

>>> type_before("các xã vùng cao: dương hưu", 17).types, type_before("chị dương hưu", 4).types
(('xã',), ())
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.records import Level

_COMMUNE, _DISTRICT = ("xã", "phường", "thị trấn", "đặc khu"), ("huyện", "quận", "thị xã", "thành phố")
# Type words and the types they announce.
_TYPES: dict[str, tuple[str, ...]] = {
    "tỉnh": ("tỉnh",), "thành phố": ("thành phố",), "tp": ("thành phố",), "tp.": ("thành phố",),
    "huyện": ("huyện",), "quận": ("quận",), "thị xã": ("thị xã",), "tx": ("thị xã",), "tx.": ("thị xã",),
    "q.": ("quận",), "h.": ("huyện",), "xã": ("xã",), "phường": ("phường",), "thị trấn": ("thị trấn",),
    "tt.": ("thị trấn",), "p.": ("phường",), "x.": ("xã",), "đặc khu": ("đặc khu",), "tỉnh ủy": ("tỉnh",),
    "thành ủy": ("thành phố",), "huyện ủy": ("huyện",), "quận ủy": ("quận",), "thị ủy": ("thị xã",),
    "tỉnh đoàn": ("tỉnh",), "huyện đoàn": ("huyện",), "thành đoàn": ("thành phố",), "tỉnh thành": ("tỉnh", "thành phố"),
}  # fmt: skip
LEVELS: dict[str, Level] = {"tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district"}
LEVELS |= dict.fromkeys(_COMMUNE, "commune")
_ADJECTIVES = (
    "miền núi", "vùng cao", "biên giới", "vùng sâu", "nghèo", "ven biển", "trung du", "đồng bằng", "cửa ngõ",
    "thuần nông", "anh hùng", "vùng biên", "đảo", "mới", "vùng lũ", "vùng ven", "ngoại thành", "nông thôn mới",
    "điểm", "trọng điểm", "bãi ngang", "vùng quê", "miền tây", "cũ", "ta", "bạn", "lân cận", "khác", "liền kề",
    "giáp ranh", "còn lại", "phía bắc", "phía nam", "phía đông", "phía tây", "vùng dân tộc", "đặc biệt khó khăn",
    "vùng xa", "hải đảo", "vùng đệm", "mang tên", "khó khăn", "kết nghĩa",
)  # fmt: skip
_OPENINGS = ("trong đó có", "gồm có", "bao gồm", "gồm", "như", "là", "đó là")
_WORDS = "|".join(sorted(map(re.escape, _TYPES), key=len, reverse=True))
_TYPED = re.compile(
    rf"(?<!\w)(?P<more>(?:(?:{'|'.join((*_COMMUNE, *_DISTRICT, 'tỉnh'))})\s?(?:,|và|/)\s?){{0,3}})(?P<word>{_WORDS})"
    rf"(?P<adjectives>(?:\s(?:{'|'.join(_ADJECTIVES)})){{0,2}})(?:(?<=các [a-zà-ỹđ]{{2}})(?:\s[a-zà-ỹđ]+){{1,4}}(?=\slà)|(?:))(?:,?\s(?:{'|'.join(_OPENINGS)}))?(?:\s*:)?\s*[“\"]?$"
)
# Whether a type word can stand at all before a name is told by the last word before it: most names have another.
_LAST_WORDS = frozenset(phrase.split()[-1] for phrase in (*_TYPES, *_ADJECTIVES, *_OPENINGS))
_LAST_WORD = re.compile(r"([\w.]+)(?:\s*:)?\s*[“\"]?$")
# How far a type word may stand before its name.
_REACH = 64
# Type words of two syllables with the blank behind them: no name begins inside one ("thị trấn Yên Thế" is no Trấn Yên),
# but "siêu thị Trấn Yên" has none.
_TYPE_GAPS = re.compile(r"(?<!đô )(?:thành phố|thị trấn|thị xã|đặc khu|khu phố|dân phố) ")
_FORMER_AFTER = re.compile(r"\s*\(?(?:cũ|trước đây|trước ngày|trước sáp nhập|trước khi sáp nhập)(?!\w)")
_FORMER_BEFORE = re.compile(r"(?:trước đây là|trước là|tiền thân là|vốn là)\s$")
_FORMER_REACH = 16
_UNIT_WORD = re.compile(
    rf"(?:(?:các|những|hai|ba|bốn|năm|sáu|bảy|\d{{1,2}})\s)?(?:{'|'.join((*_COMMUNE, *_DISTRICT))})\s"
)
_MERGER = re.compile(
    r"(?<!\w)(?:sáp nhập|hợp nhất|trên cơ sở|(?:hình thành|thành lập) từ)"
    r"(?:,?\s(?:từ|của|toàn bộ|nguyên trạng|diện tích|tự nhiên|quy mô|dân số|và|một phần|phần còn lại|đơn vị|hành chính"
    r"|cấp xã|việc|sự|sáp nhập|hợp nhất|nhập|sắp xếp|cơ sở)){0,12}\s"
)
_MERGER_END = re.compile(
    r"[.!?;)\n](?!\w)|\s(?:thành (?!phố|ủy)|vào\s|để\s|lấy tên|với tên|có tên|mang tên|gọi là|nay là)"
    r"|(?<=\s)và\s(?!các\s|những\s|hai\s|ba\s|bốn\s|năm\s|\d)(?:(?!\s(?:thành|vào|để)\s)[^,;.()]){1,50}(?=,)"
)


@dataclass(frozen=True, slots=True)
class TypeWord:
    """What is announced right before a name."""

    types: tuple[str, ...]
    start: int
    is_organ: bool = False  # "Tỉnh ủy X", "Huyện đoàn X"
    is_former: bool = False  # "các xã cũ: X"


def may_be_typed(key: str, start: int) -> bool:
    """Whether a type word can stand before a name; a quick look at the last word that spares a slow one."""
    word = key[key.rfind(" ", max(0, start - _REACH), max(0, start - 1)) + 1 : start][-_REACH:]
    last = _LAST_WORD.search(word)
    return last is not None and last[1] in _LAST_WORDS


def type_before(key: str, start: int) -> TypeWord:
    """The types announced right before a name and where their word begins; without any, the name's own start."""
    opening = max(0, start - _REACH)
    window = key[opening:start]
    typed = _TYPED.search(window) if may_be_typed(key, start) else None
    if typed is None:
        return TypeWord((), start)
    types = _TYPES[typed["word"]]
    more = re.split(r"\s?(?:,|và|/)\s?", typed["more"])
    types += tuple(type_ for type_ in (*_COMMUNE, *_DISTRICT, "tỉnh") if type_ in more)
    is_organ = typed["word"].endswith(("ủy", "đoàn"))
    return TypeWord(types, opening + typed.start("word"), is_organ, typed["adjectives"].endswith(" cũ"))


def without_type_gaps(places: str, text: str) -> str:
    """A passage's place key in which no name can begin inside a type word; as long as before."""

    def closed(found: re.Match[str]) -> str:
        first, second = text[found.start()], text[found.start() + found.group().index(" ") + 1]
        is_name = first.islower() and second.isupper()  # "đô thị Trấn Yên"
        return found.group() if is_name else found.group().replace(" ", "_")

    return _TYPE_GAPS.sub(closed, places)


def is_former(key: str, start: int, end: int) -> bool:
    """Whether words beside a name say that it is of the past: "X cũ", "trước đây là xã X"."""
    before = _FORMER_BEFORE.search(key, max(0, start - _FORMER_REACH), start)
    return bool(before or _FORMER_AFTER.match(key, end))


def merger_sources(key: str, text: str) -> list[tuple[int, int]]:
    """Where a text lists the units from which others were made: "sáp nhập [thị trấn X, xã Y] thành xã Z".

    >>> text = "Sáp nhập xã An Bá và Vĩnh An thành xã Sơn Động, sau sáp nhập dân số tăng"
    >>> [text[start:end] for start, end in merger_sources(text.lower(), text)]
    ['xã An Bá và Vĩnh An']
    """
    found: list[tuple[int, int]] = []
    for cue in _MERGER.finditer(key):
        start = cue.end()
        is_followed = text[start : start + 1].isupper() or _UNIT_WORD.match(key, start)
        if not is_followed or (found and cue.start() < found[-1][1]):
            continue
        end = _MERGER_END.search(key, start)
        closes = end and key[end.start() : end.start() + 2] == "và"  # the last of a list belongs to it
        found.append((start, len(key) if end is None else end.end() if closes else end.start()))
    return found
