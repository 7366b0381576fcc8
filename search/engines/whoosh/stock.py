"""Stock Whoosh: the tree as its query objects, and answers from its own files where arrays are missing.

Slower by one or two orders of magnitude, and the oracle that arrays are tested against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import numpy as np
from whoosh import matching
from whoosh import query as wq
from whoosh.query import compound

from search.analysis import Tones
from search.engines import tree
from search.engines.answers import Found
from search.engines.columns import DAY_ZERO, NO_DAY, Columns
from search.engines.expansion import limited
from search.engines.expansion import matching as matching_forms
from search.engines.tree import MULTI_TERM_SCORE, Tree
from search.engines.windows import near_starts, phrase_starts

# The default builds a binary tree of matchers for every range or prefix of many terms: 38.9 s against 1.0 s.
compound.Or.TOO_MANY_CLAUSES = 8
_DOCUMENT = 32  # bits of a position below the document's number


class StockSource:
    """One state of an index, read by Whoosh alone."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._reader = searcher.reader()
        self.live = np.zeros(self._reader.doc_count_all(), dtype=bool)
        self.live[list(self._reader.all_doc_ids())] = True

    def asked(self) -> StockSource:
        return self

    def found(self, node: Tree) -> Found:
        """Every hit with Whoosh's own score."""
        query = compiled(node, self._reader)
        mask, scores = np.zeros(len(self.live), dtype=bool), np.zeros(len(self.live))
        mask[list(self._searcher.docs_for_query(query))] = True
        for score, number in self._searcher.search(query, limit=None).top_n:
            scores[number] = score
        return Found(mask, scores)

    def occurrences(self, node: Tree) -> None:
        """Whoosh does not count them."""

    @cached_property
    def columns(self) -> Columns:
        """From what is stored with each document."""
        size = len(self.live)
        ids, words = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.uint32)
        days = np.full(size, NO_DAY, dtype=np.int32)
        for number in np.flatnonzero(self.live).tolist():
            stored = self._reader.stored_fields(number)
            ids[number], words[number] = int(stored["id"]), stored["words"]
            days[number] = stored.get("published", NO_DAY)
        lists = self._lists("primary")
        places = np.full(size, len(lists), dtype=np.int64)
        for rank, (_, docs) in enumerate(lists):
            places[docs] = rank
        return Columns(ids=ids, days=days, words=words, places=places)

    def facet(self, name: str, hits: np.ndarray) -> list[tuple[str, int]]:
        """By going through the list of every value."""
        lists = self._lists(name)
        counts = np.array([np.count_nonzero(hits[docs]) for _, docs in lists], dtype=np.int64)
        return Columns.most(counts, lambda number: lists[number][0].decode())

    def _lists(self, field: str) -> list[tuple[bytes, list[int]]]:
        return [(term, list(self._reader.postings(field, term).all_ids())) for term in self._reader.lexicon(field)]


def text_field(field: tree.TextField, tones: Tones) -> str:
    """The index field of a text field's exact or folded tokens."""
    return field if tones == "exact" else f"{field}_folded"


def compiled(node: Tree, reader: Any, weight: float = 1.0) -> Any:
    """A tree as Whoosh's query; `reader` knows which terms there are. Weights go down to the words."""
    match node:
        case tree.Term(field, form, tones):
            return wq.Term(text_field(field, tones), form, boost=weight)
        case tree.Phrase(field, forms, tones):
            return wq.Phrase(text_field(field, tones), list(forms), boost=weight)
        case tree.Near(field, parts, _, tones):
            scored = [wq.Term(text_field(field, tones), form, boost=weight) for part in parts for form in part]
            return wq.And([*scored, _Near(node)])
        case tree.Prefix() | tree.Fuzzy():
            terms = _terms(text_field(node.field, node.tones), _expanded(node, reader))
            return wq.ConstantScoreQuery(terms, MULTI_TERM_SCORE * weight)
        case tree.Weighted(part, factor):
            return compiled(part, reader, weight * factor)
        case tree.AllOf(parts):
            return wq.And([compiled(part, reader, weight) for part in parts]) if parts else _EVERYTHING
        case tree.AnyOf(parts):
            return wq.Or([compiled(part, reader, weight) for part in parts]) if parts else wq.NullQuery
        case tree.Without(wanted, unwanted):
            # Not by AndNot, whose first hit may be one that is not wanted (whoosh3 3.54, whoosh-reloaded 2.7.5).
            return wq.And([compiled(wanted, reader, weight), _Silent(wq.Not(compiled(unwanted, reader)))])
        case tree.Keys(field, values):
            return _Silent(_terms(field, values))
        case tree.Days(first, last):
            start = first.toordinal() - DAY_ZERO if first else -DAY_ZERO
            end = last.toordinal() - DAY_ZERO if last else 2**31 - 2
            # Both ends are always given: Whoosh 2.7.4 answers an open end on unsigned fields with everything.
            return _Silent(wq.NumericRange("published", start, end))
        case tree.Everything():
            return _EVERYTHING


class _Silent(wq.ConstantScoreQuery):
    """Filters without a score; Whoosh takes a constant score of 0 for none given, and scores 1."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        return _unscored(list(self.child.matcher(searcher, context).all_ids()))


def _unscored(docs: list[int]) -> Any:
    return matching.ListMatcher(docs, weights=[0.0] * len(docs)) if docs else matching.NullMatcher()


_EVERYTHING = _Silent(wq.Every())


def _terms(field: str, values: Iterable[str]) -> Any:
    terms = [wq.Term(field, value) for value in values]
    return wq.Or(terms) if terms else wq.NullQuery


def _expanded(node: tree.Prefix | tree.Fuzzy, reader: Any) -> set[str]:
    beginning = node.form if isinstance(node, tree.Prefix) else node.form[:1]
    forms = [term.decode() for term in reader.expand_prefix(text_field(node.field, node.tones), beginning)]
    return limited(set(matching_forms(forms, node)), node)


class _Near(wq.Query):
    """Documents in which parts stand near each other; Whoosh's own counts the distance from word to word."""

    def __init__(self, node: tree.Near) -> None:
        self._node = node

    def __hash__(self) -> int:
        return hash(self._node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Near) and other._node == self._node

    def field(self) -> str:
        return text_field(self._node.field, self._node.tones)

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count_all())

    def estimate_min_size(self, reader: Any) -> int:
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """The documents of one segment."""
        reader, field = searcher.reader(), self.field()
        parts = self._node.parts
        docs = _with_all(reader, field, {form for part in parts for form in part})
        if not docs:
            return matching.NullMatcher()
        placed = {form: _positions(reader, field, form, docs) for part in parts for form in part}
        starts = [phrase_starts([[placed[form]] for form in part]) for part in parts]
        ends = (np.array(sorted(docs), dtype=np.int64) + 1) << _DOCUMENT
        found = np.unique(near_starts(parts, starts, ends, self._node.distance) >> _DOCUMENT).tolist()
        return _unscored(found)


def _with_all(reader: Any, field: str, forms: Iterable[str]) -> set[int]:
    """The documents that have all forms."""
    sets = [set(reader.postings(field, form).all_ids()) if (field, form) in reader else set() for form in forms]
    return set.intersection(*sets)


def _positions(reader: Any, field: str, form: str, docs: set[int]) -> np.ndarray:
    """A form's positions in some documents, each below its document's number."""
    matcher, places = reader.postings(field, form), []
    read: Callable[[], list[int]] = lambda: matcher.value_as("positions")  # noqa: E731
    while matcher.is_active():
        if matcher.id() in docs:
            places += [(matcher.id() << _DOCUMENT) + position for position in read()]
        matcher.next()
    return np.array(places, dtype=np.int64)
