"""Articles of a corpus file, and the questions that every engine is asked: ten of each kind, found in the articles."""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from search.documents import IndexDocument
from tests.benchmarks.corpus import PHRASES

VARIANTS = 10
COMMON = ("dân", "huyện", "công", "tác", "xã", "hội", "đảng", "chính", "phong", "trào")
UNACCENTED = (
    "dan van", "nong thon", "chinh quyen", "cong tac", "can bo", "huyen uy", "phong trao", "mo hinh", "van dong", "uy ban",
)  # fmt: skip
KINDS = ("common word", "rare word", "three words", "phrase", "filter", "official", "facets", "highlights")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question. `words`: all must occur in the body, or stand together in a phrase; newest first for an official."""

    kind: str
    words: tuple[str, ...] = ()
    province: str | None = None
    years: tuple[int, int] | None = None
    official: str | None = None


def documents(path: Path, first: int, count: int) -> Iterator[IndexDocument]:
    """Articles `first` (from 1) and the next ones of a JSON Lines file."""
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(islice(stream, first - 1, first - 1 + count), start=first):
            one = json.loads(line)
            yield IndexDocument(
                article_id=number,
                title=one["title"],
                body=one["body"],
                portal=one["portal"],
                published=date.fromisoformat(one["published"][:10]),
                officials=tuple(one["officials"]),
                units=(one["district"], one["province"]),
                within=(one["district"], one["province"]),
                former_provinces=(one["province"],),
                districts=(one["district"],),
                tags=tuple(one["tags"]),
                primary=f"{one['province']} / {one['district']}",
            )


class Texts:
    """The bodies of a corpus file, read when they are asked for: the memory of an engine is measured beside it."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("rb")
        self._offsets = array("q", [0])
        for line in self._stream:
            self._offsets.append(self._offsets[-1] + len(line))

    def body(self, number: int) -> str:
        """The text of one article."""
        self._stream.seek(self._offsets[number - 1])
        return str(json.loads(self._stream.readline())["body"])


def questions(path: Path, count: int) -> list[Asked]:
    """Ten of each kind; words and names are chosen by how often the first articles have them."""
    seen = list(documents(path, 1, min(count, 20_000)))
    frequency, phrases = Counter[str](), Counter[str]()
    for one in seen:
        words = re.findall(r"\w+", one.body.lower())
        frequency.update(set(words))
        text = f" {' '.join(words)} "
        phrases.update(phrase for phrase in PHRASES if f" {phrase} " in text)
    # Equal counts by word, or each process would ask something else.
    ranked = sorted((word for word in frequency if word.isalpha()), key=lambda word: (-frequency[word], word))
    rare = [word for word in ranked if 5 <= frequency[word] <= 30][:: max(1, len(ranked) // 400)]
    middle = [word for word in ranked if 0.075 <= frequency[word] / len(seen) <= 0.45]
    provinces = _most(Counter(one.former_provinces[0] for one in seen))
    people = _most(Counter(name for one in seen for name in one.officials))
    worst = _most(phrases)
    made = {
        "common word": [Asked(kind="common word", words=(word,)) for word in COMMON],
        "rare word": [Asked(kind="rare word", words=(word,)) for word in rare[:VARIANTS]],
        "three words": [
            Asked(kind="three words", words=tuple(middle[n * 7 : n * 7 + 21 : 7])) for n in range(VARIANTS)
        ],
        "phrase": [Asked(kind="phrase", words=tuple(phrase.split())) for phrase in worst],
        "filter": [
            Asked(kind="filter", words=(word,), province=province, years=(2018, 2020))
            for word, province in zip(COMMON, provinces, strict=True)
        ],
        "official": [Asked(kind="official", official=name) for name in people],
        "facets": [Asked(kind="facets", words=(word,)) for word in COMMON],
        "highlights": [Asked(kind="highlights", words=tuple(words.split())) for words in UNACCENTED],
    }
    return [asked for kind in KINDS for asked in made[kind]]


def _most(counted: Counter[str]) -> list[str]:
    """The most frequent, equals in the order of the alphabet: every process asks the same."""
    return sorted(counted, key=lambda name: (-counted[name], name))[:VARIANTS]
