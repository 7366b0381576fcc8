"""The API's documentation as a page of ours, from its OpenAPI description: no script and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from search.web.rendering import page

router = APIRouter(include_in_schema=False)
# What each end point may be tried with on any archive.
EXAMPLES = {
    "/api/search": "/api/search?q=dan+van&size=2",
    "/api/officials": "/api/officials?size=2",
    "/api/localities": "/api/localities?q=%C4%90%E1%BB%8Bnh+H%C3%B3a",
    "/api/localities/{unit_id}": "/api/localities/d167",
    "/api/portals": "/api/portals",
    "/api/changes": "/api/changes?limit=5",
    "/api/suggest": "/api/suggest?kind=place&q=dinh+h",
}


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter of an end point."""

    name: str
    type: str
    about: str
    is_required: bool


@dataclass(frozen=True, kw_only=True)
class EndPoint:
    """One end point as the page shows it."""

    name: str
    method: str
    path: str
    about: str
    parameters: tuple[Parameter, ...]
    fields: tuple[str, ...]
    example: str | None


@router.get("/api/docs", response_class=HTMLResponse)
def api_docs_page(request: Request) -> HTMLResponse:
    return page(request, "api_docs.html", endpoints=list(end_points(request.app.openapi())))


def end_points(description: Mapping[str, Any]) -> Iterator[EndPoint]:
    """Every end point of an OpenAPI description, in its order."""
    for path, methods in description["paths"].items():
        for method, one in methods.items():
            yield EndPoint(
                name=one["operationId"],
                method=method.upper(),
                path=path,
                about=one.get("description", one.get("summary", "")),
                parameters=tuple(_parameter(parameter) for parameter in one.get("parameters", ())),
                fields=tuple(_fields(one, description)),
                example=EXAMPLES.get(path),
            )


def _parameter(one: Mapping[str, Any]) -> Parameter:
    schema = one["schema"]
    return Parameter(
        name=one["name"],
        type=_type(schema),
        about=one.get("description", schema.get("description", "")),
        is_required=one.get("required", False),
    )


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: "string", "integer 1–200", "a | b", "list of string"."""
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"] if value != "")
    if "anyOf" in schema:
        return " | ".join(_type(part) for part in schema["anyOf"] if part.get("type") != "null")
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    limits = [str(schema[name]) for name in ("minimum", "maximum") if name in schema]
    return " ".join([schema.get("type", "any"), "–".join(limits)]).strip()


def _fields(one: Mapping[str, Any], description: Mapping[str, Any]) -> Iterator[str]:
    """The names in a good answer."""
    content = one["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = content.get("$ref", content.get("items", {}).get("$ref", "")).rsplit("/", 1)[-1]
    yield from description.get("components", {}).get("schemas", {}).get(name, {}).get("properties", {})
