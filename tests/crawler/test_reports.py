"""The verdict of a run."""

from __future__ import annotations

import pytest

from crawler.reports import judge

REFUSED = "http://mau.test/tin-dan-van/: Connection was refused by other side"


@pytest.mark.parametrize(
    ("links", "lists_read", "problems", "verdict"),
    [
        (12, 3, [], "ok"),
        (12, 2, [REFUSED], "ok"),
        (0, 0, [], "failed"),
        (4, 0, [REFUSED], "failed"),
        (4, 0, [], "ok"),
    ],
    ids=["all lists", "some lists", "none", "none, but articles left by a run before", "the end of a resumed crawl"],
)
def test_run_that_could_read_no_list_has_failed(links: int, lists_read: int, problems: list[str], verdict: str) -> None:
    counts = {"links": links, "fetched": 0}
    assert judge(counts, {}, problems, "finished", lists_read=lists_read)[0] == verdict
