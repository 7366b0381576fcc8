"""Taking a result away: exports as streams, the note on how it was made, a feed of its newest hits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import IO, Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse, StreamingResponse

from archive.exports.citation import citation
from archive.records import Article
from search.addresses import query_string
from search.alerts import latest_hits
from search.reading.methods import methods_text
from search.service import Question
from search.taking_away import FORMS, take_away
from search.web.asked import Asked, Kept, Reader, RowNumber, Service
from search.web.feed import MEDIA_TYPE, atom
from search.web.pages.missing import not_found
from search.web.rendering import reader_of
from search.web.streaming import streamed

router = APIRouter(include_in_schema=False)
FormName = Literal["csv", "jsonl", "parquet", "ris", "bibtex", "csl", "references", "txt", "kwic"]
CitationForm = Literal["ris", "bibtex", "csl", "references"]
# As many as feed readers keep of a feed that is read daily.
_FEED = 50
_SUMMARY = 400  # characters


@router.get("/export")
def export(
    asked: Asked,
    reader: Reader,
    service: Service,
    form: Annotated[FormName, Query(alias="format")] = "csv",
    excel: bool = False,
) -> Response:
    """Every hit of a question in a form, of any size."""
    # What cannot be answered is refused before anything is sent.
    if form == "kwic":
        reader.with_words(asked)
    else:
        service.checked(asked)
    return _file(form, lambda stream: take_away(form, reader, asked, service.articles(asked), stream, bom=excel))


@router.get("/methods")
def methods(request: Request, asked: Asked, reader: Reader) -> PlainTextResponse:
    """How a result came about: query, rules, counts, gaps; to be pasted into a paper."""
    address = str(request.url.replace(path="/", query=query_string(asked)))
    return PlainTextResponse(methods_text(reader.methods(asked, address)))


@router.get("/articles/{article_id}/citation")
def article_citation(
    request: Request,
    article_id: RowNumber,
    archive: Kept,
    reader: Reader,
    form: Annotated[CitationForm, Query(alias="format")] = "ris",
) -> Response:
    """One article for a reference manager."""
    found = archive.articles([article_id])
    if not found:
        return not_found(request)
    return _file(form, lambda stream: take_away(form, reader, Question(), found, stream), f"danvan-{article_id}")


@router.get("/feed.atom")
def feed(request: Request, asked: Asked, archive: Kept, service: Service) -> Response:
    """The latest arrivals and changes that answer a question."""
    hits = latest_hits(service, asked, _FEED)
    proofs = archive.corpus.proofs([hit.article.id for hit in hits])
    entries = [(hit, citation(hit.article, proofs.get(hit.article.id)), _summary(hit.article)) for hit in hits]
    title = f"{reader_of(request).t('site')}: {asked.text}".rstrip(": ")
    base = str(request.base_url)
    return Response(atom(title, base, query_string(replace(asked, page=1)), entries), media_type=MEDIA_TYPE)


def _summary(article: Article) -> str:
    text = article.text.sapo or article.text.body
    return text if len(text) <= _SUMMARY else text[: text.rfind(" ", 0, _SUMMARY)] + " …"


def _file(form: str, write: Callable[[IO[bytes]], object], name: str = "danvan") -> StreamingResponse:
    one = FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{one.ending}"'}
    return StreamingResponse(streamed(write), media_type=one.media_type, headers=headers)
