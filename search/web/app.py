"""The FastAPI application: pages for people, the same as JSON for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from archive.errors import DanVanError, QueryError, UsageError
from archive.repository import Archive
from archive.settings import Home
from search.reading.reader import CorpusReader
from search.service import SearchService
from search.web import table_files, taking_away
from search.web.api import reading as api_reading
from search.web.api import records
from search.web.api import search as api_search
from search.web.headers import WithHeaders
from search.web.messages.values import wrong_value
from search.web.pages import (
    api_docs,
    article,
    contexts,
    coverage,
    figures,
    help,
    locality,
    official,
    portal,
    search,
    trends,
    versions,
)
from search.web.pages.missing import NOT_FOUND, NOT_NOW, WRONG, problem
from search.web.rendering import environment

PAGES = (search, article, versions, contexts, trends, figures, official, locality, portal, coverage, help, api_docs)
API = (api_search, api_reading, records)


def create_app(home: Home) -> FastAPI:
    """The application for one archive; raises ArchiveMissingError at once where there is none."""
    archive = Archive.open(home)
    app = FastAPI(title="danvan", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
                  description="The archive as JSON; lists go by cursor.")  # fmt: skip
    app.state.archive, app.state.service, app.state.templates = archive, SearchService(archive), environment()
    app.state.reader = CorpusReader(app.state.service)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for module in (*PAGES, *API, taking_away, table_files):
        app.include_router(module.router)
    app.state.offered = frozenset(route.path for module in (*PAGES, taking_away) for route in module.router.routes)
    app.add_middleware(WithHeaders)
    app.add_exception_handler(DanVanError, _our_error)
    app.add_exception_handler(RequestValidationError, _wrong_value)
    app.add_exception_handler(HTTPException, _http_error)
    return app


def _our_error(request: Request, error: Exception) -> Response:
    """A question that cannot be understood is 400 with what to write instead; anything of ours else 503."""
    status = WRONG if isinstance(error, UsageError) else NOT_NOW
    return problem(request, status, str(error), error.vi if isinstance(error, QueryError) else None)


def _wrong_value(request: Request, error: Any) -> Response:
    """A value out of its range: in a path it leads to nothing, elsewhere the message says what may stand there."""
    found = error.errors()[0]
    place, name = found["loc"][:2]
    if place == "path":
        return problem(request, NOT_FOUND, f"{name} {str(found.get('input'))[:40]}: there is none")
    return problem(request, WRONG, f"{name}: {found['msg'][0].lower()}{found['msg'][1:]}", wrong_value(found))


def _http_error(request: Request, error: Any) -> Response:
    return problem(request, error.status_code, str(error.detail))
