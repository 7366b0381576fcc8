"""Running what is measured: commands with their CPU time and peak memory, and the site they crawl."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.measuring import measure

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
    found = measure(command, environment)
    return found.cpu, found.wall, found.peak


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
