"""Runs every benchmark and prints what was measured, as CPU time: these figures go into documents, never into tests.

make bench                     600 crawled pages
BENCH_PAGES=10000 make bench   the long run, for the flatness of memory
BENCH_RECORDS=10000,100000 .venv/bin/python -m tests.benchmarks import   one part, here the long run of the import
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.capturing import bench_capturing
from tests.benchmarks.importing import bench_import
from tests.benchmarks.reading import bench_reading
from tests.benchmarks.running import PAGES, environment_for, measured, site
from tests.benchmarks.searching.__main__ import bench_searching
from tests.benchmarks.serving import bench_serving


def main() -> None:
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    parts = {
        "reading": bench_reading,
        "searching": bench_searching,
        "serving": bench_serving,
        "capturing": bench_capturing,
        "frontier": _bench_frontier,
        "import": bench_import,
        "crawl": bench_crawl,
    }
    for name in sys.argv[1:] or parts:
        parts[name]()


def _bench_frontier() -> None:
    """In a process of its own: the peak is of the frontier alone."""
    subprocess.run([sys.executable, "-m", "tests.benchmarks.capturing"], check=True)


def bench_crawl() -> None:
    """The whole crawl beside the bare Scrapy + trafilatura spider, one after the other on the same site."""
    with tempfile.TemporaryDirectory() as folder, site(PAGES) as port:
        environment = environment_for(Path(folder), port)
        danvan = [sys.executable, "-m", "archive.command"]
        subprocess.run([*danvan, "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
        ours, wall, peak = measured([*danvan, "crawl", "bench", "--keep", "all"], environment)
        stats = json.loads(
            subprocess.run([*danvan, "stats", "--json"], env=environment, check=True, capture_output=True).stdout
        )
        index, _, _ = measured([*danvan, "index", "update"], environment)
        peer, peer_wall, peer_peak = measured(
            [sys.executable, "-m", "tests.benchmarks.peer_spider", str(port), f"{folder}/peer.jsonl"], environment
        )
        kept = len(Path(folder, "peer.jsonl").read_text().splitlines())
    print(f"crawl of {PAGES} pages: danvan archived {stats['articles']}, the peer wrote {kept}")
    print(
        f"  danvan, WARC and archive {ours / PAGES * 1000:6.2f} ms CPU a page, "
        f"{PAGES / wall:.0f} pages/s, peak {peak} MiB"
    )
    print(
        f"  Scrapy + trafilatura     {peer / PAGES * 1000:6.2f} ms CPU a page, "
        f"{PAGES / peer_wall:.0f} pages/s, peak {peer_peak} MiB"
    )
    print(
        f"  ratio                    {ours / peer:6.2f}; index update apart: {index / PAGES * 1000:.2f} ms an article"
    )


if __name__ == "__main__":
    main()
