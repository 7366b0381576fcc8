"""From the engine's tree to Whoosh's query objects; Whoosh's own parser never sees what a person typed."""

from __future__ import annotations

from typing import Any

from whoosh import query as wq
from whoosh.query import spans

from search.analysis import Tones
from search.engines import tree
from search.engines.tree import MULTI_TERM_SCORE

DAY_ZERO = 719163  # 1970-01-01 as a proleptic ordinal, so that days are small numbers
_KEY_FIELDS = {"place": "places", "unit": "units", "document": "documents", "tag": "tags"}


def compiled(node: tree.Tree) -> Any:
    """A tree as Whoosh's query; scores as the tree says."""
    match node:
        case tree.Term(field, form, tones):
            return wq.Term(text_field(field, tones), form)
        case tree.Phrase(field, forms, tones):
            return wq.Phrase(text_field(field, tones), list(forms))
        case tree.Near():
            return _near(node)
        case tree.Prefix(field, form, tones):
            return wq.ConstantScoreQuery(wq.Prefix(text_field(field, tones), form), MULTI_TERM_SCORE)
        case tree.Fuzzy(field, form, edits, tones):
            fuzzy = wq.FuzzyTerm(text_field(field, tones), form, maxdist=edits, prefixlength=1)
            return wq.ConstantScoreQuery(fuzzy, MULTI_TERM_SCORE)
        case tree.Weighted(part, factor):
            found = compiled(part)
            found.boost = factor
            return found
        case tree.AllOf(parts):
            return wq.And([compiled(part) for part in parts])
        case tree.AnyOf(parts):
            return wq.Or([compiled(part) for part in parts])
        case tree.Without(wanted, unwanted):
            return wq.AndNot(compiled(wanted), compiled(unwanted))
        case _:
            return wq.ConstantScoreQuery(_filter(node), 0.0)


def text_field(field: tree.TextField, tones: Tones) -> str:
    """The index field of a text field's exact or folded tokens."""
    return field if tones == "exact" else f"{field}_folded"


def _filter(node: tree.Keys | tree.Days | tree.Everything) -> Any:
    match node:
        case tree.Keys(field, values):
            name = _KEY_FIELDS.get(field, field)
            return wq.Or([wq.Term(name, value) for value in values]) if values else wq.NullQuery
        case tree.Days(first, last):
            start = first.toordinal() - DAY_ZERO if first else -DAY_ZERO
            end = last.toordinal() - DAY_ZERO if last else 2**31 - 2
            # Both ends are always given: stock Whoosh 2.7.4 answers an open end on unsigned fields with everything.
            return wq.NumericRange("published", start, end)
        case tree.Everything():
            return wq.Every()


def _near(node: tree.Near) -> Any:
    """All words scored, and where they stand near each other; Whoosh counts a slop from word to word."""
    name = text_field(node.field, node.tones)
    parts = [wq.Phrase(name, list(part)) if len(part) > 1 else wq.Term(name, part[0]) for part in node.parts]
    near = spans.SpanNear2(parts, slop=node.distance + 1, ordered=False, mindist=1)
    scored = [wq.Term(name, form) for part in node.parts for form in part]
    return wq.And([*scored, wq.ConstantScoreQuery(near, 0.0)])
