"""Pairs of texts of which it is known whether one was made of the other: for measuring, the same in every run.

Positives are texts of tests/data with a share of their sentences exchanged for sentences of other articles, taken out,
or put elsewhere, as editors of another portal do, half of them with spelling and signs changed too. Negatives are all
pairs of distinct articles: all are on the same topic, many of the same province.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
SHARES = (0.0, 0.05, 0.1, 0.2, 0.4)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two texts; `share` of the sentences were edited, None where they are different articles."""

    one: str
    other: str
    share: float | None


@lru_cache(maxsize=1)
def articles() -> dict[str, str]:
    """The texts of the gold pages by their id, those of other versions and near-duplicates of theirs left out."""
    found = {}
    for name in ("pages", "frozen", "unseen"):
        for page in json.loads((DATA / name / "gold.json").read_text(encoding="utf-8")):
            is_made = page["near_duplicate_of"] or page["version_of"]
            if page["is_article"] and not is_made and len(page["body"].split()) >= 60:
                found[page["id"]] = page["body"]
    return found


def labelled() -> list[tuple[str, str]]:
    """Pairs of gold pages that people marked as one text twice: (text, its near-duplicate or other version)."""
    pages = {}
    for name in ("pages", "frozen", "unseen"):
        pages |= {page["id"]: page for page in json.loads((DATA / name / "gold.json").read_text(encoding="utf-8"))}
    return [
        (pages[of]["body"], page["body"])
        for page in pages.values()
        if (of := page["near_duplicate_of"] or page["version_of"]) and page["body"] and pages[of]["body"]
    ]


def positives(share: float, rounds: int = 3) -> Iterator[Pair]:
    """Each article with one made of it, `rounds` times over."""
    bodies = list(articles().values())
    for turn in range(rounds):
        for number, body in enumerate(bodies):
            chance = random.Random(f"{share} {turn} {number}")
            yield Pair(one=body, other=edited(body, share, chance, bodies), share=share)


def negatives() -> Iterator[Pair]:
    """Every pair of distinct articles."""
    for one, other in combinations(articles().values(), 2):
        yield Pair(one=one, other=other, share=None)


def edited(body: str, share: float, chance: random.Random, others: Sequence[str]) -> str:
    """A text with a share of its sentences edited, as another portal's editors do."""
    sentences = _SENTENCE.split(body)
    count = round(share * len(sentences))
    if share and not count:
        count = 1
    for at in chance.sample(range(len(sentences)), count):
        kind = chance.choice(("exchanged", "exchanged", "removed", "moved"))
        if kind == "exchanged":
            sentences[at] = chance.choice(_SENTENCE.split(chance.choice(others)))
        elif kind == "removed":
            sentences[at] = ""
        else:
            to = chance.randrange(len(sentences))
            sentences[at], sentences[to] = sentences[to], sentences[at]
    text = " ".join(filter(None, sentences))
    return _in_another_hand(text) if chance.random() < 0.5 else text


def _in_another_hand(text: str) -> str:
    """Another house style: tone places, quotation marks, dashes."""
    for old, new in (("òa", "oà"), ("ủy", "uỷ"), ("“", '"'), ("”", '"'), (" - ", " – "), ("\n\n", " ")):
        text = text.replace(old, new)
    return text
