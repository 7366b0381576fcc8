"""Where a name begins and ends in a run of capitals: without person words, places, bodies and posts around it."""

from __future__ import annotations

import re

from archive.authorities import Authorities, Gazetteer, Offices
from archive.authorities.gazetteer import place_key
from crawler.describe.passages import Passage
from crawler.describe.people.person_words import person_words, word_before
from crawler.describe.people.syllables import GAP, MIDDLE_NAMES, PLACE_BEFORE, key_of, syllable_key
from crawler.describe.people.titles import head_pattern

# Bodies that the name of their district or province follows: "Huyện ủy Tri Tôn", "Sở Y tế Tây Ninh".
_ORGAN_BEFORE = re.compile(
    r"(?:ủy|uỷ|đoàn|ubnd|hđnd|mttq|ban nhân dân|đồng nhân dân|công an|sở [\w, -]{2,40}|du lịch)\s$"
)
_BODY = re.compile(r"(?:tỉnh|huyện|thành|thị) (?:ủy|đoàn|đội)(?!\w)|(?:đảng|ủy) (?:ủy|ban)(?!\w)")
_PART, _FIRST = re.compile(r"[^ \-]+"), re.compile(r"[^ \-]+[ \-]")
_LONGEST_OF_SURNAME = 3  # syllables of a name that begins with a surname which is a body's word too
_SPACE, _NEXT = re.compile(" "), re.compile(r"[ \-]([^ \-]+)")
_DEPARTMENT = "công thương "  # the one of which all words have capitals: "Sở Công Thương Tro Xuân Nghiêm"


def bounds(passage: Passage, start: int, end: int, authorities: Authorities) -> tuple[int, int]:
    """The part of a run of capitals at [start, end) that is a name."""
    start, end = _without_words(passage, start, end, person_words(authorities.offices))
    start, end = _without_place(passage, start, end, authorities)
    return _trimmed(passage, start, end, authorities.offices)


def _without_words(passage: Passage, start: int, end: int, words: re.Pattern[str]) -> tuple[int, int]:
    """Cut a person word in capitals off a run: "ĐỒNG CHÍ LÊ THỊ HƯƠNG"."""
    for space in _SPACE.finditer(passage.text[start:end]):
        if found := words.fullmatch(passage.key, start, start + space.start()):
            return (start + space.end(), end) if " " in found[1] else (start, end)
    return start, end


def _without_place(passage: Passage, start: int, end: int, authorities: Authorities) -> tuple[int, int]:
    """Cut the place a run begins with: "xã Hòa Sơn Hồ Văn Y", "Huyện ủy Tri Tôn Cao Hữu Đạt"."""
    is_typed = bool(PLACE_BEFORE.search(passage.key, max(0, start - 20), start))
    if not is_typed and not _ORGAN_BEFORE.search(passage.key, max(0, start - 50), start):
        return start, end
    syllables = list(_PART.finditer(passage.text[start:end]))
    for count in range(min(4, len(syllables) - 2), 0, -1):
        rest = syllables[count:]
        if syllable_key(rest[0].group()) not in authorities.offices.surnames:
            continue
        if _is_unit(passage.key[start : start + syllables[count - 1].end()], is_typed, authorities.gazetteer):
            return start + rest[0].start(), end
    return start, end


def _is_unit(key: str, is_typed: bool, gazetteer: Gazetteer) -> bool:
    """Whether a name is a unit's; behind a body's name only a district's or province's."""
    units = gazetteer.by_name.get(place_key(key), ())
    return any(is_typed or unit.level != "commune" for unit in units)


def _trimmed(passage: Passage, start: int, end: int, offices: Offices) -> tuple[int, int]:
    """Leave out words of posts and organisations in front: "Huyện ủy viên Lò Văn A", and what follows a name."""
    text = passage.text
    while not _is_introduced_surname(passage, start, end, offices):
        first = _FIRST.match(text, start, end)
        is_long = len(GAP.split(text[start:end])) > _LONGEST_OF_SURNAME  # "Đoàn Nguyễn Văn An", but Đoàn Ngọc Tuấn
        key = syllable_key(first.group().strip(" -")) if first else ""
        following = key_of(GAP.split(text[start:end])[1]) if first else ""
        if (
            first
            and key in offices.not_names
            and (
                key not in offices.surnames
                or key in offices.persons
                or (is_long and following in offices.surnames - MIDDLE_NAMES)
            )
        ):
            start = first.end()
            continue
        break
    if passage.key.startswith(_DEPARTMENT, start):
        start += len(_DEPARTMENT)
    while (first := _FIRST.match(text, start, end)) and len(first.group()) > 2 and first.group()[:-1].isupper():
        if text[start:end].isupper():
            break
        start = first.end()  # "Trung tá QNCN Lò Văn A"
    for found in _NEXT.finditer(text, start, end):
        if _begins_post(passage, found.start(1), found.end(1), offices):
            return start, found.start()
    return start, end


def _is_introduced_surname(passage: Passage, start: int, end: int, offices: Offices) -> bool:
    """ "Ông Đoàn Bá Thịnh": behind a person word even a word of organisations is a surname."""
    first = syllable_key(GAP.split(passage.text[start:end])[0])
    return first in offices.surnames and bool(word_before(passage.key, start, person_words(offices)))


def _begins_post(passage: Passage, start: int, end: int, offices: Offices) -> bool:
    """Whether a syllable of a run is already the next post or body: "Lò Văn A Trưởng phòng", "… Ban Dân vận"."""
    if head_pattern(offices).match(passage.calm, start):
        return True
    return bool(_BODY.match(passage.key, start)) or (
        passage.key[start:end] == "ban" and passage.key[end : end + 1] == " "
    )
