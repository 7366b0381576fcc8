"""The place a figure is told of: the one its sentence names last before it, else the one being spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.records import Level
from crawler.describe.passages import Passage
from crawler.describe.places.place import Place, PlaceIndex

# A level without a name is the unit of that level spoken of: "toàn huyện có 21 xã", "năm nay huyện sẽ mở 4 lớp".
_LEVELS: dict[str, Level] = {
    "tỉnh": "province", "thành phố": "province", "huyện": "district", "thị xã": "district", "quận": "district",
    "xã": "commune", "phường": "commune", "thị trấn": "commune",
}  # fmt: skip
_ACTS = "có|hiện|đã|sẽ|được|còn|đặt|phấn|mới|cũng|huy|vận|xây|trồng|hỗ|xuất|giảm|đạt|dành|chọn|cử|đang|bố|cấp|yêu"
_LEVEL = re.compile(
    rf"(?<!\w)(tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)(?=\s(?:{_ACTS})(?!\w))"
    r"|(?<!\w)(?:toàn|trong|cả|của)\s(tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)(?=\s[^\W\d_]|[,.]|$)"
)
# Several units, and the post of a person, who may act anywhere.
_OTHERWISE = re.compile(
    r"(?:(?<!\w)(?:các|những|hai|ba|nhiều|mỗi|\d+)|(?<!\w)(?:trưởng|chủ tịch|bí thư|giám đốc|chánh|chỉ huy|viên)(?!\w)[^,.;:\n]{0,50})\s$"
)
# The scene of a sentence: "Ở xã Trung Hưng, huyện đã xử lý 85 m sạt lở".
_SCENE = re.compile(r"(?<!\w)(?:ở|tại|riêng|đến)\s$")
# What parts a place from the unit around it, and a place from the next of a list.
_PARENT_GAP = re.compile(r"\s?(?:[,(–-]|,?\s?(?:thuộc|của|ở|tại))\s?")
_LIST_GAP = re.compile(r"\s?(?:[,;]|[,;]?\s?và|[,;]?\s?cùng|-|–)\s?(?:các\s|hai\s|ba\s)?")
_ONE_BY_ONE = re.compile(r"(?<!\w)lần lượt(?!\w)")
_EACH = re.compile(r"(?<!\w)(?:mỗi|từng)(?!\w)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


# How far back a figure looks within its sentence and paragraph; a text without full stops is read in linear time.
_REACH, _FAR_REACH = 400, 2000


class FigurePlaces:
    """The places of an article, asked for figure by figure."""

    def __init__(self, places: Iterable[Place], primary: str | None) -> None:
        self._places = PlaceIndex(place for place in places if not place.is_organ and not place.is_former)
        self._primary = primary

    def of(self, passage: Passage, position: int) -> str | None:
        """The name of the place; None where the sentence names several of one level alike."""
        start, end = passage.sentence_around(position)
        start, end = max(start, position - _REACH), min(end, position + _REACH)
        inside = self._own(passage, start, end)
        before = [place for place in inside if place.start <= position]
        is_scene = bool(before and _SCENE.search(passage.key, max(0, before[-1].start - 7), before[-1].start))
        if not is_scene and (level := self._level_before(passage, before[-1].end if before else start, position)):
            return level
        if before:
            return self._before(passage, before, start, position)
        return self._behind(passage, inside, position) if inside else self._earlier(passage, start)

    def _before(self, passage: Passage, before: list[Place], start: int, position: int) -> str | None:
        """The last place before a figure, unless it is one of a list."""
        named = _list_at_end(passage, before)
        if len(named) == 1 or _EACH.search(passage.key, start, position):
            return before[-1].name
        if ";" in passage.key[named[-1].end : position]:  # another clause, no longer about the list
            return self._earlier(passage, start)
        return _one_of(passage, named, position)

    def _behind(self, passage: Passage, inside: list[Place], position: int) -> str | None:
        """The first place behind a figure in its clause, unless others of its level follow it in a list."""
        if ";" in passage.key[position : inside[0].start]:
            return self._earlier(passage, position)
        return inside[0].name if len(_list_at_end(passage, inside[:2])) == 1 else None

    def _own(self, passage: Passage, start: int, end: int) -> list[Place]:
        """Places without those that only say where the one before lies: "Xã Tân Sơn, tỉnh Bắc Ninh", "(huyện Lục Ngạn)"."""
        kept: list[Place] = []
        last: Place | None = None
        for place in self._places.within(passage, start, end):
            if not (last and kept and _is_around(passage, last, place, kept[-1])):
                kept.append(place)
            last = place
        return kept

    def _level_before(self, passage: Passage, start: int, position: int) -> str | None:
        """The unit meant by the last level word without a name between a place, or the sentence's start, and a figure."""
        found = None
        for found in _LEVEL.finditer(passage.key, start, position):  # noqa: B007 (the last one counts)
            pass
        if found is None or passage.text[found.end() + 1 : found.end() + 2].isupper():
            return None  # none, or one whose name no list has
        if _OTHERWISE.search(passage.key, max(start, found.start() - 70), found.start()):
            return None
        level = _LEVELS[found[1] or found[2]]
        earlier = self._places.within(passage, max(0, found.start() - _FAR_REACH), found.start())
        return next((name for place in reversed(earlier) if (name := _name_at(place, level))), None)

    def _earlier(self, passage: Passage, start: int) -> str | None:
        """The last place of the paragraph so far that is no member of a list, else the article's."""
        opening = passage.text.rfind("\n", max(0, start - _FAR_REACH), start) + 1 or max(0, start - _FAR_REACH)
        earlier = self._own(passage, opening, start)
        while earlier:
            named = _list_at_end(passage, earlier)
            if len(named) == 1:
                return earlier[-1].name
            earlier = earlier[: -len(named)]
        return self._primary


def _name_at(place: Place, level: Level) -> str | None:
    """The name of a place's unit at a level, as far as the place tells it."""
    if place.level == level:
        return place.name
    if level == "province":
        return place.province or None
    return place.district if level == "district" and place.level == "commune" else None


def _is_around(passage: Passage, last: Place, place: Place, kept: Place) -> bool:
    """Whether a place is the unit around the one kept, named right behind it or behind another such."""
    gap = passage.key[last.end : place.start]
    if place.level == kept.level or not _PARENT_GAP.fullmatch(gap):
        return False
    return passage.text[place.start - 1] == "(" or place.name in (kept.district, kept.province)


def _list_at_end(passage: Passage, places: list[Place]) -> list[Place]:
    """The places of one level that stand joined to the last one."""
    named = places[-1:]
    for place in reversed(places[:-1]):
        gap = passage.key[place.end : named[0].start]
        if place.level != named[0].level or not _LIST_GAP.fullmatch(gap) or place.name == named[0].name:
            break
        named.insert(0, place)
    return named


def _one_of(passage: Passage, named: list[Place], position: int) -> str | None:
    """Of a list told one by one ("lần lượt có 12, 15 và 20 mô hình") the place of this number, else none alone."""
    if not _ONE_BY_ONE.search(passage.key, named[-1].end, position):
        return None
    at = len(_NUMBER.findall(passage.key[named[-1].end : position]))
    return named[at].name if at < len(named) else None
