"""Where people's names stand: runs of capitalised syllables with a surname, or behind a person word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from archive.authorities import Authorities, Offices
from archive.authorities.gazetteer import place_key
from crawler.describe.passages import Passage
from crawler.describe.people.bounds import bounds
from crawler.describe.people.person_words import is_cadre, person_words, word_before
from crawler.describe.people.syllables import GAP, MIDDLE_NAMES, PLACE_BEFORE, SYLLABLE, key_of, syllable_key
from crawler.describe.people.titles import head_pattern

_RUN = re.compile(rf"(?<![\w'’]){SYLLABLE}(?:[ \-]{SYLLABLE}){{0,7}}(?![\w])")
_UNIT_WORD = re.compile(r"(?<!\w)(xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|tỉnh|thành phố)\s$")
_BYLINE = re.compile(r"\s*\(?(?:tin|bài|ảnh|tác giả|thực hiện|nguồn)\b[^:\n]{0,20}:")
_COMMA = re.compile(r"\s*[,(–-]\s*")
_IN_LIST = re.compile(r"\s*(?:,|;|và|,? cùng)\s*")


@dataclass(frozen=True)
class Name:
    """A name in a passage and the word before it that makes it a person's."""

    text: str
    start: int
    end: int
    word: str | None  # the person word or rank, as a match key
    is_cadre: bool  # introduced as a comrade or by rank

    @property
    def key(self) -> str:
        return key_of(self.text)

    @property
    def given(self) -> str:
        """The last syllable, by which people are mentioned again."""
        return self.key.split()[-1]


def find_names(passage: Passage, authorities: Authorities) -> list[Name]:
    """Every name of two or more syllables, in order; place names, historical persons and works are none."""
    return list(_names(passage, authorities))


def find_short(passage: Passage, authorities: Authorities) -> Iterator[Name]:
    """A person word with one capitalised syllable: "đồng chí Trạch"."""
    words = person_words(authorities.offices)
    for run in _RUN.finditer(passage.text):
        start = run.start()
        if opening := words.fullmatch(passage.key, start, start + max(0, run.group().find(" "))):
            start += len(opening.group()) + 1  # "Ông Bảy" at the beginning of a sentence
        if " " in passage.text[start : run.end()] or "-" in run.group():
            continue
        word = word_before(passage.key, start, words)
        if word and not _is_capital_next(passage.text, run.end()):
            yield Name(passage.text[start : run.end()], start, run.end(), word, is_cadre(word, authorities.offices))


def _names(passage: Passage, authorities: Authorities) -> Iterator[Name]:
    offices = authorities.offices
    words = person_words(offices)
    cadre_until = -1
    for run in _RUN.finditer(passage.text):
        if not _may_be_name(passage, run, words):
            continue
        start, end = bounds(passage, run.start(), run.end(), authorities)
        syllables = GAP.split(passage.text[start:end])
        word = word_before(passage.key, start, words)
        key = passage.key[start:end]
        has_post = _has_post_after(passage, end, offices)
        # One syllable is a name only between a person word and a post: "chị Hnhôn, Chủ tịch Hội Phụ nữ xã".
        if not (1 if word and has_post else 2) <= len(syllables) <= (6 if word else 5):
            continue
        if key.startswith(_historical(offices)):
            continue
        # Behind its district a name is no other place.
        is_cut = GAP.search(passage.text, run.start(), start) is not None
        is_person = _is_person(passage, start, key, syllables, word, authorities, is_cut=is_cut)
        if not is_person and not (len(syllables) >= 3 and has_post and not _has_abbreviation(passage.text[start:end])):
            continue
        # "các đồng chí: A, B và C": the word of the first is the word of all.
        follows = start - cadre_until <= 5 and _IN_LIST.fullmatch(passage.key, cadre_until, start)
        makes_cadre = bool(word and is_cadre(word, offices)) or (cadre_until >= 0 and bool(follows))
        if makes_cadre:
            cadre_until = end
        yield Name(passage.text[start:end], start, end, word, makes_cadre)


def _may_be_name(passage: Passage, run: re.Match[str], words: re.Pattern[str]) -> bool:
    """What one look tells: most capitals begin a sentence or stand alone, and one syllable needs a person word."""
    if not GAP.search(run.group()) and word_before(passage.key, run.start(), words) is None:
        return False
    return not _is_in_heading(passage.text, run) and not _is_in_byline(passage, run.start())


def _is_person(
    passage: Passage,
    start: int,
    key: str,
    syllables: list[str],
    word: str | None,
    authorities: Authorities,
    *,
    is_cut: bool,
) -> bool:
    offices = authorities.offices
    first = syllable_key(syllables[0])
    if _has_abbreviation(passage.text[start : start + len(key)]):
        return False
    if word:
        return first not in offices.not_names or first in offices.surnames
    if first == "thị" and key_of(syllables[1]) in ("xã", "ủy", "trấn", "đoàn", "đội"):
        return False
    if (
        len(syllables) >= 3
        and key_of(syllables[1]) in MIDDLE_NAMES
        and not _is_of_place(passage, start, key, authorities)
    ):
        return True  # "Hạp Thị Chi Lăng": whatever the surname
    if first not in offices.surnames or (first in offices.not_names and len(syllables) < 3):
        return False  # "Đoàn Thanh" of "Đoàn Thanh niên"
    is_of_place = not is_cut and PLACE_BEFORE.search(passage.key, max(0, start - 20), start)
    if is_of_place and not _follows_office(passage, start, syllables, offices):
        return False
    units = authorities.gazetteer.by_name.get(place_key(key), ())
    return not units


def _is_of_place(passage: Passage, start: int, key: str, authorities: Authorities) -> bool:
    """Whether a name is a unit's ("huyện Trần Văn Thời"), or something else that bears a person's name ("đường …")."""
    if authorities.gazetteer.by_name.get(place_key(key)):
        return True
    before = passage.key[max(0, start - 20) : start]
    return bool(PLACE_BEFORE.search(before)) and not _UNIT_WORD.search(before)


def _has_abbreviation(text: str) -> bool:
    """ "Đoàn TNCS Hồ Chí Minh" is an organisation; a name all in capitals has none."""
    return not text.isupper() and any(len(part) > 1 and part.isupper() for part in GAP.split(text))


def _follows_office(passage: Passage, start: int, syllables: list[str], offices: Offices) -> bool:
    """A full name right after "Chủ tịch UBND xã": the office has no place name, so the name is its holder's.

    Of districts and provinces all names are known, so two syllables that are none are a person's.
    """
    unit = _UNIT_WORD.search(passage.key, max(0, start - 12), start)
    if unit is None or len(syllables) < (3 if unit[1] in ("xã", "phường", "thị trấn", "đặc khu") else 2):
        return False
    opening = max(passage.sentence_around(start)[0], start - 60)
    before = passage.calm[opening:start]
    head = None
    for head in head_pattern(offices).finditer(before):  # noqa: B007 (the last one counts)
        pass
    return head is not None and not re.search(r"[,;:()]", before[head.end() :])


def _has_post_after(passage: Passage, end: int, offices: Offices) -> bool:
    """Whether a post follows at once: "…; Trạc Thị Én, Phó Chủ tịch": whatever the surname, it is a person."""
    comma = _COMMA.match(passage.calm, end, end + 4)
    return bool(comma and head_pattern(offices).match(passage.calm, comma.end()))


def _is_in_byline(passage: Passage, start: int) -> bool:
    """Whether a line is a byline that stands within the text: "Bài, ảnh: Nguyễn Thu Hà - Phó Trưởng Ban"."""
    return bool(_BYLINE.match(passage.key, passage.text.rfind("\n", 0, start) + 1))


def _is_in_heading(text: str, run: re.Match[str]) -> bool:
    """Whether a run of capitals goes on beyond what any name has."""
    if run.group().isupper():
        return False
    return _is_capital_next(text, run.end()) or bool(
        _CAPITAL_BEFORE.search(text, max(0, run.start() - 12), run.start())
    )


@lru_cache(maxsize=4)
def _historical(offices: Offices) -> tuple[str, ...]:
    return tuple(offices.historical)


_CAPITAL_BEFORE = re.compile(rf"(?<![\w'’]){SYLLABLE} $")


def _is_capital_next(text: str, end: int) -> bool:
    following = text[end : end + 2].lstrip(" ")
    return text[end : end + 1] == " " and following[:1].isupper()
