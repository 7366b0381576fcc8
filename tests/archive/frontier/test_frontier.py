"""The frontier loses no task, does none twice, and keeps the ledger of links beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from archive import database
from archive.frontier.records import Setback, Sighting, Task, TaskKind
from archive.ledger import Verdict
from archive.repository import Archive
from tests.archive import build

SCOPE = "all"
SEED = Task(key="list 0 https://mau.test/", url="https://mau.test/", kind=TaskKind.LIST, priority=10)


def article(number: int, **more: int) -> Task:
    url = f"https://mau.test/{number}.html"
    return Task(key=url, url=url, kind=TaskKind.ARTICLE, **more)


def sighting(number: int, skipped: str | None = None) -> Sighting:
    url = f"https://mau.test/{number}.html"
    return Sighting(url_key=url, url=url, title=f"Bài {number}", day=date(2024, 7, 1), found_in="list", skipped=skipped)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with build.new_archive(tmp_path) as opened:
        yield opened


@pytest.fixture
def run_id(archive: Archive) -> int:
    return archive.begin_run("mau", SCOPE, is_full=True)


def read_list(archive: Archive, run_id: int, numbers: list[int], *, room: int | None = None, seed: Task = SEED) -> int:
    return archive.frontier.record_list(
        "mau",
        SCOPE,
        run_id,
        seed,
        sightings=[sighting(number) for number in numbers],
        wanted=[article(number) for number in numbers],
        follow=[replace(SEED, key="list 0 page 2", url="https://mau.test/?page=2")],
        room=room,
    )


def begin(archive: Archive, run_id: int, *seeds: Task) -> Task:
    archive.frontier.begin("mau", SCOPE, list(seeds) or [SEED])
    return archive.frontier.take("mau", SCOPE, run_id, 1)[0]


def links(archive: Archive) -> dict[str, tuple[object, ...]]:
    with database.reading(archive._engine) as connection:
        rows = connection.execute(text("SELECT url, skipped, failure, attempts, not_before FROM v1_link ORDER BY url"))
        return {row[0]: tuple(row[1:]) for row in rows}


def test_lists_come_before_articles_and_older_tasks_before_newer(archive: Archive, run_id: int) -> None:
    read_list(archive, run_id, [1, 2, 3], seed=begin(archive, run_id))
    taken = archive.frontier.take("mau", SCOPE, run_id, 10)
    assert [task.url for task in taken] == [
        "https://mau.test/?page=2",
        *(f"https://mau.test/{number}.html" for number in (1, 2, 3)),
    ]
    assert archive.frontier.take("mau", SCOPE, run_id, 10) == []


def test_article_that_two_lists_show_is_one_task(archive: Archive, run_id: int) -> None:
    seed = begin(archive, run_id)
    assert read_list(archive, run_id, [1, 2, 1], seed=seed) == 2
    assert read_list(archive, run_id, [2, 3], seed=seed) == 1


def test_what_a_dead_process_had_taken_is_taken_again_and_what_it_had_done_is_not(
    archive: Archive, run_id: int
) -> None:
    read_list(archive, run_id, [1, 2, 3], seed=begin(archive, run_id))
    _, first, *_ = archive.frontier.take("mau", SCOPE, run_id, 10)
    archive.enter(replace(build.entry(first.url), task=first), Verdict(kind="off-topic"))
    opened = archive.frontier.begin("mau", SCOPE, [SEED])
    assert (opened.resumed, opened.articles) == (3, 3)
    again = archive.frontier.take("mau", SCOPE, run_id + 1, 10)
    assert [task.url for task in again] == ["https://mau.test/?page=2", *(article(n).url for n in (2, 3))]


def test_article_and_its_task_are_stored_together_or_not_at_all(archive: Archive, run_id: int) -> None:
    read_list(archive, run_id, [1], seed=begin(archive, run_id))
    task = archive.frontier.take("mau", SCOPE, run_id, 10)[-1]
    with database.writing(archive._engine) as connection:
        connection.execute(text("CREATE TRIGGER refuse BEFORE UPDATE ON frontier BEGIN SELECT RAISE(ABORT, 'no'); END"))
    with pytest.raises(Exception, match="no"):
        archive.save(replace(build.entry(task.url), task=task), build.text(url=task.url), build.description())
    assert archive.counts()["articles"] == archive.counts()["captures"] == 0


def test_room_limits_articles_and_ends_the_walk(archive: Archive, run_id: int) -> None:
    assert read_list(archive, run_id, [1, 2, 3], room=2, seed=begin(archive, run_id)) == 2
    assert len(archive.frontier.take("mau", SCOPE, run_id, 10)) == 2
    assert [row[0] for row in links(archive).values()] == [None, None, "more than the crawl was told to take"]


def test_list_read_long_ago_is_read_again_by_a_resumed_crawl(archive: Archive, run_id: int) -> None:
    archive.frontier.finish(begin(archive, run_id))
    archive.frontier.begin("mau", SCOPE, [SEED])
    assert archive.frontier.take("mau", SCOPE, run_id, 10) == []
    with database.writing(archive._engine) as connection:
        connection.execute(text("UPDATE frontier SET added_at = '2024-01-01T00:00:00+00:00'"))
    archive.frontier.begin("mau", SCOPE, [SEED])
    assert [task.url for task in archive.frontier.take("mau", SCOPE, run_id, 10)] == [SEED.url]


def test_crawl_that_is_over_takes_its_own_tasks_away_and_no_other_crawls(archive: Archive, run_id: int) -> None:
    back = "all, since 2015-01-01"
    archive.frontier.begin("mau", back, [SEED, article(1)])
    archive.frontier.finish(begin(archive, run_id))
    assert archive.frontier.end("mau", SCOPE, run_id, is_over=True) == 0
    assert archive.frontier.open_tasks() == {"mau": 2}
    for task in archive.frontier.take("mau", back, run_id, 10):
        archive.frontier.finish(task)
    assert archive.frontier.end("mau", back, run_id, is_over=True) == 0
    assert archive.frontier.open_tasks() == {}


def test_task_that_nobody_finished_outlives_a_crawl_that_is_over(archive: Archive, run_id: int) -> None:
    read_list(archive, run_id, [1], seed=begin(archive, run_id))
    page_two, lost = archive.frontier.take("mau", SCOPE, run_id, 10)
    archive.frontier.finish(page_two)
    assert archive.frontier.end("mau", SCOPE, run_id, is_over=True) == 1
    archive.frontier.begin("mau", SCOPE, [])
    assert [task.url for task in archive.frontier.take("mau", SCOPE, run_id + 1, 10)] == [lost.url]


def test_failed_address_waits_for_its_time_even_if_a_list_shows_it_again(archive: Archive, run_id: int) -> None:
    seed = begin(archive, run_id)
    read_list(archive, run_id, [1], seed=seed)
    task = archive.frontier.take("mau", SCOPE, run_id, 10)[-1]
    later = datetime.now(UTC) + timedelta(hours=1)
    archive.frontier.set_back("mau", run_id, task, Setback(failure="HTTP 500", not_before=later))
    archive.frontier.end("mau", SCOPE, run_id, is_over=True)
    seed = begin(archive, run_id)
    assert read_list(archive, run_id, [1, 2], seed=seed) == 1
    [_, failure, attempts, again] = links(archive)[task.url]
    assert (failure, attempts, again) == ("HTTP 500", 1, later.isoformat(timespec="seconds"))


def test_failed_address_is_tried_again_when_its_time_has_come_and_recovers(archive: Archive, run_id: int) -> None:
    read_list(archive, run_id, [1], seed=begin(archive, run_id))
    page_two, task = archive.frontier.take("mau", SCOPE, run_id, 10)
    archive.frontier.finish(page_two)
    earlier = datetime.now(UTC) - timedelta(seconds=2)
    archive.frontier.set_back("mau", run_id, task, Setback(failure="HTTP 500", not_before=earlier))
    archive.frontier.end("mau", SCOPE, run_id, is_over=True)
    assert archive.frontier.begin("mau", SCOPE, []).retries == 1
    [again] = archive.frontier.take("mau", SCOPE, run_id, 10)
    assert (again.url, again.attempts) == (task.url, 1)
    archive.save(replace(build.entry(task.url), task=again), build.text(url=task.url), build.description())
    assert links(archive)[task.url] == (None, None, 0, None)


def test_address_that_may_not_be_asked_for_is_in_the_ledger_with_its_reason(archive: Archive, run_id: int) -> None:
    read_list(archive, run_id, [1], seed=begin(archive, run_id))
    task = archive.frontier.take("mau", SCOPE, run_id, 10)[-1]
    archive.frontier.skip("mau", run_id, task, "Forbidden by robots.txt")
    assert links(archive)[task.url] == ("Forbidden by robots.txt", None, 0, None)
    assert archive.frontier.begin("mau", SCOPE, []).resumed == 1  # the second page of the list


@settings(max_examples=25)
@given(
    lists=st.lists(st.lists(st.integers(1, 30), max_size=12), min_size=1, max_size=6),
    deaths=st.lists(st.booleans(), min_size=6, max_size=6),
    batch=st.integers(1, 7),
)
def test_every_article_is_done_once_whenever_processes_die(
    tmp_path_factory: pytest.TempPathFactory, lists: list[list[int]], deaths: list[bool], batch: int
) -> None:
    with build.new_archive(tmp_path_factory.mktemp("frontier")) as archive:
        seeds = [replace(SEED, key=f"list {number}", url=f"https://mau.test/l{number}") for number in range(len(lists))]
        shown = dict(zip((seed.key for seed in seeds), lists, strict=True))
        done: list[str] = []
        for run, dies in enumerate([*deaths, False]):
            archive.frontier.begin("mau", SCOPE, seeds)
            while taken := archive.frontier.take("mau", SCOPE, run, batch):
                for task in taken[: len(taken) // 2 if dies else None]:
                    if task.kind is TaskKind.LIST:
                        wanted = [article(number) for number in shown[task.key]]
                        archive.frontier.record_list("mau", SCOPE, run, task, sightings=(), wanted=wanted, follow=())
                    else:
                        archive.frontier.finish(task)
                        done.append(task.key)
                if dies:
                    break
        assert sorted(done) == sorted({article(number).key for numbers in lists for number in numbers})


def test_known_article_that_failed_and_is_there_again_has_recovered(archive: Archive, run_id: int) -> None:
    revisit = Task(key=article(1).key, url=article(1).url, kind=TaskKind.REVISIT)
    for attempt in (1, 2):
        archive.frontier.begin("mau", SCOPE, [revisit])
        [task] = archive.frontier.take("mau", SCOPE, run_id, 10)
        archive.frontier.set_back("mau", run_id, task, Setback(failure="HTTP 500", not_before=None))
        assert links(archive)[task.url][2] == attempt
        archive.frontier.end("mau", SCOPE, run_id, is_over=True)
    archive.frontier.begin("mau", SCOPE, [revisit])
    [task] = archive.frontier.take("mau", SCOPE, run_id, 10)
    archive.save(replace(build.entry(task.url), task=task), build.text(url=task.url), build.description())
    assert links(archive)[task.url] == (None, None, 0, None)


def test_list_that_failed_is_tried_again_by_the_run_that_goes_on_and_not_by_this_one(
    archive: Archive, run_id: int
) -> None:
    seed = begin(archive, run_id)
    archive.frontier.set_back("mau", run_id, seed, Setback(failure="HTTP 500", not_before=None))
    assert archive.frontier.take("mau", SCOPE, run_id, 10) == []
    archive.frontier.begin("mau", SCOPE, [SEED])
    assert [task.url for task in archive.frontier.take("mau", SCOPE, run_id, 10)] == [SEED.url]
    assert links(archive) == {}


def test_address_that_only_the_archive_knew_is_listed_once_a_list_shows_it(archive: Archive, run_id: int) -> None:
    known = replace(article(1), kind=TaskKind.REVISIT)
    seed = begin(archive, run_id, SEED, known)
    [task] = archive.frontier.take("mau", SCOPE, run_id, 10)
    archive.frontier.set_back("mau", run_id, task, Setback(failure="HTTP 500", not_before=None))
    assert found_in(archive) == ["archive"]
    read_list(archive, run_id, [1], seed=seed)
    assert found_in(archive) == ["list"]


def found_in(archive: Archive) -> list[str]:
    with database.reading(archive._engine) as connection:
        return list(connection.execute(text("SELECT found_in FROM v1_link")).scalars())
