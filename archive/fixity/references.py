"""What a stored row must agree with: its text, its captures, its mentions' evidence, the change feed.

Pure checks of one row with what belongs to it; `archive.fixity.rows` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.fixity.findings import Finding
from archive.records import ArticleText, PageKind
from archive.saving import text_digest


@dataclass(frozen=True, kw_only=True)
class VersionParts:
    """A version with what the database holds beside it."""

    row: Mapping[str, Any]
    url: str | None  # of its article
    mentions: Sequence[Mapping[str, Any]]
    captures: Sequence[Mapping[str, Any]] = ()  # id, portal, kind, fetched_at
    links: int = 0  # rows of version_capture, also those that lead nowhere
    change_times: frozenset[str] = field(default_factory=frozenset)  # of the article
    has_change: bool = True
    persons: Mapping[int, int | None] = field(default_factory=dict)  # person in the version → who it is


def check_version(parts: VersionParts) -> Iterator[Finding]:
    """Everything in a version that does not agree."""
    name = f"version {parts.row['id']}"
    for kind, detail in _version_faults(parts):
        yield Finding(kind=kind, detail=detail, url=parts.url, row=name)
    for mention in parts.mentions:
        where = f"{mention['table']} {mention['id']}"
        for detail in _span_faults(parts.row, mention["evidence"]):
            yield Finding(kind="span-outside", detail=detail, url=parts.url, row=where)


def _version_faults(parts: VersionParts) -> Iterator[tuple[str, str]]:
    row = parts.row
    computed = text_digest(_text(row))
    if computed != row["digest"]:
        yield "text-digest", f"its text has {computed[:23]}…, its digest says {str(row['digest'])[:23]}…"
    if parts.url is None:
        yield "reference-broken", f"its article {row['article_id']} is not there"
    if not parts.captures:
        yield "reference-broken", "no capture shows it"
    elif parts.links > len(parts.captures):
        yield "reference-broken", f"{parts.links - len(parts.captures)} of its captures are not there"
    if not parts.has_change:
        yield "reference-broken", "the change feed has no row for it"
    strange = [capture for capture in parts.captures if capture["kind"] != "article"]
    if strange:
        yield "reference-broken", f"its capture {strange[0]['id']} was taken for {strange[0]['kind']}"
    seen = {capture["fetched_at"] for capture in parts.captures} | parts.change_times
    for name in ("first_seen", "last_seen"):
        if row[name] not in seen and parts.captures:
            yield "time-unproven", f"{name} {row[name]} is the time of none of its captures"
    for detail in _span_faults(row, row["relevance_evidence"]):
        yield "span-outside", f"relevance: {detail}"
    yield from (("reference-broken", detail) for detail in _person_faults(parts))


def _person_faults(parts: VersionParts) -> Iterator[str]:
    named = {mention["person"] for mention in parts.mentions if mention["table"] == "official_mention"}
    for number, person in parts.persons.items():
        if number not in named:
            yield f"person {person} is said to be its official {number}, which it does not name"


def _text(row: Mapping[str, Any]) -> ArticleText:
    captions = row["captions"]
    return ArticleText(
        kind=PageKind.ARTICLE,
        url="",
        title=row["title"],
        sapo=row["sapo"],
        body=row["body"],
        captions=tuple(map(str, captions)) if isinstance(captions, list) else (str(captions),),
    )


def _span_faults(version: Mapping[str, Any], evidence: Any) -> Iterator[str]:
    for span in evidence if isinstance(evidence, list) else [evidence]:
        try:
            text = _field(version, span["field"], span["index"])
            stands = 0 <= span["start"] < span["end"] <= len(text)
        except (KeyError, IndexError, TypeError):
            stands = False
        if not stands:
            yield f"the evidence {span} does not stand in the text"


def _field(version: Mapping[str, Any], name: str, index: int) -> str:
    if name == "caption":
        return str(version["captions"][index])
    return str({"title": version["title"], "sapo": version["sapo"], "body": version["body"]}[name] or "")
