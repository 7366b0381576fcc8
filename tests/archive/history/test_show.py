"""`danvan show --diff`: any two versions, in words for people and as a list for programs."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from archive.command import run
from archive.repository import Archive
from archive.settings import current_home
from tests.archive import build

BODIES = ("Xã có 12 mô hình.", "Xã có 13 mô hình.", "Xã có 13 mô hình.\n\nNhân dân đồng tình.")


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path))
    monkeypatch.delenv("DANVAN_DATABASE_URL", raising=False)
    with build.new_archive(tmp_path) as archive:
        for number, body in enumerate(BODIES):
            at = build.NOON + timedelta(days=number)
            saved = archive.save(build.entry(at=at), build.text(body=body), build.description())
    return str(saved.article_id)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


def test_newest_pair_is_the_default(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "show", article, "--diff")
    assert "version 2 → 3\nbody, paragraph 2\n  {+Nhân dân đồng tình.+}\n" in out


def test_any_two_versions_in_either_order(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "show", article, "--from-version", "1", "--to-version", "3")
    assert "version 1 → 3" in out
    assert "…Xã có [-12-]{+13+} mô hình.…" in out
    back = said(capsys, "show", article, "--from-version", "3", "--to-version", "2")
    assert "[-Nhân dân đồng tình.-]" in back


def test_json_is_a_list_of_differences(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "show", article, "--to-version", "2", "--json"))
    sapo = {"field": "sapo", "paragraph": None, "op": "changed", "before": "12", "after": "13"}
    assert found == [sapo]


def test_a_version_that_is_not_there_is_wrong_usage(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", article, "--to-version", "9"]) == 2
    assert f"article {article} has no version 9; it has 1, 2, 3" in capsys.readouterr().err


def test_one_version_has_nothing_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path))
    monkeypatch.delenv("DANVAN_DATABASE_URL", raising=False)
    with build.new_archive(tmp_path) as archive:
        archive.save(build.entry(), build.text(), build.description())
    assert "nothing to compare" in said(capsys, "show", "1", "--diff")
    assert json.loads(said(capsys, "show", "1", "--diff", "--json")) == []
    with Archive.open(current_home()) as archive:
        assert len(archive.versions(1)) == 1
