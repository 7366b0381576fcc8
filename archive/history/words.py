"""Word-level differences of two texts: which runs of words were taken out and put in.

>>> before, after = "Có 186 mô hình, 5 xã.", "Có 189 mô hình; 5 xã."
>>> [(before[e.start : e.end], after[e.new_start : e.new_end]) for e in edits(before, after)]
[('186', '189'), (',', ';')]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

# A word of Vietnamese is a syllable; a number, date or code keeps its inner signs ("3.150", "16/22", "25-NQ/TW").
# A break between paragraphs is a word of its own, so that splitting or joining paragraphs shows.
_WORD = re.compile(r"\n\n|\w+(?:[-/.,:]\w+)*|[^\w\s]")
# Comparing costs as many steps as there are pairs of equal words, some 20 times over: this many are below a second.
# Stretches of more are compared by sentences first.
_WORK = 250_000
_ENDS = (".", "!", "?", "\n\n")
# How far a change may be shifted to where its paragraph begins: further than any sentence is long.
_SLIDE = 200


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One run of words: [start, end) of the older text gave way to [new_start, new_end) of the newer."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, kw_only=True)
class Token:
    """A word and where it stands."""

    text: str
    start: int
    end: int


def edits(before: str, after: str) -> list[Edit]:
    """The differences of two texts in their order; equal texts have none.

    A few equal words between two longer changes are part of one change: "và", "của" stand everywhere by chance.
    """
    olds, news = words(before), words(after)
    old_words, new_words = [token.text for token in olds], [token.text for token in news]
    found = [_slid(run, old_words, new_words) for run in _merged(_runs(old_words, new_words))]
    return [_edit(olds, news, run, len(before), len(after)) for run in found]


def words(text: str) -> list[Token]:
    """The words, signs and paragraph breaks of a text."""
    return [Token(text=found.group(), start=found.start(), end=found.end()) for found in _WORD.finditer(text)]


_Run = tuple[int, int, int, int]  # [a, b) of the older words, [c, d) of the newer


def _runs(olds: Sequence[str], news: Sequence[str]) -> list[_Run]:
    """Changed runs; equal heads and tails are cut off before anything is compared."""
    head = _common(olds, news)
    tail = _common(olds[head:][::-1], news[head:][::-1])
    inner_olds, inner_news = olds[head : len(olds) - tail], news[head : len(news) - tail]
    if not inner_olds and not inner_news:
        return []
    if _work(inner_olds, inner_news) <= _WORK:
        found = _compared(inner_olds, inner_news)
    else:
        found = list(_by_sentence(inner_olds, inner_news))
    return [(a + head, b + head, c + head, d + head) for a, b, c, d in found]


def _work(olds: Sequence[Hashable], news: Sequence[Hashable]) -> int:
    """Pairs of equal words: what one pass of the comparison looks at."""
    counts = Counter(news)
    return sum(counts[word] for word in olds)


def _compared(olds: Sequence[str], news: Sequence[str]) -> list[_Run]:
    codes = SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
    return [(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"]


def _by_sentence(olds: Sequence[str], news: Sequence[str]) -> Iterator[_Run]:
    """Sentences that both have hold the rest apart; a rest that is too long still changed as a whole."""
    old_ends, new_ends = _sentence_ends(olds), _sentence_ends(news)
    old_parts = [tuple(olds[a:b]) for a, b in pairwise(old_ends)]
    new_parts = [tuple(news[a:b]) for a, b in pairwise(new_ends)]
    if _work(old_parts, new_parts) > _WORK:
        yield 0, len(olds), 0, len(news)
        return
    for tag, i, j, k, m in SequenceMatcher(None, old_parts, new_parts, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        a, b, c, d = old_ends[i], old_ends[j], new_ends[k], new_ends[m]
        if _work(olds[a:b], news[c:d]) > _WORK:
            yield a, b, c, d
        else:
            yield from ((a + p, a + q, c + r, c + s) for p, q, r, s in _compared(olds[a:b], news[c:d]))


def _sentence_ends(parts: Sequence[str]) -> list[int]:
    ends = [number + 1 for number, word in enumerate(parts) if word in _ENDS]
    return [0, *ends] if ends and ends[-1] == len(parts) else [0, *ends, len(parts)]


def _common(olds: Sequence[str], news: Sequence[str]) -> int:
    for number, (old, new) in enumerate(zip(olds, news, strict=False)):
        if old != new:
            return number
    return min(len(olds), len(news))


def _merged(runs: list[_Run]) -> list[_Run]:
    """Join changes with fewer equal words between them than either side changes; repeated until nothing joins."""
    while True:
        joined: list[_Run] = []
        for run in runs:
            if joined and _belongs(joined[-1], run):
                joined[-1] = (joined[-1][0], run[1], joined[-1][2], run[3])
            else:
                joined.append(run)
        if len(joined) == len(runs):
            return joined
        runs = joined


def _belongs(first: _Run, second: _Run) -> bool:
    between = second[0] - first[1]
    return between < min(_weight(first), _weight(second))


def _weight(run: _Run) -> int:
    return max(run[1] - run[0], run[3] - run[2])


def _slid(run: _Run, olds: Sequence[str], news: Sequence[str]) -> _Run:
    """Words only put in, or only taken out, can often be said to stand a little earlier or later.

    Of the places that say the same the one where whole paragraphs or sentences come or go is the one people mean.
    """
    a, b, c, d = run
    if a != b and c != d:
        return run
    texts, first, last = (news, c, d) if a == b else (olds, a, b)
    best = max(_places(texts, first, last), key=lambda shift: (_niceness(texts, first + shift, last + shift), shift))
    return a + best, b + best, c + best, d + best


def _places(texts: Sequence[str], first: int, last: int) -> Iterator[int]:
    """By how many words a run can be shifted without saying anything else."""
    yield 0
    for step in range(1, min(first, _SLIDE) + 1):
        if texts[first - step] != texts[last - step]:
            break
        yield -step
    for step in range(min(len(texts) - last, _SLIDE)):
        if texts[first + step] != texts[last + step]:
            break
        yield step + 1


def _niceness(texts: Sequence[str], first: int, last: int) -> int:
    before = texts[first - 1] if first else "\n\n"
    if "\n\n" in (texts[first], before) and (last == len(texts) or "\n\n" in (texts[last], texts[last - 1])):
        return 2
    return int(before in _ENDS)


def _edit(olds: list[Token], news: list[Token], run: _Run, old_length: int, new_length: int) -> Edit:
    start, end = _stretch(olds, run[0], run[1], old_length)
    new_start, new_end = _stretch(news, run[2], run[3], new_length)
    return Edit(start=start, end=end, new_start=new_start, new_end=new_end)


def _stretch(tokens: list[Token], first: int, last: int, length: int) -> tuple[int, int]:
    """Where a run of tokens stands in its text; an empty one stands before the next word."""
    if first == last:
        at = tokens[first].start if first < len(tokens) else length
        return at, at
    return tokens[first].start, tokens[last - 1].end
