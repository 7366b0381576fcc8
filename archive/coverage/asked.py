"""What is asked of coverage, checked: months and portals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.coverage.register import CoverageRegister
from archive.errors import UsageError


def check_months(first: str | None, last: str | None) -> None:
    """UsageError unless each is a month or not given."""
    for month in (first, last):
        if month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
            raise UsageError(f"{month[:40]!r} is no month; write YYYY-MM, such as 2025-08")
    if first and last and first > last:
        raise UsageError(f"from {first} to {last}: the first month is after the last")


def check_portals(register: CoverageRegister, keys: Sequence[str]) -> None:
    """UsageError unless the archive knows each portal."""
    known = register.known() if keys else set()
    for key in keys:
        if key not in known:
            raise UsageError(f"{key[:80]}: no such portal in the archive; `danvan coverage` without names shows all")
