"""A rule for each field that reading by form has found: where its value stands, proved by reading it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.records import ArticleText
from archive.vietnamese import canonical
from crawler.extract.tree import clean
from crawler.portals.drafting import stable
from crawler.portals.source import Source
from spiders.profile import Rule
from spiders.selectors import select

# Lines with a date or a byline are short; a longer element with one is text.
_LONGEST_LINE, _LONGEST_BYLINE = 160, 90
_BYLINE_LABELS = ("Tác giả", "Người viết", "Người đăng", "Tin, ảnh", "Tin, bài", "Thực hiện", "Bài, ảnh", "Bài và ảnh")
_DATE_METAS = ("article:published_time", "datePublished", "pubdate", "dc.date.issued", "dc.date", "date")
_URL_DAY = r"/(20\d{2}[/-]\d{1,2}[/-]\d{1,2})(?=/|$)"
_WRITER = re.compile(r"author|tac-?gia|nguoi-?viet|but-?danh|byline|phong-?vien", re.IGNORECASE)
_ATTRIBUTE = {"byline": "authors"}  # of a reading, where it is called otherwise than the field

# Reads the article by one rule for one field, everything else by its form.
Trial = Callable[[str, Rule], ArticleText]


@dataclass
class Drafted:
    """Rules by field, what is doubtful about them, and where the found values stand."""

    rules: dict[str, Rule] = field(default_factory=dict)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    elements: dict[str, Any] = field(default_factory=dict)
    authors: tuple[str, ...] = ()  # that the page's form does not show

    def doubt(self, name: str, text: str) -> None:
        """Note what a person has to look at."""
        self.doubts.append((f"fields.{name}", text))


def draft_fields(source: Source, text: ArticleText, read: Trial) -> Drafted:
    """Rules for title, date, lead and byline of one article."""
    found = Drafted()
    proved = _Proved(source, text, read)
    _title(found, source, text, proved)
    _published(found, source, text, proved)
    _sapo(found, source, text, proved)
    _byline(found, source, text, proved)
    return found


class _Proved:
    """Finds the first rule by which a field reads as it does by form."""

    def __init__(self, source: Source, text: ArticleText, read: Trial) -> None:
        self._source, self._text, self._read = source, text, read

    def first(self, name: str, rules: Iterable[tuple[Rule, Any]]) -> tuple[Rule, Any] | None:
        return next(((rule, element) for rule, element in rules if self.reads(name, rule)), None)

    def any(self, name: str, rules: Iterable[tuple[Rule, Any]]) -> tuple[Rule, Any] | None:
        """The first rule that gives any value, and the value."""
        attribute = _ATTRIBUTE.get(name, name)
        for rule, _ in rules:
            text = self._read(name, rule)
            if text.method.get(attribute) == rule.label:
                return rule, getattr(text, attribute)
        return None

    def reads(self, name: str, rule: Rule) -> bool:
        """Whether the rule itself, and not the form, gives the value."""
        attribute = _ATTRIBUTE.get(name, name)
        text = self._read(name, rule)
        return text.method.get(attribute) == rule.label and _value(text, attribute) == _value(self._text, attribute)


def _value(text: ArticleText, attribute: str) -> Any:
    value = getattr(text, attribute)
    return value.iso() if attribute == "published" and value else value


def _title(found: Drafted, source: Source, text: ArticleText, proved: _Proved) -> None:
    if text.title is None:
        found.doubt("title", "the article shows no title")
        return
    metas = [(Rule(meta="og:title"), None), (Rule(jsonld="headline"), None)]
    rule = proved.first("title", [*_named(source.tree, located(source.tree, text.title)), *metas])
    if rule is None:
        found.doubt("title", "it stands in no element of its own with a name; it is left to the page's form")
        return
    _keep(found, "title", rule, source)


def _published(found: Drafted, source: Source, text: ArticleText, proved: _Proved) -> None:
    when = text.published
    if when is None:
        found.doubt("published", "the page has no date that can be trusted; its articles will have none")
        return
    lines = _named(source.tree, _lines_with(source.tree, (when.printed,), _LONGEST_LINE))
    rule = proved.first("published", [*lines, *_head_dates()])
    if rule is None:
        found.doubt("published", f"no rule finds {when.printed!r} again; the date is left to the page's form")
        return
    _keep(found, "published", rule, source)


def _head_dates() -> Iterator[tuple[Rule, Any]]:
    """Rules for dates that no visible line shows: in the head, in a time element, in the address."""
    yield from ((Rule(meta=name), None) for name in _DATE_METAS)
    yield Rule(jsonld="datePublished"), None
    yield Rule(css="time", attribute="datetime"), None
    yield Rule(url=_URL_DAY), None


def _sapo(found: Drafted, source: Source, text: ArticleText, proved: _Proved) -> None:
    """The lead's own element; a lead without one is the first paragraph, which reading finds by itself."""
    if text.sapo is None:
        return
    places = located(source.tree, text.sapo) or _ending_with(source.tree, text.sapo)
    if rule := proved.first("sapo", _named(source.tree, [place for place in places if _has_name(place)])):
        _keep(found, "sapo", rule, source)
    elif places:
        found.elements["sapo"] = places[0]


def _ending_with(tree: Any, sapo: str) -> list[Any]:
    """The lead as it is printed, with the agency's mark before it."""
    lines = ((e, _line(e)) for e in tree.iter("p", "div", "h2", "h3", "h4", "strong", "b", "span"))
    return [element for element, line in lines if line.endswith(sapo) and len(line) < len(sapo) + 20]


def _byline(found: Drafted, source: Source, text: ArticleText, proved: _Proved) -> None:
    if not text.authors:
        _byline_by_name(found, source, proved)
        return
    lines = [e for e in _lines_with(source.tree, text.authors, _LONGEST_BYLINE) if _has_name(e)]
    labels = [(Rule(after=label), None) for label in _BYLINE_LABELS if label in source.tree.text_content()]
    if rule := proved.first("byline", [*_named(source.tree, lines), *labels]):
        _keep(found, "byline", rule, source)


def _byline_by_name(found: Drafted, source: Source, proved: _Proved) -> None:
    """A byline that the page's form does not show, in an element that is called so."""
    places = [e for e in _visible(source.tree) if _WRITER.search(f"{e.get('class') or ''} {e.get('id') or ''}")]
    short = [e for e in places if 0 < len(_line(e)) <= _LONGEST_BYLINE]
    if proof := proved.any("byline", _named(source.tree, short[:3])):
        rule, names = proof
        found.authors = names
        found.rules["byline"] = rule
        found.doubt("byline", f"{rule.css} names {', '.join(names)}; nothing but its name says that this is who wrote")


def _has_name(element: Any) -> bool:
    """Whether an element is more than a place: its place alone would take any first line."""
    return bool(element.get("class") or element.get("id") or element.get("itemprop"))


def located(tree: Any, value: str) -> list[Any]:
    """The elements of the body whose whole text is a value, the deepest of each chain first."""
    return _deepest_first([e for e in _visible(tree) if _line(e) == value])


def _lines_with(tree: Any, parts: tuple[str, ...], longest: int) -> list[Any]:
    """The elements that hold some strings and little else, the deepest first."""
    wanted = [clean(part) for part in parts]
    lines = ((element, _line(element)) for element in _visible(tree))
    return _deepest_first([e for e, line in lines if len(line) <= longest and all(part in line for part in wanted)])


def _deepest_first(elements: list[Any]) -> list[Any]:
    """Elements that hold no other of them, in order; then those around them, from the inside."""
    outer = {id(node) for element in elements for node in element.iterancestors()}
    return [e for e in elements if id(e) not in outer] + [e for e in elements if id(e) in outer][::-1]


def _visible(tree: Any) -> Iterator[Any]:
    body = tree.find("body")
    return (e for e in (tree if body is None else body).iterdescendants() if isinstance(e.tag, str))


def _line(element: Any) -> str:
    return clean(canonical(element.text_content() or ""))


def _named(tree: Any, elements: list[Any]) -> Iterator[tuple[Rule, Any]]:
    """Rules for elements, those with lasting names before those with names that have digits."""
    for loose in (False, True):
        for element in elements:
            yield from ((Rule(css=css), element) for css in stable.selectors(element, tree, loose=loose))


def _keep(found: Drafted, name: str, proved: tuple[Rule, Any], source: Source) -> None:
    """Take a rule, and say what is weak about it."""
    rule, found.elements[name] = proved
    found.rules[name] = rule
    if rule.css and not rule.attribute and (hits := len(select(source.tree, css=rule.css))) > 1:
        found.doubt(name, f"{rule.css} finds {hits} elements; the first counts")
    if stable.is_made_up(rule.css or ""):
        found.doubt(name, f"{rule.css} looks made up by a template and may change")
