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
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from crawler.demo.articles import articles_of
from crawler.demo.portals import PORTALS
from search.documents import IndexDocument
from search.engines.whoosh.engine import WhooshEngine
from tests.benchmarks.capturing import bench_capturing
from tests.benchmarks.importing import bench_import
from tests.benchmarks.reading import bench_reading
from tests.benchmarks.running import PAGES, environment_for, measured, site


def main() -> None:
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    parts = {
        "reading": bench_reading,
        "index": bench_index,
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


def bench_index() -> None:
    """Articles of about 540 syllables, recombined from the demo's paragraphs."""
    count = 2000
    documents = list(_documents(count))
    words = sum(len(document.body.split()) for document in documents) // count
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine.create(Path(folder) / "index")
        start = time.process_time()
        for first in range(0, count, 500):
            engine.write(documents[first : first + 500], (), f"0-{first + 500}")
        seconds = time.process_time() - start
        size = sum(path.stat().st_size for path in (Path(folder) / "index").iterdir())
        engine.close()
    print(
        f"index build                {count / seconds:6.0f} articles of {words} syllables a CPU second, "
        f"{size // count} B each"
    )


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


def _documents(count: int) -> Iterator[IndexDocument]:
    paragraphs = [p for portal in PORTALS for a in articles_of(portal.key) for p in a.paragraphs]
    for number in range(count):
        chosen = [paragraphs[(number * 13 + k * (number % 17 + 1)) % len(paragraphs)] for k in range(15)]
        yield IndexDocument(
            article_id=number + 1, title=chosen[0][:60], body="\n\n".join(chosen), portal=f"p{number % 7}",
            published=date(2015 + number % 11, 1 + number % 12, 1), is_dan_van=True,
            places=("định_hóa", "~dinh_hoa", f"xã_{number % 90}"), units=(f"c{number % 90}",),
            provinces=("Thái Nguyên",), officials=(f"Hoàng Văn {number % 200}",),
        )  # fmt: skip


if __name__ == "__main__":
    main()
