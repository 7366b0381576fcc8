"""A search as people ask it: text and filters in, hits with highlights from the archive out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from archive.attachments.records import Attachment
from archive.errors import QueryError
from archive.records import Article
from archive.repository import Archive
from search.analysis import Tones, tones_of
from search.documents import searched_files
from search.engines import tree
from search.engines.base import FACETS, SORTS, DayCount, Engine, EngineResult, FacetValue, SearchRequest, Sort
from search.highlight import Part, mark, snippet
from search.indexer import Indexer
from search.labels import labelled
from search.query.ast import DateRange, Node, words_of
from search.query.dates import parse_dates
from search.query.parser import parse
from search.query.plan import planned, value

# Beyond it ranking has no meaning for a reader, and a page costs what all pages before it cost.
DEEPEST_HIT = 10_000


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person asked, as strings: from a command line, a form or an address."""

    text: str = ""
    localities: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    portals: tuple[str, ...] = ()
    first_day: str | None = None
    last_day: str | None = None
    sort: Sort = "relevance"
    tones: Tones | None = None
    page: int = 1
    size: int = 20


@dataclass(frozen=True, kw_only=True)
class SearchHit:
    """An article that answers, with its title and the best stretch of its text marked.

    `attachment` is the file that the stretch is from, where neither title nor text has what was searched for.
    """

    article: Article
    score: float
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]
    attachment: Attachment | None = None


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """A page of hits, the exact number of all, facets, and how far the index is behind the archive."""

    question: Question
    hits: tuple[SearchHit, ...]
    total: int
    tones: Tones
    facets: dict[str, tuple[FacetValue, ...]]
    behind: int
    notice: str | None = None  # what the engine says of its own answer

    @property
    def pages(self) -> int:
        return -(-min(self.total, DEEPEST_HIT) // self.question.size)


class SearchService:
    """Answers questions from one archive; opens and refreshes its index as needed."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._indexer = Indexer(archive)

    def search(self, question: Question, *, with_facets: bool = True) -> SearchPage:
        """One page of hits; QueryError where the question cannot be understood."""
        asked = understood(question)
        engine, behind = self._indexer.catch_up()
        try:
            result = engine.search(asked.request, FACETS if with_facets else ())
        finally:
            engine.close()
        return SearchPage(
            question=question,
            hits=self._hits(result, asked),
            total=result.total,
            tones=asked.tones,
            facets=labelled(result.facets, self.archive.portals()),
            behind=behind,
            notice=result.notice,
        )

    def article_ids(self, question: Question) -> list[int]:
        """Every article that answers, in order."""
        request = understood(question).request
        with self._engine() as engine:
            return engine.article_ids(request)

    def by_day(self, question: Question) -> tuple[list[DayCount], list[DayCount]]:
        """What answers by day, and beside it everything that its filters leave, whatever its words."""
        request = understood(question).request
        with self._engine() as engine:
            return engine.by_day(request), engine.by_day(replace(request, query=tree.Everything()))

    def articles(self, question: Question, batch: int = 200) -> Iterator[Article]:
        """Every article that answers, in order, read in batches."""
        ids = self.article_ids(question)
        for start in range(0, len(ids), batch):
            yield from self.archive.articles(ids[start : start + batch])

    def marked(self, text: str, question: Question) -> list[Part]:
        """A whole text with the question's words marked."""
        asked = understood(question)
        return mark(text, asked.query, asked.tones)

    @contextmanager
    def _engine(self) -> Iterator[Engine]:
        engine, _ = self._indexer.catch_up()
        try:
            yield engine
        finally:
            engine.close()

    def _hits(self, result: EngineResult, asked: Asked) -> tuple[SearchHit, ...]:
        articles = {article.id: article for article in self.archive.articles([hit.article_id for hit in result.hits])}
        return tuple(
            _hit(article, hit.score, asked.query, asked.tones)
            for hit in result.hits
            if (article := articles.get(hit.article_id))
        )


def _hit(article: Article, score: float, query: Node, tones: Tones) -> SearchHit:
    title = tuple(mark(article.text.title or article.url, query, tones))
    found = SearchHit(
        article=article, score=score, title=title, snippet=tuple(snippet(article.text.body, query, tones))
    )
    files = [] if any(part.is_hit for part in (*title, *found.snippet)) else searched_files(article)
    for file in files:
        parts = tuple(snippet(file.text or "", query, tones))
        if any(part.is_hit for part in parts):
            return replace(found, snippet=parts, attachment=file)
    return found


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question understood: what was typed, which tones are meant, and what the engine is asked."""

    query: Node
    tones: Tones
    request: SearchRequest


def understood(question: Question) -> Asked:
    """A question as the engine takes it."""
    if question.sort not in SORTS:
        raise QueryError(f"sort {question.sort!r} is unknown: there are {', '.join(SORTS)}")
    if question.page < 1 or question.page * question.size > DEEPEST_HIT + question.size:
        raise QueryError(f"page {question.page}: only the first {DEEPEST_HIT:,} hits are shown; narrow the search")
    query = parse(question.text)
    tones = question.tones or tones_of(words_of(query))
    request = SearchRequest(
        query=planned(query, tones),
        restriction=_restriction(question),
        sort=question.sort,
        start=(question.page - 1) * question.size,
        size=question.size,
    )
    return Asked(query=query, tones=tones, request=request)


def _restriction(question: Question) -> tree.Tree | None:
    """Filters of one kind: every place and every official must be named, any of the portals will do."""
    parts = [value("locality", place) for place in _named(question.localities)]
    parts += [value("official", name) for name in _named(question.officials)]
    if portals := _named(question.portals):
        parts.append(tree.Keys("portal", portals))
    if days := _dates(question.first_day, question.last_day):
        parts.append(tree.Days(days.first, days.last))
    return tree.AllOf(tuple(parts)) if parts else None


def _named(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value.strip() for value in values if value.strip())


def _dates(first: str | None, last: str | None) -> DateRange | None:
    if not first and not last:
        return None
    start = parse_dates(first).first if first else None
    end = parse_dates(last).last if last else None
    if start and end and start > end:
        raise QueryError(f"from {first} to {last}: it ends before it begins; swap the two")
    return DateRange(start, end)
