"""What every engine answers, in every state of its index, beside a reference that looks at each document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from archive.errors import QueryError
from search.engines import tree
from search.engines.base import FACETS, MAX_VALUES, SORTS, Engine, SearchRequest
from search.engines.expansion import EXPANSION_LIMIT
from search.engines.whoosh.executor import words_of
from tests.search.engines.generated import document, documents, trees
from tests.search.engines.reference import Reference
from tests.search.engines.states import ALL, ENGINES, QUERIES, STATES, build

# In each of three states: more than 500 questions to each engine. Whoosh alone is asked as many as the arrays' oracle.
thorough = settings(max_examples=QUERIES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
fewer = settings(thorough, max_examples=20)


@pytest.fixture(scope="module", params=ALL)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=[(kind, state) for kind in ENGINES for state in STATES], ids="-".join)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Reference]:
    kind, state = request.param
    create, reopen = ENGINES[kind]
    folder = tmp_path_factory.mktemp(kind) / "index"
    engine = create(folder)
    reference = build(engine, state)
    engine = reopen(folder)
    return engine, reference


@given(node=trees)
@thorough
def test_every_tree_finds_what_the_reference_finds(filled: tuple[Engine, Reference], node: tree.Tree) -> None:
    engine, reference = filled
    assert set(engine.article_ids(SearchRequest(query=node))) == reference.ids(node)


@given(node=trees, restriction=trees)
@fewer
def test_a_restriction_filters_and_scores_nothing(
    filled: tuple[Engine, Reference], node: tree.Tree, restriction: tree.Tree
) -> None:
    engine, reference = filled
    wanted = reference.ids(node) & reference.ids(restriction)
    found = engine.search(SearchRequest(query=node, restriction=restriction, size=200))
    free = {hit.article_id: hit.score for hit in engine.search(SearchRequest(query=node, size=200)).hits}
    assert {hit.article_id for hit in found.hits} == wanted
    assert all(hit.score == pytest.approx(free[hit.article_id], abs=1e-5) for hit in found.hits)


@given(node=trees)
@fewer
def test_facets_count_all_hits(filled: tuple[Engine, Reference], node: tree.Tree) -> None:
    engine, reference = filled
    found = engine.search(SearchRequest(query=node, size=1), FACETS)
    ids = reference.ids(node)
    assert found.total == len(ids)
    for name in FACETS:
        wanted = sorted(reference.facet(name, ids).items(), key=lambda one: (-one[1], one[0]))
        assert [(value.value, value.count) for value in found.facets[name]] == wanted[:MAX_VALUES]


@given(node=trees)
@fewer
def test_days_count_articles_words_and_occurrences(filled: tuple[Engine, Reference], node: tree.Tree) -> None:
    engine, reference = filled
    counted = engine.by_day(SearchRequest(query=node))
    ids = reference.ids(node)
    assert {one.day: (one.articles, one.words) for one in counted} == reference.days(ids)
    known = [one.day for one in counted if one.day]
    assert [one.day for one in counted] == sorted(known) + [None] * (len(counted) - len(known))
    times = {one.day: one.occurrences for one in counted}
    if leaves := [leaf for leaf in words_of(node) if leaf.field in ("title", "body")]:
        assert None in times.values() or times == reference.occurrences(leaves, ids)


@pytest.mark.parametrize("sort", SORTS)
def test_pages_follow_one_another_in_the_order_asked_for(filled: tuple[Engine, Reference], sort: str) -> None:
    engine, reference = filled
    node = tree.AnyOf((tree.Term("body", "dan", "folded"), tree.Prefix("body", "v", "folded")))
    whole = [
        hit
        for start in range(0, 70, 7)
        for hit in engine.search(SearchRequest(query=node, sort=sort, start=start, size=7)).hits
    ]
    assert [hit.article_id for hit in whole] == engine.article_ids(SearchRequest(query=node, sort=sort))
    known = {one.article_id: one for one in reference.documents}

    def place(number: int) -> tuple[object, ...]:
        hit, one = whole[number], known[whole[number].article_id]
        newest = (one.published is None, -(one.published or date.min).toordinal())
        first = {
            "relevance": -hit.score,
            "newest": 0,
            "oldest": (one.published is None, (one.published or date.min).toordinal()),
            "locality": (not one.primary, one.primary),
        }[sort]
        return first, newest, one.article_id

    places = [place(number) for number in range(len(whole))]
    assert places == sorted(places)
    assert len(places) == len(reference.ids(node))
    assert sort == "relevance" or {hit.score for hit in whole} == {0.0}


def test_all_ids_are_what_was_written_and_not_removed(filled: tuple[Engine, Reference]) -> None:
    engine, reference = filled
    assert sorted(engine.all_ids()) == sorted(one.article_id for one in reference.documents)


def test_an_empty_index_answers_with_nothing(kind: str, tmp_path: Path) -> None:
    create, _ = ALL[kind]
    engine = create(tmp_path / "index")
    assert engine.search(SearchRequest(query=tree.Everything()), FACETS).total == 0
    assert engine.by_day(SearchRequest(query=tree.Term("body", "dân", "exact"))) == []
    assert engine.write((), (1, 2), "0-2") == 0
    assert (engine.all_ids(), engine.cursor) == ([], "0-2")


def test_a_beginning_of_too_many_words_says_what_to_write(kind: str, tmp_path: Path) -> None:
    create, reopen = ALL[kind]
    engine = create(tmp_path / "index")
    one = next(documents(1, 2, seed=1))
    many = " ".join(f"từ{number}" for number in range(EXPANSION_LIMIT + 1))
    engine.write([type(one)(**{**vars(one), "body": many})], (), "0-1")
    engine = reopen(tmp_path / "index")
    with pytest.raises(QueryError, match=r"từ\* stands for 1,025 different words.*more of its letters") as raised:
        engine.search(SearchRequest(query=tree.Prefix("body", "từ", "exact")))
    assert raised.value.vi == "từ* ứng với 1.025 từ khác nhau, nhiều nhất 1.024; viết thêm chữ cái"
    assert engine.search(SearchRequest(query=tree.Prefix("body", "từ1", "exact"))).total == 1


def test_a_text_longer_than_two_bytes_count_is_found_at_its_end(kind: str, tmp_path: Path) -> None:
    create, reopen = ALL[kind]
    engine = create(tmp_path / "index")
    one = next(documents(1, 2, seed=1))
    engine.write(
        [type(one)(**{**vars(one), "body": "xã " * 70_000 + "dân vận khéo"}), *documents(2, 9, seed=3)], (), "0-1"
    )
    engine = reopen(tmp_path / "index")
    assert engine.article_ids(SearchRequest(query=tree.Phrase("body", ("xã", "dân", "vận", "khéo"), "exact"))) == [1]


def test_what_another_process_wrote_is_seen_after_a_refresh(kind: str, tmp_path: Path) -> None:
    import random

    create, _ = ALL[kind]
    one = create(tmp_path / "index")
    one.write(documents(1, 5, seed=1), (), "0-1")
    other = type(one)(tmp_path / "index")
    other.write([document(9, random.Random(1))], (2,), "0-2")
    assert sorted(one.all_ids()) == [1, 2, 3, 4]
    one.refresh()
    assert (sorted(one.all_ids()), one.cursor) == ([1, 3, 4, 9], "0-2")
