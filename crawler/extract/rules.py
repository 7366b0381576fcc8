"""Applies a profile's ordered rules to a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from archive.vietnamese import canonical
from crawler.extract.metadata import Metadata
from crawler.extract.tree import clean
from spiders.fingerprint import names_in, page_names
from spiders.profile import Rule
from spiders.selectors import select

_LONGEST_LABELLED = 200  # characters: a longer line is text that happens to have the label's words


class RuleReader:
    """Values of fields by rules, on one tree."""

    def __init__(self, tree: Any, metadata: Metadata, url: str) -> None:
        self._tree, self._metadata, self._url = tree, metadata, url

    def all(self, rules: Sequence[Rule]) -> tuple[list[str], str] | None:
        """Every value of the first rule that gives any."""
        for rule in rules:
            if values := list(dict.fromkeys(self.values(rule))):
                return values, rule.label
        return None

    def elements(self, rules: Sequence[Rule]) -> tuple[list[Any], str] | None:
        """The elements of the first rule that finds any with text."""
        for rule in rules:
            if (rule.css or rule.xpath) and self._may_find(rule):
                found = [e for e in select(self._tree, css=rule.css, xpath=rule.xpath) if not isinstance(e, str)]
                found = [element for element in found if (element.text_content() or "").strip()]
                if found:
                    return found, rule.label
        return None

    def _may_find(self, rule: Rule) -> bool:
        """Whether the page has the classes and ids a selector names: one look spares most of them."""
        return not rule.css or names_in(rule.css) <= self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        return page_names(self._tree)

    def values(self, rule: Rule) -> Iterator[str]:
        """Every non-empty value of one rule."""
        return (value for value, _ in self.located(rule))

    def located(self, rule: Rule) -> Iterator[tuple[str, Any]]:
        """Every non-empty value of one rule with the element it stands in; None for what is no element's text."""
        for raw, element in self._raw(rule):
            text = clean(canonical(raw))
            if rule.pattern:
                found = re.search(rule.pattern, text)
                text = clean(found[1] if found and found.groups() else found[0] if found else "")
            if text:
                yield text, element

    def _raw(self, rule: Rule) -> Iterator[tuple[str, Any]]:
        if rule.css or rule.xpath:
            for found in [] if not self._may_find(rule) else select(self._tree, css=rule.css, xpath=rule.xpath):
                if isinstance(found, str):
                    yield found, None
                else:
                    yield (found.get(rule.attribute) or "") if rule.attribute else found.text_content(), found
        else:
            yield from ((value, None) for value in self._without_element(rule))

    def _without_element(self, rule: Rule) -> Iterator[str]:
        if rule.meta:
            yield from self._metadata.meta(rule.meta)
        elif rule.jsonld:
            yield from self._metadata.jsonld(rule.jsonld)
        elif rule.url:
            if found := re.search(rule.url, unquote(self._url)):
                yield found[1] if found.groups() else found[0]
        elif rule.after:
            yield from self._after_label(rule.after)

    def _after_label(self, label: str) -> Iterator[str]:
        """The text that follows a label such as "Tác giả:" in its own element or the next around it."""
        wanted = re.compile(re.escape(label) + r"\s*[:：]?\s*(\w.*)")
        for text in self._tree.xpath("//body//text()[contains(., $label)]", label=label):
            element = text.getparent()
            for node in [element, *list(element.iterancestors())[:2]]:
                line = clean(node.text_content() or "")
                if len(line) < _LONGEST_LABELLED and (found := wanted.search(line)):
                    yield found[1]
                    return
