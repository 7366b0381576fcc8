"""Saved searches: what is new in them, from the command line and as values."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.errors import UsageError
from archive.repository import Archive
from search.addresses import query_string, question_at
from search.alerts import latest_hits, new_hits
from search.alerts_cli import alerts
from search.service import Question, SearchService
from tests.archive import build


def _add(archive: Archive, number: int, body: str, days: int = 0) -> None:
    url = f"https://mau.test/them{number}.html"
    archive.save(
        build.entry(url, build.NOON + timedelta(days=days)),
        build.text(title=f"Bài thêm {number}", body=body, url=url),
        build.description(),
    )


def test_only_what_came_later_and_answers_is_new(archive: Archive) -> None:
    service, asked = SearchService(archive), Question(text='"dân vận khéo"')
    before = archive.latest_changes(limit=1)[0].cursor
    assert new_hits(service, asked, before) == ([], before)
    _add(archive, 1, "Mô hình dân vận khéo.")
    _add(archive, 2, "Trồng rừng.")
    found, cursor = new_hits(service, asked, before)
    assert [(hit.article.text.title, hit.is_new) for hit in found] == [("Bài thêm 1", True)]
    assert new_hits(service, asked, cursor)[0] == []
    _add(archive, 2, "Trồng rừng nhờ dân vận khéo.", days=1)
    found, _ = new_hits(service, asked, cursor)
    assert [(hit.article.text.title, hit.is_new) for hit in found] == [("Bài thêm 2", False)]


def test_latest_hits_come_last_first(archive: Archive) -> None:
    for number in (1, 2, 3):
        _add(archive, number, "Mô hình dân vận khéo.")
    found = latest_hits(SearchService(archive), Question(text='"dân vận khéo"'), 3)
    assert [hit.article.text.title for hit in found] == ["Bài thêm 3", "Bài thêm 2", "Bài thêm 1"]


@pytest.mark.parametrize(
    "question",
    [
        Question(),
        Question(text='"dân vận khéo" nơi:"Định Hóa" & x=1', localities=("id=d167", "Ngũ Hành Sơn"), sort="newest"),
        Question(
            text="a+b %20", officials=("Điểu K'ré",), portals=("mau",), first_day="7/2023", tones="folded", page=3
        ),
    ],
)
def test_address_holds_the_whole_question(question: Question) -> None:
    assert question_at(query_string(question)) == question
    assert question_at(f"http://127.0.0.1:8000/?lang=en&{query_string(question)}") == question


@pytest.mark.parametrize("address", ["zz=1", "q=a&page=x"])
def test_address_of_something_else_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="search address"):
        question_at(address)


def _run(home: Path, *arguments: str) -> str:
    result = CliRunner().invoke(alerts, arguments, env={"DANVAN_HOME": str(home), "DANVAN_DATABASE_URL": ""})
    assert result.exception is None, result.output
    return result.output


def test_commands_save_tell_and_forget(archive: Archive) -> None:
    home = archive.home.folder
    assert "no search is saved" in _run(home, "list")
    assert "saved 'Định Hóa'" in _run(home, "save", "Định Hóa", "dân", "--locality", "huyện Định Hóa")
    assert "Định Hóa: /?q=d%C3%A2n&locality=huy%E1%BB%87n" in _run(home, "list")
    assert "nothing new" in _run(home, "check")
    _add(archive, 1, "Huyện Định Hóa: lòng dân.")
    assert "1 new" in _run(home, "check", "--keep", "Định Hóa")
    told = json.loads(_run(home, "check", "--json"))
    assert [hit["title"] for hit in told["Định Hóa"]] == ["Bài thêm 1"]
    assert "nothing new" in _run(home, "check")
    assert "removed" in _run(home, "remove", "Định Hóa")
    assert json.loads(_run(home, "list", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("remove", "không có"), "there is none; saved are none"),
        (("save", " ", "dân"), "1 to 80 characters"),
        (("save", "a/b", "dân"), "without '/'"),
        (("save", "x", "zz:dân"), "zz"),
    ],
)
def test_wrong_use_is_one_line(archive: Archive, arguments: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(alerts, arguments, env={"DANVAN_HOME": str(archive.home.folder)})
    assert said in str(result.exception)


def test_name_is_taken_once(archive: Archive) -> None:
    archive.saved_searches.save("Tên", "q=a", "0-0")
    with pytest.raises(UsageError, match="is there already"):
        archive.saved_searches.save("  Tên ", "q=b", "0-0")
