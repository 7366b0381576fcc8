"""danvan's engines, and stock Whoosh on the fields of danvan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import index

from archive.vietnamese import fold
from search.analysis import indexed
from search.documents import IndexDocument
from search.engines import answers, tree
from search.engines.base import Engine, SearchRequest
from search.engines.columns import NO_DAY, day_number
from search.engines.fields import KEY_FIELDS, TEXT_FIELDS, keys_of, texts_of
from search.engines.tantivy.engine import TantivyEngine
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.schema import schema
from search.engines.whoosh.stock import StockSource, compiled
from tests.benchmarks.searching.questions import Asked


class Ours:
    """An engine of danvan."""

    def __init__(self, kind: type[WhooshEngine] | type[TantivyEngine], folder: Path) -> None:
        self._kind, self._folder = kind, folder
        self._engine: Engine | None = None

    def build(self, documents: Iterable[IndexDocument]) -> None:
        self._engine = self._kind.create(self._folder)
        self._engine.write(documents, (), "0-1")

    def add(self, documents: Iterable[IndexDocument]) -> None:
        assert self._engine
        self._engine.write(documents, (), "0-2")

    def open(self) -> None:
        self._engine = self._kind(self._folder)

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        assert self._engine
        facets = ("former_province", "year") if asked.kind == "facets" else ()
        found = self._engine.search(request(asked), facets)
        return found.total, [hit.article_id for hit in found.hits]


class Stock:
    """Stock Whoosh, written and asked by its own means, with the fields of danvan's index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._searcher: Any = None

    def build(self, documents: Iterable[IndexDocument]) -> None:
        self._folder.mkdir()
        index.create_in(str(self._folder), schema()).close()
        self.add(documents)

    def add(self, documents: Iterable[IndexDocument]) -> None:
        writer = index.open_dir(str(self._folder)).writer(limitmb=256)
        for document in documents:
            writer.add_document(**_fields(document))
        writer.commit()
        self.open()

    def open(self) -> None:
        self._searcher = index.open_dir(str(self._folder)).searcher()

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        wanted = request(asked)
        if asked.kind == "facets":
            found = answers.result(StockSource(self._searcher), wanted, ("former_province", "year"), None)
            return found.total, [hit.article_id for hit in found.hits]
        reader = self._searcher.reader()
        # Not as `filter=`: Whoosh leaves out a filter that no document passes, and answers as if there were none.
        whole = tree.AllOf((wanted.query, wanted.restriction)) if wanted.restriction else wanted.query
        order = {"sortedby": "published", "reverse": True} if asked.kind == "official" else {}
        results = self._searcher.search(compiled(whole, reader), limit=20, **order)
        return len(results), [int(hit["id"]) for hit in results]


def _fields(document: IndexDocument) -> dict[str, Any]:
    day = day_number(document.published)
    found: dict[str, Any] = {"id": str(document.article_id), **({"published": day} if day != NO_DAY else {})}
    for name in TEXT_FIELDS:
        found[name], found[f"{name}_folded"] = indexed(" ".join(texts_of(document, name)))
    for name in KEY_FIELDS:
        found[name] = "\n".join(keys_of(document, name))
    return found | {"words": len(document.body.split())}


def request(asked: Asked) -> SearchRequest:
    """A question as danvan's engines take it."""
    query: tree.Tree
    if asked.official:
        return SearchRequest(query=_official(asked.official), sort="newest")
    if asked.kind == "phrase":
        query = tree.Phrase("body", asked.words, "exact")
    elif asked.kind == "highlights":
        query = tree.AllOf(tuple(tree.Term("body", fold(word), "folded") for word in asked.words))
    else:
        terms = tuple(tree.Term("body", word, "exact") for word in asked.words)
        query = tree.AllOf(terms) if len(terms) > 1 else terms[0]
    if asked.province is None or asked.years is None:
        return SearchRequest(query=query)
    days = tree.Days(date(asked.years[0], 1, 1), date(asked.years[1], 12, 31))
    return SearchRequest(query=query, restriction=tree.AllOf((tree.Keys("within", (asked.province,)), days)))


def _official(name: str) -> tree.Tree:
    return tree.Phrase("officials", tuple(indexed(name)[0].split()), "exact")
