"""`danvan portals list | show`, and the verbs that other packages add to the group."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import click

from archive.cli import print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spiders.portal import Portal

GROUP = "danvan.portals"


class PortalsGroup(click.Group):
    """Its own verbs, and those that packages above this one contribute by entry point."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *entry_points(group=GROUP).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if own := super().get_command(ctx, cmd_name):
            return own
        found = list(entry_points(group=GROUP, name=cmd_name))
        command: click.Command | None = found[0].load() if found else None
        return command


@click.group(cls=PortalsGroup)
def portals() -> None:
    """The portals danvan knows: their profiles, and how far these are proven.

    \b
    Example:
      danvan portals list
      danvan portals show baothainguyen
    """


@portals.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_portals(as_json: bool) -> None:
    """List every portal with its family, province and status.

    \b
    Example:
      danvan portals list --json
    """
    from spiders.registry import load_registry

    known = sorted(load_registry().portals.values(), key=lambda one: one.key)
    if as_json:
        print_json([_summary(portal) for portal in known])
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None)
    for name in ("key", "name", "family", "status", "every"):
        table.add_column(name, no_wrap=name != "name")
    for portal in known:
        table.add_row(portal.key, portal.profile.name, portal.family, portal.status, portal.cadence)
    Console().print(table)


@portals.command()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(key: str, as_json: bool) -> None:
    """Show one portal: how its articles are found and read, and the evidence for each rule.

    \b
    Example:
      danvan portals show giavien
    """
    import msgspec

    from spiders.registry import load_registry

    portal = load_registry().portal(key)
    if as_json:
        print_json(_summary(portal) | {"profile": msgspec.to_builtins(portal.profile), "rules": _rules(portal)})
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False)
    for name, value in _rows(portal):
        table.add_row(name, Text(value))  # an XPath's brackets are no markup
    Console().print(table)


def _summary(portal: Portal) -> dict[str, Any]:
    profile = portal.profile
    return {
        "key": portal.key,
        "name": profile.name,
        "kind": profile.kind,
        "province": profile.province,
        "district": profile.district,
        "hosts": list(portal.hosts),
        "family": portal.family,
        "status": portal.status,
        "cadence": portal.cadence,
        "scope": portal.scope,
        "successor": profile.successor,
        "active_until": profile.active_until and profile.active_until.isoformat(),
        "confidence": profile.confidence,
        "evidence": profile.evidence,
        "checked_at": profile.checked_at and profile.checked_at.isoformat(),
    }


def _rules(portal: Portal) -> dict[str, list[str]]:
    """The rules of each field in the order in which they are tried."""
    from spiders.profile import Fields

    fields = portal.rules_on(None).fields
    found = {name: [rule.label for rule in getattr(fields, name)] for name in Fields.__struct_fields__}
    return {name: labels for name, labels in found.items() if labels}


def _rows(portal: Portal) -> Iterator[tuple[str, str]]:
    for name, value in _summary(portal).items():
        if value:
            yield name, ", ".join(value) if isinstance(value, list) else str(value)
    articles = portal.articles
    yield "articles", _proven("\n".join(articles.patterns), articles.evidence, articles.confidence)
    for rule in portal.discover:
        yield f"find by {rule.kind}", _proven("\n".join(rule.urls), rule.evidence, rule.confidence)
    for name, labels in _rules(portal).items():
        yield name, "\n".join(labels)


def _proven(what: str, evidence: str, confidence: str) -> str:
    return f"{what}\n({confidence}: {evidence or 'no evidence written down'})"
