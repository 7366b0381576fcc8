"""`/api/search` and `/api/suggest`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from archive.vietnamese import canonical
from search.service import Question, SearchHit, SearchService
from search.web import views
from search.web.api import cursors
from search.web.api.models import RESPONSES, SearchAnswer, SuggestAnswer
from search.web.asked import Asked, Name, Service

router = APIRouter(prefix="/api", tags=["search"], responses=RESPONSES)
Cursor = Annotated[str, Query(max_length=400, description="`next` of the page before")]
Size = Annotated[int, Query(ge=1, le=200)]
_SUGGESTED = 10
Kind = Literal["place", "official", "portal", "field"]


@router.get("/search", response_model=SearchAnswer)
def search(asked: Asked, service: Service, cursor: Cursor = "", size: Size = 20) -> dict[str, Any]:
    """Search: the same fields as the page's form, in pages by cursor."""
    question = replace(asked, size=size)
    position = cursors.read(cursor, cursors.InHits)
    return _first_page(service, question) if position is None else _later_page(service, question, position)


@router.get("/suggest", response_model=SuggestAnswer)
def suggest(service: Service, kind: Kind, q: Name = "") -> dict[str, Any]:
    """What a name may go on to be: places, officials, portals, fields of the query language."""
    return {"suggestions": [asdict(one) for one in service.suggest(q, kind, _SUGGESTED)]}


def _first_page(service: SearchService, question: Question) -> dict[str, Any]:
    found = service.search(question)
    ids = service.article_ids(question) if found.total > question.size else []
    position = cursors.InHits(after=0, newest=max(ids, default=0), seen=0)
    kept = ("query", "total", "tones", "understood", "notice", "behind", "without_hits", "facets")
    whole = views.page_json(found)
    return {
        **{name: whole[name] for name in kept},
        "hits": _hits(found.hits, 0),
        "next": _next(position, [hit.article.id for hit in found.hits], has_more=bool(ids)),
    }


def _later_page(service: SearchService, question: Question, position: cursors.InHits) -> dict[str, Any]:
    """The hits behind a position; articles added since the first page are left out."""
    every = service.all_hits(question, position.newest)
    start = cursors.start([hit.article_id for hit in every], position)
    shown, asked = every[start : start + question.size], service.asked(question)
    return {
        "query": canonical(question.text),
        "total": len(every),
        "tones": asked.tones,
        "understood": [views.understood_json(line) for line in asked.understood],
        "behind": 0,
        "notice": None,
        "without_hits": None,
        "facets": {},
        "hits": _hits(service.hits(question, shown), position.seen),
        "next": _next(position, [hit.article_id for hit in shown], has_more=len(every) > start + len(shown)),
    }


def _next(position: cursors.InHits, shown: Sequence[int], *, has_more: bool) -> str | None:
    if not has_more or not shown:
        return None
    seen = position.seen + len(shown)
    return cursors.written(cursors.InHits(after=shown[-1], newest=position.newest, seen=seen))


def _hits(hits: Sequence[SearchHit], before: int) -> list[dict[str, Any]]:
    return [views.hit_json(hit) | {"rank": before + number} for number, hit in enumerate(hits, start=1)]
