"""Selectors that are likely to hold: an id, a class or an itemprop with a name, short, and alone on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from spiders.selectors import select

# Classes of frameworks and states say how an element looks, not what it is.
_LAYOUT = re.compile(
    r"(?:col|row|container|clearfix|active|selected|first|last|odd|even|open|show|hidden|fade|d|w|h|m|p|mt|mb|ml|mr|mx|my|pt|pb|pl"
    r"|pr|px|py|text|font|float|pull|bg|border|rounded|flex|align|justify|fw|fs|bold|left|right|center|lazy|img|image|wow|animated)"
    r"(?:-.*|_\d+|)|(?:col|row|mg|pd)\w{0,3}|Mso\w*",
    re.IGNORECASE,
)
_PROPER = re.compile(r"[A-Za-z][A-Za-z_-]*")
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_ALONE = ("h1", "article", "main")  # tags that say what they hold
_HIGHEST = 5  # levels above an element where a named one is looked for


def selectors(element: Any, tree: Any, *, loose: bool = False) -> list[str]:
    """CSS for an element, the best first: those that find it alone, then those that find it first.

    `loose` allows names with digits, which a template may have made up.
    """
    found = list(dict.fromkeys(_candidates(element, loose)))
    hits = {css: select(tree, css=css) for css in found}
    alone = [css for css in found if hits[css] == [element]]
    first = [css for css in found if css not in alone and hits[css][:1] == [element]]
    return alone + first


def is_made_up(css: str) -> bool:
    """Whether a selector hangs on a name with digits.

    >>> is_made_up("div.x8 b"), is_made_up("#content h1")
    (True, False)
    """
    return bool(re.search(r"[.#][A-Za-z_-]*\d", css))


def _candidates(element: Any, loose: bool) -> Iterator[str]:
    own = list(names(element, loose))
    yield from own
    if element.tag in _ALONE:
        yield element.tag
    above = [node for node, _ in zip(element.iterancestors(), range(_HIGHEST), strict=False)]
    for node in above:
        for outer in names(node, loose):
            for inner in own or [element.tag]:
                yield f"{outer} {inner}"
            if node is element.getparent():
                yield f"{outer} > {own[0] if own else element.tag}"


def names(element: Any, loose: bool) -> Iterator[str]:
    """An element's own names: id, itemprop, each class, two classes together."""
    allowed = _NAME if loose else _PROPER
    tag = element.tag
    identity = element.get("id") or ""
    if allowed.fullmatch(identity):
        yield f"#{identity}"
    if itemprop := element.get("itemprop"):
        yield f"{tag}[itemprop={itemprop}]" if _NAME.fullmatch(itemprop) else tag
    classes = [name for name in (element.get("class") or "").split() if allowed.fullmatch(name)]
    telling = [name for name in classes if not _LAYOUT.fullmatch(name)]
    yield from (f"{tag}.{name}" for name in telling)
    if len(telling) > 1:
        yield f"{tag}.{'.'.join(telling[:2])}"
