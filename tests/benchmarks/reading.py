"""How fast pages are read and described, beside trafilatura and newspaper4k; start-up, and what the gazetteer takes.

All on the development pages, whose portals are known, unknown, or read by form alone; CPU time of one core.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.authorities import Authorities
from archive.records import LOCAL_ZONE, ArticlePage, PortalIdentity
from crawler.describe import describe
from crawler.evaluate.gold import GoldFile
from crawler.extract import extract
from spiders.portal import Portal
from spiders.profile import Profile
from spiders.registry import Registry, load_registry
from tests.scoreboard.measured import PEERS, measure_peer

_GOLD = Path(__file__).parents[1] / "data" / "pages" / "gold.json"
_FETCHED_AT = datetime(2026, 11, 22, 12, tzinfo=LOCAL_ZONE)


@dataclass(frozen=True, kw_only=True)
class _Page:
    """A page of the gold set with who published it."""

    page: ArticlePage
    family: str
    home: PortalIdentity


def bench_reading() -> None:
    """Print every figure of reading."""
    import trafilatura

    registry, authorities, pages = load_registry(), Authorities.load(), _pages()
    known = [(one.page, _portal_of(one.family, registry)) for one in pages if one.family != "none"]
    size = sum(len(one.page.body) for one in pages) // len(pages) // 1000
    peer = per_cpu_second(
        lambda: [trafilatura.bare_extraction(p.page.body, with_metadata=True) for p in pages], len(pages)
    )
    newspaper = measure_peer(next(p for p in PEERS if p.name == "newspaper4k"), GoldFile.load(_GOLD)).pages_per_second
    print(f"extraction, pages of {size} kB a CPU second")
    for name, rate in {
        "portal known": per_cpu_second(lambda: [extract(page, portal, registry) for page, portal in known], len(known)),
        "family recognised": per_cpu_second(lambda: [extract(page, None, registry) for page, _ in known], len(known)),
        "by form alone": per_cpu_second(
            lambda: [extract(p.page, None, registry, use_families=False) for p in pages], len(pages)
        ),
    }.items():
        print(f"  {name:<24} {rate:6.0f}   {rate / peer:4.1f} × trafilatura, {rate / newspaper:4.1f} × newspaper4k")
    print(f"  {'trafilatura':<24} {peer:6.0f}\n  {'newspaper4k':<24} {newspaper:6.0f}")
    _bench_description(pages, registry, authorities)
    _bench_process()


def _bench_description(pages: list[_Page], registry: Registry, authorities: Authorities) -> None:
    texts = [(extract(one.page, None, registry), one.home) for one in pages]
    texts = [(text, home) for text, home in texts if text.is_article]
    rate = per_cpu_second(lambda: [describe(text, home, authorities) for text, home in texts], len(texts))
    words = sum(len(text.body.split()) for text, _ in texts) // len(texts)
    print(f"description                {rate:6.0f} articles of {words} words a CPU second")


def _bench_process() -> None:
    """Start-up of the command that reads one page, and the gazetteer's share of a process."""
    page = min(_GOLD.parent.glob("d*.html"), key=lambda path: path.stat().st_size)
    command = [sys.executable, "-m", "archive.command", "describe", str(page), "--url", "https://x.test/a-1.html"]
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ) | {"DANVAN_HOME": folder}
        times = [_seconds(command, environment) for _ in range(5)]
    cpu, wall = min(cpu for cpu, _ in times), min(wall for _, wall in times)
    print(f"danvan describe            {cpu:6.2f} s CPU, {wall:.2f} s to its end on a small page")
    code = (
        "import resource, archive.authorities as a\n"
        "peak = lambda: int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() / 2**20\n"
        "before = peak(); g = a.Gazetteer.load(); list(g.by_name); print(peak() - before)"
    )
    grown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    print(f"gazetteer in memory        {float(grown):6.1f} MiB a process")


def per_cpu_second(action: Callable[[], object], count: int, repeats: int = 5) -> float:
    """How many of `count` a CPU second does: the best of several runs, the first not counted."""
    action()
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return count / best


def _seconds(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def _pages() -> list[_Page]:
    return [
        _Page(
            page=ArticlePage(
                url=entry["url"], body=(_GOLD.parent / entry["file"]).read_bytes(), fetched_at=_FETCHED_AT
            ),
            family=entry["family"],
            home=PortalIdentity(
                key="x",
                name="x",
                kind="x",
                province=entry["portal"]["province_before_2025"],
                district=entry["portal"]["district"],
            ),
        )
        for entry in json.loads(_GOLD.read_text(encoding="utf-8"))
    ]


def _portal_of(family: str, registry: Registry) -> Portal:
    """A profile of nothing but its family."""
    profile = Profile(
        key="x", name="x", kind="x", family=family, hosts=("x",), province="x", status="demo", evidence=""
    )
    return Portal(profile=profile, base=registry.families[family])
