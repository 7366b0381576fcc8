"""What is shown where there is nothing, or where a question cannot be answered."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from search.web.rendering import page, reader_of

NOT_FOUND, WRONG, NOT_NOW = 404, 400, 503
_HEADINGS = {NOT_FOUND: "not_found", WRONG: "error", NOT_NOW: "cannot_run"}


def not_found(request: Request) -> HTMLResponse:
    """The page for an address that leads to nothing."""
    return page(request, "error.html", status=NOT_FOUND, heading="not_found", message=None, asked="")


def problem(request: Request, status: int, message: str, vi: str | None = None) -> Response:
    """A failure with what to do instead: as JSON for programs, as a page for people; `vi` is it in Vietnamese."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message} | ({"error_vi": vi} if vi else {}), status_code=status)
    said = vi if vi and reader_of(request).language == "vi" else message
    shown = None if status == NOT_FOUND else said
    asked = request.query_params.get("q", "")[:1000]
    heading = _HEADINGS.get(status, "error")
    return page(request, "error.html", status=status, heading=heading, message=shown, asked=asked)
