"""A crawl that captures and enters every page and reads none: what evidence and the frontier cost by themselves.

python -m tests.benchmarks.capture_only REPORT.json   with the environment of a crawl; prints nothing
"""

from __future__ import annotations

import functools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.frontier.register import FrontierRegister
from archive.ledger import Verdict
from archive.repository import Archive
from archive.settings import current_home
from archive.warc import WarcFile
from crawler.crawl import run_jobs
from crawler.pipelines import ArchivePipeline
from crawler.team import CrawlJob
from spiders.portal_spider import FetchedPage
from spiders.registry import load_registry

SPENT = Counter[str]()
_PARTS: dict[str, tuple[tuple[type, str], ...]] = {
    "WARC and digests": ((WarcFile, "write"),),
    "look-up and commit of captures": ((Archive, "enter"), (Archive, "known_page"), (Archive, "first_with_digest")),
    "frontier": ((FrontierRegister, "take"), (FrontierRegister, "record_list"), (FrontierRegister, "begin")),
}


class EnterOnly(ArchivePipeline):
    """Enters a page without reading it."""

    async def _archive(self, item: FetchedPage) -> None:
        self._session.archive.enter(self._entry(item), Verdict(kind="article"))


def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that adds the CPU time of its thread to a part; what it calls of another part is taken off there."""

    @functools.wraps(function)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        before, inner = time.thread_time(), SPENT.total()
        try:
            return function(*arguments, **named)
        finally:
            SPENT[part] += time.thread_time() - before - (SPENT.total() - inner)  # type: ignore[assignment]

    return wrapped


def main() -> None:
    for part, methods in _PARTS.items():
        for owner, name in methods:
            setattr(owner, name, timed(part, getattr(owner, name)))
    overrides = {"ITEM_PIPELINES": {"tests.benchmarks.capture_only.EnterOnly": 300}, "DANVAN_WORKERS": 0}
    jobs = [CrawlJob(portal=load_registry().portal("bench"))]
    run_jobs(jobs, current_home(), overrides)
    Path(sys.argv[1]).write_text(json.dumps(SPENT))


if __name__ == "__main__":
    from tests.benchmarks import capture_only  # the pipeline imports this module by its name: one count for both

    capture_only.main()
