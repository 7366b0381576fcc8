"""What was measured, as tables for search/README.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks.searching.questions import KINDS

NAMES = {
    "whoosh": "**danvan, Whoosh**",
    "tantivy": "danvan, tantivy",
    "naive": "stock Whoosh, as its manual begins",
    "stock": "stock Whoosh, danvan's fields",
    "fts5": "SQLite FTS5",
}
Measured = Mapping[str, Mapping[str, Any]]


def markdown(title: str, count: int, built: Measured, asked: Measured) -> str:
    """Two tables: what building took, and how long each kind of question."""
    names = [name for name in NAMES if name in asked]
    naive = _rate(count, built["naive"]) if "naive" in built else None
    build = [_build_row(name, count, built[name], asked[name], naive) for name in names if name in built]
    head = (
        "engine", "articles a CPU second", "× stock", "bytes an article: index", "arrays", "peak of the build",
        "100 more, visible after", "open, first answer", "memory while asked",
    )  # fmt: skip
    questions = [[NAMES[name], *(_pair(asked[name]["kinds"][kind]) for kind in KINDS)] for name in names]
    return "\n\n".join((f"**{title}**", table(head, build), table(("p50 / p95, ms", *KINDS), questions)))


def _build_row(
    name: str, count: int, built: Mapping[str, Any], asked: Mapping[str, Any], naive: float | None
) -> list[str]:
    rate = _rate(count, built)
    return [
        NAMES[name],
        f"{rate:,.0f}",
        f"{rate / naive:.1f}" if naive else "–",
        f"{built['files']:,.0f}",
        f"{built['arrays']:,.0f}" if built["arrays"] else "–",
        f"{built['peak']:,.0f} MiB",
        f"{built['added']:.2f} s",
        f"{asked['opened'] * 1000:.0f} ms",
        f"{asked['resident']:,.0f} MiB",
    ]


def _rate(count: int, built: Mapping[str, Any]) -> float:
    return count / float(built["cpu"])


def _pair(times: Sequence[float]) -> str:
    return " / ".join(
        f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:,.0f}" for value in times
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows below a head, in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
