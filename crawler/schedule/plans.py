"""The plans of the archive at hand: its registry, its history, now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from archive.errors import UsageError
from archive.repository import Archive
from archive.settings import current_home
from crawler.schedule.planning import Plan, plan
from spiders.registry import load_registry


def all_plans(keys: Sequence[str] = (), now: datetime | None = None) -> list[Plan]:
    """The plans of the named portals, or of every portal of the registry."""
    now = now or datetime.now(UTC)
    registry = load_registry()
    portals = [registry.portal(key) for key in dict.fromkeys(keys)] or list(registry.portals.values())
    with Archive.open(current_home()) as archive:
        crawls = archive.run_history.crawls({portal.key for portal in portals}, now)
        checked = archive.run_history.passed_checks()
    return plan(portals, crawls, checked, now)


def due_plans() -> list[Plan]:
    """The plans of all portals that are due now."""
    now = datetime.now(UTC)
    return [one for one in all_plans(now=now) if one.is_due(now)]


def named_plans(keys: Sequence[str]) -> list[Plan]:
    """The plans of named portals, which need not be due; UsageError for one that may not be crawled yet."""
    found = all_plans(keys)
    for one in found:
        if one.waits_for:
            raise UsageError(f"{one.portal.key}: not crawled yet, waits for {one.waits_for}")
    return found
