"""The scoreboard's table: cells, bold, where a peer is ahead, and the place in README.md it is written to."""

from __future__ import annotations

from collections import Counter

import pytest

from crawler.evaluate.scoring import Score, Share
from tests.conformance.environments import ROOT
from tests.marked import replaced
from tests.scoreboard.__main__ import SETS
from tests.scoreboard.measured import MENTIONS, PEERS, Measured, fastest
from tests.scoreboard.table import COLUMNS, markdown


def measured(tool: str, *, titles: float, dates: int, speed: float, is_peer: bool = False) -> Measured:
    shares = {"title exact": Share(hits=titles, total=10), "body F1": Share(hits=9.5, total=10)}
    shares["locality F1"] = Share(hits=18, total=20)
    counts = Counter({"pages": 12, "articles": 10, "dates invented where gold has none": dates})
    return Measured(
        tool=tool,
        score=Score(shares=shares, counts=counts),
        pages_per_second=speed,
        described_per_second=None if is_peer else speed / 2,
        is_peer=is_peer,
        lacks=MENTIONS if is_peer else frozenset(),
        failed=int(is_peer),
    )


ROWS = [
    measured("danvan", titles=9, dates=1, speed=200),
    measured("form alone", titles=10, dates=1, speed=100),
    measured("peer", titles=8, dates=0, speed=300, is_peer=True),
]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def column(heading: str) -> list[str]:
    lines = [cells(line) for line in markdown("Pages", ROWS).splitlines() if line.startswith("|")]
    place = lines[0].index(heading)
    return [line[place] for line in lines[2:]]


def test_every_column_has_a_cell_for_every_tool() -> None:
    lines = [cells(line) for line in markdown("Pages", ROWS).splitlines() if line.startswith("|")]
    assert {len(line) for line in lines} == {len(COLUMNS) + 3}
    assert [line[0] for line in lines[2:]] == ["danvan", "form alone", "peer"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("title", ["0.90 (9/10)", "**1.00 (10/10)**", "0.80 (8/10)"]),
        ("body F1", ["**0.950**", "**0.950**", "**0.950**"]),
        ("invented dates", ["1", "1", "**0**"]),
        ("places F1", ["**0.900**", "**0.900**", "–"]),
        ("author", ["–", "–", "–"]),
        ("pages per CPU second", ["200", "100", "**300**"]),
        ("with places and officials", ["**100**", "50", "–"]),
    ],
)
def test_cells_say_n_of_n_and_the_best_is_bold(heading: str, expected: list[str]) -> None:
    assert column(heading) == expected


def test_where_a_peer_is_ahead_is_said() -> None:
    said = markdown("Pages", ROWS).splitlines()
    assert said[0] == "**Pages** (12 pages, 10 of them articles)"
    assert "Ahead of danvan here: invented dates (peer); pages per CPU second (peer)." in said
    assert "Ahead of form alone here: invented dates (peer); pages per CPU second (peer)." in said
    assert "Of these pages peer raised an error on 1." in said


def test_no_peer_ahead_is_said_too() -> None:
    assert "No peer is ahead of danvan here." in markdown("Pages", ROWS[:2])


def test_fastest_round_counts() -> None:
    slow = measured("danvan", titles=9, dates=1, speed=50)
    assert fastest([slow, ROWS[0]]).pages_per_second == 200
    assert fastest([slow, ROWS[0]]).described_per_second == 100
    assert fastest([ROWS[2], ROWS[2]]).described_per_second is None


def test_readme_has_the_table_between_its_markers() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.partition("<!-- scoreboard -->")[2].partition("<!-- /scoreboard -->")[0]
    assert replaced(readme, "scoreboard", block) == readme
    assert block.count("| tool | body F1 |") == len(SETS)
    for title in SETS:
        assert f"**{title}**" in block
    for peer in PEERS:
        assert f"| {peer.name} |" in block
        assert f"{peer.name} {peer.version}" in block
    assert "tests/data/README.md" in block


@pytest.mark.parametrize("peer", [peer for peer in PEERS if peer.name != "trafilatura"], ids=lambda peer: peer.name)
def test_peer_is_in_no_lock_of_ours(peer: object) -> None:
    name = getattr(peer, "name", "")
    assert f"\n{name}==" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert name not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
