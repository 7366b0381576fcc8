"""Villages as free text: they are in no official list. The commune they lie in is the next one named."""

from __future__ import annotations

import re
from dataclasses import replace

from archive.records import LocalityMention, Span
from archive.vietnamese import CAPITALS, match_key
from crawler.describe.localities import Place
from crawler.describe.passages import Passage

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
    for passage in passages:
        communes = [place for place in places if place.passage is passage and place.unit.level == "commune"]
        for match in _VILLAGE.finditer(passage.text):
            key, span = match_key(match.group()), passage.span(match.start(), match.end())
            if key in found:
                found[key] = replace(found[key], evidence=(*found[key].evidence, span))
            else:
                found[key] = _village(match, span, _commune_of(match, passage, communes))
    return list(found.values())


def _commune_of(match: re.Match[str], passage: Passage, communes: list[Place]) -> Place | None:
    """The commune named after a village in its sentence, else the last one named before."""
    _, sentence_end = passage.sentence_around(match.start())
    after = [place for place in communes if match.end() <= place.start < sentence_end]
    before = [place for place in communes if place.end <= match.start()]
    return after[0] if after else before[-1] if before else None


def _village(match: re.Match[str], span: Span, commune: Place | None) -> LocalityMention:
    return LocalityMention(
        unit_id=None,
        name=match["name"],
        type=match["kind"].lower(),
        level="village",
        province=commune.province if commune else None,
        district=commune.district if commune else None,
        cited_as=match.group(),
        evidence=(span,),
    )
