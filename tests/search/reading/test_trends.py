"""Words over time: periods, shares, rates, what has no day."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import QueryError
from search.engines.base import DayCount
from search.query.dates import parse_dates
from search.reading import trends
from search.reading.reader import CorpusReader
from search.reading.trends import Grain, first_day, label, series
from search.service import Question
from tests.search.refusals import faults

ASKED = Question(text='"dân vận khéo"')


def test_counts_by_year_leave_undated_out_and_say_so(reader: CorpusReader) -> None:
    (found,) = reader.trend((ASKED,), "year", "count").series
    assert [(point.label, point.value, point.all_articles) for point in found.points] == [
        ("2022", 2, 4),
        ("2023", 2, 2),
        ("2024", 2, 4),
    ]
    assert (found.articles, found.undated) == (8, 2)


def test_share_is_of_the_articles_that_filters_leave(reader: CorpusReader) -> None:
    (found,) = reader.trend((Question(text='"dân vận khéo"', portals=("khac",)),), "year", "articles").series
    assert [point.value for point in found.points] == [50, 100, 50]
    assert [point.all_articles for point in found.points] == [2, 1, 2]


def test_rate_is_occurrences_in_a_million_words(reader: CorpusReader) -> None:
    (found,) = reader.trend((ASKED,), "year", "words").series
    first = found.points[0]
    assert first.occurrences == 4  # twice in each of two articles
    assert first.value == pytest.approx(1_000_000 * 4 / first.all_words)
    # Bài N, the caption's six words, and the body's.
    words = sum(2 + 6 + len(body.split()) for body in ("a " * 17, "a " * 5)) * 2
    assert first.all_words == words


def test_queries_share_their_periods_and_empty_ones_have_no_share(reader: CorpusReader) -> None:
    both = reader.trend((ASKED, Question(text="rừng")), "quarter", "articles").series
    assert [point.label for point in both[0].points] == [point.label for point in both[1].points]
    assert both[0].points[0].label == "quý I/2022"
    assert both[0].points[-1].label == "quý II/2024"
    assert len(both[0].points) == 10
    empty = next(point for point in both[0].points if point.label == "quý II/2022")
    assert (empty.value, empty.all_articles) == (None, 0)


@pytest.mark.parametrize("grain", ["day", "month", "quarter", "year"])
def test_a_label_can_be_asked_for(grain: Grain) -> None:
    day = first_day(date(2024, 8, 17), grain)
    asked = parse_dates(label(day, grain))
    assert asked.first == day
    assert asked.last is not None
    assert first_day(asked.last, grain) == day


def test_unknown_occurrences_give_no_rate() -> None:
    hits = [DayCount(day=date(2024, 1, 1), articles=1, words=10)]
    (point,) = series("x", hits, hits, "year", "words").points
    assert point.value is None


def test_empty_archive_has_an_empty_trend() -> None:
    assert series("x", [], [], "year", "count").points == ()


@pytest.mark.parametrize(("values", "said"), [(("week", "count"), "grain 'week'"), (("year", "head"), "per 'head'")])
def test_wrong_choice_names_the_known(reader: CorpusReader, values: tuple[str, str], said: str) -> None:
    with pytest.raises(QueryError, match=said) as raised:
        reader.trend((ASKED,), *values)
    assert faults(raised.value, said) == []


def test_more_days_than_a_chart_shows_are_refused(reader: CorpusReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trends, "MOST_POINTS", 10)
    with pytest.raises(QueryError, match="more than 10 days") as raised:
        reader.trend((ASKED,), "day")
    assert "quá 10 ngày" in raised.value.vi
    assert faults(raised.value) == []


def test_too_many_lines_are_refused(reader: CorpusReader) -> None:
    with pytest.raises(QueryError, match="at most 8") as raised:
        reader.trend((ASKED,) * 9)
    assert faults(raised.value) == []
