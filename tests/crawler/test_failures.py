"""What failures mean, when addresses are tried again, and when a portal is left in peace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.health import FailureKind as Kind
from crawler.failures import LONGEST_PATIENCE, Patience, Trouble, of_error, of_status, retry_at

NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "headers", "kind", "waits"),
    [
        (403, {}, Kind.FORBIDDEN, None),
        (451, {}, Kind.FORBIDDEN, None),
        (403, {"cf-mitigated": "challenge"}, Kind.CHALLENGE, None),
        (404, {}, Kind.GONE, None),
        (418, {}, Kind.OTHER_STATUS, None),
        (429, {}, Kind.THROTTLED, None),
        (429, {"retry-after": "90"}, Kind.THROTTLED, timedelta(seconds=90)),
        (429, {"retry-after": "9999999999"}, Kind.THROTTLED, LONGEST_PATIENCE),
        (429, {"retry-after": "Tue, 01 Jul 2025 10:00:00 GMT"}, Kind.THROTTLED, 2 * HOUR),
        (429, {"retry-after": "Tue, 01 Jul 2025 07:00:00 GMT"}, Kind.THROTTLED, timedelta(0)),
        (429, {"retry-after": "sau ít phút"}, Kind.THROTTLED, None),
        (503, {"retry-after": "60"}, Kind.THROTTLED, timedelta(seconds=60)),
        (503, {}, Kind.SERVER, None),
    ],
)
def test_status(status: int, headers: dict[str, str], kind: Kind, waits: timedelta | None) -> None:
    trouble = of_status(status, headers, NOW)
    assert (trouble.kind, trouble.retry_after) == (kind, waits)
    assert trouble.detail.startswith(f"HTTP {status}")


@pytest.mark.parametrize(
    ("name", "detail", "kind"),
    [
        ("CannotResolveHostError", "DNS lookup failed: no results for hostname lookup: x.vn.", Kind.DNS),
        ("CannotResolveHostError", "x.vn points to the private address 10.0.0.1; refused", Kind.PRIVATE),
        ("DownloadConnectionRefusedError", "Connection was refused", Kind.REFUSED),
        ("DownloadTimeoutError", "took longer than 60 seconds", Kind.TIMEOUT),
        ("DownloadFailedError", "[<OpenSSL.SSL.Error: [('SSL routines', '', 'wrong version number')]>]", Kind.TLS),
        ("DownloadFailedError", "Connection lost", Kind.BROKEN),
        ("ResponseDataLossError", "", Kind.BROKEN),
        ("DownloadCancelledError", "larger than download max size", Kind.TOO_LARGE),
        ("IgnoreRequest", "Forbidden by robots.txt", Kind.ROBOTS),
        ("IgnoreRequest", "off the portal: https://khac.vn/", Kind.OFF_PORTAL),
        ("IgnoreRequest", "max redirections reached", Kind.REDIRECTS),
        ("ZeroDivisionError", "", Kind.OTHER),
    ],
)
def test_error(name: str, detail: str, kind: Kind) -> None:
    trouble = of_error(name, detail, "https://x.vn/a")
    assert trouble.kind is kind
    assert trouble.detail


def test_lasting_redirect_to_another_host_says_where_the_portal_has_moved() -> None:
    asked = {"name": "IgnoreRequest", "detail": "off the portal: https://moi.vn/a", "url": "https://moi.vn/a"}
    assert of_error(**asked, redirected_by=301).moved_to == "moi.vn"
    assert of_error(**asked, redirected_by=302).moved_to is None
    assert of_error(**asked).moved_to is None


def test_waits_grow_and_end() -> None:
    trouble = Trouble(kind=Kind.SERVER, detail="HTTP 500")
    waits = [again - NOW if (again := retry_at(trouble, attempt, NOW)) else None for attempt in range(1, 6)]
    assert waits == [HOUR / 4, HOUR, 4 * HOUR, 16 * HOUR, None]


def test_server_that_names_a_time_is_not_asked_before() -> None:
    trouble = Trouble(kind=Kind.THROTTLED, detail="HTTP 429", retry_after=5 * HOUR)
    assert retry_at(trouble, 1, NOW) == NOW + 5 * HOUR


@pytest.mark.parametrize("kind", [Kind.TOO_LARGE, Kind.GONE, Kind.OTHER_STATUS, Kind.PRIVATE])
def test_hopeless_is_not_tried_again(kind: Kind) -> None:
    assert retry_at(Trouble(kind=kind, detail="x"), 1, NOW) is None


def test_five_blocks_in_a_row_end_the_run_and_a_good_page_between_does_not() -> None:
    patience = Patience()
    blocked = Trouble(kind=Kind.FORBIDDEN, detail="HTTP 403")
    assert [patience.bad(blocked, NOW) for _ in range(4)] == [None] * 4
    patience.good()
    assert [patience.bad(blocked, NOW) for _ in range(5)] == [None] * 4 + ["blocked"]
    assert patience.failures == {"forbidden": 9}


def test_portal_that_nobody_reaches_ends_the_run() -> None:
    patience = Patience()
    kinds = (Kind.DNS, Kind.REFUSED, Kind.TIMEOUT, Kind.TLS, Kind.DNS)
    assert [patience.bad(Trouble(kind=kind, detail="x"), NOW) for kind in kinds][-1] == "unreachable"


def test_long_retry_after_ends_the_run_with_its_time() -> None:
    patience = Patience()
    trouble = Trouble(kind=Kind.THROTTLED, detail="HTTP 429", retry_after=HOUR)
    assert patience.bad(trouble, NOW) == "asked for patience"
    assert patience.not_before == NOW + HOUR
