"""Result pages under readers: how long a page takes when twenty people read, and when articles are added meanwhile.

python -m tests.benchmarks.serving CORPUS.jsonl [--articles 20000] [--readers 20] [--every 4] [--seconds 60] [--processes 2]

Counted from when the server has answered every question a few times; what the first reader waits for is printed.
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

ADDED = 100
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
    with tempfile.TemporaryDirectory() as folder:
        home = build.new_home(folder)
        archive, _ = Archive.create(home)
        corpus = records(options.corpus)
        begun = time.process_time()
        count = fill(archive, islice(corpus, options.articles))
        print(f"{count:,} articles archived, {(time.process_time() - begun) / count * 1000:.1f} ms CPU each")
        Indexer(archive).update()
        added = list(islice(records(options.corpus), ADDED))
        with served(home, options.processes) as (port, process):
            print(f"the first page after {_warm(port):.1f} s")
            _report("nobody writes", ask(port, options), process.pid)
            writer = threading.Thread(target=_add, args=(archive, added, count))
            writer.start()
            _report(f"{ADDED} articles are added", ask(port, options), process.pid)
            writer.join()
        archive.close()


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


def _report(when: str, found: Measured, pid: int) -> None:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    # The smallest is no server but multiprocessing's resource tracker.
    memory = sorted(map(_memory, children), reverse=True)[:-1] or [_memory(str(pid))]
    print(
        f"{when}: {len(found.waited)} pages, p50 {found.percentile(0.5):.0f} ms, p95 {found.percentile(0.95):.0f} ms, "
        f"worst {max(found.waited):.0f} ms, {len(found.failed)} failed{found.failed[:3] or ''}, "
        f"processes of {', '.join(map(str, memory))} MiB"
    )


def _memory(pid: str) -> int:
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) // 1024


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--every", type=float, default=4.0)
    parser.add_argument("--processes", type=int, help="of the server; as a rule one a core")
    parser.add_argument("--seconds", type=float, default=60.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
