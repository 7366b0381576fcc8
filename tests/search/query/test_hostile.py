"""Queries that break search engines: an answer, or a refusal in one line; never another error."""

from __future__ import annotations

import pytest

from archive.errors import QueryError
from archive.repository import Archive
from search.engines.base import FACETS
from search.service import Question, SearchService
from tests.search.refusals import faults

REFUSED = {
    "star": "*",
    "a token of 100 kB": "a" * 100_000,
    "2,000 parentheses": "(" * 2000 + "a" + ")" * 2000,
    "400 parentheses": "(" * 400 + "a" + ")" * 400,
    "5,000 ORs": " OR ".join(["a"] * 5000),
    "unbalanced quotes": 'dân "vận',
    "unknown field": "d:[2024 TO",
    "open bracket": "date:[2024 TO",
    "sql": '"; DROP TABLE article',
    "prov": "prov:Bắc Giang",
    "twice no": "NOT NOT dân",
    "an operator at the end": "dân AND",
    "leading star": "*ận",
    "an address with a question mark": "https://mau.test/?q=a*",
    "date of a day only": "published:11/7/2023",
    "one long word": "dân" * 300,
}
ANSWERED = {
    "empty": "",
    "blanks": " \t\n\u00a0\u200b ",
    "NUL": "dân\x00",
    "a lone surrogate": "dân \udcff",
    "words between operators in capitals": "DÂN VÀ VẬN",
    "a document": "25-NQ/TW",
    "an apostrophe": "K'ré",
    "fuzzy": "dân~2",
    "curly quotes": "“dân vận”",
    "English stop words": "an ninh an sinh y tế to lớn",
    "right to left": "\u202edân vận\u202c",
    "script": "<script>alert(1)</script>",
    "percent": "%00%27 dân",
    "backslashes": "\\\\ dân \\",
    "emoji": "😀 dân",
    "long prefix": "tr*",
    "many prefixes": " OR ".join(["th*", "tr*", "ch*", "ng*", "nh*", "ph*"] * 4),
    "many fuzzy words": " ".join(["dân~2"] * 30),
    "many phrases of spellings": " OR ".join(['"quy chế dân chủ kỹ sĩ ly my hy ty"'] * 20),
    "twenty parentheses": "(" * 19 + "dân" + ")" * 19,
    "near of many": '"dân vận khéo dân vận khéo dân vận"~100',
    "one word forty times": " ".join(["dân"] * 60),
}


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED.keys())
def test_refused_in_one_line(service: SearchService, query: str) -> None:
    with pytest.raises(QueryError) as raised:
        service.search(Question(text=query))
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 600
    assert faults(raised.value, query) == []


@pytest.mark.parametrize("query", ANSWERED.values(), ids=ANSWERED.keys())
def test_answered(service: SearchService, query: str) -> None:
    found = service.search(Question(text=query))
    assert set(found.facets) == set(FACETS)
    assert found.total >= len(found.hits)


@pytest.mark.parametrize(
    "question",
    [
        Question(localities=("x" * 5000,)),
        Question(localities=("id=" + "9" * 500,)),
        Question(localities=("a b c d e f g h i j k l m n o p",)),
        Question(officials=("???",)),
        Question(officials=("x" * 5000,)),
        Question(portals=("x" * 5000,)),
        Question(localities=("An Lạc",) * 30),
        Question(first_day="9" * 5000),
        Question(first_day="0000"),
        Question(last_day="31/2/2024"),
        Question(first_day="2024", last_day="2023"),
        Question(sort="x"),  # type: ignore[arg-type]
        Question(places="x"),  # type: ignore[arg-type]
        Question(abbreviations="x"),  # type: ignore[arg-type]
        Question(page=0),
        Question(page=10**9),
    ],
    ids=lambda question: str([value for value in vars(question).values() if value])[:50],
)
def test_filter_that_means_nothing_is_refused(service: SearchService, question: Question) -> None:
    with pytest.raises(QueryError) as raised:
        service.search(question)
    assert faults(raised.value, str(vars(question))) == []


def test_name_of_a_village_is_only_unknown_where_no_article_has_it(service: SearchService, shared: Archive) -> None:
    with pytest.raises(QueryError, match="no village of the archive") as raised:
        service.search(Question(text='dân nơi:"xóm Nà Đâu"'))
    assert (raised.value.start, raised.value.end) == (9, 19)
    for ask in (service.article_ids, service.by_day):
        with pytest.raises(QueryError, match="no village"):
            ask(Question(localities=("xóm Nà Đâu",)))
