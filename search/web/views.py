"""A page of hits as JSON: for `danvan search --json` and, without its scores, for the API."""

from __future__ import annotations

from typing import Any

from archive.exports.described import archived
from archive.vietnamese import canonical
from search.addresses import query_string
from search.query.understood import Switch, Understood
from search.service import SearchHit, SearchPage
from search.without_hits import WithoutHits


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
        "without_hits": found.without_hits and without_hits_json(found.without_hits),
        "hits": [hit_json(hit) for hit in found.hits],
        "facets": {
            name: [{"value": value.value, "label": value.label, "count": value.count} for value in values]
            for name, values in found.facets.items()
        },
    }


def understood_json(line: Understood) -> dict[str, Any]:
    """One thing that was understood, and the parameter that has it otherwise."""
    switch = line.switch and switch_json(line.switch)
    return {"kind": line.kind, "text": line.en, "text_vi": line.vi, "switch": switch}


def switch_json(switch: Switch) -> dict[str, Any]:
    """A parameter that has something otherwise."""
    return {"parameter": switch.parameter, "value": switch.value, "label": switch.en, "label_vi": switch.vi}


def without_hits_json(found: WithoutHits) -> dict[str, Any]:
    """Why nothing was found: counts of the parts alone, and other questions as query strings."""
    return {
        kind: [
            {
                "text": one.text,
                "total": one.total,
                "address": f"?{query_string(one.question)}",
                "switch": one.switch and switch_json(one.switch),
            }
            for one in others
        ]
        for kind, others in (("alone", found.alone), ("instead", found.instead))
    }


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
