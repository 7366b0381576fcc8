"""A page of ours taken apart: what could run in it, and what a reader with a keyboard or a screen reader would miss."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import html

_LINKS = ("href", "src", "action", "formaction", "xlink:href")
_INPUTS = "//input[not(@type='hidden')] | //select | //textarea"
_INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary"}
_LISTS = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}}


def running(page: str) -> list[str]:
    """Everything in a page that a browser would run or load from elsewhere, but for our own script file."""
    found = []
    for element in html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        attributes = dict(element.attrib)
        if element.tag in ("style", "iframe", "object", "embed", "img", "base"):
            found.append(element.tag)
        if element.tag == "script" and not _is_ours(attributes):
            found.append(f"script {attributes}")
        for name, value in attributes.items():
            if name.startswith("on") or name == "style":
                found.append(f"{element.tag} {name}={value}")
            if name in _LINKS and value.strip().lower().startswith(("javascript:", "data:", "vbscript:")):
                found.append(f"{element.tag} {name}={value}")
    return found


def data_block(page: str) -> Any:
    """The JSON-LD of a page."""
    [block] = html.document_fromstring(page).xpath("//script[@type='application/ld+json']")
    return json.loads(block.text)


def alert(page: str) -> str:
    """What a page says went wrong."""
    [found] = html.document_fromstring(page).xpath("//*[@role='alert']")
    return str(found.text_content())


def faults(page: str) -> list[str]:
    """What a page lacks: language, headings in order, landmarks, names of fields, links, tables and pictures."""
    tree = html.document_fromstring(page)
    return [*_of_page(tree), *_of_headings(tree), *_of_names(tree), *_of_structure(tree)]


def _is_ours(attributes: dict[str, str]) -> bool:
    return attributes == {"src": "/static/danvan.js", "defer": "defer"} or attributes == {"type": "application/ld+json"}


def _of_page(tree: Any) -> Iterator[str]:
    if tree.get("lang") not in ("vi", "en"):
        yield "html without lang"
    if not (tree.findtext(".//title") or "").strip():
        yield "no title"
    for landmark in ("main", "header", "footer"):
        if len(tree.findall(f".//body/{landmark}")) != 1:
            yield f"not one {landmark}"
    yield from (f"nav without a name: {_text(nav)[:40]}" for nav in tree.iter("nav") if not _name(tree, nav, own=False))
    skip = tree.xpath("//body//a")[0]
    if not skip.get("href", "").startswith("#"):
        yield "the first link does not skip to the content"


def _of_headings(tree: Any) -> Iterator[str]:
    headings = tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    if sum(heading.tag == "h1" for heading in headings) != 1:
        yield "not one h1"
    level = 0
    for heading in headings:
        if int(heading.tag[1]) > level + 1:
            yield f"{heading.tag} after h{level}: {_text(heading)[:40]}"
        if not _text(heading):
            yield f"empty {heading.tag}"
        level = int(heading.tag[1])


def _of_names(tree: Any) -> Iterator[str]:
    for field in tree.xpath(_INPUTS):
        labels = tree.xpath("//label[@for=$id]", id=field.get("id", " ")) or field.xpath("ancestor::label")
        if not field.get("aria-label") and not any(_text(label) for label in labels):
            yield f"field without a label: {field.get('name')}"
    for element in tree.xpath("//a | //button | //summary"):
        if not _name(tree, element):
            yield f"{element.tag} without a name: {html.tostring(element)[:80]!r}"
    for picture in tree.iter("svg"):
        if picture.get("aria-hidden") != "true" and not (picture.findtext("title") and picture.findtext("desc")):
            yield "svg without title and desc"
    for element in tree.xpath("//*[@tabindex='0'] | //*[@role='group']"):
        if not element.get("role") or not _name(tree, element, own=False):
            yield f"{element.tag} can be reached and has no role or name"


def _of_structure(tree: Any) -> Iterator[str]:
    ids = Counter(element.get("id") for element in tree.xpath("//*[@id]"))
    yield from (f"id twice: {id_}" for id_, count in ids.items() if count > 1)
    for name in ("aria-labelledby", "aria-describedby", "for"):
        for element in tree.xpath(f"//*[@{name}]"):
            yield from (f"{name}={id_} leads nowhere" for id_ in element.get(name).split() if id_ not in ids)
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        if link.get("href")[1:] not in ids:
            yield f"link {link.get('href')} leads nowhere"
    for table in tree.iter("table"):
        if any(not cell.get("scope") for cell in table.iter("th")) or not table.findall(".//th"):
            yield "table without header cells or scope"
    for element in tree.xpath("//a | //button"):
        if any(inner.tag in _INTERACTIVE for inner in element.iterdescendants()):
            yield f"{element.tag} holds another control: {_text(element)[:40]}"
    for name, allowed in _LISTS.items():
        for element in tree.iter(name):
            yield from (f"{child.tag} in {name}" for child in element if child.tag not in allowed)


def _name(tree: Any, element: Any, *, own: bool = True) -> str:
    named = element.get("aria-label", "")
    for id_ in element.get("aria-labelledby", "").split():
        named += "".join(_text(other) for other in tree.xpath("//*[@id=$id]", id=id_))
    return named.strip() or (_text(element) if own else "")


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
