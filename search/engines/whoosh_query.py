"""From our AST to Whoosh's query objects; Whoosh's own parser never sees what a person typed."""

from __future__ import annotations

from typing import Any

from whoosh import query as wq

from archive.vietnamese import fold
from search.analysis import Tones, indexed, tones_of
from search.documents import place_terms
from search.engines.base import SearchRequest
from search.query.ast import And, DateRange, Everything, Node, Not, Or, Phrase, Value, Word, words_of

# A title of 12 words that has the word says more than a body of 500 that has it.
TITLE_BOOST = 2.0
# A plan of forty pages names what it is not about; the article itself says what it is about.
ATTACHMENT_BOOST = 0.5
DAY_ZERO = 719163  # 1970-01-01 as a proleptic ordinal, so that days are small numbers


def compile_request(request: SearchRequest) -> tuple[Any, Any, Tones]:
    """The scored query, the filter (None if there is none), and which tones were meant."""
    tones = request.tones or tones_of(words_of(request.query))
    filters = [_value("locality", place) for place in request.localities]
    filters += [_value("official", name) for name in request.officials]
    if request.portals:
        filters.append(wq.Or([wq.Term("portal", key) for key in request.portals]))
    if request.dates:
        filters.append(_dates(request.dates))
    return compile_node(request.query, tones), wq.And(filters) if filters else None, tones


def compile_node(node: Node, tones: Tones) -> Any:
    """One node; NOT alone means everything but."""
    match node:
        case Word(text, field):
            return _in_text([text], field, tones)
        case Phrase(words, field):
            return _in_text(list(words), field, tones)
        case Value(field, text):
            return wq.ConstantScoreQuery(_value(field, text), 1.0)
        case DateRange():
            return wq.ConstantScoreQuery(_dates(node), 0.0)
        case And(parts):
            return _all_of(parts, tones)
        case Or(parts):
            return wq.Or([compile_node(part, tones) for part in parts])
        case Not(part):
            return wq.AndNot(wq.Every(), compile_node(part, tones))
        case Everything():
            return wq.Every()


def _all_of(parts: tuple[Node, ...], tones: Tones) -> Any:
    wanted = [compile_node(part, tones) for part in parts if not isinstance(part, Not)]
    unwanted = [compile_node(part.part, tones) for part in parts if isinstance(part, Not)]
    positive = wq.And(wanted) if wanted else wq.Every()
    return wq.AndNot(positive, wq.Or(unwanted)) if unwanted else positive


def _in_text(words: list[str], field: str, tones: Tones) -> Any:
    """Words next to each other, in the title or (unless only the title is asked) in the body or an attachment."""
    forms = [form for word in words for form in indexed(word)[tones == "folded"].split()]
    suffix = "" if tones == "exact" else "_folded"
    title, body, attachments = (_adjacent(name + suffix, forms) for name in ("title", "body", "attachments"))
    title.boost, attachments.boost = TITLE_BOOST, ATTACHMENT_BOOST
    return title if field == "title" else wq.Or([title, body, attachments])


def _adjacent(field: str, forms: list[str]) -> Any:
    return wq.Term(field, forms[0]) if len(forms) == 1 else wq.Phrase(field, forms)


def _value(field: str, text: str) -> Any:
    if field == "portal":
        return wq.Term("portal", text.lower())
    if field == "locality":
        return wq.Or([wq.Term("places", place_terms(text)), wq.Term("places", f"today={place_terms(text)}")])
    exact, folded = indexed(text)
    if not exact:
        return wq.NullQuery
    is_folded = fold(exact) == exact
    forms = (folded if is_folded else exact).split()
    return _adjacent("officials_folded" if is_folded else "officials", forms)


def _dates(dates: DateRange) -> Any:
    first = dates.first.toordinal() - DAY_ZERO if dates.first else None
    last = dates.last.toordinal() - DAY_ZERO if dates.last else None
    # Both ends are always given: stock Whoosh 2.7.4 answers an open end on unsigned fields with everything.
    return wq.NumericRange("published", -DAY_ZERO if first is None else first, 2**31 - 2 if last is None else last)
