"""`danvan schedule status` and `history`: what the archive's runs make of the plan, for people and programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.command import run
from archive.records import RunReport
from archive.repository import Archive
from archive.settings import current_home
from spiders.registry import load_registry

PATIENCE = datetime(2100, 1, 1, tzinfo=UTC)
PROFILE = """
key = "thu"
name = "Báo Thử"
kind = "provincial_newspaper"
family = "nukeviet"
hosts = ["thu.test"]
province = "Bình Phước"
status = "verified"
evidence = "own"
cadence = "adaptive"
hours = ["00:00-24:00"]
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    profiles = tmp_path / "profiles"
    profiles.mkdir()
    (profiles / "thu.toml").write_text(PROFILE, encoding="utf-8")
    monkeypatch.setenv("DANVAN_PROFILES", str(profiles))
    load_registry.cache_clear()
    with Archive.create(current_home())[0] as opened:
        yield opened
    load_registry.cache_clear()


def finished(archive: Archive, verdict: str = "ok", detail: str | None = None, **counts: int) -> None:
    run_id = archive.begin_run("thu", "all", is_full=True)
    now = datetime.now(UTC) + timedelta(seconds=90)
    archive.finish_run(
        RunReport(run_id=run_id, portal="thu", started_at=now, finished_at=now, scope="all", verdict=verdict,
                  counts=counts, rejected={}, detail=detail, not_before=PATIENCE if verdict == "failed" else None,
                  moved_to="moi.test" if verdict == "failed" else None)
    )  # fmt: skip


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["schedule", *arguments]) == code
    said = capsys.readouterr()
    return said.out if code == 0 else said.err


def status(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    [row] = [row for row in json.loads(printed(capsys, "status", "--json")) if row["portal"] == "thu"]
    return dict(row)


def test_status_says_which_interval_is_in_force_and_why(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    before = status(capsys)
    assert (before["interval"], before["why"], before["next"]) == ("1d", "the profile's first", "now")
    finished(archive, new=4)
    after = status(capsys)
    assert (after["interval"], after["due"], after["verdict"]) == ("12h", False, "ok")
    assert after["why"].startswith("halved after 4 new or changed on ")
    assert after["hours"] == ["00:00-24:00"]
    finished(archive, "failed", "no article links seen")
    failed = status(capsys)
    assert (before["condition"], after["condition"], failed["condition"]) == (None, "alive", "moved to moi.test")
    assert "again after 3h; the portal asked for patience until 2100-01-01 00:00 UTC" in failed["why"]
    assert (failed["next"], failed["moved_to"]) == (PATIENCE.isoformat(), "moi.test")


def test_status_shows_portals_that_wait_and_counts_the_listed(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    said = printed(capsys, "status")
    assert "waits" in said
    assert "more are only listed" in said


def test_history_lists_runs_newest_first(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "history") == "no runs\n"
    finished(archive, new=4)
    finished(archive, "failed", "đường dẫn không còn")
    found = json.loads(printed(capsys, "history", "thu", "--json"))
    assert [run["verdict"] for run in found] == ["failed", "ok"]
    assert found[1]["counts"] == {"new": 4}
    assert found[0]["detail"] == "đường dẫn không còn"
    assert len(json.loads(printed(capsys, "history", "--limit", "1", "--json"))) == 1
    assert "no runs of thu since 2100-01-01" in printed(capsys, "history", "thu", "--since", "2100-01-01")
    assert "đường" in printed(capsys, "history")


def test_history_of_a_misspelt_portal_names_those_like_it(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert "do you mean baothainguyen" in printed(capsys, "history", "baothainguyn", code=2)
    assert printed(capsys, "history", "baothainguyen") == "no runs of baothainguyen\n"


def test_no_archive_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["status"], ["history"]):
        assert "no archive in" in printed(capsys, *arguments, code=3)
