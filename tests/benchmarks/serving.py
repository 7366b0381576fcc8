"""Result pages under readers: how long a page takes when twenty people read, and when articles are added meanwhile.

.venv/bin/python -m tests.benchmarks.serving [--sizes 20000 100000] [--corpus FILE.jsonl] [--processes 2] [--print]

Writes the table of search/README.md. Counted from when the server has answered every question a few times; what its first
reader waits for is given beside.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from archive.errors import ArchiveLockedError
from archive.repository import Archive
from archive.settings import Home
from search.indexer import Indexer
from tests.archive import build
from tests.benchmarks.archive_of import fill, records
from tests.benchmarks.searching.__main__ import README, generated, machine
from tests.benchmarks.searching.table import table
from tests.marked import write

ADDED = 100
_HEAD = ("articles", "pages", "p50", "p95", "worst", "failed", "first page after start", "processes")
# What readers ask for: result pages of common and rare words, phrases, filters, sorted and narrowed, in both modes of tones.
QUESTIONS = (
    {"q": "dân"}, {"q": '"dân vận khéo"'}, {"q": "dan van"}, {"q": '"nong thon moi"'}, {"q": "hiến đất làm đường"},
    {"q": "công tác", "sort": "newest"}, {"q": '"quy chế dân chủ"', "from": "2022", "to": "2024"}, {},
    {"q": "UBND huyện"}, {"q": '"hệ thống chính trị"', "sort": "oldest"}, {"q": "phong trào NOT hội"},
    {"q": "xã", "locality": "tỉnh Thái Nguyên"}, {"q": "đồng bào", "page": "3"}, {"official": "Nguyễn"},
)  # fmt: skip


@dataclass
class Measured:
    """Milliseconds of every page, and what was not a page."""

    waited: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        ordered = sorted(self.waited)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    options = _options()
    rows = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="danvan-bench-") as folder:
            rows += _measured(options.corpus or generated(Path(folder), size), size, Path(folder) / "home", options)
    block = f"{table(_HEAD, rows)}\n\n{options.readers} readers who each ask every {options.every:g} s; {machine()}"
    print(block)
    if options.corpus is None and not options.print:
        write(README, "serving", block)


def bench_serving() -> None:
    """The part of `make bench`: prints, and leaves the document alone."""
    subprocess.run([sys.executable, "-m", "tests.benchmarks.serving", "--print"], check=True)


def _measured(corpus: Path, size: int, folder: Path, options: argparse.Namespace) -> list[list[str]]:
    """The rows of one archive: while nobody writes, and while articles are added."""
    home = build.new_home(folder)
    archive, _ = Archive.create(home)
    count = fill(archive, islice(records(corpus), size))
    Indexer(archive).update()
    added = list(islice(records(corpus), ADDED))
    with served(home, options.processes) as (port, process):
        first = _warm(port)
        calm = _row(f"{count:,}", first, ask(port, options), process.pid)
        writer = threading.Thread(target=_add, args=(archive, added, count))
        writer.start()
        busy = _row(f"{count:,}, while {ADDED} are added", None, ask(port, options), process.pid)
        writer.join()
    archive.close()
    return [calm, busy]


def ask(port: int, options: argparse.Namespace) -> Measured:
    """Twenty readers, each asking for a page every few seconds, none waiting for another."""
    found, until = Measured(), time.monotonic() + options.seconds
    readers = [
        threading.Thread(target=_read, args=(port, number, options, until, found)) for number in range(options.readers)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return found


def _read(port: int, number: int, options: argparse.Namespace, until: float, found: Measured) -> None:
    choose = random.Random(number)
    due = time.monotonic() + choose.random() * options.every
    while due < until:
        time.sleep(max(0, due - time.monotonic()))
        question = urlencode(choose.choice(QUESTIONS))
        begun = time.perf_counter()
        status = _page(port, f"/?{question}")
        found.waited.append((time.perf_counter() - begun) * 1000)
        if status != 200:
            found.failed.append(f"{status} {question}")
        due += options.every


def _warm(port: int) -> float:
    """Every question asked until each process of the server has its files and names; seconds to the first page."""
    begun = time.perf_counter()
    _page(port, "/")
    first = time.perf_counter() - begun
    for question in QUESTIONS * 3:
        _page(port, f"/?{urlencode(question)}")
    return first


def _page(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _add(archive: Archive, added: list[dict[str, object]], first: int) -> None:
    fill(archive, added, first)
    with suppress(ArchiveLockedError):  # a page that is being asked for reads the changes already
        Indexer(archive).update()


@contextmanager
def served(home: Home, processes: int | None = None) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """`danvan serve` on a port of its own."""
    environment = os.environ | {"DANVAN_HOME": str(home.folder), "DANVAN_DATABASE_URL": ""}
    command = [sys.executable, "-m", "archive.command", "serve", "--port", "0"]
    command += ["--processes", str(processes)] if processes else []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline().split("/")[2].rpartition(":")[2])
            yield port, process
        finally:
            process.terminate()


def _row(what: str, first: float | None, found: Measured, pid: int) -> list[str]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    # The smallest is no server but multiprocessing's resource tracker.
    memory = sorted(map(_memory, children), reverse=True)[:-1] or [_memory(str(pid))]
    times = [f"{found.percentile(share):.0f} ms" for share in (0.5, 0.95, 1)]
    failed = f"{len(found.failed)} {found.failed[0]}" if found.failed else "0"
    begun = "–" if first is None else f"{first:.1f} s"
    return [what, str(len(found.waited)), *times, failed, begun, f"{len(memory)} of {memory[0]} MiB"]


def _memory(pid: str) -> int:
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) // 1024


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000], help="how many articles, each in turn")
    parser.add_argument("--corpus", type=Path, help="a JSON Lines file to take the articles from")
    parser.add_argument("--print", action="store_true", help="leave the document alone")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--every", type=float, default=4.0)
    parser.add_argument("--processes", type=int, help="of the server; as a rule one a core")
    parser.add_argument("--seconds", type=float, default=60.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
