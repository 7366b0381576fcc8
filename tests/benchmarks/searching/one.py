"""One engine in a process of its own: builds or asks, and prints what that took as JSON.

python -m tests.benchmarks.searching.one build|ask ENGINE CORPUS ARTICLES FOLDER
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import numpy as np

from search.documents import IndexDocument
from search.engines.tantivy.engine import TantivyEngine
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.executor import words_of
from search.highlight import snippet
from tests.benchmarks.searching.ours import Ours, Stock, request
from tests.benchmarks.searching.peers import Fts5, Naive
from tests.benchmarks.searching.questions import Asked, Texts, documents, questions

ADDED, REPEATS = 100, 3
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Contender(Protocol):
    """What an engine can be made to do."""

    def build(self, documents: Iterable[IndexDocument]) -> None:
        """A new index."""

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """More articles, and see them."""

    def open(self) -> None:
        """An index that is there."""

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        """How many articles answer, and the first twenty."""


ENGINES: dict[str, Callable[[Path], Contender]] = {
    "whoosh": lambda folder: Ours(WhooshEngine, folder),
    "tantivy": lambda folder: Ours(TantivyEngine, folder),
    "stock": Stock,
    "naive": Naive,
    "fts5": Fts5,
}


def main() -> None:
    """One core, so that every engine has the same."""
    action, name, corpus, count, folder = sys.argv[1:]
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    run = _build if action == "build" else _ask
    print(json.dumps(run(ENGINES[name](Path(folder)), Path(corpus), int(count), Path(folder))))


def _build(engine: Contender, corpus: Path, count: int, folder: Path) -> dict[str, object]:
    new = list(documents(corpus, count + 1 - ADDED, ADDED))
    before, start, wall = _resident(), time.process_time(), time.perf_counter()
    engine.build(documents(corpus, 1, count - ADDED))
    cpu, wall = time.process_time() - start - _reading(corpus, count - ADDED), time.perf_counter() - wall
    peak = _peak() - before
    begin = time.perf_counter()
    engine.add(new)
    added = time.perf_counter() - begin
    files = [(path.suffix, path.stat().st_size) for path in folder.iterdir() if path.is_file()]
    return {
        "cpu": cpu, "wall": wall, "peak": peak, "added": added,
        "arrays": sum(size for suffix, size in files if suffix == ".arrays") / count,
        "files": sum(size for suffix, size in files if suffix != ".arrays") / count,
    }  # fmt: skip


def _ask(engine: Contender, corpus: Path, count: int, folder: Path) -> dict[str, object]:
    asked = questions(corpus, count)
    texts = Texts(corpus)
    before, begin = _resident(), time.perf_counter()
    engine.open()
    engine.ask(asked[0])
    opened = time.perf_counter() - begin
    times: dict[str, list[float]] = {}
    totals: list[int] = []
    for _ in range(REPEATS):
        totals = []
        for one in asked:
            begin = time.perf_counter()
            total, ids = engine.ask(one)
            taken = time.perf_counter() - begin
            if one.kind == "highlights":
                taken += _highlight(one, [texts.body(id_) for id_ in ids])
            times.setdefault(one.kind, []).append(taken * 1000)
            totals.append(total)
    found = {kind: [float(np.percentile(values, share)) for share in (50, 95)] for kind, values in times.items()}
    return {"opened": opened, "resident": _resident() - before, "kinds": found, "totals": totals}


def _highlight(asked: Asked, texts: list[str]) -> float:
    """As a page of results does, with danvan's highlighter whatever the engine; how long it took."""
    begin = time.perf_counter()
    marks = tuple(words_of(request(asked).query))
    for text in texts:
        snippet(text, marks)
    return time.perf_counter() - begin


def _reading(corpus: Path, count: int) -> float:
    """What reading the corpus takes, which is not the engine's."""
    start = time.process_time()
    for _ in documents(corpus, 1, count):
        pass
    return time.process_time() - start


def _resident() -> float:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # else what reading the corpus took is lent to the engine
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 2**20


def _peak() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
