"""On a terminal long work shows how it stands; the report goes to stdout all the same."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys

from tests.end_to_end.running import Danvan

KEY = "demo-yenbai"


def on_terminal(danvan: Danvan, *arguments: str) -> tuple[str, str]:
    """Run with a pseudo-terminal as stderr; stdout, and what the terminal showed without its control sequences."""
    outer, inner = pty.openpty()
    environment = danvan.environment | {"TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-m", "archive.command", *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=inner, text=True) as process:
        os.close(inner)
        shown = b"".join(iter(lambda: _read(outer), b""))
        os.close(outer)
        assert process.stdout
        said = process.stdout.read()
    assert process.returncode == 0, shown
    return said, re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # EIO: the other end is closed
        return b""


def test_crawl_shows_how_it_stands(danvan: Danvan) -> None:
    said, shown = on_terminal(danvan, "crawl", KEY, "--since", "2020-01-01", "--json")
    [report] = json.loads(said)
    counts = report["counts"]
    assert "0 of 1 portal done" in shown
    last = f"1 of 1 portal done, {counts['fetched']} of {counts['links']} known articles fetched, {counts['new']} new"
    assert last in shown
    assert "lists walked back to 20" in shown


def test_verify_and_replay_show_bars(danvan: Danvan) -> None:
    assert danvan.run("crawl", KEY).stderr == ""
    assert "100%" in on_terminal(danvan, "verify")[1]
    shown = on_terminal(danvan, "replay")[1]
    assert re.search(r"reading again .*100% [\d,]+ records, \d+/s", shown), shown
    assert danvan.run("verify").stderr == danvan.run("replay").stderr == ""
