"""Signs that an article is gone: what the last look at its address found."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from archive.models import CaptureRow
from archive.saving import stamp

# Of a capture: the address was answered by a notice with status 200, or led to a list or the home page.
ABSENT_KINDS = ("soft-404", "led-away")
ABSENT_STATUSES = (404, 410)


def was_absent(connection: Connection, url_key: str, before: datetime) -> bool:
    """Whether the newest look at an address up to a moment did not find its article.

    The redirect on the way to what was found is no look of its own.
    """
    row = connection.execute(
        select(CaptureRow.status, CaptureRow.kind)
        .where(CaptureRow.url_key == url_key, CaptureRow.fetched_at <= stamp(before), CaptureRow.kind != "redirect")
        .order_by(CaptureRow.fetched_at.desc(), CaptureRow.id.desc())
        .limit(1)
    ).one_or_none()
    return row is not None and (row.status in ABSENT_STATUSES or row.kind in ABSENT_KINDS)
