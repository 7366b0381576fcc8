"""A portal edited, moved and half removed between crawls shows versions, differences, moves and tombstones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from archive.exports.described import archived
from archive.history.differences import Difference, differences
from archive.history.relations import relations
from archive.repository import Archive
from archive.show_cli import _find
from crawler.demo.server import DemoServer
from tests.archive import build
from tests.end_to_end.changing_site import SOFT_404, Answer, Site, Story, edited, redirect, stories
from tests.end_to_end.running import Danvan

BY_REDIRECT, TO_SUCCESSOR, BY_CONTENT = 3, 4, 5
OF_ANOTHER_FORM = 40  # leads to an address that the profile's patterns do not know, where it can be read
WORD, ORDER = 1, 2
IS_BACK = 43  # was answered by 410, and is there again before the third crawl


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """The archive after three crawls, and what the first two cost."""

    danvan: Danvan
    old: Site
    new: Site
    first_bytes: int
    second_bytes: int
    second: dict[str, Any]
    third: dict[str, Any]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("history")
    with DemoServer() as demo, Site() as old, Site() as new:
        danvan = Danvan(home, demo)
        old.write_profile(home / "profiles", "cong-cu", "Cổng huyện cũ", successor="cong-moi")
        new.write_profile(home / "profiles", "cong-moi", "Cổng xã mới")
        danvan.run("init")
        for story in stories():
            old.publish(story)
        [first] = danvan.json("crawl", "cong-cu")
        assert first["counts"]["new"] == len(stories()), first
        first_bytes = old.bytes
        change(old, new)
        old.bytes = 0
        second = next(run for run in danvan.json("crawl", "cong-cu", "cong-moi") if run["portal"] == "cong-cu")
        second_bytes = old.bytes
        old.publish(by_number()[IS_BACK])
        new.statuses.clear()
        third = next(run for run in danvan.json("crawl", "cong-cu", "cong-moi") if run["portal"] == "cong-cu")
        yield Crawled(danvan=danvan, old=old, new=new, first_bytes=first_bytes, second_bytes=second_bytes,
                      second=second, third=third)  # fmt: skip


def by_number() -> dict[int, Story]:
    return {story.number: story for story in stories()}


def change(old: Site, new: Site) -> None:
    """What happens to the portal between the first crawl and the second: of eighty articles forty are gone."""
    story = by_number()
    old.publish(edited(story[WORD], " và ", " cùng "))
    turned = story[ORDER]
    old.publish(replace(turned, paragraphs=(turned.paragraphs[0], *turned.paragraphs[:0:-1])))
    at = replace(story[BY_REDIRECT], path="/tin/xay-dung-dang-3.html")
    old.publish(at)
    old.withdraw(story[BY_REDIRECT].path, redirect(at.path, 301))
    taken = replace(story[TO_SUCCESSOR], path="/tin/bai-cu-4.html")
    new.publish(taken)
    old.withdraw(story[TO_SUCCESSOR].path, redirect(f"http://{new.host}{taken.path}", 308))
    old.publish(replace(story[BY_CONTENT], path="/tin/dang-lai-5.html", number=105))
    ways = [Answer(status=404, body="<h1>404</h1>"), Answer(status=410), SOFT_404, redirect("/", 302)]
    old.withdraw(story[BY_CONTENT].path, ways[0])
    old.publish(replace(story[OF_ANOTHER_FORM], path="/luu/bai-40.html"))
    old.withdraw(story[OF_ANOTHER_FORM].path, redirect("/luu/bai-40.html"))
    for number in range(41, 78):
        old.withdraw(story[number].path, ways[number % 3] if number < 75 else ways[3])


def article(crawled: Crawled, number: int) -> dict[str, Any]:
    """What `danvan show` says of the address at which an article stood at first."""
    return one(crawled, f"http://{crawled.old.host}{by_number()[number].path}")


def one(crawled: Crawled, wanted: str | int) -> dict[str, Any]:
    with opened(crawled) as archive:
        found = _find(archive, str(wanted))
        return archived(found) | relations(archive, found.id)


def differing(crawled: Crawled, number: int) -> list[Difference]:
    with opened(crawled) as archive:
        id_ = article(crawled, number)["id"]
        before, after = archive.version_text(id_, 1), archive.version_text(id_, 2)
    assert before is not None
    assert after is not None
    return differences(before, after)


def opened(crawled: Crawled) -> Archive:
    return Archive.open(build.new_home(crawled.danvan.home))


def test_second_crawl_costs_less_than_a_tenth_of_the_first(crawled: Crawled) -> None:
    print(f"bytes on the wire: first crawl {crawled.first_bytes:,}, second {crawled.second_bytes:,}")
    assert crawled.second_bytes < crawled.first_bytes / 10
    assert crawled.second["counts"]["unchanged"] == 38


def test_lists_and_articles_that_did_not_change_are_not_sent_again(crawled: Crawled) -> None:
    """The list of the other portal answers 304 and is read from its capture, so its article is asked for too."""
    assert sorted(crawled.new.statuses) == [304, 304, 404]  # list, article, robots.txt


def test_edits_are_versions_and_told_word_by_word(crawled: Crawled) -> None:
    found = article(crawled, WORD)
    assert found["version"] == 2
    assert {(one.op, one.before, one.after) for one in differing(crawled, WORD)} == {("changed", "và", "cùng")}
    assert {one.op for one in differing(crawled, ORDER)} == {"moved"}
    assert crawled.second["counts"]["changed"] == 2


def test_redirect_is_a_move_and_both_addresses_lead_to_the_article(crawled: Crawled) -> None:
    found = article(crawled, BY_REDIRECT)
    assert found["url"].endswith("/tin/xay-dung-dang-3.html")
    [move] = found["moves"]
    assert (move["how"], move["to_article_id"], move["resemblance"]) == ("redirect", found["id"], 1.0)
    before = one(crawled, move["article_id"])
    assert before["url"].endswith("/tin/bai-3.html")
    assert before["removed_at"] is not None
    assert before["moves"] == [move]
    assert before["also_published"] == []
    said = crawled.danvan.run("show", str(before["id"])).stdout
    assert f"moved to {found['url']} (article {found['id']})" in said
    assert "its address leads there, texts 100% alike" in said


def test_redirect_to_the_successor_is_a_move_to_its_article(crawled: Crawled) -> None:
    found = article(crawled, TO_SUCCESSOR)
    assert (found["portal"], found["url"]) == ("cong-moi", f"http://{crawled.new.host}/tin/bai-cu-4.html")
    [move] = found["moves"]
    assert (move["how"], move["to_article_id"]) == ("redirect", found["id"])


def test_same_text_at_a_new_address_is_a_move_by_content(crawled: Crawled) -> None:
    found = article(crawled, BY_CONTENT)
    assert found["url"].endswith("/tin/dang-lai-5.html")
    [move] = found["moves"]
    assert (move["how"], move["resemblance"]) == ("content", 1.0)
    assert crawled.third["counts"]["moved"] == 1


@pytest.mark.parametrize("number", [42, 46, 44, 75], ids=["404", "410", "soft 404", "led to the home page"])
def test_removed_article_is_a_tombstone_with_its_text(crawled: Crawled, number: int) -> None:
    found = article(crawled, number)
    assert found["removed_at"] is not None
    assert found["moves"] == []
    assert found["body"]


def test_address_that_leads_to_a_readable_page_of_another_form_keeps_its_article(crawled: Crawled) -> None:
    found = article(crawled, OF_ANOTHER_FORM)
    assert (found["removed_at"], found["version"], found["moves"]) == (None, 1, [])
    assert found["last_seen"] > found["first_seen"]


def test_feed_tells_every_removal_and_where_articles_went(crawled: Crawled) -> None:
    with opened(crawled) as archive:
        changes = archive.changes()
        removed = [change for change in changes if change.op == "remove"]
        assert len({change.article_id for change in removed}) == 40
        assert {change.moved_to.rsplit("/", 1)[1] for change in removed if change.moved_to} == {
            "bai-cu-4.html",
            "dang-lai-5.html",
            "xay-dung-dang-3.html",
        }
        assert archive.counts()["removed"] == 39


def test_article_that_comes_back_lives_again(crawled: Crawled) -> None:
    found = article(crawled, IS_BACK)
    assert (found["removed_at"], found["version"]) == (None, 1)
    with opened(crawled) as archive:
        assert [change.op for change in archive.changes() if change.article_id == found["id"]] == [
            "upsert",
            "remove",
            "upsert",
        ]


def test_archive_is_sound_afterwards(crawled: Crawled) -> None:
    assert crawled.danvan.json("verify")["counts"].get("damage", 0) == 0
