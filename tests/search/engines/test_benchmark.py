"""The benchmark of engines runs to its end, and its engines count the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def test_benchmark_builds_asks_and_compares_every_engine_of_ours() -> None:
    engines = ("whoosh", "tantivy", "stock")
    command = [sys.executable, "-m", "tests.benchmarks.searching", "--sizes", "150", "--print", "--only", *engines]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split("|")[1].strip() for line in done.stdout.splitlines() if line.startswith("| ")]
    assert rows.count("**danvan, Whoosh**") == 2  # built, and asked
    assert rows.count("danvan, tantivy") == 2


@pytest.mark.conformance
def test_benchmark_of_pages_reads_and_writes_side_by_side() -> None:
    options = ("--sizes", "60", "--readers", "3", "--every", "0.5", "--seconds", "2", "--processes", "1", "--print")
    command = [sys.executable, "-m", "tests.benchmarks.serving", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    calm, busy = [line.split("|") for line in done.stdout.splitlines() if line.startswith("| 60")]
    assert busy[1].strip() == "60, while 100 are added"
    for row in (calm, busy):
        assert int(row[2]) >= 9
        assert row[6].strip() == "0"
