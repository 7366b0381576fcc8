"""The container of an article's text: the element around its paragraphs, and what in it must be dropped or cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from archive.records import ArticleText
from crawler.extract.blocks import Block, blocks
from crawler.portals.drafting import stable
from crawler.portals.drafting.fields import located
from spiders.profile import Body, Rule
from spiders.selectors import select

# A drop or cut for each box inside a text; more means that the container is not the text's.
_MOST_STEPS = 8
_TRANSFORMS: tuple[tuple[str, ...], ...] = ((), ("table_image_to_figure",))
_LEVELS = 4  # above the paragraphs' common element
_LONGEST_HEADING = 60
_TELLING_TAGS = ("h1", "h2", "h3", "small", "time", "address", "dl")  # that are no text wherever they stand in it
_LONGEST_DATE_LINE = 160
_SHORTEST_LEAD, _LONGEST_LEAD = 60, 900  # as reading by form takes one

Reader = Callable[[Rule, Body], ArticleText]


@dataclass(frozen=True, kw_only=True)
class Container:
    """A rule for the text that reads it exactly, and how it is cleaned."""

    rule: Rule
    body: Body
    element: Any


def without_date_line(text: ArticleText) -> ArticleText:
    """A reading without the line of its date, where the page's form took that for the first paragraph."""
    first, *rest = text.body.split("\n\n")
    if text.published is None or len(first) > _LONGEST_DATE_LINE or text.published.printed not in first or not rest:
        return text
    sapo = text.sapo or (rest[0] if len(rest) > 1 and _SHORTEST_LEAD <= len(rest[0]) <= _LONGEST_LEAD else None)
    return replace(text, body="\n\n".join(rest), sapo=sapo)


def container_of_text(tree: Any, wanted: ArticleText, read: Reader) -> Container | None:
    """The first container and cleaning by which a page reads as `wanted`; None where there is none."""
    around = _around(tree, wanted)
    for loose in (False, True):
        for element in around:
            for css in stable.selectors(element, tree, loose=loose)[:4]:
                for transforms in _TRANSFORMS:
                    body = _cleaned(Rule(css=css), element, wanted, read, Body(transforms=transforms))
                    if body is not None:
                        return Container(rule=Rule(css=css), body=body, element=element)
    return None


def _around(tree: Any, wanted: ArticleText) -> list[Any]:
    """The common element of the paragraphs and those around it; a lead may stand outside."""
    paragraphs = wanted.body.split("\n\n")
    places = {block.text: block.element for block in reversed(blocks(_body(tree)))}
    found = [places[text] for text in paragraphs if text in places]
    inner = [places[text] for text in paragraphs[1:] if text in places] or found
    roots = [root for root in (_common(inner), _common(found)) if root is not None]
    chain = [node for root in roots for node, _ in zip((root, *root.iterancestors()), range(_LEVELS), strict=False)]
    return [node for node in dict.fromkeys(chain) if node.tag not in ("body", "html")]


def _common(elements: list[Any]) -> Any:
    if not elements:
        return None
    chains = [[element, *element.iterancestors()] for element in elements]
    return next((node for node in chains[0] if all(node in chain for chain in chains[1:])), None)


def _body(tree: Any) -> Any:
    body = tree.find("body")
    return tree if body is None else body


def _cleaned(rule: Rule, element: Any, wanted: ArticleText, read: Reader, body: Body) -> Body | None:
    """Drops and cuts, one by one, until the text reads as wanted; None where a box has no name."""
    for _ in range(_MOST_STEPS):
        text = read(rule, body)
        if _same(text, wanted):
            return body
        extra = _extra(text, wanted)
        if not extra:
            return None
        step = next(_steps(extra, element, wanted, body), None)
        if step is None:
            return None
        body = step
    return None


def _same(text: ArticleText, wanted: ArticleText) -> bool:
    is_read_so = text.method.get("layout") == "current"
    return is_read_so and (text.body, text.captions, text.authors) == (wanted.body, wanted.captions, wanted.authors)


def _extra(text: ArticleText, wanted: ArticleText) -> list[str]:
    """What was read too much, in order."""
    right = {*wanted.body.split("\n\n"), *wanted.captions}
    return [line for line in (*text.body.split("\n\n"), *text.captions) if line and line not in right]


def _steps(extra: list[str], element: Any, wanted: ArticleText, body: Body) -> Iterator[Body]:
    """The next drop, or the next cut where what is too much begins with a heading behind the text."""
    found = blocks(element)
    right = {*wanted.body.split("\n\n"), *wanted.captions}
    last = max((n for n, block in enumerate(found) if block.text in right), default=-1)
    for number, block in enumerate(found):
        if block.text not in extra:
            continue
        for css in _box_names(block, element, right):
            if css not in body.drop:
                yield Body(drop=(*body.drop, css), cut_at=body.cut_at, transforms=body.transforms)
        pattern = "^" + re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", block.text[:_LONGEST_HEADING])
        if number > last and _announces(block, wanted) and pattern not in body.cut_at:
            yield Body(drop=body.drop, cut_at=(*body.cut_at, pattern), transforms=body.transforms)


def _announces(block: Block, wanted: ArticleText) -> bool:
    """Whether a line may head what follows a text: short, without a number, no byline."""
    is_byline = any(author in block.text for author in wanted.authors)
    return len(block.text) <= _LONGEST_HEADING and not re.search(r"\d", block.text) and not is_byline


def _box_names(block: Block, root: Any, right: set[str]) -> Iterator[str]:
    """Names of the boxes around a line that hold nothing of the text, the largest first."""
    boxes = []
    inner = next((e for e in reversed(located(root, block.text)) if e is not root), block.element)
    for node in (inner, *inner.iterancestors()):
        if node is root or any(one.text in right for one in blocks(node)):
            break
        boxes.append(node)
    for loose, box in product((False, True), boxes[::-1]):
        for css in [*stable.names(box, loose), *([box.tag] if box.tag in _TELLING_TAGS else [])]:
            hit = select(root, css=css)
            if root not in hit and not any(one.text in right for e in hit for one in blocks(e)):
                yield css
