"""A crawl that is told to stop, that may not write, or that waits for a lock in vain: one line, and nothing lost."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import time

import pytest

from tests.end_to_end.running import Danvan
from tests.end_to_end.test_crawl import exported

KEY = "demo-thainguyen"


def test_crawl_that_is_told_to_stop_ends_well_and_the_next_goes_on(danvan: Danvan) -> None:
    danvan.server.seconds_an_answer = 0.05
    process = danvan.start("crawl", KEY, "--json")
    while len(danvan.server.requests) < 20 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert '"ended early: shutdown"' in out
    assert not list((danvan.home / "warc").glob("*.open"))
    before = exported(danvan)
    asked = len(danvan.server.requests)
    danvan.server.seconds_an_answer = 0.0
    [report] = danvan.json("crawl", KEY)
    assert report["counts"]["resumed"] > 0
    assert report["verdict"] == "ok"
    again = {path for _, path, _ in danvan.server.requests[asked:]} & {
        path for _, path, _ in danvan.server.requests[:asked]
    }
    assert len(again - {"/robots.txt"}) <= 2  # at most what was under way
    assert before.keys() < exported(danvan).keys()


def test_folder_that_takes_no_captures_ends_the_crawl_in_one_line(danvan: Danvan) -> None:
    danvan.run("crawl", "demo-yenbai")
    before = danvan.json("stats")
    shutil.move(danvan.home / "warc", danvan.home / "kept")
    (danvan.home / "warc").write_text("no folder")
    done = danvan.run("crawl", KEY, code=3)
    assert len(done.stderr.strip().splitlines()) == 1
    assert str(danvan.home / "warc") in done.stderr
    (danvan.home / "warc").unlink()
    shutil.move(danvan.home / "kept", danvan.home / "warc")
    assert danvan.json("stats")["articles"] == before["articles"]
    assert danvan.json("crawl", KEY)[0]["verdict"] == "ok"


def test_home_that_cannot_be_made_is_one_line(danvan: Danvan) -> None:
    danvan.environment["DANVAN_HOME"] = "/proc/danvan"
    done = danvan.run("init", code=3)
    assert done.stderr.startswith("danvan: /proc/danvan: cannot be made")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.conformance  # waits for ten seconds
def test_database_that_another_process_holds_ends_the_crawl_in_one_line(danvan: Danvan) -> None:
    holder = sqlite3.connect(danvan.home / "archive.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        done = danvan.run("crawl", KEY, code=3)
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert len(done.stderr.strip().splitlines()) == 1
    assert "being written by another process" in done.stderr
    assert danvan.json("crawl", KEY)[0]["verdict"] == "ok"
