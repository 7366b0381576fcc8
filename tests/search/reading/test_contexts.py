"""Keywords in context: offsets, neighbours, orders, limits."""

from __future__ import annotations

import csv
import io

import pytest

from archive.errors import QueryError
from search.reading.reader import CorpusReader
from search.reading.tables import CONTEXT_COLUMNS
from search.service import Question
from search.taking_away import take_away
from tests.search.refusals import faults

ASKED = Question(text='"dân vận khéo"', portals=("mau",), sort="oldest")


def test_every_place_is_a_line_with_exact_offsets(reader: CorpusReader) -> None:
    page = reader.contexts(ASKED)
    bodies = {text.article_id: text.body for text in reader.archive.corpus.texts(range(1, 13))}
    assert [line.article_id for line in page.lines] == [1, 1, 3, 5, 6]
    assert (page.lines_found, page.articles, page.articles_read) == (5, 4, 4)
    for line in page.lines:
        assert bodies[line.article_id][line.start : line.end] == line.hit
        assert line.hit.lower() == "dân vận khéo"
    assert page.lines[1].left == "Mô hình dân vận khéo ở xã A có 3 tổ. Nhờ "
    assert page.lines[1].right == ", đường rộng."


def test_words_without_tones_find_every_tone_in_context(reader: CorpusReader) -> None:
    hits = {line.hit for line in reader.contexts(Question(text='"dan van"')).lines}
    assert hits == {"dân vận", "Dân vận", "Dân vẫn", "đan vân"}


def test_lines_are_sorted_by_the_words_to_the_right(reader: CorpusReader) -> None:
    lines = reader.contexts(ASKED, sort="right").lines
    assert [line.right.strip(" ,").split()[0] for line in lines] == ["đường", "không", "ở", "và", "vận"]


def test_lines_are_sorted_by_the_words_to_the_left_read_backwards(reader: CorpusReader) -> None:
    lines = reader.contexts(ASKED, sort="left").lines
    assert [(line.left.split() or [""])[-1] for line in lines] == ["", "Ban", "hình", "Nhờ", "vận,"]


def test_lines_by_date_begin_with_the_newest_and_end_with_the_undated(reader: CorpusReader) -> None:
    days = [line.published for line in reader.contexts(ASKED, sort="date").lines]
    assert days[-1] is None
    assert days[:-1] == sorted((day for day in days if day), reverse=True)


def test_a_page_says_how_much_it_read(reader: CorpusReader) -> None:
    page = reader.contexts(ASKED, read=1, start=1, size=1)
    assert (len(page.lines), page.lines_found, page.articles, page.articles_read) == (1, 2, 4, 1)


def test_unknown_order_is_refused(reader: CorpusReader) -> None:
    with pytest.raises(QueryError, match="there are position, left, right, date") as raised:
        reader.contexts(ASKED, sort="up")
    assert faults(raised.value) == []


def test_export_has_every_line(reader: CorpusReader) -> None:
    stream = io.BytesIO()
    count = take_away("kwic", reader, Question(text='"dân vận khéo"'), (), stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8"), newline="")))
    assert (count, len(rows)) == (10, 10)
    assert tuple(rows[0]) == CONTEXT_COLUMNS
    assert {row["hit"].lower() for row in rows} == {"dân vận khéo"}


@pytest.mark.parametrize("text", ["", "ngày:2023", "-dân", "báo:mau"])
def test_query_without_a_word_to_show_is_refused(reader: CorpusReader, text: str) -> None:
    with pytest.raises(QueryError, match="no word that could stand in a text") as raised:
        reader.contexts(Question(text=text))
    assert faults(raised.value) == []
    with pytest.raises(QueryError, match="no word that could stand in a text"):
        reader.trend((Question(text=text),), per="words")
    assert reader.trend((Question(text=text),), per="count").series[0].articles > 0
