"""One lxml tree a page, and the guards before anything walks it."""

from __future__ import annotations

from typing import Any

from lxml import etree, html

from spiders.markup import without_huge_tags

# trafilatura returns nothing, without an error, at 300 nested elements; 250 are fine (measured).
MAX_DEPTH = 200
# The parser itself stops at 2,048 levels and drops all that is deeper.
_PARSED_DEPTH = 2000
# The largest real pages seen have about 8,000 elements; every step here is quick at three times as many.
MAX_ELEMENTS = 25_000
# All that a reader sees, menus and comments included.
MAX_CHARACTERS = 1_000_000
MAX_ATTRIBUTES = 200  # of one tag; the busiest real one seen had 40
_NEVER_TEXT = ("script", "style", "noscript", "template", "iframe", "object", "svg", "canvas")
_IS_DEEP: Any = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_IS_CUT: Any = etree.XPath("boolean(" + "/*" * _PARSED_DEPTH + ")")
_DEEP: Any = etree.XPath("/*" * (MAX_DEPTH + 1) + "/descendant-or-self::*")
_COUNT: Any = etree.XPath("count(//*)")


class PageTooLargeError(Exception):
    """A page no reader can be asked to read; the message says what is too much."""


def parse(text: str) -> html.HtmlElement:
    """The tree of a decoded page; comments and scripts are not in it (JSON-LD is read before, see metadata).

    Elements nested beyond what extractors bear are unwrapped: their text stays. PageTooLargeError where the page has
    more elements or levels than any article.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    source = without_huge_tags(text).encode("utf-8", errors="replace") or b"<html></html>"
    try:
        tree = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, ValueError):
        return html.document_fromstring(b"<html><body></body></html>", parser=parser)
    if (count := int(_COUNT(tree))) > MAX_ELEMENTS:
        raise PageTooLargeError(f"{count:,} elements, more than any article page has ({MAX_ELEMENTS:,})")
    if _IS_DEEP(tree):
        if _IS_CUT(tree):
            raise PageTooLargeError(f"elements nested more than {_PARSED_DEPTH:,} levels deep")
        _flatten(tree)
    return tree


def _flatten(tree: Any) -> None:
    """Unwrap what is nested too deeply, the innermost first, so that nothing is moved twice."""
    for element in reversed(_DEEP(tree)):
        if element.tag not in ("p", "br", "img", "a"):
            element.drop_tag()


def without_scripts(tree: html.HtmlElement) -> None:
    """Take out what is never text, in place. PageTooLargeError where what is left is more than any page says."""
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    for element in tree.xpath(f"//*[count(@*) > {MAX_ATTRIBUTES}]"):
        element.attrib.clear()
    if (size := len(tree.text_content())) > MAX_CHARACTERS:
        raise PageTooLargeError(f"{size:,} characters of text, more than any article page has ({MAX_CHARACTERS:,})")


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


def comes_after(element: Any, other: Any) -> bool:
    """Whether an element begins after the end of another of the same tree."""
    path, other_path = ([*reversed(list(one.iterancestors())), one] for one in (element, other))
    for a, b in zip(path, other_path, strict=False):
        if a is not b:
            parent = a.getparent()
            return parent is not None and parent.index(a) > parent.index(b)
    return False


def clean(text: str) -> str:
    """White space as one space, no space before punctuation that inline tags left."""
    return " ".join(text.split())
