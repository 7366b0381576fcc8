"""Where people's names stand: runs of capitalised syllables with a surname, or behind a person word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from archive.authorities import Authorities, Offices
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

_BODY = re.compile(r"(?:tỉnh|huyện|thành|thị) (?:ủy|đoàn|đội)(?!\w)|(?:đảng|ủy) (?:ủy|ban)(?!\w)")


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
        if " " in run.group() or "-" in run.group():
            continue
        word = _word_before(passage.key, run.start(), words)
        if word and not _is_capital_next(passage.text, run.end()):
            yield Name(run.group(), run.start(), run.end(), word, _is_cadre(word, authorities.offices))


def _names(passage: Passage, authorities: Authorities) -> Iterator[Name]:
    offices = authorities.offices
    words = _person_words(offices)
    cadre_until = -1
    for run in _RUN.finditer(passage.text):
        start, end = _without_place(passage, run.start(), run.end(), authorities)
        start, end = _trimmed(passage, start, end, offices)
        syllables = re.split(r"[ \-]", passage.text[start:end])
        word = _word_before(passage.key, start, words)
        if not 2 <= len(syllables) <= (6 if word else 5):
            continue
        key = passage.key[start:end]
        if not _is_person(passage, start, key, syllables, word, authorities) and not (
            len(syllables) >= 3 and _has_post_after(passage, end, offices)
        ):
            continue
        # "các đồng chí: A, B và C": the word of the first is the word of all.
        follows = start - cadre_until <= 5 and re.fullmatch(
            r"\s*(?:,|;|và|,? cùng)\s*", passage.key[cadre_until:start] or "x"
        )
        is_cadre = bool(word and _is_cadre(word, offices)) or (cadre_until >= 0 and bool(follows))
        if is_cadre:
            cadre_until = end
        yield Name(passage.text[start:end], start, end, word, is_cadre)


def _is_person(
    passage: Passage, start: int, key: str, syllables: list[str], word: str | None, authorities: Authorities
) -> bool:
    offices = authorities.offices
    first = _syllable_key(syllables[0])
    if key.startswith(_historical(offices)):
        return False
    if word:
        return first not in offices.not_names or first in offices.surnames
    if first == "thị" and _key(syllables[1]) in ("xã", "ủy", "trấn", "đoàn", "đội"):
        return False
    if first not in offices.surnames or (first in offices.not_names and len(syllables) < 3):
        return False  # "Đoàn Thanh" of "Đoàn Thanh niên"
    if _PLACE_BEFORE.search(passage.key[max(0, start - 20) : start]) and not _follows_office(
        passage, start, syllables, offices
    ):
        return False
    units = authorities.gazetteer.by_name.get(place_key(key), ())
    return not units


def _follows_office(passage: Passage, start: int, syllables: list[str], offices: Offices) -> bool:
    """A full name right after "Chủ tịch UBND xã": the office has no place name, so the name is its holder's."""
    if len(syllables) < 3 or not re.search(
        r"(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố)\s$", passage.key[:start]
    ):
        return False
    opening = max(passage.sentence_around(start)[0], start - 60)
    before = passage.calm[opening:start]
    head = None
    for head in head_pattern(offices).finditer(before):  # noqa: B007 (the last one counts)
        pass
    return head is not None and not re.search(r"[,;:()]", before[head.end() :])


def _has_post_after(passage: Passage, end: int, offices: Offices) -> bool:
    """Whether a post follows at once: "…; Trạc Thị Én, Phó Chủ tịch": whatever the surname, it is a person."""
    comma = re.match(r"\s*[,(–-]\s*", passage.calm[end : end + 4])
    return bool(comma and head_pattern(offices).match(passage.calm, end + comma.end()))


def _without_place(passage: Passage, start: int, end: int, authorities: Authorities) -> tuple[int, int]:
    """Cut the place name a run begins with: "xã Hòa Sơn Hồ Văn Y" is the commune Hòa Sơn and Hồ Văn Y."""
    if not _PLACE_BEFORE.search(passage.key[max(0, start - 20) : start]):
        return start, end
    syllables = list(re.finditer(r"[^ \-]+", passage.text[start:end]))
    for count in range(min(4, len(syllables) - 2), 0, -1):
        prefix = passage.key[start : start + syllables[count - 1].end()]
        rest = syllables[count:]
        surname = _syllable_key(rest[0].group())
        if (
            place_key(prefix) in authorities.gazetteer.by_name
            and surname in authorities.offices.surnames
            and len(rest) >= 2
        ):
            return start + rest[0].start(), end
    return start, end


def _trimmed(passage: Passage, start: int, end: int, offices: Offices) -> tuple[int, int]:
    """Leave out words of posts and organisations in front: "Huyện ủy viên Lò Văn A", and what follows a name."""
    text = passage.text
    while True:
        first = re.match(r"[^ \-]+[ \-]", text[start:end])
        key = _syllable_key(first.group().strip(" -")) if first else ""
        following = _key(re.split(r"[ \-]", text[start:end])[1]) if first else ""
        if (
            first
            and key in offices.not_names
            and (key not in offices.surnames or key in offices.persons or following in offices.surnames - _MIDDLE_NAMES)
        ):
            start += first.end()
            continue
        break
    while (first := re.match(r"[^ \-]{2,}[ \-]", text[start:end])) and first.group()[:-1].isupper():
        if text[start:end].isupper():
            break
        start += first.end()  # "Trung tá QNCN Lò Văn A"
    for found in re.finditer(r"[ \-]([^ \-]+)", text[start:end]):
        if _begins_post(passage, start + found.start(1), start + found.end(1), offices):
            return start, start + found.start()
    return start, end


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


def _word_before(key: str, start: int, words: re.Pattern[str]) -> str | None:
    found = words.search(key[max(0, start - 24) : start])
    return found[1] if found else None


def _is_cadre(word: str, offices: Offices) -> bool:
    return word in offices.cadre or word in offices.ranks


def _is_capital_next(text: str, end: int) -> bool:
    following = text[end : end + 2].lstrip(" ")
    return text[end : end + 1] == " " and following[:1].isupper()
