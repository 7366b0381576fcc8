"""From values to a page: the templates, the reader's language, and links that keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import URL

from archive.records import LOCAL_ZONE
from archive.vietnamese import grouped
from search.service import Question
from search.web import addresses, messages
from search.web.messages import Language

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads: the language, and whether it was chosen in the address and so stays in every link."""

    language: Language
    is_chosen: bool = False

    @property
    def kept(self) -> str | None:
        """The language as links carry it; None where the browser's choice goes on."""
        return self.language if self.is_chosen else None

    def t(self, key: str, **values: object) -> str:
        """A message, with values filled in."""
        text = messages.translate(key, self.language)
        return text.format(**values) if values else text

    def to(self, path: str, **query: object) -> str:
        """A link to one of our pages; `from_` and the like lose their underscore."""
        given = [(name.rstrip("_"), str(value)) for name, value in query.items() if value not in (None, "")]
        return addresses.joined(path, [*given, *([("lang", self.kept)] if self.kept else [])])

    def ask(self, question: Question, path: str = "/", **changes: Any) -> str:
        """A link to a question, with changes."""
        return addresses.address(question, path, self.kept, **changes)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as the language writes it: 1.234,5 in Vietnamese, 1,234.5 in English."""
        return f"{value:,.{decimals}f}" if self.language == "en" else grouped(value, decimals)

    def exact(self, value: float) -> str:
        """A number with the decimals it has, at most three."""
        return self.number(value, next((n for n in range(3) if round(value, n) == value), 3))

    def day(self, value: date | datetime | str | None) -> str:
        """A day as the language writes it; a stored day comes as ISO text."""
        if value is None or value == "":
            return self.t("no_date")
        if isinstance(value, str):
            value = date.fromisoformat(value[:10])
        elif isinstance(value, datetime):
            value = value.astimezone(LOCAL_ZONE).date()
        return value.strftime("%d/%m/%Y") if self.language == "vi" else f"{value.day} {value:%b %Y}"

    def minute(self, value: datetime) -> str:
        """A moment in Vietnam's time."""
        return f"{self.day(value)}, {value.astimezone(LOCAL_ZONE):%H:%M}"


def environment() -> Environment:
    """The templates; an unknown name in one is an error, everything shown is escaped."""
    found = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.globals.update(
        is_safe_link=addresses.is_safe_link,
        filters=addresses.filters,
        narrowed=addresses.narrowed,
        switched=addresses.switched,
        also=addresses.also,
    )
    return found


def reader_of(request: Request) -> Reader:
    """The reader's language: of the address, else of the browser, else Vietnamese."""
    asked = parse_qs(request.url.query).get("lang", [None])[0]
    language = messages.choose(asked, request.headers.get("accept-language"))
    return Reader(language=language, is_chosen=asked == language)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from its template and values."""
    reader = reader_of(request)
    other = "en" if reader.language == "vi" else "vi"
    shown = request.app.state.templates.get_template(template).render(
        {
            "reader": reader,
            "t": reader.t,
            "to": reader.to,
            "ask": reader.ask,
            "number": reader.number,
            "day": reader.day,
            "other_language": _relative(request.url.include_query_params(lang=other)),
            "offered": request.app.state.offered,
            "here": request.url.path,
            "question": Question(),
            **values,
        }
    )
    return HTMLResponse(shown, status_code=status, headers={"Vary": "Accept-Language"})


def _relative(url: URL) -> str:
    return url.path + (f"?{url.query}" if url.query else "")
