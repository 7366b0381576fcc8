"""What a page's head says of it: meta elements and JSON-LD, read once."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any

from archive.vietnamese import canonical
from crawler.extract.tree import clean

_ARTICLE_TYPES = ("newsarticle", "article", "blogposting", "reportagenewsarticle")


class Metadata:
    """Meta elements by name or property, and the JSON-LD object of the article."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        # Read at once: scripts are taken out of the tree before anything else looks at it.
        self._scripts = [script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "")]

    @cached_property
    def _metas(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for meta in self._tree.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
            if name and (content := clean(canonical(meta.get("content") or ""))):
                found.setdefault(name, []).append(content)
        return found

    def meta(self, name: str) -> list[str]:
        return self._metas.get(name.lower(), [])

    @cached_property
    def _article(self) -> dict[str, Any]:
        for script in self._scripts:
            for found in _objects(script):
                kinds = found.get("@type") or ""
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(str(name).lower() in _ARTICLE_TYPES for name in names):
                    return found
        return {}

    def jsonld(self, path: str) -> list[str]:
        """The strings at a dotted path of the article's JSON-LD: `author.name`."""
        values: list[Any] = [self._article]
        for part in path.split("."):
            values = [v.get(part) for value in values for v in (value if isinstance(value, list) else [value])
                      if isinstance(v, dict)]  # fmt: skip
        flat = [v for value in values for v in (value if isinstance(value, list) else [value])]
        return [clean(canonical(value)) for value in flat if isinstance(value, str) and value.strip()]

    @property
    def times(self) -> list[str]:
        """The `datetime` of time elements."""
        return [str(value) for value in self._tree.xpath("//time/@datetime")]

    @property
    def descriptions(self) -> list[str]:
        """What the head says the page is about, often the beginning of the lead."""
        return self.meta("description") + self.meta("og:description")

    @cached_property
    def site_names(self) -> list[str]:
        """What the site calls itself, in keys, so that it is taken for no title and no author."""
        return self.meta("og:site_name") + self.meta("application-name")

    @cached_property
    def titles(self) -> list[str]:
        """Titles of the head, the most trusted first."""
        page = [clean(canonical(found.text_content())) for found in self._tree.iter("title")]
        return [title for title in (*self.jsonld("headline"), *self.meta("og:title"), *page[:1]) if title]

    @property
    def canonical_url(self) -> str | None:
        links = self._tree.xpath("//link[@rel='canonical']/@href")
        return str(links[0]).strip() or None if links else None


def _objects(script: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(re.sub(r"[\x00-\x1f]+", " ", script))
    except (ValueError, RecursionError):
        return []
    found = _dicts(data)
    return found + [one for part in found for one in _dicts(part.get("@graph"))]


def _dicts(data: Any) -> list[dict[str, Any]]:
    """The objects of a value that should be one or a list of them; sites put anything there."""
    return [one for one in (data if isinstance(data, list) else [data]) if isinstance(one, dict)]
