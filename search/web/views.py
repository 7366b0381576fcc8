"""What pages and API show, as plain values: addresses with changed filters, JSON forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from archive.exports.described import archived
from archive.vietnamese import canonical
from search.labels import PLACE_FACETS, place_label
from search.query.understood import Understood
from search.service import Question, SearchHit, SearchPage

_SINGLE = {"text": "q", "first_day": "from", "last_day": "to", "sort": "sort", "tones": "tones", "places": "places",
           "abbreviations": "abbr", "page": "page"}  # fmt: skip
_MANY = {"localities": "locality", "officials": "official", "portals": "portal"}
_DEFAULTS = Question()
FACET_FILTERS = {"portal": "portals", "official": "officials"}


def address(question: Question, path: str = "", **changes: Any) -> str:
    """The address of a question, with changes; what stands at its default is left out."""
    changed = replace(question, **{"page": 1, **changes})
    pairs = [(name, getattr(changed, field)) for field, name in _SINGLE.items()
             if getattr(changed, field) not in (None, getattr(_DEFAULTS, field))]  # fmt: skip
    pairs += [(name, value) for field, name in _MANY.items() for value in getattr(changed, field)]
    return f"{path}?{urlencode(pairs)}" if pairs else path or "/"


def narrowed(question: Question, facet: str, value: str) -> str:
    """The address of a question narrowed to a facet's value."""
    if facet == "year":
        return address(question, "/", first_day=value, last_day=value)
    if facet == "tag":
        return address(question, "/", text=f'{question.text} tag:"{value}"'.strip())
    field = FACET_FILTERS.get(facet, "localities")
    # A province's facet counts land of all times, its id as a filter only what was so on an article's day.
    prefix = {"province": "today=", "former_province": "before="}.get(facet, "id=")
    chosen = f"{prefix}{value}" if facet in PLACE_FACETS else value
    return address(question, "/", **{field: tuple(dict.fromkeys((*getattr(question, field), chosen)))})


def active_filters(question: Question) -> list[tuple[str, str, str]]:
    """Kind, value and the address without it, for each filter in force."""
    found = []
    for field, name in _MANY.items():
        values = getattr(question, field)
        found += [
            (name, _shown(value), address(question, "/", **{field: tuple(v for v in values if v != value)}))
            for value in values
        ]
    if question.first_day:
        found.append(("from", question.first_day, address(question, "/", first_day=None)))
    if question.last_day:
        found.append(("to", question.last_day, address(question, "/", last_day=None)))
    return found


def _shown(value: str) -> str:
    return place_label(value)


def is_safe_link(url: str) -> bool:
    """Only web addresses become links; a stored `javascript:` stays text."""
    return url.lower().startswith(("http://", "https://"))


def page_json(found: SearchPage) -> dict[str, Any]:
    """A search page for the API and `danvan search --json`."""
    question = found.question
    return {
        "query": canonical(question.text),
        "total": found.total,
        "page": question.page,
        "pages": found.pages,
        "tones": found.tones,
        "understood": [understood_json(line) for line in found.understood],
        "notice": found.notice,
        "behind": found.behind,
        "hits": [hit_json(hit) for hit in found.hits],
        "facets": {
            name: [{"value": value.value, "label": value.label, "count": value.count} for value in values]
            for name, values in found.facets.items()
        },
    }


def understood_json(line: Understood) -> dict[str, Any]:
    """One thing that was understood, and the parameter that has it otherwise."""
    switch = line.switch and {"parameter": line.switch.parameter, "value": line.switch.value, "label": line.switch.en}
    return {"kind": line.kind, "text": line.en, "text_vi": line.vi, "switch": switch}


def hit_json(hit: SearchHit) -> dict[str, Any]:
    """One hit: the article without its body, and the marked stretch of it."""
    article = archived(hit.article)
    kept = ("id", "url", "portal", "portal_name", "title", "published", "authors", "primary_locality", "removed_at")
    return {name: article[name] for name in kept} | {
        "score": round(hit.score, 4),
        "folded": hit.folded,
        "localities": sorted({f"{place['type']} {place['name']}" for place in article["localities"]}),
        "places": [
            {name: place[name] for name in ("type", "name", "province", "cited_as", "former", "today")}
            for place in article["localities"]
        ],
        "officials": [official["name"] for official in article["officials"]],
        "snippet": [{"text": part.text, "hit": part.is_hit} for part in hit.snippet],
        "attachment": hit.attachment and {"url": hit.attachment.url, "label": hit.attachment.label},
    }
