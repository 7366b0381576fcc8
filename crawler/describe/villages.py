"""Villages as free text: they are in no official list. The commune they lie in is the next one named."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from archive.records import LocalityMention, Span
from archive.vietnamese import CAPITALS, match_key
from crawler.describe.passages import Passage
from crawler.describe.places import Place, PlaceIndex

_KINDS = ("thôn", "bản", "ấp", "khóm", "buôn", "làng", "xóm", "phum", "sóc", "tổ dân phố", "khu phố", "tiểu khu")
_SYLLABLE = rf"[{CAPITALS}][^\W_]*(?:['’][^\W_]+)?"
_NUMBER = r"\d{1,2}(?!\d|[.,]\d)"
_VILLAGE = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(kind[0].join(('[', kind[0].upper() + ']')) + kind[1:] for kind in _KINDS)})\s(?:số\s)?"
    rf"(?P<name>(?:{_SYLLABLE}|{_NUMBER})(?:[ \-](?:{_SYLLABLE}|{_NUMBER})){{0,3}})"
)


def find_villages(passages: list[Passage], places: list[Place]) -> list[LocalityMention]:
    """Every village once, with the province and district of its commune."""
    found: dict[str, LocalityMention] = {}
    spans: dict[str, list[Span]] = defaultdict(list)
    communes = PlaceIndex(place for place in places if place.unit.level == "commune")
    for passage in passages:
        for match in _VILLAGE.finditer(passage.text):
            key = match_key(match.group())
            spans[key].append(passage.span(match.start(), match.end()))
            if key not in found:
                found[key] = _village(match, _commune_of(match, passage, communes))
    return [replace(village, evidence=tuple(spans[key])) for key, village in found.items()]


def _commune_of(match: re.Match[str], passage: Passage, communes: PlaceIndex) -> Place | None:
    """The commune named after a village in its sentence, else the last one named before."""
    _, sentence_end = passage.sentence_around(match.start())
    after = communes.within(passage, match.end(), sentence_end)
    return after[0] if after else communes.last_before(passage, match.start())


def _village(match: re.Match[str], commune: Place | None) -> LocalityMention:
    return LocalityMention(
        unit_id=None,
        name=match["name"],
        type=match["kind"].lower(),
        level="village",
        province=commune.province if commune else None,
        district=commune.district if commune else None,
        cited_as=match.group(),
        evidence=(),
    )
