"""Persistent web identifiers of captures: `urn:pwid:ARCHIVE:TIME:part:ADDRESS`, a registered URN namespace.

A researcher cites it; whoever holds the archive finds the one capture. `part` is the precise meaning: this
answer alone, not the page with everything that a browser would load into it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, unquote

# What may stand in the last part of a URN (RFC 8141); everything else of an address is escaped, "%" first of all,
# so that exactly one address comes out again.
_SAFE = "/:@!$&'()*+,;=-._~"


def pwid(archive_id: str, fetched_at: datetime, url: str) -> str:
    """The identifier of a capture.

    >>> pwid("danvan", datetime(2024, 7, 10, 4, 43, tzinfo=UTC), "https://mau.vn/tin?id=7")
    'urn:pwid:danvan:2024-07-10T04:43:00Z:part:https://mau.vn/tin%3Fid=7'
    """
    return f"urn:pwid:{archive_id}:{fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}:part:{quote(url, safe=_SAFE)}"


def address_of(identifier: str) -> str:
    """The address in an identifier.

    >>> address_of("urn:pwid:danvan:2024-07-10T04:43:00Z:part:https://mau.vn/tin%3Fid=7")
    'https://mau.vn/tin?id=7'
    """
    return unquote(identifier.split(":part:", 1)[1])
