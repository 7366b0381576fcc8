"""Engines side by side on the same articles; writes the tables of search/README.md.

.venv/bin/python -m tests.benchmarks.searching [--sizes 20000 100000] [--corpus FILE.jsonl] [--only whoosh fts5] [--print]

Stock Whoosh is built up to 20,000 articles only (beyond, it takes a quarter of an hour); at larger sizes it is asked on the
index that danvan wrote, which is a stock index.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus import articles
from tests.benchmarks.searching.table import NAMES, markdown
from tests.marked import write

README = Path(__file__).parents[3] / "search" / "README.md"
_STOCK_UP_TO = 20_000
_HOW = "One core an engine; wall time of questions, CPU time of builds."


def main() -> None:
    options = _options()
    blocks = []
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as folder:
        for size in options.sizes:
            corpus = options.corpus or generated(Path(folder), size)
            blocks.append(_measured(corpus, size, Path(folder) / str(size), options.only))
            print(blocks[-1], flush=True)
    if options.corpus is None and not options.print:
        write(README, "searching", "\n\n".join([*blocks, f"{_HOW} {machine()}"]))


def bench_searching() -> None:
    """The part of `make bench`: prints, and leaves the document alone."""
    subprocess.run([sys.executable, "-m", "tests.benchmarks.searching", "--print"], check=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000], help="how many articles, each in turn")
    parser.add_argument("--corpus", type=Path, help="a JSON Lines file to take the articles from")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES), help="engines")
    parser.add_argument("--print", action="store_true", help="leave the document alone")
    return parser.parse_args()


def generated(folder: Path, count: int) -> Path:
    """The project's own corpus as a file."""
    path = folder / f"{count}.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for one in articles(count):
            stream.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    return path


def _measured(corpus: Path, count: int, folder: Path, only: list[str]) -> str:
    folder.mkdir()
    built: dict[str, Any] = {}
    asked: dict[str, Any] = {}
    for name in only:
        where = folder / name
        if name in ("naive", "stock") and count > _STOCK_UP_TO:
            if name == "naive" or "whoosh" not in built:
                continue
            where = folder / "whoosh"
        else:
            built[name] = _run("build", name, corpus, count, where)
        asked[name] = _run("ask", name, corpus, count, where)
    _compare({name: one["totals"] for name, one in asked.items()})
    source = "the generated corpus" if corpus.parent.name.startswith("danvan-bench-") else corpus.name
    return markdown(f"{count:,} articles of {source} (sha256 {_digest(corpus)})", count, built, asked)


def _run(action: str, name: str, corpus: Path, count: int, folder: Path) -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.searching.one",
        action,
        name,
        str(corpus),
        str(count),
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{action} {name}: {done.stderr[-2000:]}")
    print(f"{action} {name} {count}: done", file=sys.stderr, flush=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _compare(totals: dict[str, list[int]]) -> None:
    """danvan's engines and Whoosh on its index must count the same; the peers cut texts into words a little otherwise."""
    same = [totals[name] for name in ("whoosh", "tantivy", "stock") if name in totals]
    if any(one != same[0] for one in same):
        raise SystemExit(f"the engines count differently: {totals}")


def _digest(corpus: Path) -> str:
    with corpus.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:12]


def machine() -> str:
    """What it was measured on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    packages = ", ".join(f"{name} {version(name)}" for name in ("whoosh3", "tantivy", "numpy"))
    return (
        f"{processor or platform.machine()}, {os.cpu_count()} cores, average load at the end {os.getloadavg()[1]:.1f}; Python "
        f"{platform.python_version()}, {packages}."
    )


if __name__ == "__main__":
    main()
