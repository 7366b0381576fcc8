"""The permanent addresses of views: a question with a change, a facet's value as a filter, a filter taken off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from search.addresses import MANY, PLAIN, query_string
from search.labels import PLACE_FACETS, place_label
from search.query.understood import Switch
from search.service import Question

FACET_FILTERS = {"portal": "portals", "official": "officials"}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A filter in force: its field's name in an address, its value in words, and the question without it."""

    kind: str
    value: str
    unit_id: str | None = None
    without: Question


def address(question: Question, path: str = "/", lang: str | None = None, **changes: Any) -> str:
    """The address of a question on a page, with changes; a change begins at the first page."""
    asked = query_string(replace(question, **{"page": 1, **changes}))
    query = "&".join(part for part in (asked, urlencode({"lang": lang}) if lang else "") if part)
    return f"{path}?{query}" if query else path


def joined(path: str, query: list[tuple[str, str]]) -> str:
    """A path with a query, if it has one."""
    return f"{path}?{urlencode(query)}" if query else path


def also(address_: str, name: str, value: str) -> str:
    """An address with something that is of its view alone, where it has a value."""
    return f"{address_}{'&' if '?' in address_ else '?'}{urlencode({name: value})}" if value else address_


def narrowed(question: Question, facet: str, value: str) -> Question:
    """A question narrowed to a facet's value."""
    if facet == "year":
        return replace(question, first_day=value, last_day=value, page=1)
    if facet == "tag":
        quoted = value.replace('"', " ")
        return replace(question, text=f'{question.text} tag:"{quoted}"'.strip(), page=1)
    field = FACET_FILTERS.get(facet, "localities")
    # A province's facet counts land of all times, its id as a filter only what was so on an article's day.
    prefix = {"province": "today=", "former_province": "before="}.get(facet, "id=")
    chosen = f"{prefix}{value}" if facet in PLACE_FACETS else value
    return _with(question, field, tuple(dict.fromkeys((*getattr(question, field), chosen))))


def filters(question: Question) -> list[Filter]:
    """Every filter in force, in the order of the form."""
    found = []
    for field, name in MANY.items():
        values = getattr(question, field)
        for value in values:
            rest = tuple(other for other in values if other != value)
            without = _with(question, field, rest)
            kind, _, unit = value.partition("=")
            is_unit = field == "localities" and kind in ("id", "today", "before")
            said = place_label(value) if is_unit else value
            found.append(Filter(kind=name, value=said, unit_id=unit if is_unit else None, without=without))
    for field, name in (("first_day", "from"), ("last_day", "to")):
        if day := getattr(question, field):
            found.append(Filter(kind=name, value=day, without=_with(question, field, None)))
    return found


def switched(question: Question, switch: Switch) -> Question:
    """A question with one thing that was understood put otherwise."""
    field = next(field for field, name in PLAIN.items() if name == switch.parameter)
    return _with(question, field, switch.value)


def _with(question: Question, field: str, value: Any) -> Question:
    changes: dict[str, Any] = {field: value}
    return replace(question, page=1, **changes)


def is_safe_link(url: str) -> bool:
    """Only web addresses become links; a stored `javascript:` stays text."""
    return url.lower().startswith(("http://", "https://"))
