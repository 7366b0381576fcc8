"""`danvan serve` as an administrator runs it: in several processes, ended by a key or a signal."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.end_to_end.running import Danvan


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().split()[0]


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize(("processes", "ending"), [("1", signal.SIGINT), ("2", signal.SIGINT), ("2", signal.SIGTERM)])
def test_pages_are_served_at_once_and_until_it_is_ended(
    crawled: Danvan, processes: str, ending: signal.Signals
) -> None:
    process = crawled.start("serve", "--port", "0", "--processes", processes)
    address = address_of(process)
    with urllib.request.urlopen(f"{address}?q=d%C3%A2n+v%E1%BA%ADn", timeout=60) as page:
        assert "<mark>" in page.read().decode()
    started = children(process.pid)
    process.send_signal(ending)
    _, said = process.communicate(timeout=60)
    assert said == ""
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in started) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=5)


def test_a_process_that_dies_is_replaced(crawled: Danvan) -> None:
    process = crawled.start("serve", "--port", "0", "--processes", "2")
    address = address_of(process)
    urllib.request.urlopen(address, timeout=60).close()
    for pid in children(process.pid):
        os.kill(pid, signal.SIGKILL)
    with urllib.request.urlopen(f"{address}help", timeout=60) as page:
        assert page.status == 200
    process.terminate()
    process.communicate(timeout=60)


def test_a_port_that_is_taken_is_said_in_one_line(crawled: Danvan) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = crawled.run("serve", "--port", str(taken.getsockname()[1]), code=3)
    assert done.stderr.count("\n") == 1
    assert "cannot be used (Address already in use); use --port" in done.stderr


def test_serving_without_an_archive_says_how_to_make_one(danvan: Danvan, tmp_path: Path) -> None:
    done = danvan.run("serve", "--port", "0", code=None, DANVAN_HOME=str(tmp_path / "nothing"))
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert "danvan init" in done.stderr
    assert done.stdout == ""
