"""What people read and count of a search, put together from index and archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import cast

from archive.authorities import current_gazetteer
from archive.errors import QueryError
from archive.settings import current_archive_id, current_topic
from archive.vietnamese import grouped
from search import analysis
from search.engines.base import DayCount, FacetValue
from search.labels import place_label
from search.reading import trends
from search.reading.contexts import ContextLine, context_lines, sorted_lines
from search.reading.figures import FigureSeries, counting, figure_series
from search.reading.methods import Methods
from search.reading.trends import Grain, Per, Trend
from search.service import Asked, Question, SearchPage, SearchService

# A page reads so many articles for their contexts: 200 take a quarter of a second.
READ_ON_A_PAGE = 200
MOST_QUERIES = 8  # more lines than a chart can tell apart


@dataclass(frozen=True, kw_only=True)
class ContextPage:
    """A stretch of contexts. They are of the first `articles_read` of `articles` hits; `lines_found` are in these."""

    lines: tuple[ContextLine, ...]
    lines_found: int
    articles: int
    articles_read: int


@dataclass(frozen=True, kw_only=True)
class FiguresFound:
    """Figures of the articles that a question finds, as series."""

    series: tuple[FigureSeries, ...]
    articles: int
    figures: int


class CorpusReader:
    """Reads and counts what a search service finds."""

    def __init__(self, service: SearchService) -> None:
        self._service = service
        self.archive = service.archive

    def contexts(
        self, question: Question, *, sort: str = "position", start: int = 0, size: int = 100, read: int = READ_ON_A_PAGE
    ) -> ContextPage:
        """Keywords in context of the first `read` hits; QueryError where the question has no word to stand there."""
        ids = self._service.article_ids(question)
        lines = sorted_lines(self._lines(question, ids[:read]), sort)
        return ContextPage(
            lines=tuple(lines[start : start + size]),
            lines_found=len(lines),
            articles=len(ids),
            articles_read=min(read, len(ids)),
        )

    def all_contexts(self, question: Question, sort: str = "position") -> Iterator[ContextLine]:
        """Keywords in context of every hit; in the order of position they are read as they are asked for."""
        lines = self._lines(question, self._service.article_ids(question))
        return lines if sort == "position" else iter(sorted_lines(lines, sort))

    def trend(self, questions: tuple[Question, ...], grain: str = "year", per: str = "articles") -> Trend:
        """How often each question is answered over time, all of them over the same periods."""
        _check(grain, trends.GRAINS, "grain")
        _check(per, trends.PERS, "per")
        if len(questions) > MOST_QUERIES:
            raise QueryError(
                f"{len(questions)} queries in one chart: at most {MOST_QUERIES}; leave some out",
                vi=f"{len(questions)} câu hỏi trên một biểu đồ, nhiều nhất {MOST_QUERIES}; bỏ bớt",
            )
        found = [self._by_day(question, cast("Per", per)) for question in questions]
        span = [count for _, everything in found for count in everything]
        days = [count.day for count in span if count.day]
        if days and grain == "day" and (max(days) - min(days)).days > trends.MOST_POINTS:
            raise QueryError(
                f"grain day: more than {trends.MOST_POINTS} days; give --from and --to, or a coarser grain",
                vi=f"chia theo ngày: quá {grouped(trends.MOST_POINTS)} ngày; ghi từ ngày, đến ngày hoặc chia thưa hơn",
            )
        bounds = (
            [DayCount(day=day, articles=0, words=0, occurrences=0) for day in (min(days), max(days))] if days else []
        )
        return Trend(
            grain=cast("Grain", grain),
            per=cast("Per", per),
            series=tuple(
                trends.series(question.text, hits, [*bounds, *everything], cast("Grain", grain), cast("Per", per))
                for question, (hits, everything) in zip(questions, found, strict=True)
            ),
        )

    def figures(self, question: Question, what: str = "") -> FiguresFound:
        """The figures of all articles a question finds that count what is asked for."""
        ids = self._service.article_ids(question)
        found = counting(self.archive.corpus.figures(ids), what)
        return FiguresFound(series=tuple(figure_series(found)), articles=len(ids), figures=len(found))

    def methods(self, question: Question, address: str) -> Methods:
        """How a result came about, with what is missing of the portals that are in it."""
        page = self._service.search(replace(question, page=1, size=1))
        hits, _ = self._service.by_day(question)
        days = [count.day.isoformat() for count in hits if count.day]
        keys = [one.value for one in page.facets.get("portal", ())]
        return Methods(
            at=datetime.now(UTC),
            archive=current_archive_id(),
            version=version("danvan"),
            rules=_rules(),
            address=address,
            query=question.text,
            understood=_understood(page),
            filters=_filters(question),
            total=page.total,
            articles=self.archive.counts()["articles"],
            undated=sum(count.articles for count in hits if count.day is None),
            first_day=min(days, default=None),
            last_day=max(days, default=None),
            portals=page.facets.get("portal", ()),
            years=_years(hits),
            behind=page.behind,
            coverage=[one for one in self.archive.coverage.portals(keys, datetime.now(UTC)) if keys],
        )

    def _lines(self, question: Question, ids: list[int]) -> Iterator[ContextLine]:
        return context_lines(self.archive.corpus.texts(ids), self.with_words(question))

    def with_words(self, question: Question) -> Asked:
        """A question that has words to be found in texts; QueryError where it only filters."""
        asked = self._service.checked(question)
        if not asked.marks:
            raise QueryError(
                f"query {question.text[:60]!r}: it has no word that could stand in a text; add a word or phrase",
                vi=f"câu hỏi {question.text[:60]!r}: không có từ nào để tìm trong bài; thêm một từ hoặc cụm từ",
            )
        return asked

    def _by_day(self, question: Question, per: Per) -> tuple[list[DayCount], list[DayCount]]:
        if per == "words":
            self.with_words(question)
        hits, everything = self._service.by_day(question)
        if per == "words" and any(count.occurrences is None for count in hits):
            hits = self._with_occurrences(question, hits)
        return hits, everything

    def _with_occurrences(self, question: Question, hits: list[DayCount]) -> list[DayCount]:
        """Counted in the texts, where the engine does not count."""
        found: dict[object, int] = {}
        for line in self._lines(question, self._service.article_ids(question)):
            if line.field in ("title", "body", "caption"):
                found[line.published] = found.get(line.published, 0) + 1
        return [replace(count, occurrences=found.get(count.day, 0)) for count in hits]


def _check(value: str, known: tuple[str, ...], name: str) -> None:
    if value not in known:
        raise QueryError(
            f"{name} {value[:40]!r} is unknown: there are {', '.join(known)}",
            vi=f"{name} {value[:40]!r}: không có; chỉ có {', '.join(known)}",
        )


def _understood(page: SearchPage) -> tuple[str, ...]:
    lines = [line.en for line in page.understood]
    if page.question.duplicates == "folded":
        lines.append("of articles with nearly the same text only the first is counted as found")
    return tuple(lines)


def _rules() -> tuple[tuple[str, str], ...]:
    gazetteer = current_gazetteer()
    return (
        ("analyzer", str(analysis.VERSION)),
        ("gazetteer of", f"{len(gazetteer.units):,} units, listed since {gazetteer.listed_since}"),
        ("topic", current_topic()),
    )


def _filters(question: Question) -> tuple[tuple[str, str], ...]:
    named = {"locality": question.localities, "official": question.officials, "portal": question.portals}
    found = [(name, place_label(value)) for name, values in named.items() for value in values]
    dates = (("from", question.first_day), ("to", question.last_day))
    return (*found, *((name, value) for name, value in dates if value))


def _years(hits: list[DayCount]) -> tuple[FacetValue, ...]:
    found: dict[str, int] = {}
    for count in hits:
        if count.day:
            found[str(count.day.year)] = found.get(str(count.day.year), 0) + count.articles
    return tuple(FacetValue(value=year, label=year, count=number) for year, number in found.items())
