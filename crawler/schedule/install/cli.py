"""`danvan schedule install | uninstall`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from archive.errors import CannotRunError
from archive.settings import current_home

if TYPE_CHECKING:
    from crawler.schedule.install.job import Job

Way = Literal["systemd", "cron"]


@click.command()
@click.option("--systemd", "way", flag_value="systemd", help="Timers of your own systemd, without root.")
@click.option("--cron", "way", flag_value="cron", help="Lines of your crontab.")
@click.option("--print", "only_print", is_flag=True, help="Show what would be installed and change nothing.")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write the files there instead.")
def install(way: Way | None, only_print: bool, folder: Path | None) -> None:
    """Let this machine crawl by itself: every 15 minutes what is due, then the index; on Sundays, verify.

    Writes out the DANVAN_* settings now in force; change them and install again. Without --systemd or --cron it takes
    systemd where yours answers, else cron; what the other had of this archive is taken out.

    \b
    Example:
      DANVAN_HOME=~/danvan-data DANVAN_CONTACT=you@example.org danvan schedule install
      danvan schedule install --cron --print
    """
    from archive.repository import Archive
    from crawler.schedule.install.job import job

    home = current_home()
    one = job(home, os.environ, folder)
    if only_print:
        _print(one, way)
        return
    Archive.open(home).close()
    if folder is not None:
        _write_to(folder, one, way)
    else:
        _install(one, way or _way_here())
    if "DANVAN_CONTACT" not in one.settings:
        click.echo("DANVAN_CONTACT is not set: crawls beyond loopback will refuse; set it and install again", err=True)


@click.command()
def uninstall() -> None:
    """Take this archive's timers and crontab lines out again; the archive stays.

    \b
    Example:
      DANVAN_HOME=~/danvan-data danvan schedule uninstall
    """
    from crawler.schedule.install import crontab, systemd
    from crawler.schedule.install.job import job

    one = job(current_home(), os.environ)
    was_there = [name for name, room in (("systemd", systemd), ("cron", crontab)) if room.uninstall(one)]
    one.secrets_file.unlink(missing_ok=True)
    said = " and ".join(was_there)
    click.echo(f"{one.home}: taken out of {said}" if said else f"{one.home}: nothing was installed")


def _install(one: Job, way: Way) -> None:
    from crawler.schedule.install import crontab, systemd
    from crawler.schedule.install.job import write_secrets

    write_secrets(one)
    chosen, other = (systemd, crontab) if way == "systemd" else (crontab, systemd)
    chosen.install(one)
    other.uninstall(one)
    click.echo(f"{one.home}: installed in {way}; output goes to {one.log}")
    if one.secrets:
        click.echo(f"{' and '.join(one.secrets)}: in {one.secrets_file}, readable by you only")
    if way == "systemd":
        click.echo("timers run while you are logged in; `loginctl enable-linger` lets them run always")


def _way_here() -> Way:
    from crawler.schedule.install import crontab, systemd

    if systemd.is_here():
        return "systemd"
    if crontab.is_here():
        return "cron"
    raise CannotRunError("neither a systemd of yours nor crontab here; --to FOLDER writes the files for another place")


def _files(one: Job, way: Way | None) -> dict[str, str]:
    """The files by name; of both ways where none is asked for."""
    from crawler.schedule.install import crontab, systemd

    units = systemd.units(one) if way != "cron" else {}
    return units | ({f"{one.name}.crontab": crontab.block(one)} if way != "systemd" else {})


def _print(one: Job, way: Way | None) -> None:
    for name, text in _files(one, way).items():
        click.echo(f"# --- {name}\n{text}")
    if one.secrets:
        click.echo(f"# --- {one.secrets_file}, readable by you only\n# {', '.join(one.secrets)}: not printed")


def _write_to(folder: Path, one: Job, way: Way | None) -> None:
    from crawler.schedule.install.job import write_secrets

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in _files(one, way).items():
            (folder / name).write_text(text, encoding="utf-8")
            click.echo(folder / name)
    except OSError as error:
        raise CannotRunError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from error
    write_secrets(one)
