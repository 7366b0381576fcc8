"""The commands as users type them: what a live crawl captured, imported elsewhere, is the same archive."""

from __future__ import annotations

import json
import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.command import run
from archive.repository import Archive
from crawler.demo.server import DemoServer
from crawler.schedule.plans import all_plans
from tests.crawler.past.conftest import Import
from tests.crawler.past.contents import contents
from tests.crawler.past.warcs import KEY, pages, record
from tests.end_to_end.running import Danvan

PORTALS = ("demo-thainguyen", "demo-giavien")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Danvan]:
    """Two portals crawled before and after corrections; tests must not change it."""
    with DemoServer() as server:
        danvan = Danvan(tmp_path_factory.mktemp("live"), server)
        danvan.run("init")
        danvan.run("crawl", *PORTALS)
        server.publish_corrections()
        danvan.run("crawl", *PORTALS)
        yield danvan


@pytest.fixture
def past(live: Danvan, empty_home: Path, tmp_path: Path) -> Danvan:
    """An empty archive that knows the same portals."""
    shutil.copytree(empty_home, tmp_path / "past")
    return Danvan(tmp_path / "past", live.server)


def warcs(danvan: Danvan) -> list[str]:
    return sorted(str(path) for path in (danvan.home / "warc").glob("*.warc.gz"))


def test_live_crawls_imported_are_the_same_archive_and_a_second_time_nothing(live: Danvan, past: Danvan) -> None:
    files = warcs(live)
    assert len(files) == 2
    said = past.run("import", *reversed(files)).stdout  # given in the wrong order
    assert contents(past.home) == contents(live.home)
    assert "demo-thainguyen" in said
    assert "captures added; kept as warc/danvan-" in said
    before = (past.home / "archive.db").read_bytes()
    again = past.run("import", *files).stdout
    assert again.count("nothing added") == 2
    assert (past.home / "archive.db").read_bytes() == before
    assert past.json("replay", "--dry-run", code=0)["changes"] == []
    assert "all is as it was captured" in past.run("verify").stdout


def test_killed_import_and_replay_end_like_unbroken_ones(live: Danvan, past: Danvan) -> None:
    files, chance = warcs(live), random.Random(4)
    for processes in ("1", "2", "2"):
        process = past.start("import", *files, "--processes", processes)
        try:
            process.wait(timeout=0.9 + chance.random() * 0.9)  # the rules take 0.7 s to load
        except Exception:  # noqa: BLE001 (still running, as it should be)
            process.send_signal(signal.SIGKILL)
        process.communicate(timeout=20)  # a reader that outlived the import would hold its output open
    past.run("import", *files)
    assert contents(past.home) == contents(live.home)
    assert not list((past.home / "warc").glob("*.importing"))
    assert {path.name for path in (past.home / "warc").iterdir()} == {Path(file).name for file in files}


def test_pages_are_read_in_other_processes_too(live: Danvan, past: Danvan) -> None:
    report = json.loads(past.run("import", warcs(live)[0], "--json", "--processes", "2").stdout)
    assert {run["portal"]: run["verdict"] for run in report["runs"]} == dict.fromkeys(PORTALS, "ok")
    assert past.json("stats")["articles"] == sum(run["counts"]["new"] for run in report["runs"]) > 15


def test_torn_file_is_a_problem(live: Danvan, past: Danvan, tmp_path: Path) -> None:
    torn = tmp_path / "torn.warc.gz"
    torn.write_bytes(Path(warcs(live)[1]).read_bytes()[:-9])
    said = past.run("import", str(torn), "--portal", "demo-giavien", code=1).stdout
    assert "torn at byte" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "{page}"], "no WARC, ARC or WACZ file"),
        (["import", "{page}", "--portal", "giavienn"], "giavienn: no such portal; do you mean giavien"),
        (["import", "nowhere.warc"], "does not exist"),
        (["import"], "Missing argument"),
        (["replay", "giavienn"], "giavienn: no such portal"),
        (["replay", "--since", "hôm qua"], "--since"),
    ],
    ids=["a page", "portal", "no file", "nothing", "portal of replay", "day"],
)
def test_wrong_usage_is_one_line(
    empty_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], said: str,
) -> None:  # fmt: skip
    page = tmp_path / "page.html"
    page.write_text("<html>")
    monkeypatch.setenv("DANVAN_HOME", str(empty_home))
    assert run([argument.format(page=page) for argument in arguments]) == 2
    assert said in capsys.readouterr().err


def test_runs_over_the_past_are_no_crawls(
    run_import: Import, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_HOME", str(archive.home.folder))
    [page] = pages(1)
    run_import({"a.warc.gz": record(page.url, page.body)})
    assert archive.has_complete_walk(KEY) is False
    assert all(plan.last is None for plan in all_plans())
