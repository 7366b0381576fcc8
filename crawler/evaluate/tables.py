"""Scores as people read them: aligned text of at most 100 columns, with what each share is a share of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from crawler.evaluate.evaluation import JudgedPage
from crawler.evaluate.mistakes import Mistake
from crawler.evaluate.scoring import COUNTS, MEANS, MORE_SHARES, SHARES, Score, Share

WIDTH = 100
_LONGEST_ENTRY = 240  # characters of a wrong paragraph that show what it is
_COLUMNS = {
    "page": "is_article accuracy",
    "sapo": "sapo kept",
    "title": "title exact",
    "author": "author exact",
    "day": "published day exact",
    "topic": "dan_van accuracy",
}


def summary(score: Score) -> Iterator[str]:
    """Every measure on a line: its share, and n/N or what it is the mean of."""
    for name in (*SHARES, *MORE_SHARES):
        share = score.share(name)
        value = "–" if share.value is None else f"{share.value:.4f}"
        yield f"{name:<38} {value:<6}  {_counted(name, share)}".rstrip()
    for name in COUNTS:
        yield f"{name:<38} {score.counts[name]}"


def _counted(name: str, share: Share) -> str:
    if name in MEANS:
        return f"mean of {share.total:.0f}"
    return "" if name.endswith(" F1") else _of(share)


def _of(share: Share) -> str:
    return f"{share.hits:.0f}/{share.total:.0f}"


def by_group(heading: str, groups: Mapping[str, Score]) -> Iterator[str]:
    """The main measures of each group as n/N; mentions as found/wanted+false."""
    names = (heading, *_COLUMNS, "body", "localities", "officials")
    rows = [names, *(_row(name, score) for name, score in groups.items())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(names))]
    widths[0] = min(widths[0], WIDTH - sum(width + 2 for width in widths[1:]))
    for row in rows:
        cells = [textwrap.shorten(row[0], widths[0], placeholder="…").ljust(widths[0])]
        yield "  ".join(cells + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]).rstrip()


def _row(name: str, score: Score) -> tuple[str, ...]:
    body = score.share("body F1").value
    shares = [_of(score.share(measure)) if score.share(measure).total else "–" for measure in _COLUMNS.values()]
    mentions = [_mentions(score, measure) for measure in ("locality", "official")]
    return name, *shares, "–" if body is None else f"{body:.3f}", *mentions


def _mentions(score: Score, measure: str) -> str:
    recall, precision = score.share(f"{measure} recall"), score.share(f"{measure} precision")
    false = precision.total - precision.hits
    return f"{_of(recall)}+{false:.0f}" if recall.total or false else "–"


def per_page(page: JudgedPage, found: Iterable[Mistake]) -> Iterator[str]:
    """What is wrong on one page."""
    yield from _heading(page)
    for mistake in found:
        labels, empty = (("missed", "false"), ()) if mistake.is_list else (("expected", "got"), ("nothing",))
        for label, entries in zip(labels, (mistake.expected, mistake.got), strict=True):
            for entry in entries or empty:
                yield from _wrapped(f"{mistake.field:<17}{label:<9} {_short(entry)}", "  ")


def _heading(page: JudgedPage) -> list[str]:
    """Which page it is; its path stays whole, however long, to be copied."""
    gold = page.gold
    cases = f", cases {' '.join(map(str, gold.cases))}" if gold.cases else ""
    where, what = f"{gold.id}  {page.file.parent / gold.file}", f"{gold.family}{cases}"
    line = f"{where}  {what}"
    return [line] if len(line) <= WIDTH else [where, *_wrapped(what, " " * 29)]


def _short(entry: str) -> str:
    return entry if len(entry) <= _LONGEST_ENTRY else entry[: _LONGEST_ENTRY - 1] + "…"


def _wrapped(line: str, indent: str) -> list[str]:
    return textwrap.wrap(
        line, WIDTH, initial_indent=indent, subsequent_indent=" " * 29, drop_whitespace=True, break_on_hyphens=False
    )
