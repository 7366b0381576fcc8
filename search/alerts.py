"""New hits of a question: what came into the archive, or changed there, and answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.records import Article, Change
from search.service import Question, SearchService

_FEED_BATCH = 1000


@dataclass(frozen=True, kw_only=True)
class NewHit:
    """An article that answers, and the change that made it news: `is_new` of the archive's first text of it."""

    article: Article
    change: Change

    @property
    def is_new(self) -> bool:
        return self.change.version == 1


def new_hits(service: SearchService, question: Question, cursor: str) -> tuple[list[NewHit], str]:
    """What answers and came after a place in the change feed, oldest first, and the place up to which was read."""
    answers = set(service.article_ids(replace(question, page=1)))
    changed: dict[int, Change] = {}
    for change in _after(service, cursor):
        cursor = change.cursor
        if change.op == "upsert" and change.article_id in answers:
            changed[change.article_id] = change
    return _hits(service, sorted(changed.values(), key=lambda change: change.at)), cursor


def latest_hits(service: SearchService, question: Question, limit: int) -> list[NewHit]:
    """What answers, the latest arrivals and changes first."""
    wanted = set(service.article_ids(replace(question, page=1)))
    found: dict[int, Change] = {}
    for change in _backwards(service):
        if change.article_id in wanted:
            wanted.remove(change.article_id)
            if change.op == "upsert":
                found[change.article_id] = change
        if len(found) == limit or not wanted:
            break
    return _hits(service, list(found.values()))


def _hits(service: SearchService, changes: list[Change]) -> list[NewHit]:
    articles = {article.id: article for article in service.archive.articles([one.article_id for one in changes])}
    return [NewHit(article=articles[one.article_id], change=one) for one in changes if one.article_id in articles]


def _after(service: SearchService, cursor: str) -> Iterator[Change]:
    while batch := service.archive.changes(cursor, _FEED_BATCH):
        yield from batch
        cursor = batch[-1].cursor


def _backwards(service: SearchService) -> Iterator[Change]:
    cursor: str | None = None
    while batch := service.archive.latest_changes(cursor, _FEED_BATCH):
        yield from batch
        cursor = batch[-1].cursor
