"""The coverage page: what is and is not in the archive, so that a researcher can cite the gaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from archive.coverage.asked import check_months, check_portals
from archive.coverage.records import Counts, Gap, PortalCoverage
from archive.coverage.report import summed
from archive.repository import Archive
from search.web.asked import Kept
from search.web.rendering import page

router = APIRouter(include_in_schema=False)
# What a month and a portal show of their addresses, in this order; the names are messages "cov_…".
STATES = ("archived", "off_topic", "rejected", "failed", "skipped", "waiting")
PortalKey = Annotated[str, Query(max_length=200)]
MonthName = Annotated[str, Query(max_length=40, description="YYYY-MM")]


@router.get("/coverage", response_class=HTMLResponse)
def coverage_page(
    request: Request,
    archive: Kept,
    portal: PortalKey = "",
    from_: Annotated[MonthName, Query(alias="from")] = "",
    to: MonthName = "",
) -> HTMLResponse:
    found = covered(archive, portal, from_, to)
    return page(
        request, "coverage.html", found=found, chosen=portal, first=from_, last=to, states=STATES,
        portals=archive.portals(), count_of=count_of, total=_total, all_gaps=_all_gaps,
    )  # fmt: skip


def covered(archive: Archive, portal: str, first: str, last: str) -> list[PortalCoverage]:
    """The months asked for; QueryError for an unknown portal or what is no month."""
    check_months(first or None, last or None)
    keys = [portal] if portal else []
    check_portals(archive.coverage, keys)
    return archive.coverage.portals(keys, datetime.now(UTC), first or None, last or None)


def count_of(counts: Counts, state: str) -> int:
    """How many addresses are in a state."""
    value = getattr(counts, state)
    return value if isinstance(value, int) else sum(value.values())


def _total(one: PortalCoverage) -> tuple[Counts, Counts]:
    """All months together: addresses that lists showed, and others."""
    return summed(month.listed for month in one.months), summed(month.unlisted for month in one.months)


def _all_gaps(one: PortalCoverage) -> Iterable[Gap]:
    return dict.fromkeys(gap for month in one.months for gap in month.gaps)
