"""What makes an article removed: a look that did not find it, twice in a row, whatever the portal answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.ledger import Entry
from archive.records import ArticleText, PageKind
from archive.repository import Archive
from crawler.decisions import Asked, Decisions
from crawler.reading import PageReading
from tests.archive import build

URL, OTHER = "https://mau.test/1.html", "https://mau.test/2.html"
GONE = PageReading(text=ArticleText(kind=PageKind.SOFT_404, reason="says 'không tồn tại'", url=URL), description=None)
THERE = PageReading(text=build.text(), description=build.description())


class Looks:
    """Looks at one article, a day apart."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.decisions, self.day = archive, Decisions(archive, keeps_all=False), 0
        self.look("there")

    def look(self, answer: str) -> None:
        known = self.archive.known_page(URL)
        entry = self._entry(answer)
        if answer in ("404", "410"):
            self.decisions.gone(entry, known)
        elif answer == "home":
            self.decisions.led_away(entry, known)
        elif answer == "304":
            self.decisions.not_modified(entry, known)
        else:
            self.decisions.judge(entry, known, GONE if answer == "soft-404" else THERE)
        self.day += 1

    def _entry(self, answer: str) -> Entry:
        made = build.entry(URL, build.NOON + timedelta(days=self.day))
        status = int(answer) if answer.isdigit() else 200
        url = "https://mau.test/" if answer == "home" else URL
        return replace(made, capture=replace(made.capture, status=status, url=url))

    @property
    def is_removed(self) -> bool:
        return self.archive.articles([1])[0].removed_at is not None


@pytest.fixture
def looks(tmp_path: Path) -> Iterator[Looks]:
    with build.new_archive(tmp_path) as archive:
        yield Looks(archive)


@pytest.mark.parametrize("first", ["404", "soft-404", "home"])
@pytest.mark.parametrize("second", ["404", "soft-404", "home"])
def test_two_looks_in_a_row_that_do_not_find_it_make_a_tombstone(looks: Looks, first: str, second: str) -> None:
    looks.look(first)
    assert not looks.is_removed
    looks.look(second)
    assert looks.is_removed
    assert looks.decisions.counts["removed"] == 1


@pytest.mark.parametrize("absence", ["404", "soft-404", "home"])
@pytest.mark.parametrize("presence", ["there", "304"])
def test_a_look_that_finds_it_begins_the_count_anew(looks: Looks, absence: str, presence: str) -> None:
    for answer in (absence, presence, absence):
        looks.look(answer)
    assert not looks.is_removed


def test_410_says_so_itself(looks: Looks) -> None:
    looks.look("410")
    assert looks.is_removed


def test_article_that_comes_back_lives_and_the_feed_says_so(looks: Looks) -> None:
    for answer in ("soft-404", "soft-404", "there"):
        looks.look(answer)
    assert not looks.is_removed
    assert [change.op for change in looks.archive.changes()] == ["upsert", "remove", "upsert"]


def test_reasons_are_counted(looks: Looks) -> None:
    for answer in ("404", "soft-404", "home"):
        looks.look(answer)
    assert dict(looks.decisions.rejected) == {"HTTP 404": 1, "soft-404": 1, "led-away": 1}


def test_page_at_another_address_is_archived_there_and_the_old_article_moved(looks: Looks) -> None:
    known = looks.archive.known_page(URL)
    entry = build.entry(OTHER, build.NOON + timedelta(days=1))
    looks.decisions.judge(entry, None, THERE, Asked(url_key=URL, known=known))
    assert looks.is_removed
    assert looks.archive.history.living_end(1) == looks.archive.article_at(OTHER) == 2
    assert (looks.decisions.counts["moved"], looks.decisions.counts["new"]) == (1, 2)


def test_notice_at_another_address_is_a_look_at_the_one_asked_for(looks: Looks) -> None:
    for day in (1, 2):
        entry = build.entry(OTHER, build.NOON + timedelta(days=day))
        looks.decisions.judge(entry, None, GONE, Asked(url_key=URL, known=looks.archive.known_page(URL)))
        assert looks.is_removed is (day == 2)
    assert looks.archive.history.moves(1) == []


def test_article_that_was_never_archived_is_not_removed(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        decisions = Decisions(archive, keeps_all=False)
        for day in range(3):
            decisions.led_away(build.entry(URL, build.NOON + timedelta(days=day)), archive.known_page(URL))
        assert decisions.counts["removed"] == 0
