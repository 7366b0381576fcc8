"""A plan of re-visits: what is due when, in which order, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.errors import ProfileError
from archive.history.living import LivingArticle
from crawler.revisits import MOST_A_RUN, due_for_revisit, is_due, next_visit
from spiders.profile import REVISITS
from spiders.registry import load_registry
from spiders.spans import rising_spans
from tests.archive import build
from tests.spiders.test_registry import GOOD

PLAN = rising_spans(REVISITS)
FIRST = datetime(2024, 7, 1, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("seen_after", "planned_after"),
    [
        (timedelta(0), HOUR),
        (HOUR - timedelta(seconds=1), HOUR),
        (HOUR, DAY),
        (3 * HOUR, DAY),
        (DAY, 7 * DAY),
        (8 * DAY, 30 * DAY),
        (31 * DAY, 365 * DAY),
        (365 * DAY, 730 * DAY),
        (729 * DAY, 730 * DAY),
        (730 * DAY, 1095 * DAY),
        (5000 * DAY, 5110 * DAY),
    ],
)
def test_next_visit_is_the_first_step_after_the_last_look(seen_after: timedelta, planned_after: timedelta) -> None:
    assert next_visit(FIRST, FIRST + seen_after, PLAN) == FIRST + planned_after


def test_missed_steps_are_one_visit() -> None:
    after_a_month = FIRST + 40 * DAY
    assert is_due(FIRST, FIRST, after_a_month, PLAN)
    assert not is_due(FIRST, after_a_month, after_a_month, PLAN)


def test_a_step_is_due_at_its_moment_and_not_before() -> None:
    assert not is_due(FIRST, FIRST, FIRST + HOUR - timedelta(seconds=1), PLAN)
    assert is_due(FIRST, FIRST, FIRST + HOUR, PLAN)


def test_changed_text_begins_the_plan_anew() -> None:
    seen = FIRST + 100 * DAY
    assert not is_due(FIRST, seen, seen + HOUR, PLAN)
    changed = seen
    assert is_due(changed, seen, seen + HOUR, PLAN)


def test_zero_looks_in_every_crawl_and_an_empty_plan_in_none() -> None:
    assert is_due(FIRST, FIRST, FIRST, rising_spans(["0h"]))
    assert is_due(FIRST, FIRST + 5000 * DAY, FIRST + 5000 * DAY, rising_spans(["0h"]))
    assert not is_due(FIRST, FIRST, FIRST + 9999 * DAY, ())


def row(number: int, seen_after: timedelta = timedelta(0)) -> LivingArticle:
    url = f"https://mau.test/{number}.html"
    return LivingArticle(article_id=number, url=url, url_key=url, first_seen=FIRST, last_seen=FIRST + seen_after)


def test_longest_overdue_comes_first_and_the_rest_waits() -> None:
    rows = [row(1, DAY), row(2), row(3, 2 * HOUR), row(4, 29 * DAY), row(5)]
    now = FIRST + 20 * DAY
    assert [one.article_id for one in due_for_revisit(rows, PLAN, now)] == [2, 5, 3, 1]
    assert [one.article_id for one in due_for_revisit(rows, PLAN, now, most=2)] == [2, 5]


def test_rows_are_streamed() -> None:
    made = 0

    def rows() -> Iterator[LivingArticle]:
        nonlocal made
        for number in range(5000):
            made += 1
            yield row(number)

    assert len(due_for_revisit(rows(), PLAN, FIRST + HOUR)) == MOST_A_RUN
    assert made == 5000


def test_living_articles_of_a_portal_with_the_time_of_their_current_text(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        for number in range(3):
            url = f"https://mau.test/{number}.html"
            saved = archive.save(build.entry(url), build.text(url=url), build.description())
        later = build.NOON + DAY
        archive.save(build.entry(url, later), build.text(url=url, body="Sửa."), build.description())
        archive.remove(1, later)
        found = list(archive.history.living("mau"))
        assert list(archive.history.living("khac")) == []
    assert [(one.article_id, one.first_seen, one.last_seen) for one in found] == [
        (2, build.NOON, build.NOON),
        (saved.article_id, later, later),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('["1d", "1h"]', "revisits: '1h' is not longer than '1d' before it"),
        ('["soon"]', "revisits: 'soon': write a number and m, h, d or w, such as 6h"),
        ("[7]", "Expected `str`, got `int` - at `$.revisits[0]`"),
    ],
)
def test_a_wrong_plan_stops_the_load(tmp_path: Path, written: str, said: str) -> None:
    text = GOOD.replace("family = ", f"revisits = {written}\nfamily = ", 1)
    (tmp_path / "thu.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"thu\.toml") as error:
        load_registry((tmp_path,))
    assert said in str(error.value)


def test_default_plan_and_a_profiles_own(tmp_path: Path) -> None:
    (tmp_path / "thu.toml").write_text(GOOD, encoding="utf-8")
    assert load_registry((tmp_path,)).portal("thu").revisits == PLAN
