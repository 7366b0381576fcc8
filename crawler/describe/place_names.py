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
from crawler.describe.names import Name
from crawler.describe.passages import Passage

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
_LEVELS: dict[str, Level] = {"tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district"}
_LEVELS |= dict.fromkeys(_COMMUNE, "commune")
_ADJECTIVES = "|".join(
    ("miền núi", "vùng cao", "biên giới", "vùng sâu", "nghèo", "ven biển", "trung du", "đồng bằng", "cửa ngõ",
     "thuần nông", "anh hùng", "vùng biên", "đảo", "mới", "vùng lũ", "vùng ven", "ngoại thành", "nông thôn mới",
     "điểm", "trọng điểm", "bãi ngang", "vùng quê", "miền tây", "cũ", "ta", "bạn", "lân cận", "khác", "liền kề",
     "giáp ranh", "còn lại", "phía bắc", "phía nam", "phía đông", "phía tây", "vùng dân tộc", "đặc biệt khó khăn",
     "vùng xa", "hải đảo", "vùng đệm", "mang tên", "khó khăn", "kết nghĩa")
)  # fmt: skip
_WORDS = "|".join(sorted(map(re.escape, _TYPES), key=len, reverse=True))
_TYPED = re.compile(
    rf"(?<!\w)(?P<more>(?:(?:{'|'.join((*_COMMUNE, *_DISTRICT, 'tỉnh'))})\s?(?:,|và|/)\s?){{0,3}})(?P<word>{_WORDS})"
    rf"(?:\s(?:{_ADJECTIVES})){{0,2}}(?:,?\s(?:trong đó có|gồm có|bao gồm|gồm|như|là|đó là))?(?:\s*:)?\s*[“\"]?$"
)
# How far a type word may stand before its name.
_TYPE_REACH = 64
_SAME_LIST = re.compile(r"\s*(?:\([^()]{0,80}\)\s*)?(?:,|;|và|,\s*và|hay|hoặc|/|cùng|,\s*rồi)\s*")
_FORMER = re.compile(r"\s*\(?(?:cũ|trước đây|trước ngày|trước sáp nhập|trước khi sáp nhập)(?!\w)")
_WORD = re.compile(r"[\w'’]")
_BEFORE = re.compile(r"([^\W\d_][\w'’]*)[ \-]$")
_CAPITAL_NEXT = re.compile(rf" ([{CAPITALS}][^\W\d_]*)")
# First words of a sentence that are no part of the name they precede.
_OPENERS = frozenset(
    ["tại", "ở", "về", "từ", "đến", "theo", "riêng", "còn", "và", "với", "qua", "lên", "xuống", "ra", "vào", "trên",
     "rời", "khi", "nay", "nơi", "thăm", "do", "của", "cùng", "để", "cả", "toàn", "mới", "giờ", "những", "các", "nếu"]
)  # fmt: skip
# Public bodies that a place's name may follow: "UBND Lục Nam".
_BODIES = frozenset(["ubnd", "hđnd", "mttq", "lhpn", "btv", "bch", "lđlđ", "ccb"])
_TYPED_LIST = re.compile(r"(?<!\w)(xã|phường|thị trấn)(?:\s*:)?\s", re.IGNORECASE)
_SYLLABLE = rf"[{CAPITALS}][^\W\d_]*(?:['’][^\W\d_]+)?"
_ITEM = re.compile(rf"(?:(?<=\s)|(?<=^)){_SYLLABLE}(?:[ \-]{_SYLLABLE}){{0,3}}")
_NEXT_ITEM = re.compile(r"\s*(?:,|;|và|,\s*và)\s+")


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
    units: tuple[Unit, ...]

    @property
    def level(self) -> Level | None:
        """The level the type word tells; a `thành phố` may be of two."""
        levels = {_LEVELS.get(type_) for type_ in self.types}
        return levels.pop() if len(levels) == 1 else None

    @property
    def cited_as(self) -> str:
        return self.passage.text[self.type_start : self.end]


def find_place_names(passage: Passage, names: list[Name], gazetteer: Gazetteer) -> list[PlaceName]:
    """Every name of a unit outside of persons' names, in order."""
    found = list(_listed(passage, names, gazetteer))
    found += _merged(passage, found, names, gazetteer)
    return sorted(found, key=lambda name: name.start)


def _listed(passage: Passage, names: list[Name], gazetteer: Gazetteer) -> Iterator[PlaceName]:
    key, text = passage.key, passage.text
    places = passage.place_key.replace("thành phố ", "thành_phố_")  # a ward is called Phố Huế
    last: PlaceName | None = None
    persons, person_starts = _mask(passage, names), {name.start for name in names}
    for _, start, end in _automaton(gazetteer).find_matches_as_indexes(places, overlapping=False):
        if _WORD.match(key[end : end + 1]) or (start and _WORD.match(key[start - 1])):
            continue
        if any(persons[start:end]):
            continue
        types, type_start, is_organ = _type_before(key, start)
        if not types and last and _SAME_LIST.fullmatch(key, last.end, start) and _is_capital(text, start):
            types = last.types  # a list goes on under its type word
        if not types and not (text[start].isupper() and not _is_in_longer_name(text, start, end)):
            continue
        if types and _goes_on(text, end) and end + 1 not in person_starts:
            continue
        place = PlaceName(
            passage=passage, start=start, end=end, type_start=type_start, types=types, is_organ=is_organ,
            is_former=bool(_FORMER.match(key, end)), units=gazetteer.by_name[places[start:end]],
        )  # fmt: skip
        is_aside = bool(last) and "(" in key[last.end : start] and ")" not in key[last.end : start]  # type: ignore[union-attr]
        last = last if is_aside else place
        yield place


def _mask(passage: Passage, spans: Iterable[PlaceName | Name]) -> bytearray:
    """A byte for each character: 1 where a span stands."""
    mask = bytearray(len(passage.text))
    for span in spans:
        mask[span.start : span.end] = b"\1" * (span.end - span.start)
    return mask


def _merged(passage: Passage, found: list[PlaceName], names: list[Name], gazetteer: Gazetteer) -> Iterator[PlaceName]:
    """Communes of no list, known by the key under which others took them over: "các xã Hồng Vân, Nhâm"."""
    taken = _mask(passage, [*found, *names])
    for typed in _TYPED_LIST.finditer(passage.key):
        at = typed.end()
        while item := _ITEM.match(passage.text, at):
            place = _merged_at(passage, item, typed, gazetteer)
            if place and not any(taken[place.start : place.end]):
                yield place
            following = _NEXT_ITEM.match(passage.key, item.end())
            if following is None:
                break
            at = following.end()


def _merged_at(passage: Passage, item: re.Match[str], typed: re.Match[str], gazetteer: Gazetteer) -> PlaceName | None:
    """The longest beginning of a run of capitals that is such a commune."""
    ends = [item.end(), *(item.start() + gap.start() for gap in reversed(list(re.finditer(r"[ \-]", item.group()))))]
    for end in ends:
        units = gazetteer.merged(passage.text[item.start() : end], typed[1])
        if units:
            type_start = typed.start() if typed.end() == item.start() else item.start()
            return PlaceName(
                passage=passage, start=item.start(), end=end, type_start=type_start, types=(typed[1],),
                is_organ=False, is_former=bool(_FORMER.match(passage.key, end)), units=tuple(units),
            )  # fmt: skip
    return None


def _type_before(key: str, start: int) -> tuple[tuple[str, ...], int, bool]:
    """The types announced right before a name, where their word begins, and whether it is an organisation's."""
    opening = max(0, start - _TYPE_REACH)
    window = key[opening:start]
    typed = _TYPED.search(window)
    if typed is None:
        return (), start, False
    types = _TYPES[typed["word"]]
    types += tuple(
        type_ for type_ in (*_COMMUNE, *_DISTRICT, "tỉnh") if type_ in re.split(r"\s?(?:,|và|/)\s?", typed["more"])
    )
    return types, opening + typed.start("word"), typed["word"].endswith(("ủy", "đoàn"))


def _is_capital(text: str, start: int) -> bool:
    return text[start].isupper() or text[start].isdigit()


def _is_in_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands right before or after: part of a person's or an organisation's name."""
    before = _BEFORE.search(text[max(0, start - 20) : start])
    is_inside = bool(before and before[1][0].isupper() and before[1].lower() not in _OPENERS | _BODIES)
    return is_inside or _goes_on(text, end)


def _goes_on(text: str, end: int) -> bool:
    """Whether a capitalised syllable follows at once; one in capitals throughout is an abbreviation."""
    following = _CAPITAL_NEXT.match(text, end)
    return bool(following and not (len(following[1]) > 1 and following[1].isupper()))


@lru_cache(maxsize=2)
def _automaton(gazetteer: Gazetteer) -> ahocorasick_rs.AhoCorasick:
    """All names at once, the longest at each place (103 MB/s measured, an alternation of regexes 0.2)."""
    names = list(gazetteer.by_name)
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
