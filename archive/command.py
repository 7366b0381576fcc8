"""The command `danvan`: one verb an entry point, loaded when it is used, and errors as one line.

Importing scrapy alone costs a second, so `danvan show` must not load the crawler.
"""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from typing import Any

import click

from archive.errors import DanVanError, QueryError, pointed

GROUP = "danvan.commands"
ORDER = (
    "demo", "init", "portals", "crawl", "schedule", "import", "replay", "search", "show", "export", "serve", "index",
    "changes", "coverage", "verify", "warc", "stats", "officials", "clusters", "gazetteer", "describe", "evaluate",
)  # fmt: skip


class VerbGroup(click.Group):
    """Finds verbs in the packages' entry points."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = set(entry_points(group=GROUP).names)
        return [name for name in ORDER if name in names] + sorted(names - set(ORDER))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = list(entry_points(group=GROUP, name=cmd_name))
        command: click.Command | None = found[0].load() if found else None
        return command


@click.group(cls=VerbGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="danvan")
def danvan() -> None:
    """Archive of Vietnamese provincial and district news portals on dân vận: crawl, keep, search, cite.

    \b
    Example:
      danvan demo                 see everything work on bundled portals
      danvan search "dân vận khéo" --locality "huyện Định Hóa"
    """


def main(arguments: list[str] | None = None) -> None:
    """Run one verb and exit: 0 done, 1 problems found, 2 wrong usage, 3 could not run."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run one verb; returns the exit code instead of exiting."""
    try:
        result: Any = danvan.main(arguments, prog_name="danvan", standalone_mode=False)
    except click.exceptions.Exit as end:
        return int(end.exit_code)
    except click.Abort:
        click.echo("danvan: stopped", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return 2
    except DanVanError as error:
        click.echo(f"danvan: {error}", err=True)
        if isinstance(error, QueryError) and error.query:
            click.echo("\n".join(pointed(error.query, error.start, error.end)), err=True)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe has seen enough
        return 0
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    main()
