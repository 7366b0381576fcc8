"""A tree as tantivy's query objects; tantivy's own parser never sees what a person typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import tantivy
from tantivy import FieldType, Occur, Query

from search.analysis import Tones
from search.engines import tree
from search.engines.columns import day_number
from search.engines.expansion import limited, matching
from search.engines.tantivy.neighbourhoods import documents_with, spellings
from search.engines.tree import MULTI_TERM_SCORE, Tree

_FIRST_DAY, _LAST_DAY = -(2**31) + 1, 2**31 - 1
_NO_SCORE = 0.0


class Queries:
    """Compiles trees for one state of an index, whose dictionary says what beginnings and misspellings stand for."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema, self._searcher = schema, searcher

    def scored(self, query: Tree, restriction: Tree | None) -> Query:
        """What is asked for, and what only filters."""
        asked = self.compiled(query)
        return asked if restriction is None else _all_of([asked, _filtering(self.compiled(restriction))])

    def compiled(self, node: Tree) -> Query:
        match node:
            case tree.Term(field, form, tones):
                return self._term(field, form, tones)
            case tree.Phrase(field, forms, tones):
                return Query.phrase_query(self._schema, text_field(field, tones), list(forms))
            case tree.Near():
                return self._near(node)
            case tree.Prefix() | tree.Fuzzy():
                return self._expanded(node)
            case tree.Weighted(part, factor):
                return Query.boost_query(self.compiled(part), factor)
            case tree.AllOf(parts):
                return _all_of([self.compiled(part) for part in parts])
            case tree.AnyOf(parts):
                return _any_of([self.compiled(part) for part in parts])
            case tree.Without(wanted, unwanted):
                parts_ = [(Occur.Must, self.compiled(wanted)), (Occur.MustNot, self.compiled(unwanted))]
                return Query.boolean_query(parts_)
            case _:
                return _filtering(self._filter(node))

    def _term(self, field: tree.TextField, form: str, tones: Tones) -> Query:
        return Query.term_query(self._schema, text_field(field, tones), form, index_option="position")

    def _near(self, node: tree.Near) -> Query:
        """All words scored; where they stand is tried as phrases, or looked up in the texts."""
        scored = [self._term(node.field, form, node.tones) for part in node.parts for form in part]
        phrases = spellings(node)
        name = text_field(node.field, node.tones)
        if phrases is not None:
            near = _any_of([Query.phrase_query(self._schema, name, words) for words in phrases])
        else:
            together = _all_of([self._part(node, part) for part in node.parts])
            ids = documents_with(node, self._searcher, together)
            near = Query.term_set_query(self._schema, "id", ids) if ids else Query.empty_query()
        return _all_of([*scored, _filtering(near)])

    def _part(self, node: tree.Near, part: tuple[str, ...]) -> Query:
        if len(part) == 1:
            return self._term(node.field, part[0], node.tones)
        return Query.phrase_query(self._schema, text_field(node.field, node.tones), list(part))

    def _expanded(self, node: tree.Prefix | tree.Fuzzy) -> Query:
        beginning = node.form if isinstance(node, tree.Prefix) else node.form[:1]
        name = text_field(node.field, node.tones)
        known = self._searcher.terms_with_prefix(name, beginning)
        forms = limited(set(matching(sorted(form for form, _ in known), node)), node)
        if not forms:
            return Query.empty_query()
        return Query.const_score_query(Query.term_set_query(self._schema, name, sorted(forms)), MULTI_TERM_SCORE)

    def _filter(self, node: tree.Keys | tree.Days | tree.Everything) -> Query:
        match node:
            case tree.Keys(field, values):
                return Query.term_set_query(self._schema, field, list(values)) if values else Query.empty_query()
            case tree.Days(first, last):
                start = day_number(first) if first else _FIRST_DAY
                end = day_number(last) if last else _LAST_DAY
                if start > end:
                    return Query.empty_query()
                return Query.range_query(self._schema, "published", FieldType.Integer, start, end)
            case tree.Everything():
                return Query.all_query()


def text_field(field: tree.TextField, tones: Tones) -> str:
    """The index field of a text field's exact or folded tokens."""
    return field if tones == "exact" else f"{field}_folded"


def _filtering(query: Query) -> Query:
    return Query.const_score_query(query, _NO_SCORE)


def _all_of(queries: Sequence[Query]) -> Query:
    if not queries:
        return _filtering(Query.all_query())
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _any_of(queries: Iterable[Query]) -> Query:
    listed = [(Occur.Should, query) for query in queries]
    return Query.boolean_query(listed) if listed else Query.empty_query()
