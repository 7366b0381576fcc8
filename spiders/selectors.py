"""CSS and XPath on lxml trees, compiled once: compiling costs more than asking."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from lxml import etree


class _Select:
    """`select(tree, css=…)` or `select(tree, xpath=…)` → list of elements or strings."""

    def __call__(self, tree: Any, *, css: str | None = None, xpath: str | None = None) -> list[Any]:
        found: Any = _compiled(css, xpath)(tree)
        return found if isinstance(found, list) else [found]

    @staticmethod
    def check(css: str | None, xpath: str | None, pattern: str | None = None) -> None:
        """Raise ValueError or re.error for what cannot be compiled."""
        if css or xpath:
            _compiled(css, xpath)
        if pattern:
            re.compile(pattern)


select = _Select()


@lru_cache(maxsize=4096)
def _compiled(css: str | None, xpath: str | None) -> etree.XPath:
    try:
        return etree.XPath(xpath or _TRANSLATOR.css_to_xpath(css or "", prefix="descendant-or-self::"))
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(f"{css or xpath!r}: {error}") from error


_TRANSLATOR = HTMLTranslator()
