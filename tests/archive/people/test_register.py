"""People across articles: assigned with each article, merged and parted by an archivist, their posts over time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic import command

from archive import database
from archive.command import run
from archive.errors import UsageError
from archive.people.store import Person
from archive.records import Level, OfficialMention, OfficialTitle, PortalIdentity, Span
from archive.repository import Archive
from tests.archive import build


def post(printed: str, organisation: str, level: Level, locality: str | None, *, former: bool = False) -> OfficialTitle:
    words = printed.split(f" {organisation}")[0]
    return OfficialTitle(
        printed=printed, post=words, organisation=organisation, level=level, locality=locality, former=former
    )


SECRETARY = post("Bí thư Huyện ủy Định Hóa", "Huyện ủy", "district", "Định Hóa")
DEPUTY = post("Phó Bí thư Huyện ủy Định Hóa", "Huyện ủy", "district", "Định Hóa")
OTHER = post("Bí thư Đảng ủy xã Bình Yên", "Đảng ủy", "commune", "Bình Yên")
CENTRAL = post("Trưởng Ban Dân vận Trung ương", "Trung ương", "central", None)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with build.new_archive(tmp_path) as opened:
        yield opened


def save(
    archive: Archive, number: int, day: date, *titles: OfficialTitle, name: str = "Lê Văn An", body: str = ""
) -> int:
    url = f"https://mau.test/{number}.html"
    key = {"Lê Văn An": "le van an", "Lê Văn Ân": "le van an"}[name]
    mention = OfficialMention(
        name=name, key=key, titles=titles, cited_as=(name,), evidence=(Span(field="body", start=0, end=3),)
    )
    text = build.text(url=url, day=day, body=body or f"Bài {number}.")
    return archive.save(build.entry(url), text, build.description(officials=(mention,))).article_id


def only(archive: Archive) -> Person:
    [person] = archive.people.find("le van an")
    return person


def test_posts_over_time_are_the_dated_mentions_of_one_person(archive: Archive) -> None:
    first = save(archive, 1, date(2021, 3, 1), DEPUTY)
    second = save(archive, 2, date(2022, 5, 1), DEPUTY)
    third = save(archive, 3, date(2024, 7, 1), SECRETARY)
    person = only(archive)
    assert person.province == "Thái Nguyên"
    assert person.articles == (first, second, third)
    assert [(one.printed, one.first_day, one.last_day, one.articles) for one in person.tenures] == [
        (DEPUTY.printed, "2021-03-01", "2022-05-01", (first, second)),
        (SECRETARY.printed, "2024-07-01", "2024-07-01", (third,)),
    ]


def test_namesake_in_another_place_is_another_person(archive: Archive) -> None:
    save(archive, 1, date(2021, 3, 1), SECRETARY)
    save(archive, 2, date(2021, 3, 1), OTHER)
    assert len(archive.people.find("Lê Văn An")) == 2


@pytest.mark.parametrize(
    ("portals", "printed", "people"),
    [
        (("sd", "yt"), ("Bí thư Huyện ủy", "Bí thư Huyện ủy"), 2),
        (("sd", "sd"), ("PCT UBND huyện", "Phó Chủ tịch Ủy ban nhân dân huyện"), 1),
        (("sd", "sd"), ("Phó Bí thư Huyện ủy", "Bí thư Huyện ủy"), 1),
        (("bg", "bn"), ("Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh"), 2),
    ],
    ids=["two districts", "an abbreviation", "a promotion", "two provinces that merged later"],
)
def test_bare_post_is_that_of_its_portal(
    archive: Archive, portals: tuple[str, str], printed: tuple[str, str], people: int
) -> None:
    district = {"sd": "Sơn Động", "yt": "Yên Thế"}
    province = {"bn": "Bắc Ninh"}
    archive.store_portals(
        [
            PortalIdentity(key=key, name=key, kind="x", province=province.get(key, "Bắc Giang"),
                           district=district.get(key))
            for key in ("sd", "yt", "bg", "bn")
        ]
    )  # fmt: skip
    for number, (portal, words) in enumerate(zip(portals, printed, strict=True)):
        level: Level = "province" if "tỉnh" in words else "district"
        title = OfficialTitle(printed=words, post=words, organisation=words.split(" ", 2)[2], level=level)
        mention = OfficialMention(
            name="Lê Văn An", key="le van an", titles=(title,), cited_as=("An",), evidence=(Span(field="body", start=0, end=3),)
        )  # fmt: skip
        url = f"https://{portal}.test/{number}.html"
        text = build.text(url=url, day=date(2023, 3, 1), body=f"Bài {number}.")
        entry = replace(build.entry(url), portal=portal)
        archive.save(entry, text, build.description(localities=(), officials=(mention,)))
    assert len(archive.people.find("le van an")) == people


def test_central_official_is_one_person_for_the_whole_country(archive: Archive) -> None:
    save(archive, 1, date(2021, 3, 1), CENTRAL)
    assert only(archive).province is None


def test_new_version_of_an_article_keeps_its_people(archive: Archive) -> None:
    save(archive, 1, date(2021, 3, 1), SECRETARY)
    save(archive, 2, date(2021, 3, 1), OTHER)
    before = {person.id for person in archive.people.find("le van an")}
    save(archive, 2, date(2021, 3, 1), body="Sửa lại.")  # now without a title, which alone would not tell
    found = archive.people.find("le van an")
    assert {person.id for person in found} == before
    assert sorted(person.articles for person in found) == [(1,), (2,)]


def test_merge_joins_and_later_articles_follow(archive: Archive) -> None:
    save(archive, 1, date(2021, 3, 1), SECRETARY)
    save(archive, 2, date(2021, 4, 1), OTHER)
    keep, other = sorted(person.id for person in archive.people.find("le van an"))
    assert archive.people.merge(keep, [other]) == 1
    save(archive, 3, date(2021, 5, 1), OTHER)
    assert only(archive).articles == (1, 2, 3)
    merged = archive.people.person(other)
    assert merged is not None
    assert merged.merged_into == keep
    [line] = archive.people.log()
    assert (line["op"], line["person_id"], line["other_id"]) == ("merge", keep, other)
    assert len(line["detail"]) == 1


def test_split_parts_articles_and_stays_when_they_change(archive: Archive) -> None:
    for number in (1, 2, 3):
        save(archive, number, date(2021, number, 1), SECRETARY)
    person = only(archive)
    new = archive.people.split(person.id, [2])
    save(archive, 2, date(2021, 2, 1), SECRETARY, body="Sửa lại.")
    found = {one.id: one.articles for one in archive.people.find("le van an")}
    assert found == {person.id: (1, 3), new: (2,)}
    assert archive.people.log()[0]["op"] == "split"


@pytest.mark.parametrize(
    ("keep", "others", "said"),
    [(1, [1], "with itself"), (1, [99], "person 99: not in this archive"), (99, [1], "person 99: not in this archive")],
)
def test_wrong_merge_says_why_and_changes_nothing(archive: Archive, keep: int, others: list[int], said: str) -> None:
    save(archive, 1, date(2021, 3, 1), SECRETARY)
    with pytest.raises(UsageError, match=said):
        archive.people.merge(keep, others)
    assert archive.people.log() == []


def test_wrong_split_says_why(archive: Archive) -> None:
    save(archive, 1, date(2021, 3, 1), SECRETARY)
    with pytest.raises(UsageError, match="all of the person's articles"):
        archive.people.split(only(archive).id, [1])
    with pytest.raises(UsageError, match="not in articles 7"):
        archive.people.split(only(archive).id, [7])


def test_archive_of_before_is_migrated_and_its_people_assigned(archive: Archive) -> None:
    save(archive, 1, date(2021, 3, 1), DEPUTY)
    save(archive, 2, date(2022, 3, 1), SECRETARY)
    with archive._engine.begin() as connection:
        command.downgrade(database.migration_config(archive._engine, connection), "0001")
    assert database.migrate(archive.home, archive._engine) == "migrated"
    assert archive.people.find("le van an") == []
    assert archive.people.assign_missing() == 2
    assert archive.people.assign_missing() == 0
    assert len(only(archive).tenures) == 2


def test_commands(archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DANVAN_HOME", str(archive.home.folder))
    monkeypatch.delenv("DANVAN_DATABASE_URL", raising=False)
    assert run(["officials", "list"]) == 0
    assert "no such official" in capsys.readouterr().out
    save(archive, 1, date(2021, 3, 1), SECRETARY)
    save(archive, 2, date(2021, 4, 1), OTHER)
    assert run(["officials", "list", "van an", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in listed] == ["Lê Văn An", "Lê Văn An"]
    first, second = (str(one["id"]) for one in listed)
    assert run(["officials", "show", first]) == 0
    assert "2021-03-01 … 2021-03-01  Bí thư Huyện ủy Định Hóa  articles 1" in capsys.readouterr().out
    assert run(["officials", "merge", first, second]) == 0
    assert run(["officials", "split", first, "--articles", "2"]) == 0
    assert run(["officials", "log"]) == 0
    said = capsys.readouterr().out
    assert f"merge  {first} ← {second}" in said
    assert run(["officials", "split", first, "--articles", "x"]) == 2
    assert run(["officials", "show", "99"]) == 2
    assert "person 99: not in this archive" in capsys.readouterr().err


def test_late_capture_of_a_known_text_adds_no_person(archive: Archive) -> None:
    save(archive, 1, date(2021, 3, 1), SECRETARY)
    url = "https://mau.test/1.html"
    later = build.entry(url, build.NOON + timedelta(days=2))
    [article] = archive.articles([1])
    archive.save(later, article.text, article.description)
    assert len(only(archive).articles) == 1
