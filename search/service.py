"""A search as people ask it: text and filters in, hits with highlights from the archive out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from archive.attachments.records import Attachment
from archive.authorities import current_gazetteer
from archive.records import Article, PortalIdentity
from archive.repository import Archive
from search.analysis import Tones
from search.documents import searched_files
from search.engines import tree
from search.engines.base import FACETS, DayCount, Engine, EngineHit, EngineResult, FacetValue, SearchRequest
from search.folding import folded
from search.highlight import Part, mark, snippet
from search.indexer import Indexer
from search.labels import labelled
from search.query.filters import Doubt, Known
from search.query.understood import Understood
from search.question import DEEPEST_HIT, Asked, Question, understood
from search.suggest import Suggestion, people_like, suggestions
from search.without_hits import WithoutHits, explained

__all__ = ["DEEPEST_HIT", "Asked", "Question", "SearchHit", "SearchPage", "SearchService", "understood"]


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
    folded: int = 0  # further hits with nearly its text, left out on request


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """A page of hits, the exact number of all, facets, and how far the index is behind the archive."""

    question: Question
    hits: tuple[SearchHit, ...]
    total: int
    tones: Tones
    facets: dict[str, tuple[FacetValue, ...]]
    behind: int
    portals: Mapping[str, PortalIdentity]  # all that the archive knows
    understood: tuple[Understood, ...] = ()
    notice: str | None = None  # what the engine says of its own answer
    without_hits: WithoutHits | None = None  # where nothing answers: why, and what to ask instead

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
        portals = self.archive.portals()
        asked = _understood(question, portals)
        engine, behind = self._indexer.catch_up()
        _settle(asked.doubts, engine)
        result = self._answered(engine, question, asked, FACETS if with_facets else ())

        def total(other: Question) -> int:
            return engine.search(replace(_understood(other, portals).request, start=0, size=1)).total

        return SearchPage(
            question=question,
            hits=self._hits(result.hits, asked),
            total=result.total,
            tones=asked.tones,
            facets=labelled(result.facets, portals),
            portals=portals,
            behind=behind,
            understood=asked.understood,
            notice=result.notice,
            without_hits=None
            if result.total
            else explained(question, asked.tones, total, partial(people_like, archive=self.archive)),
        )

    def asked(self, question: Question) -> Asked:
        """What a question was understood to be; a name that may be a village's is not looked up yet."""
        return _understood(question, self.archive.portals())

    def checked(self, question: Question) -> Asked:
        """The same with every name looked up; QueryError for one that neither a list nor any article has."""
        asked = self.asked(question)
        if asked.doubts:
            _settle(asked.doubts, self._engine())
        return asked

    def article_ids(self, question: Question) -> list[int]:
        """Every article that answers, in order."""
        return self._engine().article_ids(self.checked(question).request)

    def by_day(self, question: Question) -> tuple[list[DayCount], list[DayCount]]:
        """What answers by day, and beside it everything that its filters leave, whatever its words."""
        asked, engine = self.checked(question), self._engine()
        everything = replace(asked.request, query=tree.Everything())
        return engine.by_day(asked.request), engine.by_day(everything)

    def articles(self, question: Question, batch: int = 200) -> Iterator[Article]:
        """Every article that answers, in order, read in batches."""
        ids = self.article_ids(question)
        for start in range(0, len(ids), batch):
            yield from self.archive.articles(ids[start : start + batch])

    def all_hits(self, question: Question, newest: int | None = None) -> list[EngineHit]:
        """Every hit in order as its page has it, without scores; articles added after number `newest` are left out."""
        ids = [id_ for id_ in self.article_ids(question) if newest is None or id_ <= newest]
        return _folded(ids, self.archive) if question.duplicates == "folded" else [_unscored(id_) for id_ in ids]

    def hits(self, question: Question, found: Sequence[EngineHit]) -> tuple[SearchHit, ...]:
        """Some hits of an answer with their highlights, in the order given."""
        return self._hits(found, self.asked(question))

    def marked(self, text: str, question: Question) -> list[Part]:
        """A whole text with the question's words marked."""
        return mark(text, self.asked(question).marks)

    def suggest(self, text: str, field: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """What a name may go on to be while it is typed: places, officials, portals, fields."""
        return suggestions(text, field, limit, self.archive, current_gazetteer())

    def warm(self) -> None:
        """Load what every first reader would wait for: the index with its facets, the names of places and people."""
        self.search(Question(text='"dân vận" xã', localities=("id=n19",)))
        for field in ("place", "official"):
            self.suggest("a", field)

    def _engine(self) -> Engine:
        return self._indexer.catch_up()[0]

    def _answered(self, engine: Engine, question: Question, asked: Asked, facets: Sequence[str]) -> EngineResult:
        """A stretch of hits; near-duplicates folded where that is asked for. Facets always count every article."""
        if question.duplicates == "all":
            return engine.search(asked.request, facets)
        counted = engine.search(replace(asked.request, start=0, size=1), facets)
        kept = _folded(engine.article_ids(asked.request), self.archive)
        shown = kept[asked.request.start : asked.request.start + asked.request.size]
        return replace(counted, hits=tuple(shown), total=len(kept))

    def _hits(self, found: Sequence[EngineHit], asked: Asked) -> tuple[SearchHit, ...]:
        articles = {article.id: article for article in self.archive.articles([hit.article_id for hit in found])}
        return tuple(
            replace(_hit(article, hit.score, asked.marks), folded=hit.folded)
            for hit in found
            if (article := articles.get(hit.article_id))
        )  # fmt: skip


def _understood(question: Question, portals: Mapping[str, PortalIdentity]) -> Asked:
    return understood(question, Known(gazetteer=current_gazetteer(), portals=portals))


def _hit(article: Article, score: float, marks: tuple[tree.TextNode, ...]) -> SearchHit:
    title = tuple(mark(article.text.title or article.url, marks, "title"))
    found = SearchHit(article=article, score=score, title=title, snippet=tuple(snippet(article.text.body, marks)))
    files = [] if any(part.is_hit for part in (*title, *found.snippet)) else searched_files(article)
    for file in files:
        parts = tuple(snippet(file.text or "", marks, "attachments"))
        if any(part.is_hit for part in parts):
            return replace(found, snippet=parts, attachment=file)
    return found


def _unscored(id_: int, others: int = 0) -> EngineHit:
    return EngineHit(article_id=id_, score=0.0, folded=others)


def _folded(ids: Sequence[int], archive: Archive) -> list[EngineHit]:
    return [_unscored(one.article_id, one.folded) for one in folded(ids, archive.duplicates.cluster_numbers())]


def _settle(doubts: tuple[Doubt, ...], engine: Engine) -> None:
    """Raise the error of a name that neither a list nor any article has: finding nothing would not say why."""
    for doubt in doubts:
        if engine.search(SearchRequest(query=doubt.keys, size=1)).total == 0:
            raise doubt.error
