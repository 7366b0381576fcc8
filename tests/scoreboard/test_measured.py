"""One peer, and danvan, from end to end on a handful of pages."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from crawler.evaluate.gold import GoldFile
from tests.conformance.environments import ROOT
from tests.scoreboard.measured import PEERS, Measured, measure_ours, measure_peer
from tests.scoreboard.runner import attempt, pages_per_cpu_second
from tests.scoreboard.table import markdown


@pytest.fixture
def handful() -> GoldFile:
    file = GoldFile.load(ROOT / "tests/data/pages/gold.json")
    return msgspec.structs.replace(file, pages=[page for page in file.pages if page.id in ("d01", "d04", "d27", "d33")])


@pytest.mark.conformance
def test_peer_is_measured_on_the_same_pages(handful: GoldFile) -> None:
    (peer,) = [peer for peer in PEERS if peer.name == "readability-lxml"]
    found = measure_peer(peer, handful)
    assert found.score.counts["pages"] == 4
    assert found.score.counts["predictions matched"] + found.failed == 4
    assert (found.score.share("body F1").value or 0) > 0.5
    assert found.pages_per_second > 1
    assert "| readability-lxml |" in markdown("A handful", [found])


def test_ours_is_measured_as_danvan_evaluate_scores_it(handful: GoldFile) -> None:
    found: Measured = measure_ours("danvan", handful, use_families=True)
    assert found.score.counts["predictions matched"] == 4
    assert found.score.share("title exact").hits == 3
    assert found.described_per_second is not None
    assert found.described_per_second < found.pages_per_second


def test_page_on_which_a_tool_raises_stops_nothing() -> None:
    def read(page: dict[str, str]) -> dict[str, str]:
        raise ValueError(page["id"])

    assert attempt(read, {"id": "d01"}) is None
    assert pages_per_cpu_second(read, [{"id": "d01"}]) > 0


def test_runner_needs_nothing_but_the_standard_library() -> None:
    lines = Path(__file__).with_name("runner.py").read_text(encoding="utf-8").splitlines()
    imports = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imports <= {
        "__future__",
        "importlib",
        "json",
        "logging",
        "socket",
        "sys",
        "time",
        "warnings",
        "collections",
        "pathlib",
        "typing",
    }
