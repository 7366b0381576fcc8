"""`danvan portals list | show`, and the verbs that other packages add to the group."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import click

from archive.cli import print_json

if TYPE_CHECKING:
    from rich.console import Console

    from spiders.portal import Portal

GROUP = "danvan.portals"
# As in spiders.profile, whose import would slow every `--help`; a test compares them.
_STATUSES = ("verified", "unverified", "listed", "needs-draft", "demo")
_PIPE_COLUMNS = 100
_GAP, _SHORTEST_NAME = 2, 12  # columns of the table


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
@click.argument("text", required=False)
@click.option("--status", type=click.Choice(_STATUSES), help="Only portals of this status.")
@click.option("--province", help="Only portals of this province, as named before or after July 2025.")
@click.option("--district", help="Only portals of this district.")
@click.option("--family", help="Only portals of this CMS family.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_portals(
    text: str | None, status: str | None, province: str | None, district: str | None, family: str | None, as_json: bool
) -> None:
    """List portals with province, family and status; TEXT is looked for in keys, names, hosts and places.

    \b
    Example:
      danvan portals list --status listed --province "Bắc Giang"
      danvan portals list "ban dân vận" --json
    """
    from spiders.overview import Filter, counted, summary
    from spiders.registry import load_registry

    registry = load_registry()
    if family is not None and family not in registry.families:
        raise click.UsageError(f"--family {family}: no such family; there are {', '.join(sorted(registry.families))}")
    wanted = Filter(status=status, province=province, district=district, family=family, text=text)
    found = sorted(filter(wanted.takes, registry.portals.values()), key=lambda one: one.key)
    if as_json:
        print_json([summary(portal) for portal in found])
        return
    if found:
        _print_table(found)
    click.echo(counted(found))


def _print_table(found: list[Portal]) -> None:
    """One line a portal; where the screen is narrow the name is cut, nothing else."""
    from rich.table import Table

    from spiders.profile import GENERIC

    rows = [
        (
            one.key,
            one.profile.name,
            one.profile.province or "–",
            "–" if one.family == GENERIC else one.family,
            one.status,
        )
        for one in found
    ]
    console, names = _console(), ("key", "name", "province", "family", "status")
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    left = console.width - sum(widths) + widths[1] - _GAP * (len(names) - 1)
    widths[1] = max(min(widths[1], left), _SHORTEST_NAME)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    for name, width in zip(names, widths, strict=True):
        table.add_column(name, no_wrap=True, width=width)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _console() -> Console:
    """The screen; a pipe is taken to be 100 columns wide."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=_PIPE_COLUMNS)


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

    from spiders.overview import described, rules, summary
    from spiders.registry import load_registry

    portal = load_registry().portal(key)
    if as_json:
        print_json(summary(portal) | {"profile": msgspec.to_builtins(portal.profile), "rules": rules(portal)})
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in described(portal):
        table.add_row(name, Text(value))  # an XPath's brackets are no markup
    _console().print(table)
