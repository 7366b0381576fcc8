"""Figures that articles give, as series: a place's number by year, each point leading to its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.corpus.records import ArticleFigure
from archive.errors import QueryError
from archive.vietnamese import fold, match_key
from search.analysis import query_tokens


@dataclass(frozen=True, kw_only=True)
class FigureSeries:
    """One place and one thing counted there, oldest first; figures without a day come last.

    Points are what articles said, not what is true: two articles of a year may give two numbers, and both stand here.
    """

    locality: str | None
    counted: str  # 'mô hình "Dân vận khéo"'
    points: tuple[ArticleFigure, ...]


def counting(figures: Iterable[ArticleFigure], what: str) -> list[ArticleFigure]:
    """The figures whose unit and thing counted hold every word asked for, in any order; no words: all figures.

    Words without any diacritic match every tone, as in a search. QueryError where there is no word in what is typed.
    """
    words = [token.exact for token in query_tokens(what)]
    if what.strip() and not words:
        raise QueryError(
            f"what {what[:40]!r}: there is no word in it; write what is counted, such as mô hình",
            vi=f"đếm cái gì {what[:40]!r}: không có từ nào; viết thứ được đếm, như mô hình",
        )
    is_folded = all(fold(word) == word for word in words)
    return [figure for figure in figures if _holds(figure, words, is_folded)]


def figure_series(figures: Iterable[ArticleFigure]) -> list[FigureSeries]:
    """Figures by place and thing counted, the longest series first."""
    groups: dict[tuple[str, str], list[ArticleFigure]] = {}
    for figure in figures:
        place = figure.locality or figure.primary_locality or ""
        groups.setdefault((match_key(place), match_key(counted(figure))), []).append(figure)
    found = [_series(group) for group in groups.values()]
    return sorted(found, key=lambda one: (-len(one.points), fold(match_key(one.locality or "~")), one.counted))


def counted(figure: ArticleFigure) -> str:
    """What is counted, in words."""
    return f"{figure.unit} {figure.what}" if figure.what else figure.unit


def _series(group: list[ArticleFigure]) -> FigureSeries:
    return FigureSeries(
        locality=group[0].locality or group[0].primary_locality,
        counted=counted(group[0]),
        points=tuple(sorted(group, key=lambda one: (one.published is None, one.published, one.article_id))),
    )


def _holds(figure: ArticleFigure, words: list[str], is_folded: bool) -> bool:
    text = " ".join((counted(figure), figure.cited_as))
    have = {token.folded if is_folded else token.exact for token in query_tokens(text)}
    return have.issuperset(words)
