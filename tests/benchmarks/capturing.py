"""What capture, ledger and frontier add to a bare Scrapy crawl, and how a large frontier answers."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from statistics import median

from archive.frontier import queue
from archive.frontier.records import Task, TaskKind
from archive.repository import Archive
from archive.settings import Home
from tests.benchmarks.running import PAGES, environment_for, measured, site
from tests.benchmarks.site import article

_ROUNDS = 3
FRONTIER = 1_000_000


def bench_capturing() -> None:
    """Both crawls on the same site, the better of three rounds each; then the levels of gzip."""
    bare, ours, parts = [], [], []
    for _ in range(_ROUNDS):
        with tempfile.TemporaryDirectory() as folder, site(PAGES) as port:
            environment = environment_for(Path(folder), port)
            pages = Path(folder) / "pages"
            pages.mkdir()
            command = [sys.executable, "-m", "tests.benchmarks.bare_spider", str(port), str(pages)]
            bare.append(measured(command, environment)[0])
            assert len(list(pages.iterdir())) == PAGES
            danvan = [sys.executable, "-m", "archive.command", "init"]
            subprocess.run(danvan, env=environment, check=True, stdout=subprocess.DEVNULL)
            report = Path(folder) / "report.json"
            ours.append(measured([sys.executable, "-m", "tests.benchmarks.capture_only", str(report)], environment)[0])
            parts.append(json.loads(report.read_text()))
    best = parts[ours.index(min(ours))]
    added = min(ours) / min(bare) - 1
    print(f"capture and frontier on {PAGES} pages, CPU a page, the better of {_ROUNDS}:")
    print(f"  bare Scrapy, HTML to files {min(bare) / PAGES * 1000:6.2f} ms")
    print(f"  danvan, nothing read       {min(ours) / PAGES * 1000:6.2f} ms: {added:+.0%}")
    for part, seconds in best.items():
        print(f"    {part:<31}{seconds / PAGES * 1000:6.2f} ms")
    _gzip_levels()


def _gzip_levels() -> None:
    pages = [article(number) for number in range(200)]
    size = sum(map(len, pages))
    told = []
    for level in (1, 3, 6, 9):
        start = time.process_time()
        packed = 0
        for page in pages:
            packer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS + 16)
            packed += len(packer.compress(page) + packer.flush())
        told.append(f"{level}: {(time.process_time() - start) / len(pages) * 1000:.2f} ms, {packed / size:.1%}")
    print(f"  gzip level, CPU a page and size: {'; '.join(told)}")


def bench_frontier() -> None:
    """A frontier of a million addresses: the time of the next request, and the memory of who asks."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(folder=Path(folder), database_url=f"sqlite:///{folder}/archive.db")
        archive, _ = Archive.create(home)
        _fill(archive)
        took = []
        start = time.process_time()
        for _ in range(500):
            before = time.perf_counter()
            tasks = archive.frontier.take("bench", "all", 1, 16)
            took.append((time.perf_counter() - before) / len(tasks))
        cpu = (time.process_time() - start) / (500 * 16)
        archive.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"frontier of {FRONTIER:,}: next request {median(took) * 1000:.3f} ms (99th of 100 "
        f"{sorted(took)[-6] * 1000:.3f}), {cpu * 1000:.3f} ms CPU, peak {peak} MiB"
    )


def _fill(archive: Archive) -> None:
    from datetime import UTC, datetime

    from archive import database

    for first in range(0, FRONTIER, 10_000):
        tasks = [
            Task(key=f"https://bench.test/tin/{n}.html", url=f"https://bench.test/tin/{n}.html", kind=TaskKind.ARTICLE)
            for n in range(first, first + 10_000)
        ]
        with database.writing(archive._engine) as connection:
            queue.add(connection, "bench", "all", tasks, datetime.now(UTC))


if __name__ == "__main__":
    bench_frontier()
