"""Plain text: each article whole under a head that names it, for corpus tools; and lists of references."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from archive.exports.citation import Citation, reference
from archive.records import Article

_RULE = "=" * 72


def write(articles: Iterable[Article], stream: TextIO) -> int:
    """Every article: title, portal, day and address, then its text; articles are parted by a line of equal signs."""
    count = 0
    for article in articles:
        said = article.text
        day = said.published.iso() if said.published else "không ghi ngày / no date"
        head = f"{said.title or article.url}\n{article.portal.name} · {day} · {article.url}"
        parts = (head, said.body, *said.captions)
        stream.write(f"{_RULE}\n" if count else "")
        stream.write("\n\n".join(part for part in parts if part) + "\n\n")
        count += 1
    return count


def write_references(citations: Iterable[Citation], stream: TextIO) -> int:
    """One reference a line."""
    count = 0
    for one in citations:
        stream.write(reference(one) + "\n")
        count += 1
    return count
