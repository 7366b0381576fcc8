"""CSL-JSON, the form of citation processors and Zotero: one array of `article-newspaper` items (CSL 1.0.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

import msgspec

from archive.exports.citation import Citation


def write(citations: Iterable[Citation], stream: TextIO) -> int:
    """Write an array, an item a line; returns how many."""
    count = 0
    stream.write("[")
    for one in citations:
        stream.write(",\n" if count else "\n")
        stream.write(msgspec.json.encode(item(one)).decode())
        count += 1
    stream.write("\n]\n")
    return count


def item(one: Citation) -> dict[str, Any]:
    """One item; what is unknown is not in it."""
    values = {
        "id": one.key,
        "type": "article-newspaper",
        "title": one.title,
        "author": [{"literal": author} for author in one.authors],
        "container-title": one.container,
        "issued": one.issued and _date(one.issued),
        "accessed": one.captured_at and _date(one.captured_at.date()),
        "URL": one.url,
        "archive": one.archive if one.pwid else None,
        "archive_location": one.pwid,
        "language": one.language,
        "abstract": one.abstract,
        "keyword": ", ".join(one.keywords),
    }
    return {name: value for name, value in values.items() if value}


def _date(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}
