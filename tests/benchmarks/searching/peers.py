"""Whoosh as its manual begins, and SQLite's FTS5: what an archive would use without danvan."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, query, sorting

from archive.vietnamese import fold
from search.documents import IndexDocument
from tests.benchmarks.searching.questions import Asked

_WORDS = re.compile(r"\w+")


class Naive:
    """Everything stored, texts folded once more with positions, filters and facets by Whoosh's own means."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._searcher: Any = None

    def build(self, documents: Iterable[IndexDocument]) -> None:
        self._folder.mkdir()
        words = analysis.RegexTokenizer(r"\w+") | analysis.LowercaseFilter()
        text = fields.TEXT(analyzer=words, stored=True)
        names = fields.KEYWORD(stored=True, commas=True, lowercase=True)
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True), title=text, body=text, fold=text, portal=fields.ID(stored=True),
            province=fields.ID(stored=True, sortable=True), district=fields.ID(stored=True), officials=names, tags=names,
            published=fields.DATETIME(stored=True, sortable=True), year=fields.NUMERIC(stored=True, sortable=True),
        )  # fmt: skip
        index.create_in(str(self._folder), schema).close()
        self.add(documents)

    def add(self, documents: Iterable[IndexDocument]) -> None:
        writer = index.open_dir(str(self._folder)).writer(limitmb=256)
        for one in documents:
            assert one.published
            writer.add_document(
                id=str(one.article_id), title=one.title, body=one.body, fold=fold(f"{one.title}\n{one.body}"),
                portal=one.portal, province=one.former_provinces[0], district=one.districts[0],
                officials=",".join(one.officials), tags=",".join(one.tags), year=one.published.year,
                published=datetime.combine(one.published, time()),
            )  # fmt: skip
        writer.commit()
        self.open()

    def open(self) -> None:
        self._searcher = index.open_dir(str(self._folder)).searcher()

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        options: dict[str, Any] = {"limit": 20}
        if asked.official:
            wanted = query.Term("officials", asked.official.lower())
            options |= {"sortedby": "published", "reverse": True}
        else:
            wanted = _wanted(asked)
        if asked.kind == "facets":
            options["groupedby"] = {
                name: sorting.FieldFacet(name, maptype=sorting.Count) for name in ("province", "year")
            }
        if asked.years:
            years = query.NumericRange("year", *asked.years)
            options["filter"] = query.And([query.Term("province", asked.province), years])
        results = self._searcher.search(wanted, **options)
        return len(results), [int(hit["id"]) for hit in results]


def _wanted(asked: Asked) -> Any:
    field = "fold" if asked.kind == "highlights" else "body"
    if asked.kind == "phrase":
        return query.Phrase(field, list(asked.words))
    return query.And([query.Term(field, word) for word in asked.words])


class Fts5:
    """A contentless FTS5 table with tables for filters and names beside it."""

    _TABLES = """
        PRAGMA journal_mode = WAL;
        CREATE VIRTUAL TABLE texts USING fts5(title, body, fold, content='', tokenize="unicode61 remove_diacritics 0");
        CREATE TABLE docs (id INTEGER PRIMARY KEY, title, body, portal, province, district, published, year);
        CREATE INDEX by_place ON docs (province, published);
        CREATE INDEX by_year ON docs (province, year);
        CREATE TABLE officials (name, published, id, PRIMARY KEY (name, published, id)) WITHOUT ROWID;
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._db = sqlite3.connect(":memory:")

    def build(self, documents: Iterable[IndexDocument]) -> None:
        self._folder.mkdir()
        self.open()
        self._db.executescript(self._TABLES)
        self.add(documents)
        self._db.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._db.commit()

    def add(self, documents: Iterable[IndexDocument]) -> None:
        with self._db:
            for one in documents:
                assert one.published
                words = " ".join(_WORDS.findall(one.body.lower()))
                row = (one.article_id, one.title, words, fold(f"{one.title} {words}"))
                self._db.execute("INSERT INTO texts (rowid, title, body, fold) VALUES (?, ?, ?, ?)", row)
                day, place = one.published.isoformat(), (one.former_provinces[0], one.districts[0])
                values = (one.article_id, one.title, one.body, one.portal, *place, day, one.published.year)
                self._db.execute("INSERT INTO docs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
                people = [(name, day, one.article_id) for name in one.officials]
                self._db.executemany("INSERT OR IGNORE INTO officials VALUES (?, ?, ?)", people)

    def open(self) -> None:
        self._db.close()
        self._db = sqlite3.connect(self._folder / "index.db")
        self._db.executescript("PRAGMA cache_size = -200000; PRAGMA mmap_size = 2000000000")

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        if asked.official:
            found = self._ids(
                "SELECT id FROM officials WHERE name = ? ORDER BY published DESC LIMIT 20", asked.official
            )
            return self._count("SELECT count(*) FROM officials WHERE name = ?", asked.official), found
        column = "fold" if asked.kind == "highlights" else "body"
        text = " ".join(asked.words) if asked.kind == "phrase" else " AND ".join(f'"{word}"' for word in asked.words)
        match = f'{column} : "{text}"' if asked.kind == "phrase" else f"{column} : ({text})"
        if asked.years:
            return self._filtered(asked, match)
        if asked.kind == "facets":
            for name in ("province", "year"):
                inside = f"SELECT {name}, count(*) FROM docs WHERE id IN (SELECT rowid FROM texts WHERE texts MATCH ?)"
                self._db.execute(f"{inside} GROUP BY {name}", (match,)).fetchall()
        best = self._ids("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20", match)
        return self._count("SELECT count(*) FROM texts WHERE texts MATCH ?", match), best

    def _filtered(self, asked: Asked, match: str) -> tuple[int, list[int]]:
        assert asked.years
        where = (
            "FROM texts JOIN docs ON docs.id = texts.rowid "
            "WHERE texts MATCH ? AND province = ? AND year BETWEEN ? AND ?"
        )
        values = (match, asked.province, *asked.years)
        best = self._ids(f"SELECT texts.rowid {where} ORDER BY rank LIMIT 20", *values)
        return self._count(f"SELECT count(*) {where}", *values), best

    def _ids(self, statement: str, *values: object) -> list[int]:
        return [row[0] for row in self._db.execute(statement, values)]

    def _count(self, statement: str, *values: object) -> int:
        return int(next(self._rows(statement, *values))[0])

    def _rows(self, statement: str, *values: object) -> Iterator[tuple[int]]:
        return iter(self._db.execute(statement, values).fetchall())
