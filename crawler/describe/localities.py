"""Which administrative units an article names, as of its day.

The portal's province is the prior: its units are accepted behind a type word, its province and districts also
alone; units of other provinces only behind a type word and only as province or district, or under a named parent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import ahocorasick_rs

from archive.authorities import Gazetteer, Unit
from archive.authorities.gazetteer import REFORM, place_key
from archive.records import LocalityMention, PortalIdentity, Span
from archive.vietnamese import match_key
from crawler.describe.names import Name
from crawler.describe.passages import Passage

_TYPES: dict[str, tuple[str, ...]] = {
    "tỉnh": ("tỉnh", "thành phố"), "thành phố": ("thành phố",), "tp": ("thành phố",), "tp.": ("thành phố",),
    "huyện": ("huyện",), "quận": ("quận",), "thị xã": ("thị xã",), "tx": ("thị xã",), "tx.": ("thị xã",), "q.": ("quận",),
    "h.": ("huyện",), "xã": ("xã",), "phường": ("phường",), "thị trấn": ("thị trấn",), "tt.": ("thị trấn",), "p.": ("phường",),
    "x.": ("xã",), "đặc khu": ("đặc khu",), "tỉnh ủy": ("tỉnh",), "thành ủy": ("thành phố",), "huyện ủy": ("huyện",),
    "quận ủy": ("quận",), "thị ủy": ("thị xã",), "tỉnh đoàn": ("tỉnh",), "huyện đoàn": ("huyện",), "thành đoàn": ("thành phố",),
}  # fmt: skip
_LEVELS = {"huyện": "district", "quận": "district", "thị xã": "district", "xã": "commune", "phường": "commune",
           "thị trấn": "commune", "thành phố": None, "đặc khu": "commune"}  # fmt: skip
_PLAIN_TYPES = frozenset(_LEVELS)
_PROVINCE_ORGANS = ("tỉnh ủy", "tỉnh đoàn")
_ADJECTIVES = r"(?:miền núi|vùng cao|biên giới|vùng sâu|nghèo|ven biển|trung du|đồng bằng|cửa ngõ|thuần nông|anh hùng|vùng biên|đảo|mới|vùng lũ|vùng ven|ngoại thành|nông thôn mới|điểm|trọng điểm|bãi ngang|vùng quê|miền tây|cũ|ta|bạn)"
_TYPED = re.compile(
    rf"(?<!\w)({'|'.join(sorted(map(re.escape, _TYPES), key=len, reverse=True))})(?:\s{_ADJECTIVES}){{0,2}}(?:\s*:)?\s*[“\"]?$"
)
_SAME_LIST = re.compile(r"^\s*(?:,|;|và|,\s*và|hay|hoặc|/)\s*$")
_FORMER = re.compile(r"\s*\(?(?:cũ|trước đây|trước ngày|trước sáp nhập)\b")
_VILLAGE = re.compile(
    r"(?<!\w)(thôn|bản|ấp|khóm|buôn|làng|xóm|phum|sóc|tổ dân phố|khu phố|tiểu khu)\s(?:số\s)?"
    r"((?:[^\W\da-zà-ỹ_][^\W_]*(?:['’][^\W_]+)?|\d{1,3})(?:[ \-](?:[^\W\da-zà-ỹ_][^\W_]*(?:['’][^\W_]+)?|\d{1,2}(?!\d|\.\d))){0,3})"
)
_WORD = re.compile(r"[\w'’]")


@dataclass(frozen=True)
class _Match:
    """A unit's name in a passage, before it is known which unit."""

    passage: Passage
    start: int
    end: int
    name: str
    word: str | None  # the type word before it
    type_start: int
    units: tuple[Unit, ...]
    is_former: bool


@dataclass(frozen=True)
class Place:
    """A unit, and where a passage names it."""

    unit: Unit
    passage: Passage
    start: int
    end: int
    cited_as: str
    is_former: bool
    word: str | None


class LocalityTagger:
    """Finds units for one article's day and portal."""

    def __init__(self, gazetteer: Gazetteer, home: PortalIdentity | None, day: date | None) -> None:
        self._gazetteer, self._day = gazetteer, day
        self._home = self._home_provinces(home)
        self._home_district = match_key(home.district) if home and home.district else None
        self._districts: Counter[str] = Counter()

    def places(self, passages: list[Passage], names: dict[int, list[Name]]) -> list[Place]:
        """Every accepted place in order; `names` are the person names of each passage, which are no places."""
        matches = [match for n, passage in enumerate(passages) for match in self._matches(passage, names.get(n, []))]
        for match in matches:  # districts first: they tell communes of one name apart
            self._districts.update(unit.id for unit in self._fitting(match) if unit.level == "district")
        found: list[Place] = []
        for number, match in enumerate(matches):
            unit = self._decided(match, matches[number + 1 :][:2], found)
            if unit is not None:
                start = match.type_start
                cited = match.passage.text[start : match.end]
                found.append(Place(unit, match.passage, start, match.end, cited, match.is_former, match.word))
        return found

    def mention(self, places: list[Place]) -> LocalityMention:
        """All places of one unit as one mention, with the names of the day."""
        unit, gazetteer = places[0].unit, self._gazetteer
        district = gazetteer.district_of(unit)
        was_before = unit.valid_to is not None and self._day is not None and unit.valid_to <= self._day
        province = gazetteer.province_of(unit, None if was_before else self._day)
        return LocalityMention(
            unit_id=unit.id,
            name=unit.name,
            type=_printed_type(places) or unit.type_on(self._day),
            level=unit.level,
            province=province.name,
            district=district.name if district else None,
            cited_as=places[0].cited_as,
            evidence=tuple(place.passage.span(place.start, place.end) for place in places),
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
            today=gazetteer.today(unit),
            former=any(place.is_former for place in places),
        )

    def home_unit(self, home: PortalIdentity) -> Unit | None:
        """The portal's own district or province on the article's day."""
        if home.district and (self._day is None or self._day < REFORM):
            for unit in self._gazetteer.named(home.district, self._day, "district"):
                if self._gazetteer.province_of(unit).id in self._home:
                    return unit
        return next((self._gazetteer.units[id_] for id_ in sorted(self._home) if self._is_of_day(id_)), None)

    def _is_of_day(self, id_: str) -> bool:
        return self._gazetteer.units[id_].is_valid_on(self._day or REFORM.replace(year=2024))

    def _home_provinces(self, home: PortalIdentity | None) -> set[str]:
        """The portal's province before 2025 and, for later articles, the one it went into."""
        if home is None or home.province is None:
            return set()
        old = [unit for unit in self._gazetteer.by_name.get(match_key(home.province), ()) if unit.level == "province"]
        found = {unit.id for unit in old if not unit.id.startswith("n")} or {unit.id for unit in old}
        for id_ in list(found):
            unit = self._gazetteer.units[id_]
            found |= {ref.id for ref in self._gazetteer.today(unit)} | {s.rstrip("~") for s in unit.successors}
        return found

    def _matches(self, passage: Passage, names: list[Name]) -> Iterator[_Match]:
        """Names of units with word boundaries on both sides, capitalised or behind a type word, outside of persons."""
        key, text = passage.key, passage.text
        last: _Match | None = None
        for _, start, end in _automaton(self._gazetteer).find_matches_as_indexes(place_key(key), overlapping=False):
            if _WORD.match(key[end : end + 1]) or (start and _WORD.match(key[start - 1])):
                continue
            typed = _TYPED.search(key[max(0, start - 40) : start])
            word, type_start = (
                (typed[1], start - len(key[max(0, start - 40) : start]) + typed.start(1)) if typed else (None, start)
            )
            if word is None and last and _SAME_LIST.match(key[last.end : start]) and text[start].isupper():
                word = last.word  # a list goes on under its type word
            if word is None and not text[start].isupper() and not key[start].isdigit():
                continue
            if any(name.start < end and start < name.end for name in names):
                continue
            if word is None and (key[start].isdigit() or _is_in_longer_name(text, start, end)):
                continue
            if word is not None and _goes_on(text, end) and not any(name.start == end + 1 for name in names):
                continue
            is_former = bool(_FORMER.match(key, end))
            last = _Match(
                passage,
                start,
                end,
                key[start:end],
                word,
                type_start,
                self._gazetteer.by_name[place_key(key[start:end])],
                is_former,
            )
            yield last

    def _fitting(self, match: _Match) -> list[Unit]:
        """The units of a match that existed on the day and are of its type; ended ones where it is called former."""
        day = self._day
        if match.is_former or (
            day and day >= REFORM and match.word in ("huyện", "quận", "thị xã", "thị trấn", "huyện ủy")
        ):
            candidates = [unit for unit in match.units if not unit.id.startswith("n")]
        else:
            candidates = [
                unit for unit in match.units if unit.is_valid_on(day) and (day or not unit.id.startswith("n"))
            ]
        if match.word is None:
            return candidates
        types = _TYPES[match.word]
        exact = [unit for unit in candidates if unit.type in types or unit.older_type in types]
        if match.word in _PROVINCE_ORGANS:
            return [unit for unit in candidates if unit.level == "province"]
        levels = {
            "xã": "commune",
            "phường": "commune",
            "thị trấn": "commune",
            "huyện": "district",
            "thị xã": "district",
        }
        return exact or [unit for unit in candidates if unit.level == levels.get(match.word)]

    def _decided(self, match: _Match, following: list[_Match], found: list[Place]) -> Unit | None:
        """The one unit a match means, or None."""
        fitting = self._fitting(match)
        if not fitting:
            return None
        if parent := self._parent(match, following):
            inside = [unit for unit in fitting if self._is_inside(unit, parent)]
            if inside:
                return self._best(inside)
        at_home = [unit for unit in fitting if self._gazetteer.province_of(unit).id in self._home]
        if match.word is None:
            at_home = [unit for unit in at_home if unit.level != "commune" or self._is_listed_in_parent(match)]
            if match.passage.field != "title" or len(match.name) > 3:
                seen = [unit for unit in fitting if any(place.unit.id == unit.id for place in found)]
                return self._best(at_home or seen)
            return self._best(at_home)
        if at_home:
            return self._best(at_home)
        elsewhere = [unit for unit in fitting if unit.level in ("province", "district")]
        if not elsewhere and not self._home:
            elsewhere = fitting if len(fitting) == 1 else []
        named = {self._gazetteer.province_of(place.unit).id for place in found}
        near = [unit for unit in fitting if self._gazetteer.province_of(unit).id in named]
        if near and match.word:
            return self._best(near) if len(near) == 1 or elsewhere else None
        provinces = [unit for unit in elsewhere if unit.level == "province"]
        return self._best(provinces or (elsewhere if len(elsewhere) == 1 else []))

    def _parent(self, match: _Match, following: list[_Match]) -> list[Unit]:
        """Units named right after as what this one lies in: "(Sơn Động)", ", huyện Lục Nam"."""
        key, parents = match.passage.key, []
        at = match.end
        for other in following:
            if other.passage is not match.passage or other.start - at > 24:
                break
            between = key[at : other.type_start if other.word else other.start]
            is_parent = re.fullmatch(r"\s*\(\s*|\s*,\s*|\s+(?:thuộc|của)\s+|\s+-\s+|\s+", between)
            if not is_parent or (other.word is None and "(" not in between) or other.word == match.word:
                break
            parents += [unit for unit in self._fitting(other) if unit.level != "commune"]
            at = other.end
        return parents

    def _is_inside(self, unit: Unit, parents: list[Unit]) -> bool:
        around = {unit.parent, self._gazetteer.province_of(unit).id}
        return any(parent.id in around for parent in parents)

    @staticmethod
    def _is_listed_in_parent(match: _Match) -> bool:
        """A commune without type word is meant where its parent follows in parentheses."""
        return match.passage.key[match.end : match.end + 2] == " ("

    def _best(self, units: list[Unit]) -> Unit | None:
        """Of several units the home district's, then the most named district's, then the higher level."""
        if not units:
            return None

        def rank(unit: Unit) -> tuple[bool, int, int, bool, str]:
            district = self._gazetteer.district_of(unit)
            is_home = bool(district and match_key(district.name) == self._home_district)
            is_own = unit.level == "district" and match_key(unit.name) == self._home_district
            count = self._districts[district.id] if district else 0
            level = (
                ("commune", "district", "province").index(unit.level)
                if unit.level in ("commune", "district", "province")
                else 0
            )
            return (is_home or is_own, count, level, unit.valid_to is not None, unit.id)

        return max(units, key=rank)


def _printed_type(places: list[Place]) -> str | None:
    """The type as the article prints it: a district that became a town keeps its word of the day."""
    for place in places:
        types = _TYPES.get(place.word or "", ())
        if len(types) == 1 and types[0] in _PLAIN_TYPES and _LEVELS[types[0]] in (place.unit.level, None):
            return types[0]
    return None


def find_villages(passages: list[Passage]) -> list[LocalityMention]:
    """Villages as free text: they are in no official list."""
    found: dict[str, LocalityMention] = {}
    for passage in passages:
        for match in _VILLAGE.finditer(passage.text):
            key = match_key(match.group())
            span = passage.span(match.start(), match.end())
            if key in found:
                found[key] = replace(found[key], evidence=(*found[key].evidence, span))
                continue
            found[key] = _village(match, span)
    return list(found.values())


def _village(match: re.Match[str], span: Span) -> LocalityMention:
    return LocalityMention(
        unit_id=None,
        name=match[2],
        type=match[1].lower(),
        level="village",
        province=None,
        district=None,
        cited_as=match.group(),
        evidence=(span,),
    )


def _is_in_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands right before or after: part of a person's or an organisation's name."""
    before = re.search(r"([^\W\d_][\w'’]*)[ \-]$", text[max(0, start - 20) : start])
    return bool(before and before[1][0].isupper()) or _goes_on(text, end)


def _goes_on(text: str, end: int) -> bool:
    """Whether a capitalised syllable follows at once."""
    return (
        bool(re.match(r" [^\W\da-zà-ỹ_][^\W\d_]*", text[end : end + 12])) and not text[end : end + 12].strip().isupper()
    )


@lru_cache(maxsize=2)
def _automaton(gazetteer: Gazetteer) -> ahocorasick_rs.AhoCorasick:
    """All names at once, the longest at each place (103 MB/s measured, an alternation of regexes 0.2)."""
    names = list(gazetteer.by_name)
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
