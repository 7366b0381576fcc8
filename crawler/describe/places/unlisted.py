"""Communes that the automaton cannot find: those known by a key alone, and those that no list has.

"các xã Hồng Vân, Nhâm": communes that ended before the first official list stand there under the type word alone.
A name that no unit anywhere has is taken for a commune only where nothing else can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.authorities import Gazetteer, Unit
from archive.vietnamese import CAPITALS, match_key
from crawler.describe.passages import Passage
from crawler.describe.people.names import Name
from crawler.describe.places.place_names import PlaceName, mask
from crawler.describe.places.type_words import is_former

_TYPED = re.compile(r"(?<!\w)(?P<many>(?:các|những|hai|ba|bốn|năm|sáu|\d)\s)?(?P<type>xã|phường|thị trấn)(?:\s*:)?\s")
_SYLLABLE = rf"[{CAPITALS}][^\W\d_]*(?:['’][^\W\d_]+)?"
_ITEM = re.compile(rf"(?:(?<=\s)|(?<=^)){_SYLLABLE}(?:[ \-]{_SYLLABLE}){{0,3}}")
_NEXT_ITEM = re.compile(r"\s*(?:,|;|và|,\s*và)\s+")
_ENDS = re.compile(r"\s*(?:[.,;:()!?/\n”\"]|và\s|$)")
_CAPITAL = re.compile(rf"[ \-][{CAPITALS}]")
# What follows "xã" and begins no name: bodies, persons, titles of honour; and words that alone are none.
_NO_BEGINNINGS = frozenset(
    ["anh", "anh hùng", "ban", "bà", "bác", "báo", "bí", "bộ", "các", "câu", "chi", "chị", "chủ", "công an", "cụ", "đài", "đảng",
     "đoàn", "đô thị", "đội", "đồn", "đồng chí", "hđnd", "hội", "huyện", "kế hoạch", "luật", "lực lượng", "mặt trận", "mttq",
     "mỗi", "nghị quyết", "nhà", "nhân dân", "nông dân", "nông thôn", "ông", "phó", "phòng", "phường", "quân sự", "quỹ",
     "quyết định", "sở", "thị xã", "tỉnh", "tổ", "trạm", "trung tâm", "trường", "trưởng", "ubnd", "ủy", "văn hóa", "văn minh",
     "viện", "xã"]
)  # fmt: skip
_NO_SINGLES = frozenset(
    ["chương", "công", "cơ", "cũ", "cụm", "dân", "đề", "đô", "hợp", "kế", "khối", "khu", "kiểu", "liên", "lực", "mặt", "mới",
     "nghị", "nhân", "nông", "quân", "quốc", "quyết", "thành", "thị", "thôn", "thông", "thường", "văn"]
)  # fmt: skip
# The commonest surnames: behind "Chủ tịch UBND xã" they begin the holder's name rather than a commune's.
_SURNAMES = frozenset(
    ["nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đinh",
     "đào", "trương", "vi", "lò", "lường", "quàng", "cà", "tòng", "giàng", "sùng", "vàng", "thào", "ma", "hà", "nông", "triệu",
     "đàm", "hứa", "lục", "lương", "mai", "cao", "tạ", "tô", "trịnh", "đoàn", "phùng", "hầu", "lầu", "vừ"]
)  # fmt: skip
_POST_BEFORE = re.compile(
    r"(?:chủ tịch|bí thư|trưởng|phó|giám đốc|cán bộ|công chức|ủy viên|đội trưởng)[^,.;:()\n]{0,60}$"
)
_POST_REACH = 80


def find_unlisted(
    passage: Passage, found: list[PlaceName], names: list[Name], gazetteer: Gazetteer
) -> Iterator[PlaceName]:
    """Communes behind a type word that are not among the names found, each name of a list by itself."""
    taken = mask(passage, [*found, *names])
    for typed in _TYPED.finditer(passage.key):
        at = typed.end()
        while item := _ITEM.match(passage.text, at):
            place = None
            if not taken[item.start()]:
                place = _known_by_key(passage, item, typed, gazetteer) or _of_no_list(passage, item, typed, gazetteer)
            if place and not any(taken[place.start : place.end]):
                yield place
            following = _NEXT_ITEM.match(passage.key, item.end())
            if following is None:
                break
            at = following.end()


def _known_by_key(
    passage: Passage, item: re.Match[str], typed: re.Match[str], gazetteer: Gazetteer
) -> PlaceName | None:
    """The longest beginning of a run of capitals that a commune has as its key; of another type where none is of this."""
    ends = [item.end(), *(item.start() + gap.start() for gap in reversed(list(re.finditer(r"[ \-]", item.group()))))]
    is_first = item.start() == typed.end()
    for end in ends:
        units = gazetteer.merged(passage.text[item.start() : end], typed["type"])
        if not is_first:  # "xã Đoan Bái, Chủ tịch": the keys tell types badly, a list must be of one
            units = [unit for unit in units if unit.type == typed["type"]]
        if units and (" " in passage.text[item.start() : end] or _ENDS.match(passage.key, end)):
            return _place(passage, item.start(), end, typed, tuple(units))
    return None


def _of_no_list(passage: Passage, item: re.Match[str], typed: re.Match[str], gazetteer: Gazetteer) -> PlaceName | None:
    """A run of capitals that no unit has as its name, is no person's and no body's."""
    text, is_first = item.group(), item.start() == typed.end()
    key = match_key(text)
    syllables = re.split(r"[ \-]", key)
    must_end = len(syllables) == 1 or not is_first  # "xã Nông thôn mới"; a list's next item: "và Đồn Biên phòng"
    if must_end and not (_ENDS.match(passage.key, item.end()) and (is_first or typed["many"])):
        return None
    no_names = _NO_BEGINNINGS | _NO_SINGLES if len(syllables) == 1 else _NO_BEGINNINGS
    if not no_names.isdisjoint((syllables[0], " ".join(syllables[:2]))) or _CAPITAL.match(passage.text, item.end()):
        return None
    if text.isupper() or _may_be_person(passage, typed, syllables) or gazetteer.has_spelling(text):
        return None
    return _place(passage, item.start(), item.end(), typed, ())


def _may_be_person(passage: Passage, typed: re.Match[str], syllables: list[str]) -> bool:
    """ "Chủ tịch UBND xã Trần Bảy": a surname behind a post; a middle name or a second surname anywhere."""
    if not {"văn", "thị"}.isdisjoint(syllables[1:-1]) or not _SURNAMES.isdisjoint(syllables[2:]):
        return True
    opening = max(0, typed.start() - _POST_REACH)
    return syllables[0] in _SURNAMES and bool(_POST_BEFORE.search(passage.key[opening : typed.start()]))


def _place(passage: Passage, start: int, end: int, typed: re.Match[str], units: tuple[Unit, ...]) -> PlaceName:
    type_start = typed.start("type") if typed.end() == start else start
    return PlaceName(
        passage=passage, start=start, end=end, type_start=type_start, types=(typed["type"],), is_organ=False,
        is_former=is_former(passage.key, type_start, end), is_merged=False, units=units,
    )  # fmt: skip
