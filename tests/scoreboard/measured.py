"""What one tool made of one gold set, and how it is obtained: ours here, peers in environments of their own."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
from scrapy.http import HtmlResponse

from crawler.evaluate.evaluation import judge, overall
from crawler.evaluate.gold import GoldFile
from crawler.evaluate.prediction import Prediction
from crawler.evaluate.scoring import Score
from tests.conformance.environments import ROOT, environment, run

_RUNNER = Path(__file__).with_name("runner.py")


@dataclass(frozen=True, kw_only=True)
class Peer:
    """An extractor to compare with. It is installed beside ours, so that its licence and needs stay its own."""

    name: str
    version: str
    takes: str
    says_article: bool = False
    reads_dates: bool = True
    needs: tuple[str, ...] = ("lxml_html_clean",)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A tool's score on a gold set and its speed; `described_per_second` with places and officials read as well."""

    tool: str
    score: Score
    pages_per_second: float
    described_per_second: float | None = None
    is_peer: bool = False
    lacks: frozenset[str] = field(default_factory=frozenset)  # measures the tool does not claim to give
    failed: int = 0


def fastest(rounds: Sequence[Measured]) -> Measured:
    """One tool's rounds as one: other work on the machine only ever slows a round down."""
    described = [one.described_per_second for one in rounds if one.described_per_second is not None]
    return replace(
        rounds[0],
        pages_per_second=max(one.pages_per_second for one in rounds),
        described_per_second=max(described, default=None),
    )


def locked(package: str) -> str:
    """A package's version in our lock.

    >>> locked("trafilatura")[:2]
    '2.'
    """
    found = re.search(rf"^{package}==(\S+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, package
    return found[1]


PEERS = (
    Peer(name="trafilatura", version=locked("trafilatura"), takes="bytes", says_article=True),
    Peer(name="newspaper4k", version="0.9.6", takes="text", says_article=True),
    Peer(name="readability-lxml", version="0.9", takes="text", reads_dates=False),
    Peer(name="news-please", version="1.6.16", takes="text"),
)
MENTIONS = frozenset({"locality F1", "official F1"})


def measure_peer(peer: Peer, file: GoldFile) -> Measured:
    """Run a peer over a gold set."""
    programs = environment(f"scoreboard-{peer.name}-{peer.version}", f"{peer.name}=={peer.version}", *peer.needs)
    result = _run(programs / "python", ["-I", _RUNNER, peer.name], file)
    assert result["version"] == peer.version
    score = overall(judge(file, msgspec.convert(result["predictions"], list[Prediction])))
    lacks = MENTIONS | ({"is_article accuracy"} if not peer.says_article else set())
    lacks |= set() if peer.reads_dates else {"published day exact", "dates invented where gold has none"}
    return Measured(
        tool=peer.name,
        score=score,
        pages_per_second=result["pages_per_cpu_second"],
        is_peer=True,
        lacks=frozenset(lacks),
        failed=len(result["failed"]),
    )


def measure_ours(tool: str, file: GoldFile, *, use_families: bool) -> Measured:
    """Run danvan over a gold set in a process of its own, as peers are."""
    kind = "families" if use_families else "form"
    result = _run(Path(sys.executable), ["-m", "tests.scoreboard.ours", kind], file)
    return Measured(
        tool=tool,
        score=overall(judge(file, msgspec.convert(result["predictions"], list[Prediction]))),
        pages_per_second=result["pages_per_cpu_second"],
        described_per_second=result["described_per_cpu_second"],
    )


def _run(python: Path, arguments: list[object], file: GoldFile) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        pages, out = Path(folder) / "pages.json", Path(folder) / "out.json"
        pages.write_text(json.dumps(_pages(file), ensure_ascii=False), encoding="utf-8")
        done = run(python, *arguments, pages, out, cwd=ROOT)
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stderr[-2000:]}")
        return json.loads(out.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _pages(file: GoldFile) -> list[dict[str, Any]]:
    """The pages with what a crawler knows of them; nothing of the gold but who publishes."""
    return [
        {
            "id": page.id,
            "url": page.url,
            "file": str((file.path.parent / page.file).resolve()),
            "text": HtmlResponse(page.url, body=file.page(page).body).text,
            "portal": msgspec.to_builtins(page.portal),
        }
        for page in file.pages
    ]
