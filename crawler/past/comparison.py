"""What two readings of one capture say differently, field by field."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from archive.records import ArticleText, Description, PrintedDate

Reading = tuple[ArticleText, Description]
# What makes a page's text; the digest of a version is of these.
TEXT = ("title", "sapo", "body", "captions")
_FIRST = (*TEXT, "authors", "published", "relevance", "localities", "officials", "figures", "documents")
_NOT_SAID = ("kind", "reason", "url")  # of the page, not of what it says


def changed_fields(before: Reading, after: Reading) -> tuple[str, ...]:
    """The names of what differs, those that readers look at first; empty for the same reading."""
    old, new = _said(before), _said(after)
    names = [*_FIRST, *sorted(set(old) - set(_FIRST))]
    return tuple(name for name in names if old[name] != new[name])


def _said(reading: Reading) -> dict[str, Any]:
    text, description = reading
    said = {field.name: getattr(text, field.name) for field in fields(text) if field.name not in _NOT_SAID}
    said["modified"] = _iso(text.modified)  # the archive keeps no more of it
    said |= {field.name: getattr(description, field.name) for field in fields(description)}
    return said


def _iso(date: PrintedDate | None) -> str | None:
    return date.iso() if date else None
