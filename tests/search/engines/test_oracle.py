"""Stock Whoosh on the same folder is the oracle of the arrays: the same articles, the same scores."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from whoosh import index

from search.engines import tree
from search.engines.whoosh.array_source import ArraySource, open_source
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.stock import StockSource
from tests.search.engines.generated import scored_trees, trees
from tests.search.engines.states import QUERIES, STATES, build

thorough = settings(max_examples=QUERIES // 2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", params=STATES)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ArraySource, StockSource]]:
    folder = tmp_path_factory.mktemp("oracle") / "index"
    engine = WhooshEngine.create(folder)
    build(engine, request.param)
    searcher = index.open_dir(str(folder)).searcher()
    segments = [reader.segment() for reader, _ in searcher.reader().leaf_readers()]
    assert len(segments) == {"fresh": 1, "changed": 5, "joined": 1}[request.param]
    yield open_source(folder, segments), StockSource(searcher)
    searcher.close()


@given(node=trees)
@thorough
def test_arrays_find_what_stock_whoosh_finds(both: tuple[ArraySource, StockSource], node: tree.Tree) -> None:
    arrays, stock = both
    assert np.array_equal(arrays.asked().found(node).mask & arrays.live, stock.found(node).mask)


@given(node=scored_trees)
@thorough
def test_arrays_score_words_and_phrases_as_stock_whoosh_does(
    both: tuple[ArraySource, StockSource], node: tree.Tree
) -> None:
    arrays, stock = both
    ours, theirs = arrays.asked().found(node), stock.found(node)
    hits = theirs.mask
    assert ours.scores is not None
    assert theirs.scores is not None
    assert np.allclose(ours.scores[hits], theirs.scores[hits], atol=1e-4, rtol=0)


def test_facets_and_columns_are_the_same_by_either_way(both: tuple[ArraySource, StockSource]) -> None:
    arrays, stock = both
    for name in ("portal", "province", "tag", "official", "year"):
        assert arrays.facet(name, arrays.live) == stock.facet(name, stock.live)
    live = arrays.live
    for column in ("ids", "days", "words", "places"):
        assert np.array_equal(getattr(arrays.columns, column)[live], getattr(stock.columns, column)[live])
