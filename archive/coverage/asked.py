"""What is asked of coverage, checked: months and portals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.coverage.register import CoverageRegister
from archive.errors import QueryError


def check_months(first: str | None, last: str | None) -> None:
    """QueryError unless each is a month or not given."""
    for month in (first, last):
        if month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
            raise QueryError(
                f"{month[:40]!r} is no month; write YYYY-MM, such as 2025-08",
                vi=f"{month[:40]!r} không phải là tháng; viết năm-tháng, như 2025-08",
            )
    if first and last and first > last:
        raise QueryError(
            f"from {first} to {last}: the first month is after the last",
            vi=f"từ {first} đến {last}: tháng đầu ở sau tháng cuối; đổi chỗ hai tháng",
        )


def check_portals(register: CoverageRegister, keys: Sequence[str]) -> None:
    """QueryError unless the archive knows each portal."""
    known = register.known() if keys else set()
    for key in keys:
        if key not in known:
            raise QueryError(
                f"{key[:80]}: no such portal in the archive; `danvan coverage` without names shows all",
                vi=f"{key[:80]!r}: trong kho không có báo này; để trống để xem tất cả",
            )
