"""From what a person typed to what an engine is asked: places, tones, abbreviations and weights settled.

>>> from archive.authorities import Gazetteer
>>> known = Known(gazetteer=Gazetteer.load(), portals={})
>>> [line.en for line in planned("UBND", Choices(), known).understood][1]
'also written: UBND = Ủy ban nhân dân'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.errors import QueryError
from archive.vietnamese import canonical
from search.analysis import Tones, query_tokens, tones_of
from search.engines import tree
from search.engines.tree import TextNode, Tree
from search.query import ast
from search.query.filters import MAX_VALUE, Doubt, Filter, Known, filter_of
from search.query.parser import parse
from search.query.places import MODES, Mode
from search.query.printing import printed
from search.query.understood import Understood, dates_line, query_line, tones_line
from search.query.variants import CHOICES, Choice
from search.query.wording import Wording

__all__ = ["Choices", "Doubt", "Filters", "Known", "Plan", "planned"]
# More names beside a query than a form or an address of ours gives.
MOST_FILTERS = 20


@dataclass(frozen=True, kw_only=True)
class Choices:
    """How a reader wants words and places to be taken; the defaults are what the language says."""

    tones: Tones | None = None
    abbreviations: Choice = "on"
    places: Mode = "inside"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What stands beside the text: every place and official must be named, any of the portals will do."""

    places: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    portals: tuple[str, ...] = ()
    days: ast.DateRange | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A question understood. `marks` are the words an answer may show; `doubts` are asked before it is answered."""

    query: ast.Node
    tones: Tones
    tree: Tree
    restriction: Tree | None
    understood: tuple[Understood, ...]
    doubts: tuple[Doubt, ...]

    @property
    def marks(self) -> tuple[TextNode, ...]:
        """Every text node that a hit may have, filters by officials included."""
        return (*tree.text_nodes(self.tree), *(tree.text_nodes(self.restriction) if self.restriction else ()))


def planned(text: str, choices: Choices, known: Known, filters: Filters | None = None) -> Plan:
    """The plan of a query and its filters; QueryError where either cannot be understood."""
    _check(choices)
    query = parse(text)
    words = ast.words_of(query)
    tones = choices.tones or tones_of(words)
    planner = _Planner(text, Wording(tones, choices.tones, choices.abbreviations), choices, known)
    whole = planner.node(query)
    restriction = planner.restriction(filters or Filters())
    lines = [tones_line(tones, is_forced=choices.tones is not None)] if words else []
    lines += [*planner.wording.understood(), *planner.lines]
    if (plain := printed(query)) != " ".join(canonical(text).split()) and not isinstance(query, ast.Everything):
        lines.insert(0, query_line(plain))
    return Plan(
        query=query,
        tones=tones,
        tree=whole,
        restriction=restriction,
        understood=tuple(dict.fromkeys(lines)),
        doubts=tuple(planner.doubts),
    )


def _check(choices: Choices) -> None:
    if choices.abbreviations not in CHOICES:
        known, given = ", ".join(CHOICES), choices.abbreviations
        raise QueryError(f"abbreviations {given!r}: there are {known}", vi=f"viết tắt {given!r}: chỉ có {known}")
    if choices.places not in MODES:
        known, mode = ", ".join(MODES), choices.places
        raise QueryError(f"places {mode!r}: there are {known}", vi=f"địa phương tính đến {mode!r}: chỉ có {known}")


class _Planner:
    """Walks one query and collects what is to be said of it."""

    def __init__(self, text: str, wording: Wording, choices: Choices, known: Known) -> None:
        self._text, self.wording, self._choices, self._known = canonical(text).strip(), wording, choices, known
        self.lines: list[Understood] = []
        self.doubts: list[Doubt] = []

    def node(self, node: ast.Node) -> tree.Tree:
        """One node; NOT alone means everything but."""
        match node:
            case ast.Words():
                return self.wording.words(node)
            case ast.Prefix():
                return self.wording.prefix(node)
            case ast.Fuzzy():
                return self.wording.fuzzy(node)
            case ast.Near():
                return self.wording.near(node)
            case ast.Value():
                return self._value(node)
            case ast.DateRange(first, last):
                self.lines.append(dates_line(first, last))
                return tree.Days(first, last)
            case ast.And(parts):
                return self._all_of(parts)
            case ast.Or(parts):
                return tree.AnyOf(tuple(self.node(part) for part in parts))
            case ast.Not(part):
                return tree.Without(tree.Everything(), self.node(part))
            case ast.Everything():
                return tree.Everything()

    def restriction(self, filters: Filters) -> tree.Tree | None:
        """The filters beside the query; None without any."""
        names = [filters.places, filters.officials, filters.portals]
        if (count := sum(map(len, names))) > MOST_FILTERS:
            raise QueryError(
                f"{count} filters: at most {MOST_FILTERS}; leave some out",
                vi=f"{count} bộ lọc, nhiều nhất {MOST_FILTERS}; bỏ bớt",
            )
        parts = [self._noted(self._filter("place", place)) for place in filters.places]
        parts += [self.node(official) for official in map(_official, filters.officials)]
        if filters.portals:
            parts.append(tree.AnyOf(tuple(self._noted(self._filter("portal", one)) for one in filters.portals)))
        if filters.days:
            parts.append(self.node(filters.days))
        return tree.AllOf(tuple(parts)) if parts else None

    def _all_of(self, parts: Sequence[ast.Node]) -> tree.Tree:
        wanted: list[tree.Tree] = []
        loose: list[ast.Words] = []
        for part in (*parts, None):
            if isinstance(part, ast.Words) and len(part.words) == 1 and part.field == "text" and not part.is_literal:
                loose.append(part)
                continue
            wanted += self.wording.loose(loose) if loose else []
            loose = []
            if part is not None and not isinstance(part, ast.Not):
                wanted.append(self.node(part))
        unwanted = tuple(self.node(part.part) for part in parts if isinstance(part, ast.Not))
        positive = tree.AllOf(tuple(wanted)) if len(wanted) > 1 else wanted[0] if wanted else tree.Everything()
        return tree.Without(positive, tree.AnyOf(unwanted)) if unwanted else positive

    def _value(self, node: ast.Value) -> tree.Tree:
        try:
            found = self._filter(node.field, node.text)
        except QueryError as error:
            raise self._placed(error, node.text) from error
        if found.doubt:
            found = replace(found, doubt=replace(found.doubt, error=self._placed(found.doubt.error, node.text)))
        return self._noted(found)

    def _filter(self, field: ast.ValueField, text: str) -> Filter:
        return filter_of(field, text, self._known, self._choices.places)

    def _noted(self, found: Filter) -> tree.Tree:
        if found.understood:
            self.lines.append(found.understood)
        if found.doubt:
            self.doubts.append(found.doubt)
        return found.tree

    def _placed(self, error: QueryError, value: str) -> QueryError:
        """The same error, pointing at the value in the query."""
        at = re.search(r"[:(\"“”«»„]\s*(" + r"\s+".join(map(re.escape, value.split())) + ")", self._text)
        return error.at(self._text, at.start(1), at.end(1)) if at else error


def _official(name: str) -> ast.Words:
    """A name as words next to each other, each as it was typed."""
    name = canonical(name)
    words = tuple(name[token.start : token.end] for token in query_tokens(name))
    if not words or len(name) > MAX_VALUE:
        raise QueryError(
            f"official {name[:60]!r}: is no name; write a name or a part of it",
            vi=f"cán bộ {name[:60]!r}: không phải là tên; viết họ tên hoặc một phần",
        )
    return ast.Words(words, "official")
