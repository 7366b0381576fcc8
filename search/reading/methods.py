"""The methods note of a result: what was asked, of what, by which rules, and what is missing; to paste into a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.coverage.records import PortalCoverage
from search.engines.base import FacetValue

# More gaps than a reader weighs one by one; the coverage page has all of them.
_MOST_GAPS = 20


@dataclass(frozen=True, kw_only=True)
class Methods:
    """What a note says; `understood` is the query in lines, as the search understood it."""

    at: datetime  # UTC
    archive: str
    version: str  # of danvan
    rules: tuple[tuple[str, str], ...]  # what has versions of its own: analyzer, gazetteer, topic
    address: str  # the permanent address of the question, as a query string
    query: str
    understood: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]
    total: int
    articles: int  # in the whole archive
    undated: int
    first_day: str | None
    last_day: str | None
    portals: tuple[FacetValue, ...]
    years: tuple[FacetValue, ...]
    behind: int  # changes of the archive that the index had not read
    coverage: Sequence[PortalCoverage] = ()


def methods_text(note: Methods) -> str:
    """The note as plain text, one statement a line."""
    return "\n".join([*_question(note), "", *_found(note), "", *_rules(note), "", *_missing(note)]) + "\n"


def _question(note: Methods) -> list[str]:
    lines = [
        f"Search of the archive “{note.archive}” on {note.at:%Y-%m-%d %H:%M} UTC with danvan {note.version}.",
        f"Query as typed: {note.query or '(none: every article)'}",
    ]
    lines += [f"Understood: {line}" for line in note.understood]
    lines += [f"Filter: {name} = {value}" for name, value in note.filters]
    return [*lines, f"To repeat it: {note.address or '/'}"]


def _found(note: Methods) -> list[str]:
    share = f" ({100 * note.total / note.articles:.1f} %)" if note.articles else ""
    days = f", published {note.first_day} to {note.last_day}" if note.first_day else ""
    lines = [f"Found: {note.total:,} of {note.articles:,} articles{share}{days}; {note.undated:,} without a date."]
    if note.portals:
        lines.append("By portal: " + "; ".join(f"{one.label or one.value} {one.count:,}" for one in note.portals) + ".")
    if note.years:
        years = sorted(note.years, key=lambda one: one.value)
        lines.append("By year: " + "; ".join(f"{one.value} {one.count:,}" for one in years) + ".")
    if note.behind:
        lines.append(f"The index had not read the archive's last {note.behind:,} changes.")
    return lines


def _rules(note: Methods) -> list[str]:
    return ["Rules: " + "; ".join(f"{name} {version}" for name, version in note.rules) + "."]


def _missing(note: Methods) -> list[str]:
    if not note.coverage:
        return ["Coverage: no portal of the result has recorded crawls."]
    lines = ["Coverage of the portals in the result:"]
    gaps = 0
    for one in note.coverage:
        lines.append(f"- {_portal(one)}")
        for gap in dict.fromkeys(gap for month in one.months for gap in month.gaps):
            gaps += 1
            if gaps <= _MOST_GAPS:
                lines.append(f"  - {gap.words}")
    if gaps > _MOST_GAPS:
        lines.append(f"  - and {gaps - _MOST_GAPS} more gaps: danvan coverage")
    return lines


def _portal(one: PortalCoverage) -> str:
    missing = sum(month.listed.missing for month in one.months)
    shown = sum(month.listed.addresses for month in one.months)
    if one.first_crawl is None or one.last_crawl is None:
        return f"{one.name} ({one.portal}): never crawled well here; its articles were imported"
    days = f"{one.first_crawl:%Y-%m-%d} to {one.last_crawl:%Y-%m-%d}"
    return (
        f"{one.name} ({one.portal}): crawled {days}; of {shown:,} addresses its lists showed, {missing:,} are missing"
    )
