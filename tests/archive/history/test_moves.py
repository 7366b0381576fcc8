"""Moves link two articles, give the old one its tombstone, and lead both addresses to where the article is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.records import PortalIdentity
from archive.repository import Archive
from tests.archive import build

DAY = timedelta(days=1)
OLD, NEW, NEWER = (f"https://mau.test/{name}.html" for name in ("cu", "moi", "moi-nua"))
BODY = " ".join(f"Xóm {n} của xã Tân Lập có {n + 2} hộ hiến đất làm đường trong năm." for n in range(12))
OTHER = " ".join(f"Chi hội {n} nhận đỡ đầu {n + 3} cháu mồ côi ở bản xa trung tâm." for n in range(12))
SUCCESSOR = PortalIdentity(key="ke", name="Cổng kế thừa", kind="gov", province="Thái Nguyên", hosts=("ke.test",))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with build.new_archive(tmp_path) as opened:
        yield opened


def save(archive: Archive, url: str, days: int = 0, body: str = BODY, portal: str = "mau") -> int:
    entry = build.entry(url, build.NOON + days * DAY)
    entry = replace(entry, portal=portal)
    return archive.save(entry, build.text(url=url, body=body), build.description()).article_id


def move(archive: Archive, article_id: int, to: str, days: int) -> bool:
    return archive.history.moved(article_id, to, to, build.NOON + days * DAY)


def test_moved_article_keeps_its_row_and_its_text(archive: Archive) -> None:
    old, new = save(archive, OLD), save(archive, NEW, 1)
    assert move(archive, old, NEW, 1) is True
    before, after = archive.articles([old, new])
    assert (before.removed_at, after.removed_at) == (build.NOON + DAY, None)
    assert before.text.body == after.text.body
    [found] = archive.history.moves(old)
    assert found == archive.history.moves(new)[0]
    assert (found.article_id, found.to_article_id, found.how, found.resemblance) == (old, new, "redirect", 1.0)


def test_move_is_told_once(archive: Archive) -> None:
    old, _ = save(archive, OLD), save(archive, NEW, 1)
    assert [move(archive, old, NEW, day) for day in (1, 2, 9)] == [True, False, False]
    assert [(one.op, one.moved_to) for one in archive.changes()] == [
        ("upsert", None),
        ("upsert", None),
        ("remove", NEW),
    ]


def test_an_article_does_not_move_to_itself_nor_before_it_was_last_seen(archive: Archive) -> None:
    old = save(archive, OLD, 5)
    assert move(archive, old, OLD, 6) is False
    assert move(archive, old, NEW, 4) is False
    assert archive.articles([old])[0].removed_at is None


def test_both_addresses_lead_to_where_the_article_is(archive: Archive) -> None:
    first, _, third = save(archive, OLD), save(archive, NEW, 1), save(archive, NEWER, 2)
    move(archive, first, NEW, 1)
    move(archive, 2, NEWER, 2)
    for url in (OLD, NEW, NEWER):
        at = archive.article_at(url)
        assert at is not None
        assert archive.history.living_end(at) == third


def test_moves_in_a_circle_end(archive: Archive) -> None:
    first, second = save(archive, OLD), save(archive, NEW)
    move(archive, first, NEW, 1)
    move(archive, second, OLD, 1)
    assert archive.history.living_end(first) in (first, second)


def test_address_that_is_not_archived_yet_is_remembered(archive: Archive) -> None:
    old = save(archive, OLD)
    move(archive, old, NEW, 1)
    assert archive.article_at(NEW) == old
    assert archive.history.living_end(old) == old
    assert archive.history.moves(old)[0].to_article_id is None
    new = save(archive, NEW, 3)
    assert archive.history.living_end(old) == new
    assert archive.history.moves(old)[0].to_article_id == new


def test_article_that_is_back_at_its_old_address_ends_the_move(archive: Archive) -> None:
    old, new = save(archive, OLD), save(archive, NEW, 1)
    move(archive, old, NEW, 1)
    save(archive, OLD, 2)
    assert archive.history.living_end(old) == old
    assert [one.is_over for one in archive.history.moves(new)] == [True]
    assert [one.op for one in archive.changes()] == ["upsert", "upsert", "remove", "upsert"]
    assert move(archive, old, NEW, 3) is True
    assert archive.history.living_end(old) == new


def test_same_text_at_a_new_address_is_found_when_the_old_one_is_removed(archive: Archive) -> None:
    old = save(archive, OLD)
    new = save(archive, NEW, 3, f"{BODY} (Ngọc Trâm)")
    assert archive.history.settle() == 0
    archive.remove(old, build.NOON + 4 * DAY)
    assert archive.history.settle("mau", build.NOON + 4 * DAY) == 1
    [found] = archive.history.moves(old)
    assert (found.to_article_id, found.how) == (new, "content")
    assert found.resemblance is not None
    assert 0.95 <= found.resemblance < 1
    assert archive.history.settle() == 0


def test_text_that_appears_after_the_removal_is_found_too(archive: Archive) -> None:
    old = save(archive, OLD)
    archive.remove(old, build.NOON + DAY)
    assert archive.history.settle("mau", build.NOON + DAY) == 0
    new = save(archive, NEW, 9)
    assert archive.history.settle("mau", build.NOON + 9 * DAY) == 1
    assert archive.history.moves(new)[0].article_id == old


def test_text_at_the_portal_that_took_over_is_a_move_and_elsewhere_is_none(archive: Archive) -> None:
    stranger = replace(SUCCESSOR, key="la", hosts=("la.test",))
    archive.store_portals([replace(build.PORTAL, successor="ke"), SUCCESSOR, stranger])
    old = save(archive, OLD)
    save(archive, "https://la.test/1.html", 1, portal="la")
    archive.remove(old, build.NOON + 2 * DAY)
    assert archive.history.settle() == 0
    new = save(archive, "https://ke.test/1.html", 3, portal="ke")
    assert archive.history.settle("ke", build.NOON + 3 * DAY) == 1
    assert archive.history.moves(old)[0].to_article_id == new


@pytest.mark.parametrize(
    ("days", "body"),
    [(3, OTHER), (3, BODY[: len(BODY) // 2] + OTHER[: len(OTHER) // 2]), (0, BODY)],
    ids=["another text", "half of it", "stood beside the old one"],
)
def test_no_move_by_content(archive: Archive, days: int, body: str) -> None:
    old = save(archive, OLD)
    save(archive, NEW, days, body)
    archive.remove(old, build.NOON + 4 * DAY)
    assert archive.history.settle() == 0


def test_short_texts_prove_no_move(archive: Archive) -> None:
    old = save(archive, OLD, body="Tin ảnh trong tuần.")
    save(archive, NEW, 3, body="Tin ảnh trong tuần.")
    archive.remove(old, build.NOON + 4 * DAY)
    assert archive.history.settle() == 0


def test_view_and_feed_say_where_an_article_went(archive: Archive) -> None:
    old, new = save(archive, OLD), save(archive, NEW, 1)
    move(archive, old, NEW, 1)
    with archive._engine.connect() as connection:
        [row] = connection.exec_driver_sql("SELECT article_id, to_article_id, to_url, how, is_over FROM v1_move").all()
        told = connection.exec_driver_sql("SELECT moved_to FROM v1_change WHERE op = 'remove'").scalar_one()
    assert tuple(row) == (old, new, NEW, "redirect", 0)
    assert told == NEW
