"""`danvan verify`: exit codes, JSON, its log, and what other commands say of the last check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.command import run
from archive.repository import Archive
from tests.archive.fixity.filled import filled, warcs
from tests.archive.fixity.test_files import flip


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path))
    with filled(tmp_path) as opened:
        yield opened


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    assert run([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_sound_archive_is_said_to_be(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify"]) == 0
    assert "2 WARC files" in (said := capsys.readouterr().out)
    assert said.endswith("all is as it was captured\n")


def test_damage_is_one_line_with_what_to_do_and_exit_code_1(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    capture = archive.versions(1)[0].captures[0]
    flip(archive.home.warc / capture.warc_file, capture.offset + 100)
    assert run(["verify"]) == 1
    said = capsys.readouterr().out
    assert f"{capture.warc_file} at {capture.offset}  {capture.url}" in said
    assert "restore the file from a copy" in said
    assert run(["verify", "--log"]) == 0
    assert "damaged  everything: 2 files" in (log := capsys.readouterr().out)
    assert capture.warc_file in log
    found = printed(capsys, "verify", code=1)
    assert [finding["offset"] for finding in found["findings"]] == [capture.offset]
    assert [entry["verdict"] for entry in printed(capsys, "verify", "--log")] == ["damaged", "damaged"]


def test_versions_are_shown_with_identifier_and_last_check(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    first = printed(capsys, "show", "1", "--versions")["versions"][0]["captures"][0]
    assert first["pwid"] == "urn:pwid:danvan:2024-07-10T05:00:00Z:part:https://mau.test/1.html"
    assert first["last_check"] is None
    assert printed(capsys, "stats")["last_check"] is None
    assert run(["show", "1", "--versions"]) == 0
    assert "never checked" in capsys.readouterr().out
    run(["verify"])
    capsys.readouterr()
    assert run(["show", "1", "--versions"]) == 0
    said = capsys.readouterr().out
    assert first["pwid"] in said
    assert ": as captured" in said
    assert printed(capsys, "stats")["last_check"]["verdict"] == "clean"


def test_check_of_a_repaired_file_takes_the_word_back(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    path = warcs(archive)[0]
    whole = path.read_bytes()
    flip(path, 300)
    assert run(["verify"]) == 1
    path.write_bytes(whole)
    assert run(["verify"]) == 0
    capsys.readouterr()


def test_notices_do_not_fail(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    (archive.home.warc / "other.warc.gz").write_bytes(warcs(archive)[0].read_bytes())
    assert run(["verify"]) == 0
    said = capsys.readouterr().out
    assert "file-unnamed  other.warc.gz" in said
    assert "record-unlisted  other.warc.gz  3 times" in said


def test_unknown_portal_is_wrong_usage(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "khong-co"]) == 2
    assert "khong-co" in capsys.readouterr().err


def test_no_archive_could_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify"]) == 3
    assert "danvan init" in capsys.readouterr().err
