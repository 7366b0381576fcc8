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
from search.question import Question

# A pasted sentence has more words; the first say enough.
_MOST_PARTS = 12
_MOST_INSTEAD = 5
# A reader waits for the answers of all that are tried, each some milliseconds to tens of them.
_MOST_TRIED = 8
# Words of a phrase that nobody wrote are looked for this near each other: about a clause.
_NEAR = 8
# A shorter word has too many neighbours one letter away.
_SHORTEST_FUZZY = 3

Total = Callable[[Question], int]
Names = Callable[[str], Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another question, what is said of it, and how many articles it finds."""

    question: Question
    text: str
    total: int


@dataclass(frozen=True, kw_only=True)
class WithoutHits:
    """`alone`: each part without the others. `instead`: whole questions near the one asked, all with hits."""

    alone: tuple[Other, ...]
    instead: tuple[Other, ...]


def explained(question: Question, tones: Tones, total: Total, names: Names) -> WithoutHits:
    """Of a question without hits, whose words were looked for with these tones.

    `total` counts what a question finds, `names` are officials like a name.
    """
    asked = replace(question, page=1)
    query = parse(asked.text)
    conjuncts = list(query.parts if isinstance(query, ast.And) else [query] if asked.text.strip() else [])
    parts = dict.fromkeys([*_words(asked, conjuncts), *_filters(asked)])
    alone = [_counted(part, text, tones, total) for part, text in islice(parts, _MOST_PARTS)]
    tried = islice(_near(asked, conjuncts, alone, names), _MOST_TRIED)
    near = (_counted(other, text, tones, total) for other, text in tried)
    found = islice((other for other in near if other.total), _MOST_INSTEAD)
    return WithoutHits(alone=tuple(alone), instead=tuple(found))


def _counted(question: Question, text: str, tones: Tones, total: Total) -> Other:
    """A question with the tones of the whole one, where its own words would choose others."""
    words = ast.words_of(parse(question.text))
    if question.tones is None and words and tones_of(words) != tones:
        question = replace(question, tones=tones)
    try:
        return Other(question=question, text=text, total=total(question))
    except QueryError:  # what cannot be asked, such as a word whose neighbours are too many
        return Other(question=question, text=text, total=0)


def _words(asked: Question, conjuncts: Sequence[ast.Node]) -> Iterator[tuple[Question, str]]:
    """The parts of the query by themselves; what must not occur finds nothing that could be missing."""
    bare = replace(asked, localities=(), officials=(), portals=(), first_day=None, last_day=None)
    for part in conjuncts:
        if not isinstance(part, ast.Not):
            yield replace(bare, text=printed(part)), printed(part)


def _filters(asked: Question) -> Iterator[tuple[Question, str]]:
    """The filters beside the query by themselves."""
    bare = replace(asked, text="", localities=(), officials=(), portals=(), first_day=None, last_day=None)
    for place in asked.localities:
        yield replace(bare, localities=(place,)), place_label(place)
    for name in asked.officials:
        yield replace(bare, officials=(name,)), name
    if asked.portals:
        yield replace(bare, portals=asked.portals), ", ".join(asked.portals)
    if asked.first_day or asked.last_day:
        days = replace(bare, first_day=asked.first_day, last_day=asked.last_day)
        yield days, f"{asked.first_day or '…'} – {asked.last_day or '…'}"


def _near(
    asked: Question, conjuncts: Sequence[ast.Node], alone: Sequence[Other], names: Names
) -> Iterator[tuple[Question, str]]:
    """Whole questions that differ in one thing, the smallest change first."""
    missing = {other.text for other in alone if not other.total}
    for number, part in enumerate(conjuncts):
        if printed(part) in missing:
            for other in _variants(part, names):
                text = printed(ast.all_of([*conjuncts[:number], other, *conjuncts[number + 1 :]]))
                yield replace(asked, text=text), text
    for name in asked.officials:
        for like in names(name) if name in missing else ():
            officials = tuple(like if one == name else one for one in asked.officials)
            yield replace(asked, officials=officials), like
    if len(alone) > 1:
        for gone in [other for other in alone if not other.total] or alone:
            rest = " + ".join(other.text for other in alone if other is not gone)
            yield _left_out(asked, conjuncts, gone), rest


def _variants(part: ast.Node, names: Names) -> Iterator[ast.Node]:
    """What may have been meant by a part that no article has."""
    match part:
        case ast.Words(words, "official"):
            yield from (ast.Words(tuple(name.split()), "official") for name in names(" ".join(words)))
        case ast.Words((word,), field) if len(word) >= _SHORTEST_FUZZY and field != "post":
            yield ast.Fuzzy(word, 1, field)
        case ast.Words(words, field) if len(words) > 1:
            singles = tuple(ast.Words((word,), field) for word in words)
            yield ast.Near(singles, _NEAR)
            yield ast.all_of(singles)
        case ast.Value(field, text) if field in ("tag", "document"):
            yield ast.Words(tuple(text.split()))


def _left_out(asked: Question, conjuncts: Sequence[ast.Node], part: Other) -> Question:
    """The question without one of its parts."""
    if part.question.text:
        rest = [one for one in conjuncts if printed(one) != part.text]
        return replace(asked, text=printed(ast.all_of(rest)) if rest else "")
    gone = part.question
    return replace(
        asked,
        localities=tuple(one for one in asked.localities if one not in gone.localities),
        officials=tuple(one for one in asked.officials if one not in gone.officials),
        portals=() if gone.portals else asked.portals,
        first_day=None if gone.first_day or gone.last_day else asked.first_day,
        last_day=None if gone.first_day or gone.last_day else asked.last_day,
    )
