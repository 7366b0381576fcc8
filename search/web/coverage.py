"""The page and the JSON of coverage: what is and is not in the archive, so that a researcher can cite the gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse

from archive.coverage.asked import check_months, check_portals
from archive.coverage.records import Counts, Gap, PortalCoverage
from archive.coverage.report import summed
from archive.coverage.shown import coverage_values
from archive.repository import Archive

# What a month and a portal show of their addresses, in this order; the names are messages "cov_…".
STATES = ("archived", "off_topic", "rejected", "failed", "skipped", "waiting")
Page = Callable[..., HTMLResponse]
PortalKey = Annotated[str, Query(max_length=200)]
MonthName = Annotated[str, Query(max_length=40)]


def add_coverage(app: FastAPI, page: Page) -> None:
    """Add `/coverage` and `/api/coverage`."""

    @app.get("/coverage", response_class=HTMLResponse, include_in_schema=False)
    def coverage_page(
        request: Request,
        portal: PortalKey = "",
        from_: Annotated[MonthName, Query(alias="from")] = "",
        to: MonthName = "",
    ) -> HTMLResponse:
        archive: Archive = app.state.archive
        found = _covered(archive, portal, from_, to)
        return page(
            request, "coverage.html", found=found, chosen=portal, first=from_, last=to, states=STATES,
            portals=archive.portals(), number=_number, total=_total, all_gaps=_all_gaps, link=_link,
        )  # fmt: skip

    @app.get("/api/coverage")
    def coverage(
        portal: PortalKey = "", from_: Annotated[MonthName, Query(alias="from")] = "", to: MonthName = ""
    ) -> list[dict[str, Any]]:
        """What portals showed, what is archived, what is missing and why, by month; `from` and `to` are YYYY-MM."""
        return [coverage_values(one) for one in _covered(app.state.archive, portal, from_, to)]


def _covered(archive: Archive, portal: str, first: str, last: str) -> list[PortalCoverage]:
    check_months(first or None, last or None)
    keys = [portal] if portal else []
    check_portals(archive.coverage, keys)
    return archive.coverage.portals(keys, datetime.now(UTC), first or None, last or None)


def _number(counts: Counts, state: str) -> int:
    """How many addresses are in a state."""
    value = getattr(counts, state)
    return value if isinstance(value, int) else sum(value.values())


def _total(one: PortalCoverage) -> tuple[Counts, Counts]:
    """All months together: addresses that lists showed, and others."""
    return summed(month.listed for month in one.months), summed(month.unlisted for month in one.months)


def _all_gaps(one: PortalCoverage) -> Iterable[Gap]:
    return dict.fromkeys(gap for month in one.months for gap in month.gaps)


def _link(portal: str, first: str, last: str, language: str | None) -> str:
    """The address of a portal's months."""
    given = {"portal": portal, "from": first, "to": last, "lang": language or ""}
    return "/coverage?" + urlencode({name: value for name, value in given.items() if value})
