"""How to ask: the query language by its examples, each a link that runs it, and questions that are refused."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from search.query.examples import EXAMPLES, MISTAKES
from search.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/help", response_class=HTMLResponse)
def help_page(request: Request) -> HTMLResponse:
    return page(request, "help.html", examples=EXAMPLES, mistakes=MISTAKES)
