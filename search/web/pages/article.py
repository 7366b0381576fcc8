"""An article: its text with highlights, what it names and where, where it comes from and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from archive.duplicates.reading import Member
from archive.exports.citation import citation, reference
from archive.history.moves import Move
from archive.pwid import pwid
from archive.records import Article, ArticleText, OfficialMention, Span
from archive.repository import Archive
from archive.sentences import Quoted, quoted_span
from archive.settings import current_archive_id
from search.highlight import Part
from search.service import Question, SearchService
from search.web import citing
from search.web.asked import Asked, Kept, RowNumber, Service
from search.web.pages.missing import not_found
from search.web.pages.search import PageNumber
from search.web.rendering import page

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where a mention stands: a place on the page to go to, its words for people, and the sentence."""

    anchor: str
    key: str  # message: in_title, in_paragraph, in_caption
    number: int
    sentence: Quoted


@dataclass(frozen=True, kw_only=True)
class NamedOfficial:
    """An official of the article, who that is across articles, and where the article says so."""

    mention: OfficialMention
    person_id: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class Sibling:
    """Another article of (nearly) the same text; `alike` None: by way of a third."""

    member: Member
    alike: float | None


@router.get("/articles/{article_id}", response_class=HTMLResponse)
def article_page(
    request: Request,
    article_id: RowNumber,
    asked: Asked,
    archive: Kept,
    service: Service,
    page_: Annotated[PageNumber, Query(alias="page")] = 1,
) -> HTMLResponse:
    found = archive.articles([article_id])
    if not found:
        return not_found(request)
    article = found[0]
    versions = archive.versions(article_id)
    moves = archive.history.moves(article_id)
    return page(
        request,
        "article.html",
        article=article,
        question=replace(asked, page=page_),
        versions=versions,
        moves=moves,
        siblings=siblings(archive, article_id, moves),
        officials=officials(article, archive.people.of_article(article_id)),
        evidence=evidence_of(article.text),
        identifier=lambda capture: pwid(current_archive_id(), capture.fetched_at, capture.url),
        **_marked(service, article, asked),
        **_cited(archive, article),
    )


def officials(article: Article, persons: Sequence[int | None]) -> list[NamedOfficial]:
    """The officials of an article with their pages; `persons` in the same order, shorter where none was assigned."""
    locate = evidence_of(article.text)
    padded = [*persons, *[None] * len(article.description.officials)]
    return [
        NamedOfficial(mention=mention, person_id=person, evidence=locate(mention.evidence))
        for mention, person in zip(article.description.officials, padded, strict=False)
    ]


def evidence_of(text: ArticleText) -> Any:
    """A function from spans to places on this text's page."""
    lead = int(_has_lead_apart(text))

    def located(spans: Sequence[Span]) -> tuple[Evidence, ...]:
        return tuple(_located(text, span, lead) for span in spans)

    return located


def siblings(archive: Archive, article_id: int, moves: Sequence[Move]) -> list[Sibling]:
    """The other articles of its cluster, without those that are itself at another address."""
    cluster = archive.duplicates.cluster_of(article_id)
    itself = {article_id, *(end for move in moves for end in (move.article_id, move.to_article_id))}
    members = [one for one in cluster.members if one.article_id not in itself] if cluster else []
    alike = archive.duplicates.resemblances(article_id, [one.article_id for one in members])
    return [Sibling(member=one, alike=alike[one.article_id]) for one in members]


def paragraphs(text: ArticleText) -> list[str]:
    """The text's paragraphs as the page numbers them; a lead that is not in the body comes first."""
    body = [part for part in text.body.split("\n\n") if part]
    return [text.sapo or "", *body] if _has_lead_apart(text) else body


def _has_lead_apart(text: ArticleText) -> bool:
    return bool(text.sapo and text.sapo not in text.body)


def _located(text: ArticleText, span: Span, lead: int) -> Evidence:
    sentence = quoted_span(text, span)
    if span.field == "title":
        return Evidence(anchor="title", key="in_title", number=0, sentence=sentence)
    if span.field == "caption":
        return Evidence(anchor=f"c{span.index + 1}", key="in_caption", number=span.index + 1, sentence=sentence)
    number = 1 if span.field == "sapo" else sum(map(bool, text.body[: span.start].split("\n\n")[:-1])) + 1 + lead
    return Evidence(anchor=f"p{number}", key="in_paragraph", number=number, sentence=sentence)


def _marked(service: SearchService, article: Article, asked: Question) -> dict[str, Any]:
    def marked(text: str) -> list[Part]:
        return service.marked(text, asked)

    return {
        "title": marked(article.text.title or article.url),
        "paragraphs": [marked(part) for part in paragraphs(article.text)],
        "captions": [marked(caption) for caption in article.text.captions],
    }


def _cited(archive: Archive, article: Article) -> dict[str, Any]:
    one = citation(article, archive.corpus.proofs([article.id]).get(article.id))
    return {
        "reference": reference(one),
        "meta_tags": citing.meta_tags(article, one),
        "json_ld": citing.json_ld(article, one),
        "coins": citing.coins(article, one),
    }
