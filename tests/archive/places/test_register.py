"""A unit's articles, officials and figures, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.places.reading import figure_day
from archive.repository import Archive
from archive.settings import Home
from tests import postgres
from tests.archive import build
from tests.archive.places import saved


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("places")
    if request.param == "sqlite":
        with build.new_archive(folder) as opened:
            saved.filled(opened)
            yield opened
        return
    with postgres.server() as url:
        home = Home(folder=Path(folder), database_url=url.replace("postgresql://", "postgresql+psycopg://"))
        opened, _ = Archive.create(home)
        with opened:
            opened.store_portals([build.PORTAL])
            saved.filled(opened)
            yield opened


def test_articles_of_a_unit_are_counted_once_each(archive: Archive) -> None:
    assert archive.places.articles(["d167", "d999"]) == {"d167": 2}


def test_officials_of_a_unit_are_those_whose_post_names_it(archive: Archive) -> None:
    [person] = archive.places.officials("d167")
    assert (person.name, person.first_day, person.last_day, person.articles) == (
        "Ma Thị Hạnh", "2021-03-01", "2024-07-10", 2,
    )  # fmt: skip
    assert person.posts == ("Phó Bí thư Huyện ủy Định Hóa", "Bí thư Huyện ủy Định Hóa")
    assert archive.places.officials("d167", after=person.person_id) == []
    assert archive.places.officials("d168") == []


def test_figures_lead_to_their_sentence_and_page_by_day(archive: Archive) -> None:
    [newest] = archive.places.figures("d167", limit=1)
    assert (newest.value, newest.unit, newest.day) == (12, "mô hình", "2024-07-10")
    assert newest.sentence is not None
    assert newest.sentence.cited == "12 mô hình"
    assert newest.sentence.text.startswith("Bà Ma Thị Hạnh")
    assert newest.sentence.text.endswith("12 mô hình.")
    [older] = archive.places.figures("d167", before=figure_day(newest))
    assert older.value == 9
    assert archive.places.figures("d167", before=figure_day(older)) == []


def test_evidence_of_a_person_is_newest_first_with_its_sentence(archive: Archive) -> None:
    [person] = archive.people.find("ma thi hanh")
    newest, oldest = archive.people.mentions(person.id)
    assert (newest.day, oldest.day) == ("2024-07-10", "2021-03-01")
    assert newest.posts == ("Bí thư Huyện ủy Định Hóa",)
    assert newest.sentence is not None
    assert newest.sentence.cited == "Bà Ma Thị Hạnh, Bí thư Huyện ủy Định Hóa"
    assert archive.people.mentions(person.id, 1, 1) == [oldest]
    assert archive.people.of_article(newest.article_id) == [person.id]
    assert [one.id for one in archive.people.listed("hanh", "Thái Nguyên", 0, 9)] == [person.id]
    assert archive.people.listed("hanh", None, person.id, 9) == []


def test_undated_articles_stand_last(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        saved.filled(archive)
        saved.save(archive, 3, None, saved.BODY, "Bí thư Huyện ủy Định Hóa", 12)
        [person] = archive.people.find("hanh")
        assert [one.day for one in archive.people.mentions(person.id)] == ["2024-07-10", "2021-03-01", None]
        assert [one.day for one in archive.places.figures("d167")] == ["2024-07-10", "2021-03-01", None]
        assert archive.places.figures("d167", before=("2021-03-01", 10**6))[0].value == 9
