"""The lead (sapo) of an article: by rule, above the body's container, or as the first paragraph by its looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from archive.vietnamese import canonical, match_key
from crawler.extract.tree import clean

SHORTEST, LONGEST = 60, 900  # characters
_NO_LEAD = re.compile(r"\d{1,2}:\d{2}|lượt xem|cỡ chữ|copyright|©")
_QUOTES = "“\"‘'"
_LEVELS, _SIBLINGS = 3, 5  # how far around a container its lead may stand
# `(CTO) - `, `YBĐT - `, `YênBái - `, `(Baonghean) - ` before a lead name the agency, they are no text.
_AGENCY = re.compile(
    r"^(?:\([A-ZĐ]{2,10}\)\s*[-–—.:]?\s*|\([A-ZĐ][\w.]{2,20}\)\s*[-–—]\s*"
    r"|(?:[A-ZĐ]{2,8}|[A-ZĐ][^\W\d_]+[A-ZĐ][^\W\d_]+)\s*[-–—]\s+)"
)


def without_agency(text: str) -> str:
    """A lead without the agency's mark before it.

    >>> without_agency("(BGĐT) - Sáng nay"), without_agency("YênBái - Đến nay"), without_agency("UBND xã họp")
    ('Sáng nay', 'Đến nay', 'UBND xã họp')
    """
    return _AGENCY.sub("", text, count=1)


def with_lead(found: str, paragraphs: Sequence[str]) -> tuple[str, list[str]]:
    """A lead that was found apart, and the paragraphs with it as the first."""
    lead = without_agency(found)
    first = without_agency(paragraphs[0]) if paragraphs else ""
    if match_key(first)[:80] == match_key(lead)[:80] or match_key(lead) in match_key(first):
        return lead, [first, *paragraphs[1:]]
    return lead, [lead, *paragraphs]


def first_as_lead(paragraphs: Sequence[str]) -> tuple[str | None, list[str]]:
    """The first paragraph as the lead where it looks like one, and the paragraphs without an agency's mark."""
    if not paragraphs:
        return None, []
    first = without_agency(paragraphs[0])
    is_lead = SHORTEST <= len(first) <= LONGEST and first[0].isalnum()
    is_lead = len(paragraphs) > 1 and (is_lead or first[:1] in _QUOTES)
    return first if is_lead else None, [*([first] if first else []), *paragraphs[1:]]


def above(container: Any, title: str | None) -> str | None:
    """The sentence that stands between the title and a body's container, in an element of its own."""
    wanted = match_key(title or "")
    for element in _before(container):
        text = clean(canonical(element.text_content() or ""))
        key = match_key(text)
        if wanted and wanted in key:
            return None
        if SHORTEST <= len(text) <= LONGEST and _is_sentence(element, text) and not _NO_LEAD.search(key):
            return text
    return None


def _before(container: Any) -> Iterator[Any]:
    """The elements before a container and before what holds it, the nearest first."""
    node = container
    for _ in range(_LEVELS):
        if node is None or node.tag == "body":
            return
        for number, element in enumerate(node.itersiblings(preceding=True)):
            if number < _SIBLINGS and isinstance(element.tag, str):
                yield element
        node = node.getparent()


def _is_sentence(element: Any, text: str) -> bool:
    """Whether an element is one paragraph without links or pictures that ends as a sentence does."""
    if not text.endswith((".", "…", "!", "?", ".”", '."')):
        return False
    return next(element.iter("a", "img", "input", "li", "table"), None) is None
