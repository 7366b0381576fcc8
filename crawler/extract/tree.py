"""One lxml tree a page, and the guards before anything walks it."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

# trafilatura returns nothing, without an error, at 300 nested elements; 250 are fine (measured).
MAX_DEPTH = 250
# One tag with 100,000 attributes takes trafilatura 30 s; the busiest real tag seen had 40.
MAX_ATTRIBUTES = 200
_HUGE_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}>")
_NEVER_TEXT = "//script|//style|//noscript|//template|//iframe|//object|//svg|//canvas|//head/*[self::link]"


def parse(text: str) -> html.HtmlElement:
    """The tree of a decoded page; comments and scripts are not in it (JSON-LD is read before, see metadata)."""
    text = _HUGE_TAG.sub("", text)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8", errors="replace") or b"<html></html>", parser=parser)
    except (etree.ParserError, ValueError):
        return html.document_fromstring(b"<html><body></body></html>", parser=parser)


def without_scripts(tree: html.HtmlElement) -> None:
    """Take out what is never text, and flatten what is nested beyond reason, in place."""
    for element in tree.xpath(_NEVER_TEXT):
        drop(element)
    for element in tree.xpath(f"//*[count(@*) > {MAX_ATTRIBUTES}]"):
        element.attrib.clear()


def is_too_deep(tree: html.HtmlElement) -> bool:
    """Whether elements are nested beyond what extractors bear."""
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def drop(element: Any) -> None:
    """Remove an element but not the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def clean(text: str) -> str:
    """White space as one space, no space before punctuation that inline tags left."""
    return " ".join(text.split())
