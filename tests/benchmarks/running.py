"""Running what is measured: commands with their CPU time and peak memory, and the site they crawl."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAGES = int(os.environ.get("BENCH_PAGES") or 600)
_PROFILE = """
key = "bench"
name = "Bench"
kind = "provincial_newspaper"
family = "bbg"
scheme = "http"
hosts = ["127.0.0.1:{port}"]
province = "Bắc Giang"
status = "demo"
scope = "all"
evidence = "tests/benchmarks/site.py"
[[discover]]
kind = "list"
urls = ["/bg2/xa-hoi"]
next = "?page={{n}}"
max_pages = 1000
[http]
delay_seconds = 0.0
concurrency = 16
"""


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, float, int]:
    """CPU seconds of a command and all its processes, wall seconds, and the largest one's peak MiB."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _peak_of(process.pid))
        time.sleep(0.1)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, peak


def _peak_of(pid: int) -> int:
    """The largest peak of a process and its descendants, in MiB."""
    pids, peaks = [pid], []
    for one in pids:
        try:
            pids += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
            status = Path(f"/proc/{one}/status").read_text()
        except OSError:
            continue
        peaks += [int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    return max(peaks, default=0)


@contextmanager
def site(pages: int) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.site", str(pages)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def environment_for(folder: Path, port: int) -> dict[str, str]:
    profiles = folder / "profiles"
    profiles.mkdir()
    (profiles / "bench.toml").write_text(_PROFILE.format(port=port), encoding="utf-8")
    own = {"DANVAN_HOME": str(folder / "home"), "DANVAN_PROFILES": str(profiles), "DANVAN_ALLOW_PRIVATE_ADDRESSES": "1"}
    return dict(os.environ) | own
