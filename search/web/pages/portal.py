"""Portals: which there are, and for each what it is, what it published, when it was crawled and who continues it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from archive.coverage.records import PortalCoverage
from archive.health import Health, health
from archive.records import PortalIdentity
from archive.repository import Archive
from search.service import Question
from search.web import charts
from search.web.asked import Kept, Service
from search.web.messages import MESSAGES
from search.web.pages.missing import not_found
from search.web.pages.search import Chart, years_chart
from search.web.rendering import Reader, page, reader_of

router = APIRouter(include_in_schema=False)
PortalKey = Annotated[str, Path(max_length=200, examples=["baothainguyen"])]
_LATEST, _RUNS = 8, 20
# Bars for more months than these would be thinner than a line.
_FEWEST_MONTHS, _MOST_MONTHS = 2, 120


@dataclass(frozen=True, kw_only=True)
class ShownPortal:
    """A portal with its articles, its condition and its relatives."""

    identity: PortalIdentity
    articles: int
    health: Health | None
    successor: PortalIdentity | None = None
    predecessors: tuple[PortalIdentity, ...] = ()

    def kind(self, reader: Reader) -> str:
        """What kind of publisher it is; a kind we have no word for as it is stored."""
        key = f"kind_{self.identity.kind}"
        return reader.t(key) if key in MESSAGES else self.identity.kind

    def condition(self, reader: Reader) -> str:
        """How its latest crawls went."""
        if self.health is None:
            return "–"
        words = reader.t(f"condition_{self.health.condition}")
        return f"{words} {self.health.detail}" if self.health.condition == "moved" else words


@router.get("/portals", response_class=HTMLResponse)
def portals_page(request: Request, archive: Kept) -> HTMLResponse:
    found = shown_portals(archive)
    return page(
        request,
        "portals.html",
        archived=[one for one in found if one.articles],
        others=[one for one in found if not one.articles],
    )


@router.get("/portals/{key}", response_class=HTMLResponse)
def portal_page(request: Request, key: PortalKey, archive: Kept, service: Service) -> HTMLResponse:
    one = next((one for one in shown_portals(archive) if one.identity.key == key), None)
    if one is None:
        return not_found(request)
    reader, question = reader_of(request), Question(portals=(key,), sort="newest", size=_LATEST)
    found = service.search(question)
    coverage = archive.coverage.portals([key], datetime.now(UTC))
    return page(
        request,
        "portal.html",
        one=one,
        question=Question(portals=(key,), sort="newest"),
        found=found,
        years=years_chart(found.facets.get("year", ()), Question(portals=(key,)), reader),
        months=months_chart(coverage[0], reader) if coverage else None,
        runs=archive.runs(key, _RUNS),
    )


def shown_portals(archive: Archive) -> list[ShownPortal]:
    """Every portal the archive knows, those with most articles first."""
    known, counts = archive.portals(), archive.coverage.archived()
    recent = archive.run_history.recent()
    found = [
        ShownPortal(
            identity=portal,
            articles=counts.get(key, 0),
            health=health(recent.get(key, ())),
            successor=known.get(portal.successor or ""),
            predecessors=_predecessors(known, key),
        )
        for key, portal in known.items()
    ]
    return sorted(found, key=lambda one: (-one.articles, one.identity.name))


def months_chart(coverage: PortalCoverage, reader: Reader) -> Chart | None:
    """Archived articles by month, with what is missing in the table; None where there is no curve to see."""
    held = {month.month: month for month in coverage.months}
    months = months_between(min(held, default=""), max(held, default=""))[-_MOST_MONTHS:]
    if len(months) < _FEWEST_MONTHS:
        return None
    archived = [held[month].listed.archived + held[month].unlisted.archived if month in held else 0 for month in months]
    frame = charts.Frame(
        name="months", title=reader.t("by_month"), description=f"{months[0]} – {months[-1]}",
        write=reader.number,
    )  # fmt: skip
    bars = [charts.Bar(label=month, value=count) for month, count in zip(months, archived, strict=True)]
    rows = tuple(
        (
            month,
            reader.to("/coverage", portal=coverage.portal, from_=month, to=month),
            (reader.number(count), reader.number(held[month].listed.missing)),
        )
        for month, count in zip(months, archived, strict=True)
        if month in held
    )
    return Chart(picture=charts.histogram(bars, frame), rows=rows)


def months_between(first: str, last: str) -> list[str]:
    """Every month of a stretch, both ends included.

    >>> months_between("2024-11", "2025-02"), months_between("", "")
    (['2024-11', '2024-12', '2025-01', '2025-02'], [])
    """
    if not first:
        return []
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(start, end + 1)]


def _predecessors(known: Mapping[str, PortalIdentity], key: str) -> tuple[PortalIdentity, ...]:
    return tuple(other for other in known.values() if other.successor == key)
