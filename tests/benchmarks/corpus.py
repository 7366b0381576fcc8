"""Articles for search benchmarks: long, with the word frequencies and phrases of the archive's subject; always the same.

Recombined from the demo's articles, names of the gazetteer and well-formed syllables. Statistics that it aims at (measured
on news of this kind, 20,000 articles): 536 syllables a body, of 28,000 distinct ones 17,500 occur once; the most frequent is
in every article, the 100th in 67 %, the 400th in 19 %, the 1,600th in 1.8 %; "dân vận khéo" is in three articles of four.

.venv/bin/python -m tests.benchmarks.corpus 20000 corpus.jsonl    prints the sha256 and the statistics
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
import json
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from archive.authorities import Gazetteer
from archive.authorities.units import REFORM
from crawler.demo.articles import articles_of
from crawler.demo.portals import PORTALS

PHRASES = (
    "dân vận khéo", "công tác dân vận", "ban dân vận huyện ủy", "tổ dân vận", "phong trào thi đua", "quy chế dân chủ",
    "đại đoàn kết", "nông thôn mới", "cải cách hành chính", "đồng bào dân tộc thiểu số", "hệ thống chính trị",
    "ban thường vụ tỉnh ủy", "chủ tịch ủy ban mặt trận",
)  # fmt: skip
_ONSETS = [
    "", "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "r", "s", "t", "th", "tr",
    "v", "x",
]  # fmt: skip
_RIMES = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp",
    "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "em", "en", "eo", "et", "ê", "êch", "êm", "ên",
    "ênh", "êt", "i", "ich", "im", "in", "inh", "it", "iêc", "iêm", "iên", "iêng", "iêu", "o", "oc", "oi", "om",
    "on", "ong", "ot", "oan", "oat", "oai", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn",
    "ơt", "u", "uc", "ui", "um", "un", "ung", "ut", "ua", "uôc", "uôi", "uôn", "uông", "ư", "ưc", "ưng", "ưt", "ưa",
    "ươc", "ươi", "ươm", "ươn", "ương",
]  # fmt: skip
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_FAMILY = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Nông",
    "Lò", "Vi", "Điểu", "Đinh", "Trịnh",
]  # fmt: skip
_MIDDLE = [
    "Văn", "Thị", "Đức", "Minh", "Thanh", "Hữu", "Quang", "Ngọc", "Xuân", "Đình", "Quốc", "Công", "Thu", "Hồng",
    "Bá", "Duy",
]  # fmt: skip
_GIVEN = [
    "Bình", "Hùng", "Sơn", "Hằng", "Anh", "Dũng", "Hà", "Lan", "Nam", "Thắng", "Tuấn", "Hải", "Long", "Phúc", "Thọ",
    "An", "Khánh", "Linh", "Mai", "Nga", "Phương", "Vân", "Yến", "Đạt",
]  # fmt: skip
_POSTS = ("Bí thư Huyện ủy", "Trưởng Ban Dân vận Tỉnh ủy", "Chủ tịch UBND huyện", "Chủ tịch Ủy ban MTTQ tỉnh")
_TAGS = ("dân vận khéo", "quy chế dân chủ", "nông thôn mới", "đại đoàn kết", "hiến đất", "bầu cử", "tôn giáo")
_FIRST_DAY, _DAYS = date(2009, 1, 1), 6208


@dataclass(frozen=True, kw_only=True)
class Generated:
    """One article."""

    id: int
    title: str
    body: str
    portal: str
    province: str
    district: str
    published: str
    officials: list[str]
    tags: list[str]


class Ranks:
    """Draws ranks by Zipf's and Mandelbrot's law."""

    def __init__(self, count: int, exponent: float, shift: float = 2.7) -> None:
        self._sums = list(itertools.accumulate(1 / (rank + 1 + shift) ** exponent for rank in range(count)))

    def __call__(self, chance: random.Random) -> int:
        return bisect.bisect(self._sums, chance.random() * self._sums[-1])


class Vocabulary:
    """What the articles are made of."""

    def __init__(self) -> None:
        paragraphs = [text for portal in PORTALS for one in articles_of(portal.key) for text in one.paragraphs]
        self.paragraphs = sorted((re.findall(r"[\w'.\-/]*\w", text) for text in paragraphs), key=_on_subject)
        counted = Counter(word.lower() for one in self.paragraphs for word in one if word.isalpha())
        self.words = [word for word, _ in counted.most_common()] + _syllables(set(counted))
        self.places = _places()
        self.people = {province: _people(province) for province, _ in self.places}
        self.word, self.paragraph = Ranks(len(self.words), 1.2, 20), Ranks(len(self.paragraphs), 0.6, 8)
        self.place, self.phrase, self.person = Ranks(len(self.places), 0.7), Ranks(len(PHRASES), 1.0), Ranks(60, 1.0)


def articles(count: int) -> Iterator[Generated]:
    """So many articles, the same each time."""
    chance, vocabulary = random.Random(7), Vocabulary()
    return (_article(number, chance, vocabulary) for number in range(1, count + 1))


def _article(number: int, chance: random.Random, known: Vocabulary) -> Generated:
    province, districts = known.places[known.place(chance)]
    district = chance.choice(districts)
    people = list(
        dict.fromkeys(known.people[province][known.person(chance)] for _ in range(chance.choice((1, 1, 2, 3))))
    )
    body: list[str] = []
    target = chance.randrange(350, 701)
    while len(body) < target:
        body += _stretch(chance, known, (province, district), people)
        if chance.random() < 0.06:
            body[-1] += chance.choice((".", ".", ";", ".\n\n"))
    day = _FIRST_DAY + timedelta(days=int(_DAYS * chance.random() ** 0.6))
    return Generated(
        id=number,
        title=f"{district}: {PHRASES[known.phrase(chance)]} năm {day.year}, {chance.randrange(3, 900)} mô hình",
        body=" ".join(body),
        portal=f"bao{number % 180}",
        province=province,
        district=district,
        published=day.isoformat(),
        officials=people,
        tags=chance.sample(_TAGS, chance.randrange(1, 4)),
    )


def _stretch(chance: random.Random, known: Vocabulary, place: tuple[str, str], people: Sequence[str]) -> list[str]:
    """A few words that follow each other."""
    kind = chance.random()
    if kind < 0.42:
        words = known.paragraphs[known.paragraph(chance)]
        length = chance.randrange(4, 13)
        start = chance.randrange(max(1, len(words) - length))
        return words[start : start + length]
    if kind < 0.51:
        return PHRASES[known.phrase(chance)].split()
    if kind < 0.93:
        return [known.words[known.word(chance)] for _ in range(chance.randrange(3, 10))]
    if kind < 0.955:
        return f"đồng chí {chance.choice(people)}, {chance.choice(_POSTS)}".split()
    if kind < 0.975:
        return chance.choice(place).split()
    if kind < 0.99:
        return [chance.choice((str(chance.randrange(2, 5000)), f"{chance.randrange(1, 200)}-NQ/TW"))]
    return ["".join(chance.choice("bcdghklmnprstvx") + chance.choice("aeiou") for _ in range(chance.randrange(3, 6)))]


def _on_subject(words: Sequence[str]) -> int:
    text = " ".join(words).lower()
    return -sum(text.count(phrase) for phrase in ("dân vận", "vận động", "huyện ủy", "chủ tịch"))


def _syllables(known: set[str]) -> list[str]:
    """Well-formed syllables that are not known yet, the names of places first."""
    names = {word.lower() for unit in Gazetteer.load().units.values() for word in unit.name.split() if word.isalpha()}
    made = {
        unicodedata.normalize("NFC", onset + rime[:1] + tone + rime[1:])
        for onset in _ONSETS
        for rime in _RIMES
        for tone in _TONES
    }
    rest = sorted(names - known), sorted(made - names - known)
    for words in rest:
        random.Random(1).shuffle(words)
    return (rest[0] + rest[1])[:5000]


def _places() -> list[tuple[str, list[str]]]:
    """The provinces of before July 2025 with their districts."""
    units = [unit for unit in Gazetteer.load().units.values() if unit.valid_to == REFORM]
    provinces = {unit.id: unit.name for unit in units if unit.level == "province"}
    found = {
        name: sorted(f"{unit.type} {unit.name}" for unit in units if unit.level == "district" and unit.parent == id_)
        for id_, name in provinces.items()
    }
    listed = sorted((name, districts) for name, districts in found.items() if districts)
    random.Random(3).shuffle(listed)
    return listed


def _people(province: str) -> list[str]:
    chance = random.Random(province)
    return [f"{chance.choice(_FAMILY)} {chance.choice(_MIDDLE)} {chance.choice(_GIVEN)}" for _ in range(60)]


def main() -> None:
    count, path = int(sys.argv[1]), Path(sys.argv[2])
    digest, tokens, frequency = hashlib.sha256(), 0, Counter[str]()
    phrases = Counter[str]()
    with path.open("wb") as stream:
        for one in articles(count):
            line = (json.dumps(asdict(one), ensure_ascii=False) + "\n").encode()
            stream.write(line)
            digest.update(line)
            words = re.findall(r"\w+", one.body.lower())
            tokens += len(words)
            frequency.update(set(words))
            text = " ".join(words)
            phrases.update(phrase for phrase in PHRASES[:3] if phrase in text)
    ranks = [count for _, count in frequency.most_common()]
    print(f"{count} articles, {path.stat().st_size} bytes, sha256 {digest.hexdigest()}")
    print(f"{tokens / count:.0f} syllables a body, {len(ranks)} distinct, {ranks.count(1)} of them once")
    by_rank = {rank: ranks[rank] for rank in (0, 100, 400, 1600, 6400) if rank < len(ranks)}
    print(f"articles with the word of rank …: {by_rank}; with a phrase: {dict(phrases)}")


if __name__ == "__main__":
    main()
