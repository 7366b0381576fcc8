"""The comparison as a table of README.md: rows of tools, the best of each column in bold, and where a peer is ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.evaluate.scoring import MEANS
from tests.scoreboard.measured import Measured


@dataclass(frozen=True, kw_only=True)
class Column:
    """One measure; counts are better when low."""

    heading: str
    measure: str
    is_count: bool = False


COLUMNS = (
    Column(heading="body F1", measure="body F1"),
    Column(heading="sapo in body", measure="sapo in body"),
    Column(heading="title", measure="title exact"),
    Column(heading="author", measure="author exact"),
    Column(heading="day", measure="published day exact"),
    Column(heading="invented dates", measure="dates invented where gold has none", is_count=True),
    Column(heading="false bylines", measure="bylines that are sites or footers", is_count=True),
    Column(heading="is article", measure="is_article accuracy"),
    Column(heading="places F1", measure="locality F1"),
    Column(heading="officials F1", measure="official F1"),
)
SPEED = "pages per CPU second"
DESCRIBED = "with places and officials"


def markdown(title: str, rows: Sequence[Measured]) -> str:
    """One gold set: its table, and for each row of ours a sentence on what peers do better."""
    count, articles = (rows[0].score.counts[name] for name in ("pages", "articles"))
    headings = ["tool", *(column.heading for column in COLUMNS), SPEED, DESCRIBED]
    lines = [
        f"**{title}** ({count} pages, {articles} of them articles)",
        "",
        _line(headings),
        _line(["---"] * len(headings)),
        *(_line([row.tool, *cells]) for row, cells in zip(rows, _cells(rows), strict=True)),
        "",
        *(_ahead(row, rows) for row in rows if not row.is_peer),
    ]
    if failed := [f"{row.tool} raised an error on {row.failed}" for row in rows if row.failed]:
        lines.append(f"Of these pages {', '.join(failed)}.")
    return "\n".join(lines)


def rank(row: Measured, column: Column) -> float | None:
    """A cell's value, the higher the better; None where the tool does not give this."""
    if column.measure in row.lacks:
        return None
    if column.is_count:
        return -float(row.score.counts[column.measure])
    return row.score.share(column.measure).value


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(rows: Sequence[Measured]) -> list[list[str]]:
    columns = [
        _bold_best([rank(row, column) for row in rows], [_text(row, column) for row in rows]) for column in COLUMNS
    ]
    for speeds in ([row.pages_per_second for row in rows], [row.described_per_second for row in rows]):
        columns.append(_bold_best(speeds, ["–" if speed is None else f"{speed:.0f}" for speed in speeds]))
    return [list(cells) for cells in zip(*columns, strict=True)]


def _bold_best(ranks: Sequence[float | None], texts: Sequence[str]) -> list[str]:
    best = max((one for one in ranks if one is not None), default=None)
    return [f"**{text}**" if one is not None and one == best else text for one, text in zip(ranks, texts, strict=True)]


def _text(row: Measured, column: Column) -> str:
    if column.measure in row.lacks:
        return "–"
    if column.is_count:
        return str(row.score.counts[column.measure])
    share = row.score.share(column.measure)
    if share.value is None:
        return "–"
    if column.measure in MEANS or column.measure.endswith(" F1"):
        return f"{share.value:.3f}"
    return f"{share.value:.2f} ({share.hits:.0f}/{share.total:.0f})"


def _ahead(ours: Measured, rows: Sequence[Measured]) -> str:
    """Where a peer beats a row of ours."""
    peers = [row for row in rows if row.is_peer]
    ranks: dict[str, Callable[[Measured], float | None]] = {
        column.heading: lambda row, column=column: rank(row, column)  # type: ignore[misc]
        for column in COLUMNS
    }
    ranks[SPEED] = lambda row: row.pages_per_second
    ahead = []
    for heading, value_of in ranks.items():
        own = value_of(ours)
        names = [row.tool for row in peers if own is not None and (value := value_of(row)) is not None and value > own]
        if names:
            ahead.append(f"{heading} ({', '.join(names)})")
    return f"Ahead of {ours.tool} here: {'; '.join(ahead)}." if ahead else f"No peer is ahead of {ours.tool} here."
