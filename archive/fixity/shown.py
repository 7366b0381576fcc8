"""Captures with their proof, as `danvan show --versions` says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from archive.pwid import pwid
from archive.settings import current_archive_id

if TYPE_CHECKING:
    from archive.records import Capture
    from archive.repository import Archive


def proven_versions(archive: Archive, article_id: int) -> list[dict[str, Any]]:
    """An article's versions as JSON; each capture with its identifier and its last check."""
    archive_id = current_archive_id()
    found = []
    for version in archive.versions(article_id):
        captures = []
        for capture in version.captures:
            checked = archive.fixity.last_check(capture)
            proof = {"checked_at": checked[0], "found": checked[1]} if checked else None
            identifier = pwid(archive_id, capture.fetched_at, capture.url)
            captures.append(msgspec.to_builtins(capture) | {"pwid": identifier, "last_check": proof})
        found.append(msgspec.to_builtins(version) | {"captures": captures})
    return found


def last_check_line(archive: Archive, capture: Capture) -> str:
    """When a capture was last checked, and how it was."""
    checked = archive.fixity.last_check(capture)
    if checked is None:
        return "never checked; run `danvan verify`"
    moment, kind = checked
    return f"checked {moment.isoformat()}: {kind or 'as captured'}"
