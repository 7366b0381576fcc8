"""Where people's names stand: runs of capitalised syllables with a surname, or behind a person word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from archive.authorities import Authorities, Gazetteer, Offices
from archive.authorities.gazetteer import place_key
from archive.vietnamese import CAPITALS, match_key
from crawler.describe.passages import Passage
from crawler.describe.titles import head_pattern

_SYLLABLE = rf"[{CAPITALS}][^\W\d_]*(?:['’ʼ][^\W\d_]+)?"
_RUN = re.compile(rf"(?<![\w'’]){_SYLLABLE}(?:[ \-]{_SYLLABLE}){{0,7}}(?![\w])")
_PLACE_BEFORE = re.compile(
    r"(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố|tp\.?|đường|phố|trường|cầu|sông|hồ|núi|đèo|chợ|chùa|(?<!nông )thôn|bản|ấp|khóm|buôn"
    r"|làng|xóm|tượng đài|quảng trường|giải|tư tưởng|tncs|mang tên|tên|khu|dân tộc|người|đồng bào|công ty|htx|hợp tác xã|nhà máy"
    r"|tổ|khu phố|phum|sóc|đảo|rừng|suối|lăng|đền|công viên|bệnh viện|hội trường|đoàn|sao|mường|phong trào|bệnh xá|cụm|tiểu đoàn)\s*$"
)

_UNIT_WORD = re.compile(r"(?<!\w)(xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|tỉnh|thành phố)\s$")
# Bodies that the name of their district or province follows: "Huyện ủy Tri Tôn", "Sở Y tế Tây Ninh".
_ORGAN_BEFORE = re.compile(
    r"(?:ủy|uỷ|đoàn|ubnd|hđnd|mttq|ban nhân dân|đồng nhân dân|công an|sở [\w, -]{2,40}|du lịch)\s$"
)
_BYLINE = re.compile(r"\s*\(?(?:tin|bài|ảnh|tác giả|thực hiện|nguồn)\b[^:\n]{0,20}:")
_BODY = re.compile(r"(?:tỉnh|huyện|thành|thị) (?:ủy|đoàn|đội)(?!\w)|(?:đảng|ủy) (?:ủy|ban)(?!\w)")


_GAP, _PART, _FIRST = re.compile(r"[ \-]"), re.compile(r"[^ \-]+"), re.compile(r"[^ \-]+[ \-]")
_SPACE = re.compile(" ")
_NEXT = re.compile(r"[ \-]([^ \-]+)")
_COMMA = re.compile(r"\s*[,(–-]\s*")
_IN_LIST = re.compile(r"\s*(?:,|;|và|,? cùng)\s*")
_DEPARTMENT = "công thương "  # the one of which all words have capitals: "Sở Công Thương Tro Xuân Nghiêm"
# "Đồng Thị Hải" begins with its surname, though "thị" is one too.
_MIDDLE_NAMES = frozenset(["thị", "văn"])
# The same syllables come again and again.
_key = lru_cache(maxsize=8192)(match_key)


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
        return _key(self.text)

    @property
    def given(self) -> str:
        """The last syllable, by which people are mentioned again."""
        return self.key.split()[-1]


def find_names(passage: Passage, authorities: Authorities) -> list[Name]:
    """Every name of two or more syllables, in order; place names, historical persons and works are none."""
    return list(_names(passage, authorities))


def find_short(passage: Passage, authorities: Authorities) -> Iterator[Name]:
    """A person word with one capitalised syllable: "đồng chí Trạch"."""
    words = _person_words(authorities.offices)
    for run in _RUN.finditer(passage.text):
        start = run.start()
        if opening := words.fullmatch(passage.key, start, start + max(0, run.group().find(" "))):
            start += len(opening.group()) + 1  # "Ông Bảy" at the beginning of a sentence
        if " " in passage.text[start : run.end()] or "-" in run.group():
            continue
        word = _word_before(passage.key, start, words)
        if word and not _is_capital_next(passage.text, run.end()):
            yield Name(passage.text[start : run.end()], start, run.end(), word, _is_cadre(word, authorities.offices))


def _names(passage: Passage, authorities: Authorities) -> Iterator[Name]:
    offices = authorities.offices
    words = _person_words(offices)
    cadre_until = -1
    for run in _RUN.finditer(passage.text):
        if not _may_be_name(passage, run, words):
            continue
        start, end = _without_words(passage, run.start(), run.end(), words)
        start, end = _without_place(passage, start, end, authorities)
        start, end = _trimmed(passage, start, end, offices)
        syllables = _GAP.split(passage.text[start:end])
        word = _word_before(passage.key, start, words)
        key = passage.key[start:end]
        has_post = _has_post_after(passage, end, offices)
        # One syllable is a name only between a person word and a post: "chị Hnhôn, Chủ tịch Hội Phụ nữ xã".
        if not (1 if word and has_post else 2) <= len(syllables) <= (6 if word else 5):
            continue
        if key.startswith(_historical(offices)):
            continue
        is_cut = (
            _GAP.search(passage.text, run.start(), start) is not None
        )  # behind its district nothing else is a place
        is_person = _is_person(passage, start, key, syllables, word, authorities, is_cut=is_cut)
        if not is_person and not (len(syllables) >= 3 and has_post and not _has_abbreviation(passage.text[start:end])):
            continue
        # "các đồng chí: A, B và C": the word of the first is the word of all.
        follows = start - cadre_until <= 5 and _IN_LIST.fullmatch(passage.key, cadre_until, start)
        is_cadre = bool(word and _is_cadre(word, offices)) or (cadre_until >= 0 and bool(follows))
        if is_cadre:
            cadre_until = end
        yield Name(passage.text[start:end], start, end, word, is_cadre)


def _may_be_name(passage: Passage, run: re.Match[str], words: re.Pattern[str]) -> bool:
    """What one look tells: most capitals begin a sentence or stand alone, and one syllable needs a person word."""
    if not _GAP.search(run.group()) and _word_before(passage.key, run.start(), words) is None:
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
    first = _syllable_key(syllables[0])
    if _has_abbreviation(passage.text[start : start + len(key)]):
        return False
    if word:
        return first not in offices.not_names or first in offices.surnames
    if first == "thị" and _key(syllables[1]) in ("xã", "ủy", "trấn", "đoàn", "đội"):
        return False
    if (
        len(syllables) >= 3
        and _key(syllables[1]) in _MIDDLE_NAMES
        and not _is_of_place(passage, start, key, authorities)
    ):
        return True  # "Hạp Thị Chi Lăng": whatever the surname
    if first not in offices.surnames or (first in offices.not_names and len(syllables) < 3):
        return False  # "Đoàn Thanh" of "Đoàn Thanh niên"
    is_of_place = not is_cut and _PLACE_BEFORE.search(passage.key, max(0, start - 20), start)
    if is_of_place and not _follows_office(passage, start, syllables, offices):
        return False
    units = authorities.gazetteer.by_name.get(place_key(key), ())
    return not units


def _is_of_place(passage: Passage, start: int, key: str, authorities: Authorities) -> bool:
    """Whether a name is a unit's ("huyện Trần Văn Thời"), or something else that bears a person's name ("đường …")."""
    if authorities.gazetteer.by_name.get(place_key(key)):
        return True
    before = passage.key[max(0, start - 20) : start]
    return bool(_PLACE_BEFORE.search(before)) and not _UNIT_WORD.search(before)


def _has_abbreviation(text: str) -> bool:
    """ "Đoàn TNCS Hồ Chí Minh" is an organisation; a name all in capitals has none."""
    return not text.isupper() and any(len(part) > 1 and part.isupper() for part in _GAP.split(text))


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


def _without_words(passage: Passage, start: int, end: int, words: re.Pattern[str]) -> tuple[int, int]:
    """Cut a person word in capitals off a run: "ĐỒNG CHÍ LÊ THỊ HƯƠNG"."""
    for space in _SPACE.finditer(passage.text[start:end]):
        if found := words.fullmatch(passage.key, start, start + space.start()):
            return (start + space.end(), end) if " " in found[1] else (start, end)
    return start, end


def _without_place(passage: Passage, start: int, end: int, authorities: Authorities) -> tuple[int, int]:
    """Cut the place a run begins with: "xã Hòa Sơn Hồ Văn Y", "Huyện ủy Tri Tôn Cao Hữu Đạt"."""
    is_typed = bool(_PLACE_BEFORE.search(passage.key, max(0, start - 20), start))
    if not is_typed and not _ORGAN_BEFORE.search(passage.key, max(0, start - 50), start):
        return start, end
    syllables = list(_PART.finditer(passage.text[start:end]))
    for count in range(min(4, len(syllables) - 2), 0, -1):
        rest = syllables[count:]
        if _syllable_key(rest[0].group()) not in authorities.offices.surnames:
            continue
        if _is_unit(passage.key[start : start + syllables[count - 1].end()], is_typed, authorities.gazetteer):
            return start + rest[0].start(), end
    return start, end


def _is_unit(key: str, is_typed: bool, gazetteer: Gazetteer) -> bool:
    """Whether a name is a unit's; behind a body's name only a district's or province's."""
    units = gazetteer.by_name.get(place_key(key), ())
    return any(is_typed or unit.level != "commune" for unit in units)


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


def _trimmed(passage: Passage, start: int, end: int, offices: Offices) -> tuple[int, int]:
    """Leave out words of posts and organisations in front: "Huyện ủy viên Lò Văn A", and what follows a name."""
    text = passage.text
    while not _is_introduced_surname(passage, start, end, offices):
        first = _FIRST.match(text, start, end)
        key = _syllable_key(first.group().strip(" -")) if first else ""
        following = _key(_GAP.split(text[start:end])[1]) if first else ""
        if (
            first
            and key in offices.not_names
            and (key not in offices.surnames or key in offices.persons or following in offices.surnames - _MIDDLE_NAMES)
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
    first = _syllable_key(_GAP.split(passage.text[start:end])[0])
    return first in offices.surnames and bool(_word_before(passage.key, start, _person_words(offices)))


def _begins_post(passage: Passage, start: int, end: int, offices: Offices) -> bool:
    """Whether a syllable of a run is already the next post or body: "Lò Văn A Trưởng phòng", "… Ban Dân vận"."""
    if head_pattern(offices).match(passage.calm, start):
        return True
    return bool(_BODY.match(passage.key, start)) or (
        passage.key[start:end] == "ban" and passage.key[end : end + 1] == " "
    )


@lru_cache(maxsize=4)
def _historical(offices: Offices) -> tuple[str, ...]:
    return tuple(offices.historical)


@lru_cache(maxsize=20_000)
def _syllable_key(syllable: str) -> str:
    """The key of one syllable: a few thousand make up all names."""
    return _key(syllable)


@lru_cache(maxsize=4)
def _person_words(offices: Offices) -> re.Pattern[str]:
    words = sorted({*offices.cadre, *offices.ranks, *offices.persons}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))}):?\.?\s*$")


_BEFORE_NAME = " :.\xa0\n\t"  # what may part a name from its person word


def _word_before(key: str, start: int, words: re.Pattern[str]) -> str | None:
    if start and key[start - 1] not in _BEFORE_NAME:
        return None
    found = words.search(key, max(0, start - 24), start)
    return found[1] if found else None


def _is_cadre(word: str, offices: Offices) -> bool:
    return word in offices.cadre or word in offices.ranks


_CAPITAL_BEFORE = re.compile(rf"(?<![\w'’]){_SYLLABLE} $")


def _is_capital_next(text: str, end: int) -> bool:
    following = text[end : end + 2].lstrip(" ")
    return text[end : end + 1] == " " and following[:1].isupper()
