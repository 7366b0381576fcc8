"""The forms in which a result leaves: one entry a form, written as it is read, whatever its size."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any

from archive.exports import bibtex, csl, csv, jsonl, parquet, ris, text
from archive.exports.citation import cited
from archive.records import Article
from search.reading.reader import CorpusReader
from search.reading.tables import CONTEXT_COLUMNS, context_row, write_csv
from search.service import Question

Articles = Iterable[Article]
Write = Callable[[CorpusReader, Question, Articles, Any], int]


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form: its file's ending and media type, whether it is bytes, and how it is written.

    Writers get a reader, the question, its articles (not yet read) and a stream; they return how many rows they wrote.
    """

    ending: str
    media_type: str
    write: Write
    is_binary: bool = False


def _of_articles(write: Callable[[Articles, Any], int]) -> Write:
    return lambda _reader, _question, articles, stream: write(articles, stream)


def _of_citations(write: Callable[[Any, Any], int]) -> Write:
    return lambda reader, _question, articles, stream: write(cited(articles, reader.archive.corpus), stream)


def _contexts(reader: CorpusReader, question: Question, _articles: Articles, stream: Any) -> int:
    rows = (context_row(line) for line in reader.all_contexts(question))
    return write_csv(rows, CONTEXT_COLUMNS, stream)


FORMS = {
    "csv": Form(ending="csv", media_type="text/csv", write=_of_articles(csv.write)),
    "jsonl": Form(ending="jsonl", media_type="application/x-ndjson", write=_of_articles(jsonl.write)),
    "parquet": Form(
        ending="parquet",
        media_type="application/vnd.apache.parquet",
        write=_of_articles(parquet.write),
        is_binary=True,
    ),
    "ris": Form(ending="ris", media_type="application/x-research-info-systems", write=_of_citations(ris.write)),
    "bibtex": Form(ending="bib", media_type="application/x-bibtex", write=_of_citations(bibtex.write)),
    "csl": Form(
        ending="csl.json",
        media_type="application/vnd.citationstyles.csl+json",
        write=_of_citations(csl.write),
    ),
    "references": Form(ending="txt", media_type="text/plain", write=_of_citations(text.write_references)),
    "txt": Form(ending="txt", media_type="text/plain", write=_of_articles(text.write)),
    "kwic": Form(ending="kwic.csv", media_type="text/csv", write=_contexts),
}


def take_away(
    name: str, reader: CorpusReader, question: Question, articles: Articles, stream: IO[bytes], *, bom: bool = False
) -> int:
    """Write a form to a stream of bytes, in UTF-8; `bom` marks it so for Excel. Returns how many rows."""
    form = FORMS[name]
    if form.is_binary:
        return form.write(reader, question, articles, stream)
    if bom:
        stream.write(codecs.BOM_UTF8)
    writer = codecs.getwriter("utf-8")(stream)
    return form.write(reader, question, articles, writer)
