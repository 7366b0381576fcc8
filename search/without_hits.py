"""Why a question finds nothing: what each part of it finds alone, and which near question finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from archive.errors import QueryError
from search.analysis import Tones, tones_of
from search.labels import place_label
from search.query import ast
from search.query.parser import parse
from search.query.printing import printed
from search.query.understood import ANY_TONES, Switch, reaching_further
from search.question import Question

_MOST_INSTEAD = 5
# A reader waits for the answers of all that are tried, each some milliseconds to tens of them.
_MOST_TRIED = 16
# Words of a phrase that nobody wrote are looked for this near each other: about a clause.
_NEAR = 8
# A shorter word has too many neighbours one letter away.
_SHORTEST_FUZZY = 3

Total = Callable[[Question], int]
Names = Callable[[str], Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another question, as it may be said, and how many articles it finds; `switch` is what is switched in it."""

    question: Question
    text: str
    total: int
    switch: Switch | None = None


@dataclass(frozen=True, kw_only=True)
class WithoutHits:
    """`alone`: each part without the others, the missing ones first. `instead`: near questions, all with hits."""

    alone: tuple[Other, ...]
    instead: tuple[Other, ...]


@dataclass(frozen=True)
class _Part:
    """A conjunct of the query or a filter beside it: itself as a question, and the question without it."""

    alone: Question
    without: Callable[[Question], Question]
    node: ast.Node | None = None  # of the query


def explained(question: Question, tones: Tones, total: Total, names: Names) -> WithoutHits:
    """Of a question without hits, whose words were looked for with these tones.

    `total` counts what a question finds, `names` are officials like a name.
    """
    asked = replace(question, page=1)
    parts = dict.fromkeys([*_conjuncts(asked), *_filters(asked)])
    counted = [(part, _counted(part.alone, tones, total)) for part in parts if not isinstance(part.node, ast.Not)]
    missing = [part for part, other in counted if not other.total]
    tried = islice(dict.fromkeys(_near(asked, list(parts), missing, tones, names)), _MOST_TRIED)
    near = (_counted(other, tones, total, switch) for other, switch in tried)
    found = islice((other for other in near if other.total), _MOST_INSTEAD)
    alone = sorted((other for _, other in counted), key=lambda other: other.total > 0)
    return WithoutHits(alone=tuple(alone), instead=tuple(found))


def said(question: Question) -> str:
    """A question in a line: its query, then its filters."""
    days = f"{question.first_day or '…'} – {question.last_day or '…'}"
    filters = [*map(place_label, question.localities), *question.officials, *question.portals]
    dated = [days] if question.first_day or question.last_day else []
    return " + ".join(filter(None, [question.text, *filters, *dated]))


def _counted(question: Question, tones: Tones, total: Total, switch: Switch | None = None) -> Other:
    """A question with the tones of the whole one, where its own words would choose others."""
    text, words = said(question), ast.words_of(parse(question.text))
    if question.tones is None and words and tones_of(words) != tones and switch is None:
        question = replace(question, tones=tones)
    try:
        count = total(question)
    except QueryError:  # what cannot be asked, such as a word whose neighbours are too many
        count = 0
    return Other(question=question, text=text, total=count, switch=switch)


def _conjuncts(asked: Question) -> Iterator[_Part]:
    """The parts of the query that must all hold."""
    query = parse(asked.text)
    nodes = query.parts if isinstance(query, ast.And) else () if isinstance(query, ast.Everything) else (query,)
    bare = _bare(asked)
    for node in nodes:
        yield _Part(replace(bare, text=printed(node)), _replacing(node, None), node)


def _bare(asked: Question) -> Question:
    """Every article, asked for in the same way."""
    return replace(asked, text="", localities=(), officials=(), portals=(), first_day=None, last_day=None)


def _replacing(node: ast.Node, other: ast.Node | None) -> Callable[[Question], Question]:
    """A question with another part in the place of one of its query, or with none."""

    def changed(question: Question) -> Question:
        query = parse(question.text)
        nodes = query.parts if isinstance(query, ast.And) else (query,)
        kept = [other if one == node else one for one in nodes]
        rest = [one for one in kept if one is not None]
        return replace(question, text=printed(ast.all_of(rest)) if rest else "")

    return changed


def _filters(asked: Question) -> Iterator[_Part]:
    """The filters beside the query."""
    bare = _bare(asked)
    for place in asked.localities:
        yield _Part(replace(bare, localities=(place,)), _without("localities", place))
    for name in asked.officials:
        yield _Part(replace(bare, officials=(name,)), _without("officials", name))
    if asked.portals:
        yield _Part(replace(bare, portals=asked.portals), lambda question: replace(question, portals=()))
    if asked.first_day or asked.last_day:
        days = replace(bare, first_day=asked.first_day, last_day=asked.last_day)
        yield _Part(days, lambda question: replace(question, first_day=None, last_day=None))


def _without(field: str, value: str, other: str | None = None) -> Callable[[Question], Question]:
    """A question without a value of a field, or with another in its place."""

    def changed(question: Question) -> Question:
        values = [other if one == value else one for one in getattr(question, field)]
        fields = {field: tuple(one for one in values if one is not None)}
        return replace(question, **fields)  # type: ignore[arg-type]

    return changed


def _near(
    asked: Question, parts: Sequence[_Part], missing: Sequence[_Part], tones: Tones, names: Names
) -> Iterator[tuple[Question, Switch | None]]:
    """Whole questions that differ in one thing, the smallest change first."""
    if tones == "exact":
        yield replace(asked, tones="folded"), ANY_TONES
    if asked.places != "lineage" and any(_is_place(part) for part in parts):
        yield replace(asked, places="lineage"), reaching_further()
    for part in missing:
        for changed in _variants(part, names):
            yield changed(asked), None
    # What must not occur finds nothing alone, and may be all that is in the way.
    going = missing or [part for part in parts if isinstance(part.node, ast.Not)]
    if len(parts) > 1:
        yield from ((part.without(asked), None) for part in going or parts)
    if len(parts) > len(going) > 1:
        rest = asked
        for part in going:
            rest = part.without(rest)
        yield rest, None


def _is_place(part: _Part) -> bool:
    fields = ("place", "province", "district", "commune")
    return bool(part.alone.localities) or (isinstance(part.node, ast.Value) and part.node.field in fields)


def _variants(part: _Part, names: Names) -> Iterator[Callable[[Question], Question]]:
    """What may have been meant by a part that no article has."""
    for name in part.alone.officials:
        yield from (_without("officials", name, other) for other in names(name))
    match part.node:
        case None:
            return
        case ast.Words(words, "official"):
            likely: Iterator[ast.Node] = (ast.Words(tuple(one.split()), "official") for one in names(" ".join(words)))
        case ast.Words((word,), field) if len(word) >= _SHORTEST_FUZZY and field != "post":
            likely = iter([ast.Fuzzy(word, 1, field)])
        case ast.Words(words, field) if len(words) > 1:
            singles = tuple(ast.Words((word,), field) for word in words)
            likely = iter([ast.Near(singles, _NEAR), ast.all_of(singles)])
        case ast.Near(near):
            likely = iter([ast.all_of(near)])
        case ast.Value(field, text) if field in ("tag", "document"):
            likely = iter([ast.Words(tuple(text.split()))])
        case _:
            return
    yield from (_replacing(part.node, other) for other in likely)
