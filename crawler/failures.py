"""Why an address was not got, what to do about it, and when a portal is left in peace.

The waits are of our own judgement: an overloaded server recovers within hours, a certificate or a block within days,
and nobody is helped by asking a hundred times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from urllib.parse import urlsplit

from archive.health import BLOCKING, UNREACHABLE
from archive.health import FailureKind as Kind

# Longer than any maintenance; a portal that asks for more (1e9 was seen) is asked again then.
LONGEST_PATIENCE = timedelta(days=7)
# A pause as short as this is waited for within the run.
SHORT_PAUSE = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One failure, understood."""

    kind: Kind
    detail: str
    retry_after: timedelta | None = None
    moved_to: str | None = None  # the host that a lasting redirect names


@dataclass(frozen=True, kw_only=True)
class Policy:
    """When an address is tried again: first after `first`, then each time after `factor` times as long."""

    first: timedelta
    factor: int
    tries: int


_TRANSIENT = Policy(first=timedelta(minutes=15), factor=4, tries=5)  # 15 min, 1 h, 4 h, 16 h
_STUBBORN = Policy(first=timedelta(days=1), factor=2, tries=4)
_ONCE = Policy(first=timedelta(0), factor=1, tries=1)
_POLICIES: Mapping[Kind, Policy] = MappingProxyType(
    {
        Kind.DNS: _STUBBORN,
        Kind.REFUSED: _TRANSIENT,
        Kind.TLS: _STUBBORN,
        Kind.TIMEOUT: _TRANSIENT,
        Kind.BROKEN: _TRANSIENT,
        Kind.FORBIDDEN: _STUBBORN,
        Kind.THROTTLED: Policy(first=timedelta(hours=1), factor=2, tries=6),
        Kind.SERVER: _TRANSIENT,
        Kind.CHALLENGE: _STUBBORN,
        Kind.BLANK: Policy(first=timedelta(hours=6), factor=4, tries=4),
        Kind.REDIRECTS: _STUBBORN,
        Kind.OTHER: _TRANSIENT,
    }
)
# Nothing failed: the address may not be asked for.
NOT_ASKED = frozenset({Kind.ROBOTS, Kind.OFF_PORTAL})
# Answers in a row, without a good one between; then the rest of a portal is left to the next run.
_STREAK = 5


def of_status(status: int, headers: Mapping[str, str], now: datetime) -> Trouble:
    """What a status says; header names in lower case."""
    waits = _retry_after(headers.get("retry-after"), now)
    detail = f"HTTP {status}"
    if status == 429 or (status == 503 and waits is not None):
        return Trouble(kind=Kind.THROTTLED, detail=detail, retry_after=waits)
    if status in (404, 410):
        return Trouble(kind=Kind.GONE, detail=detail)
    if headers.get("cf-mitigated") == "challenge":
        return Trouble(kind=Kind.CHALLENGE, detail=f"{detail}, a challenge for browsers")
    if status in (401, 403, 451):
        return Trouble(kind=Kind.FORBIDDEN, detail=detail)
    return Trouble(kind=Kind.SERVER if status >= 500 else Kind.OTHER_STATUS, detail=detail)


def of_error(name: str, detail: str, url: str, *, redirected_by: int | None = None) -> Trouble:
    """What an exception of the crawling library says: the name of its class, its words, and the address that failed."""
    kind = _kind_of(name, detail)
    host = urlsplit(url).netloc.lower() or None
    moved = host if kind is Kind.OFF_PORTAL and redirected_by in (301, 308) else None
    return Trouble(kind=kind, detail=" ".join(detail.split())[:300] or name, moved_to=moved)


def retry_at(trouble: Trouble, attempts: int, now: datetime) -> datetime | None:
    """When to try an address again that has now failed for the `attempts`-th time; None: not any more."""
    policy = _POLICIES.get(trouble.kind, _ONCE)
    if attempts >= policy.tries:
        return None
    wait = min(policy.first * policy.factor ** (attempts - 1), LONGEST_PATIENCE)
    return now + max(wait, trouble.retry_after or wait)


class Patience:
    """How a portal bears with us: counts failures, and says when to pause or to stop."""

    def __init__(self) -> None:
        self.failures: dict[str, int] = {}
        self.not_before: datetime | None = None
        self.moved_to: str | None = None
        self._blocked = self._unreachable = 0

    def good(self) -> None:
        """The portal answered as it should."""
        self._blocked = self._unreachable = 0

    def bad(self, trouble: Trouble, now: datetime) -> str | None:
        """Count a failure; a reason to stop the run, if it is one."""
        self.failures[trouble.kind] = self.failures.get(trouble.kind, 0) + 1
        self.moved_to = trouble.moved_to or self.moved_to
        self._blocked = self._blocked + 1 if trouble.kind in BLOCKING else self._blocked
        self._unreachable = self._unreachable + 1 if trouble.kind in UNREACHABLE else self._unreachable
        if trouble.retry_after and trouble.retry_after > SHORT_PAUSE:
            self.not_before = now + trouble.retry_after
            return "asked for patience"
        if self._blocked >= _STREAK:
            return "blocked"
        return "unreachable" if self._unreachable >= _STREAK else None


def _kind_of(name: str, detail: str) -> Kind:
    said = detail.lower()
    if name == "IgnoreRequest":
        if "robots.txt" in said:
            return Kind.ROBOTS
        if "redirect" in said:
            return Kind.REDIRECTS
        return Kind.OFF_PORTAL if said.startswith("off the portal") else Kind.OTHER
    if "private address" in said:
        return Kind.PRIVATE
    if "ssl" in said or "tls" in said or "certificate" in said:
        return Kind.TLS
    if name == "DownloadCancelledError":
        return Kind.TOO_LARGE
    return _BY_NAME.get(name, Kind.OTHER)


_BY_NAME = {
    "CannotResolveHostError": Kind.DNS,
    "DownloadConnectionRefusedError": Kind.REFUSED,
    "DownloadTimeoutError": Kind.TIMEOUT,
    "DownloadFailedError": Kind.BROKEN,
    "ResponseDataLossError": Kind.BROKEN,
    "UnsupportedURLSchemeError": Kind.OFF_PORTAL,
    "BadGzipFile": Kind.BROKEN,
}


def _retry_after(written: str | None, now: datetime) -> timedelta | None:
    """Seconds or a date (RFC 9110, 10.2.3), at most a week; None where it says nothing that can be read."""
    if not written:
        return None
    if re.fullmatch(r"\d{1,10}", written.strip()):
        return min(timedelta(seconds=int(written)), LONGEST_PATIENCE)
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return min(max(moment - now, timedelta(0)), LONGEST_PATIENCE)
