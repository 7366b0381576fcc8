"""The FastAPI application: pages for people, the same as JSON for programs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

import msgspec
from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import URL

from archive.errors import DanVanError, QueryError, UsageError
from archive.exports.described import archived
from archive.repository import Archive
from archive.settings import Home
from search.engines.base import FACETS, Sort
from search.query.places import Mode
from search.query.variants import Choice
from search.service import Question, SearchService
from search.web import messages, views
from search.web.coverage import add_coverage

_HERE = Path(__file__).parent
_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
TonesChoice = Literal["", "exact", "folded"]


def create_app(home: Home) -> FastAPI:
    """The application for one archive; raises ArchiveMissingError at once where there is none."""
    archive = Archive.open(home)
    app = FastAPI(title="danvan", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.archive, app.state.service, app.state.pages = archive, SearchService(archive), _environment()
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.middleware("http")(_with_headers)
    app.add_exception_handler(DanVanError, _show_error)
    _add_pages(app)
    _add_api(app)
    add_coverage(app, _page)
    return app


def question(
    q: str = "",
    locality: Annotated[list[str] | None, Query()] = None,
    official: Annotated[list[str] | None, Query()] = None,
    portal: Annotated[list[str] | None, Query()] = None,
    from_: Annotated[str, Query(alias="from")] = "",
    to: str = "",
    sort: Sort = "relevance",
    tones: TonesChoice = "",
    places: Mode = "inside",
    abbr: Choice = "on",
    page: Annotated[int, Query(ge=1)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 20,
) -> Question:
    """The question in an address; empty fields of a form count as not given."""
    return Question(
        text=q,
        localities=_given(locality),
        officials=_given(official),
        portals=_given(portal),
        first_day=from_ or None,
        last_day=to or None,
        sort=sort,
        tones=tones or None,
        places=places,
        abbreviations=abbr,
        page=page,
        size=size,
    )


def _add_pages(app: FastAPI) -> None:
    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def search_page(request: Request, asked: Annotated[Question, Depends(question)]) -> HTMLResponse:
        found = app.state.service.search(asked)
        counts = app.state.archive.counts()
        return _page(request, "search.html", found=found, question=asked, facets=FACETS, counts=counts,
                     portals=app.state.archive.portals())  # fmt: skip

    @app.get("/articles/{article_id}", response_class=HTMLResponse, include_in_schema=False)
    def article_page(request: Request, article_id: int, asked: Annotated[Question, Depends(question)]) -> HTMLResponse:
        found = app.state.archive.articles([article_id]) if article_id < 2**63 else []
        if not found:
            return _page(request, "error.html", status=404, message=None, question=asked)
        article = found[0]
        marked = {
            "title": app.state.service.marked(article.text.title or article.url, asked),
            "paragraphs": [app.state.service.marked(p, asked) for p in article.text.body.split("\n\n") if p],
            "captions": [app.state.service.marked(caption, asked) for caption in article.text.captions],
        }
        versions = app.state.archive.versions(article_id)
        return _page(request, "article.html", article=article, versions=versions, question=asked, **marked)


def _add_api(app: FastAPI) -> None:
    @app.get("/api/search")
    def search(asked: Annotated[Question, Depends(question)]) -> dict[str, Any]:
        """Search; the same fields as the page's form."""
        return views.page_json(app.state.service.search(asked))

    @app.get("/api/articles/{article_id}", response_model=None)
    def article(article_id: int) -> dict[str, Any] | JSONResponse:
        """One article with its description and versions."""
        found = app.state.archive.articles([article_id]) if article_id < 2**63 else []
        if not found:
            return JSONResponse({"error": f"article {article_id}: there is none"}, status_code=404)
        return archived(found[0]) | {"versions": msgspec.to_builtins(app.state.archive.versions(article_id))}

    @app.get("/api/changes")
    def changes(since: str = "0-0", limit: Annotated[int, Query(ge=1, le=10_000)] = 1000) -> dict[str, Any]:
        """The change feed after a cursor."""
        found = app.state.archive.changes(since, limit)
        return {"changes": msgspec.to_builtins(found), "next": found[-1].cursor if found else since}


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals.update(
        address=views.address,
        narrowed=views.narrowed,
        active_filters=views.active_filters,
        is_safe_link=views.is_safe_link,
    )
    return environment


def _page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    asked = parse_qs(request.url.query).get("lang", [None])[0]
    language = messages.choose(asked, request.headers.get("accept-language"))
    other = "en" if language == "vi" else "vi"
    rendered = request.app.state.pages.get_template(template).render(
        language=language,
        t=lambda key: messages.translate(key, language),
        other_language=_relative(request.url.include_query_params(lang=other)),
        keep_language=asked,
        **values,
    )
    return HTMLResponse(rendered, status_code=status, headers={"Vary": "Accept-Language"})


def _relative(url: URL) -> str:
    return url.path + (f"?{url.query}" if url.query else "")


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    response.headers.update(_HEADERS)
    return response


def _show_error(request: Request, error: Exception) -> Response:
    """A question that cannot be understood is 400 with what to write instead; anything of ours else 503."""
    status = 400 if isinstance(error, (QueryError, UsageError)) else 503
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": str(error)}, status_code=status)
    empty = Question(text=request.query_params.get("q", ""))
    return _page(request, "error.html", status=status, message=str(error), question=empty)


def _given(values: list[str] | None) -> tuple[str, ...]:
    return tuple(value for value in values or () if value.strip())
