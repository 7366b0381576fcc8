"""`danvan demo`."""

from __future__ import annotations

import click


@click.group(invoke_without_command=True)
@click.option("--first-port", default=18801, show_default=True, type=click.IntRange(1024, 65000))
@click.pass_context
def demo(context: click.Context, first_port: int) -> int:
    """See everything work: crawl the bundled portals on loopback, archive, index and search them.

    \b
    Example:
      danvan demo              run once and end
      danvan demo portals      keep the portals up, to crawl them yourself
    """
    from crawler.demo.command import run_demo

    context.obj = first_port
    return 0 if context.invoked_subcommand else run_demo(first_port)


@demo.command("portals")
@click.pass_obj
def demo_portals(first_port: int) -> None:
    """Serve the demo portals until Ctrl-C.

    \b
    Example:
      danvan demo portals
    """
    from crawler.demo.command import serve_portals

    serve_portals(first_port)
