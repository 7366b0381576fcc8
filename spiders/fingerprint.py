"""By what a page shows its CMS: generator, form of the address, elements."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from spiders.profile import Fingerprint
from spiders.selectors import select

# A generator meta settles it; else the URL's form and one element, or three elements, must agree.
_GENERATOR_WEIGHT, _URL_WEIGHT, _ELEMENT_WEIGHT, ENOUGH = 4, 2, 1, 3
_CLASSES: Any = etree.XPath("//@class", smart_strings=False)
_IDS: Any = etree.XPath("//@id", smart_strings=False)
_NAMES = re.compile(r"([.#])([\w-]+)")


class PageMarks:
    """One page, asked about the fingerprints of all families."""

    def __init__(self, url: str, tree: Any) -> None:
        parts = urlsplit(url)
        self._path = parts.path + (f"?{parts.query}" if parts.query else "")
        self._tree = tree

    def score(self, shown: Fingerprint) -> int:
        """How many of a family's marks the page has, by weight."""
        score = 0
        if shown.generator:
            score += _GENERATOR_WEIGHT * any(re.search(shown.generator, found, re.I) for found in self._generators)
        score += _URL_WEIGHT * any(re.search(pattern, self._path) for pattern in shown.urls)
        return score + _ELEMENT_WEIGHT * sum(map(self._has, shown.elements))

    def _has(self, css: str) -> bool:
        """Whether an element is there; one look at all names of the page spares most selectors."""
        return names_in(css) <= self._names and bool(select(self._tree, css=css))

    @cached_property
    def _names(self) -> frozenset[str]:
        return page_names(self._tree)

    @cached_property
    def _generators(self) -> list[str]:
        return list(self._tree.xpath("//meta[translate(@name,'GENRATO','genrato')='generator']/@content"))


def page_names(tree: Any) -> frozenset[str]:
    """Every class and id of a page, with its sign: ".title", "#content"."""
    classes = " ".join(_CLASSES(tree)).split()
    return frozenset(["." + name for name in classes] + ["#" + name for name in _IDS(tree)])


@lru_cache(maxsize=1024)
def names_in(css: str) -> frozenset[str]:
    """The classes and ids without which a selector finds nothing.

    >>> sorted(names_in("div.detail #text[src*='/a.b']")), names_in("[class*=tandan-]")
    (['#text', '.detail'], frozenset())
    """
    bare = re.sub(r"\[[^]]*\]", "", css)
    if "," in bare or ":" in bare:  # alternatives and negations need none of their names
        return frozenset()
    return frozenset(sign + name for sign, name in _NAMES.findall(bare))
