"""Every address counts once, in the month it belongs to, on SQLite as on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.coverage.records import Counts, Month, PortalCoverage
from archive.repository import Archive
from archive.settings import Home
from tests import postgres
from tests.archive import build
from tests.archive.coverage.addresses import AUGUST, COUNTED, STATES, UNLISTED_STATES, noise, put

NOW = AUGUST + timedelta(days=3)
JULY_DAY = date(2025, 7, 31)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with build.new_archive(tmp_path) as opened:
        yield opened


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[Archive]:
    with postgres.server() as url:
        home = Home(folder=tmp_path, database_url=url.replace("postgresql://", "postgresql+psycopg://"))
        with Archive.create(home)[0] as opened:
            opened.store_portals([build.PORTAL])
            yield opened


def covered(archive: Archive, *range_: str | None) -> PortalCoverage:
    [one] = archive.coverage.portals(["mau"], NOW, *range_)
    return one


def month(archive: Archive, name: str) -> Month:
    [one] = [one for one in covered(archive).months if one.month == name]
    return one


def states(counts: Counts) -> Counter[tuple[str, str | None]]:
    """The counts as pairs of state and reason."""
    found = Counter[tuple[str, str | None]](
        {("archived", None): counts.archived, ("off_topic", None): counts.off_topic, ("waiting", None): counts.waiting}
    )
    for state, reasons in (("rejected", counts.rejected), ("failed", counts.failed), ("skipped", counts.skipped)):
        found.update({(state, reason): count for reason, count in reasons.items()})
    return +found


def test_every_state_is_counted_as_what_it_is(archive: Archive) -> None:
    check_every_state(archive)


@pytest.mark.postgres
def test_postgresql_counts_the_same(on_postgres: Archive) -> None:
    check_every_state(on_postgres)
    check_unlisted(on_postgres)


def check_every_state(archive: Archive) -> None:
    for number, state in enumerate(STATES):
        put(archive, number, state, day=JULY_DAY)
    noise(archive)
    july = month(archive, "2025-07")
    assert states(july.listed) == Counter(COUNTED[state] for state in STATES)
    assert july.listed.addresses == len(STATES)
    assert july.listed.captured == 7
    assert (july.listed.removed, july.listed.undated) == (1, 0)
    assert july.listed.missing == 4
    assert july.unlisted == Counts()


def test_archived_articles_that_no_list_showed_count_apart(archive: Archive) -> None:
    check_unlisted(archive)
    assert sum(one.listed.addresses for one in covered(archive).months) == 0


def check_unlisted(archive: Archive) -> None:
    for number, state in enumerate(UNLISTED_STATES, start=100):
        put(archive, number, state, day=JULY_DAY, is_listed=False)
    put(archive, 50, "failed", day=None, is_listed=False)  # a known article that was asked for again
    noise(archive)
    found = covered(archive)
    assert sum(one.unlisted.archived for one in found.months) == 2
    assert sum(one.unlisted.addresses for one in found.months) == len(UNLISTED_STATES) + 1


def test_month_is_the_articles_then_the_lists_then_that_of_the_first_sight(archive: Archive) -> None:
    put(archive, 1, "archived", day=date(2024, 2, 29))
    put(archive, 2, "skipped", day=date(2024, 3, 1))
    put(archive, 3, "off-topic", day=None, is_listed=False, at=AUGUST.replace(day=31, hour=17))
    found = {one.month: one for one in covered(archive).months}
    assert found["2024-02"].listed.archived == 1
    assert sum(found["2024-03"].listed.skipped.values()) == 1
    assert (found["2025-09"].unlisted.off_topic, found["2025-09"].unlisted.undated) == (1, 1)


def test_range_holds_both_its_ends(archive: Archive) -> None:
    for number, day in enumerate((date(2025, 5, 1), date(2025, 6, 30), date(2025, 7, 1), date(2025, 8, 1))):
        put(archive, number, "skipped", day=day)
    assert [one.month for one in covered(archive, "2025-06", "2025-07").months] == ["2025-06", "2025-07"]
    assert [one.month for one in covered(archive, None, "2025-05").months] == ["2025-05"]


def test_empty_archive_covers_nothing(archive: Archive) -> None:
    assert archive.coverage.portals([], NOW) == []
    assert covered(archive).months == ()
    assert archive.coverage.known() == {"mau"}


addresses = st.lists(
    st.tuples(st.sampled_from(STATES), st.booleans(), st.one_of(st.none(), st.dates(date(2025, 6, 1), date(2025, 9, 1)))),
    max_size=12,
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(addresses)
def test_seen_is_the_sum_of_all_states(tmp_path_factory: pytest.TempPathFactory, drawn: list) -> None:  # type: ignore[type-arg]
    with build.new_archive(tmp_path_factory.mktemp("covered")) as archive:
        listed = unlisted = 0
        for number, (state, is_listed, day) in enumerate(drawn):
            if is_listed or state in UNLISTED_STATES:
                put(archive, number, state, day=day, is_listed=is_listed)
                listed, unlisted = listed + is_listed, unlisted + (not is_listed)
        noise(archive)
        months = covered(archive).months
        assert sum(one.listed.addresses for one in months) == listed
        assert sum(one.unlisted.addresses for one in months) == unlisted
        for counts in (counts for one in months for counts in (one.listed, one.unlisted)):
            assert counts.addresses == states(counts).total()
            assert counts.missing <= counts.addresses
            assert counts.archived + counts.off_topic <= counts.captured
