"""Villages as free text: they are in no official list. The commune they lie in is the next one named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.authorities import Offices
from archive.records import LocalityMention, Span
from archive.vietnamese import CAPITALS, match_key
from crawler.describe.passages import Passage
from crawler.describe.places.place import Place, PlaceIndex

_KINDS = ("thôn", "bản", "ấp", "khóm", "buôn", "làng", "xóm", "phum", "sóc", "tổ dân phố", "khu phố", "tiểu khu")
_SYLLABLE = rf"[{CAPITALS}][^\W_]*(?:['’][^\W_]+)?"
_NUMBER = r"\d{1,2}(?!\d|[.,]\d)"
_NAME = rf"(?:{_SYLLABLE}|{_NUMBER})(?:[ \-](?:{_SYLLABLE}|{_NUMBER}))*"
# "già làng" is a person's word, "nông thôn" none of a place; several villages of one kind go on as a list.
_VILLAGE = re.compile(
    rf"(?<!\w)(?<![Gg]ià )(?<![Nn]ông )(?P<kind>{'|'.join(kind[0].join(('[', kind[0].upper() + ']')) + kind[1:] for kind in _KINDS)})"
    rf"\s(?:số\s)?(?P<name>{_NAME})"
)
_MANY_BEFORE = re.compile(r"(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2})\s$", re.IGNORECASE)
_NEXT = re.compile(rf"\s*(?:,|;|và|,\s*và)\s+(?P<name>{_NAME})(?![^\W\d_])")
# Behind a post the village may be followed, or replaced, by its holder.
_POST_BEFORE = re.compile(r"(?:trưởng|phó|chi bộ|chi hội|chi đoàn|mặt trận|ban công tác)\s$")
_MIDDLE_NAMES = frozenset(["văn", "thị", "a"])
_LONGEST = 4


@dataclass(frozen=True)
class _Found:
    """A village where a passage names it."""

    kind: str
    name: str
    start: int
    end: int


def find_villages(passages: list[Passage], places: list[Place]) -> list[LocalityMention]:
    """Every village once, with the province and district of its commune."""
    found: dict[str, LocalityMention] = {}
    spans: dict[str, list[Span]] = defaultdict(list)
    every, communes = PlaceIndex(places), PlaceIndex(place for place in places if place.level == "commune")
    for passage in passages:
        for one in _named(passage, every):
            key = match_key(f"{one.kind} {one.name}")
            spans[key].append(passage.span(one.start, one.end))
            if key not in found:
                found[key] = _village(one, passage, _commune_of(one, passage, communes))
    return [replace(village, evidence=tuple(spans[key])) for key, village in found.items()]


def _named(passage: Passage, places: PlaceIndex) -> Iterator[_Found]:
    """Every village of a passage, each of a list by itself: "3 thôn Nà Trắng, Nà Ó"."""
    for match in _VILLAGE.finditer(passage.text):
        post = _POST_BEFORE.search(passage.key, max(0, match.start() - 14), match.start())
        name = _without_person(match["name"], is_post=bool(post))
        around = places.last_before(passage, match.start() + 1)
        if name is None or (around and match.start() < around.end):  # "tỉnh Sóc Trăng", "xã Bản Liền"
            continue
        kind, end = match["kind"].lower(), match.start("name") + len(name)
        yield _Found(kind, name, match.start(), end)
        many = _MANY_BEFORE.search(passage.text, max(0, match.start() - 8), match.start())
        while many and (following := _NEXT.match(passage.text, end)):
            start, name = following.start("name"), _without_person(following["name"], is_post=False)
            if name is None or places.within(passage, start, following.end()):
                break
            end = start + len(name)
            yield _Found(kind, name, start, end)


def _without_person(name: str, *, is_post: bool) -> str | None:
    """A village's name without the person behind it ("Nà Ó Triệu Văn Páo"); None where there is only a person.

    >>> _without_person("Nà Ó Triệu Văn Páo", is_post=False), _without_person("Lò Văn Páo", is_post=True)
    ('Nà Ó', None)
    """
    gaps = [0, *(gap.end() for gap in re.finditer(r"[ \-]", name))]
    keys = re.split(r"[ \-]", match_key(name))
    for number, at in enumerate(gaps):
        rest = len(keys) - number
        has_middle = rest >= 3 and keys[number + 1] in _MIDDLE_NAMES
        enough = 3 if number == 0 or not is_post else 2
        is_long = len(keys) > _LONGEST or is_post
        if keys[number] in _surnames() and (has_middle or (is_long and rest >= enough)):
            return name[:at].rstrip(" -") or None
    return name[: gaps[_LONGEST]].rstrip(" -") if len(keys) > _LONGEST else name


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return Offices.load().surnames


def _commune_of(one: _Found, passage: Passage, communes: PlaceIndex) -> Place | None:
    """The commune named after a village in its sentence, else the last one named before."""
    _, sentence_end = passage.sentence_around(one.start)
    after = communes.within(passage, one.end, sentence_end)
    return after[0] if after else communes.last_before(passage, one.start)


def _village(one: _Found, passage: Passage, commune: Place | None) -> LocalityMention:
    return LocalityMention(
        unit_id=None,
        name=one.name,
        type=one.kind,
        level="village",
        province=commune.province if commune else None,
        district=commune.district if commune else None,
        cited_as=passage.text[one.start : one.end],
        evidence=(),
    )
