"""Names of units as they stand in a text: their type words, lists that share one, and what a name is not.

"các xã: Tân Lập, Hồng Thái (Sơn Hà) và An Phú" names three communes, "chị Tân Lập" none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from archive.authorities import Gazetteer, Unit
from archive.records import Level
from archive.vietnamese import CAPITALS
from crawler.describe.passages import Passage
from crawler.describe.people.names import Name
from crawler.describe.places.type_words import (
    LEVELS,
    TypeWord,
    is_former,
    may_be_typed,
    merger_sources,
    type_before,
    without_type_gaps,
)

SAME_LIST = re.compile(r"\s*(?:\([^()]{0,80}\)\s*)?(?:,|;|và|,\s*và|hay|hoặc|/|cùng|,\s*rồi)\s*")
_WORD = re.compile(r"[\w'’]")
_BEFORE = re.compile(r"([^\W\d_][\w'’]*)[ \-]$")
_CAPITAL_NEXT = re.compile(rf" ([{CAPITALS}][^\W\d_]*)")
_INNER_CAPITAL = re.compile(rf"[ \-](?=[{CAPITALS}])")
# First words of a sentence that are no part of the name they precede.
_OPENERS = frozenset(
    ["tại", "ở", "về", "từ", "đến", "theo", "riêng", "còn", "và", "với", "qua", "lên", "xuống", "ra", "vào", "trên",
     "rời", "khi", "nay", "nơi", "thăm", "do", "của", "cùng", "để", "cả", "toàn", "mới", "giờ", "những", "các", "nếu",
     "sang", "quê", "người"]
)  # fmt: skip
# Public bodies that a place's name may follow: "UBND Lục Nam".
_BODIES = frozenset(["ubnd", "hđnd", "mttq", "lhpn", "btv", "bch", "lđlđ", "ccb"])
# A parenthesis that is open for longer is a slip.
_LONGEST_ASIDE = 400


@dataclass(frozen=True, kw_only=True)
class PlaceName:
    """A unit's name in a passage, before it is known which unit is meant."""

    passage: Passage
    start: int
    end: int
    type_start: int  # of its own type word, else of the name
    types: tuple[str, ...]  # what the type word announces; empty for a bare name
    is_organ: bool  # "Tỉnh ủy X", "Huyện đoàn X": the place of an organisation
    is_former: bool
    is_merged: bool  # one of those from which another unit was made
    units: tuple[Unit, ...]  # empty: a commune that no list has

    @property
    def level(self) -> Level | None:
        """The level the type word tells; a `thành phố` may be of two."""
        levels = {LEVELS.get(type_) for type_ in self.types}
        return levels.pop() if len(levels) == 1 else None

    @property
    def text(self) -> str:
        """The name alone, as printed."""
        return self.passage.text[self.start : self.end]

    @property
    def cited_as(self) -> str:
        return self.passage.text[self.type_start : self.end]


def find_listed(passage: Passage, names: list[Name], gazetteer: Gazetteer) -> list[PlaceName]:
    """Every name of a known unit outside of persons' names, in order."""
    return list(_Scan(passage, names, gazetteer).places())


def mask(passage: Passage, spans: Iterable[PlaceName | Name]) -> bytearray:
    """A byte for each character: 1 where a span stands."""
    found = bytearray(len(passage.text))
    for span in spans:
        found[span.start : span.end] = b"\1" * (span.end - span.start)
    return found


# "thị trấn Củng Sơn và 4 xã Sơn Hà, Suối Bạc" counts communes, it names no ward 4.
_COUNTED_UNITS = re.compile(r"\s(?:xã|phường|thị trấn|huyện|quận|thôn|buôn|bản|ấp|khóm|làng)(?!\w)")


class _Scan:
    """One passage on its way: what stands before a name decides what it is."""

    def __init__(self, passage: Passage, names: list[Name], gazetteer: Gazetteer) -> None:
        self._passage, self._gazetteer, self._names = passage, gazetteer, names
        self._key, self._text = passage.key, passage.text
        self._places = without_type_gaps(passage.place_key, passage.text)
        self._persons, self._person_starts = mask(passage, names), {name.start for name in names}
        self._sources = merger_sources(passage.key, passage.text)
        self._last: PlaceName | None = None
        self._aside: PlaceName | None = None  # the last one of a parenthesis that is open

    def places(self) -> Iterator[PlaceName]:
        automaton, free_from = _automaton(self._gazetteer), 0
        for _, start, end in automaton.find_matches_as_indexes(self._places, overlapping=False):
            if start < free_from:
                continue
            is_small = self._text[start].islower()
            place = None if is_small and not may_be_typed(self._key, start) else self._place(start, end)
            if place is None and is_small:
                place = self._inner_place(automaton, start, end)
            if place is not None:
                free_from = place.end
                self._follow(place)
                yield place

    def _inner_place(self, automaton: ahocorasick_rs.AhoCorasick, start: int, end: int) -> PlaceName | None:
        """A name that begins at a capital inside one in small letters: "vùng cao Dương Hưu"."""
        for inner in _INNER_CAPITAL.finditer(self._text, start, end):
            window = self._places[inner.end() : inner.end() + _longest(self._gazetteer)]
            found = automaton.find_matches_as_indexes(window, overlapping=False)
            if found and found[0][1] == 0 and (place := self._place(inner.end(), inner.end() + found[0][2])):
                return place
        return None

    def _place(self, start: int, end: int) -> PlaceName | None:
        key, text = self._key, self._text
        if _WORD.match(key[end : end + 1]) or (start and _WORD.match(key[start - 1])):
            return None
        if any(self._persons[start:end]) and not self._is_whole(start, end):
            return None
        word = type_before(key, start)
        types = word.types or self._list_types(start, end)
        if not types and not (text[start].isupper() and not is_in_longer_name(text, start, end)):
            return None
        if types and goes_on(text, end) and end + 1 not in self._person_starts:
            return None
        return self._named(word, types, start, end)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether what was taken for a person is a part of a typed name: "xã Trung Lèng Hồ" with a Lèng Hồ in it."""
        persons = [name for name in self._names if name.start < end and start < name.end]
        is_inside = all(
            start <= name.start and name.end <= end and name.end - name.start < end - start for name in persons
        )
        return is_inside and bool(type_before(self._key, start).types or self._list_types(start, end))

    def _named(self, word: TypeWord, types: tuple[str, ...], start: int, end: int) -> PlaceName:
        return PlaceName(
            passage=self._passage, start=start, end=end, type_start=word.start, types=types, is_organ=word.is_organ,
            is_former=word.is_former or is_former(self._key, word.start, end),
            is_merged=any(first <= start < last for first, last in self._sources),
            units=self._gazetteer.by_name[self._places[start:end]],
        )  # fmt: skip

    def _list_types(self, start: int, end: int) -> tuple[str, ...]:
        """A list goes on under its type word, inside of a parenthesis and behind it, as far as its units can be such."""
        is_number = self._text[start].isdigit() and not _COUNTED_UNITS.match(self._key, end)
        if not (self._text[start].isupper() or is_number):
            return ()
        for last in filter(None, (self._aside, self._last)):
            if SAME_LIST.fullmatch(self._key, last.end, start):
                units = self._gazetteer.by_name[self._places[start:end]]
                is_such = any(unit.level == last.level or unit.had_type(last.types) for unit in units)
                return last.types if is_such else ()
        return ()

    def _follow(self, place: PlaceName) -> None:
        between = self._key[self._last.end : place.start] if self._last else ""
        if "(" in between and ")" not in between and len(between) <= _LONGEST_ASIDE:
            self._aside = place
        else:
            self._last, self._aside = place, None


def is_in_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands right before or after: part of a person's or an organisation's name."""
    before = _BEFORE.search(text[max(0, start - 20) : start])
    is_inside = bool(before and before[1][0].isupper() and before[1].lower() not in _OPENERS | _BODIES)
    return is_inside or goes_on(text, end)


def goes_on(text: str, end: int) -> bool:
    """Whether a capitalised syllable follows at once; one in capitals throughout is an abbreviation."""
    following = _CAPITAL_NEXT.match(text, end)
    return bool(following and not (len(following[1]) > 1 and following[1].isupper()))


@lru_cache(maxsize=2)
def _longest(gazetteer: Gazetteer) -> int:
    return max(map(len, gazetteer.by_name))


@lru_cache(maxsize=2)
def _automaton(gazetteer: Gazetteer) -> ahocorasick_rs.AhoCorasick:
    """All names at once, the longest at each place (103 MB/s measured, an alternation of regexes 0.2)."""
    names = list(gazetteer.by_name)
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
