"""`danvan warc`: what other tools need to use the archive's WARC files."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from archive.cli import print_json
from archive.errors import StorageError, UsageError
from archive.settings import current_home

if TYPE_CHECKING:
    from archive.frames.members import Torn


@click.group()
def warc() -> None:
    """The archive's WARC files for other tools."""


@warc.command()
@click.argument("files", nargs=-1, metavar="[FILE]…", type=click.Path(path_type=Path))
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write here instead of printing.")
def cdxj(files: tuple[Path, ...], output: Path | None) -> int:
    """Write a CDXJ index of WARC files, of all closed ones of the archive where none is named.

    Exit code 1: something in a file could not be read; the rest is in the index.

    \b
    Example:
      danvan warc cdxj -o index.cdxj
    """
    from archive.cdxj import index_lines

    paths = files or tuple(_closed())
    for path in paths:
        if not path.is_file() or not path.name.endswith(".warc.gz"):
            raise UsageError(f"{path}: no .warc.gz file; name files of the archive's warc folder, or none for all")
    damaged: list[str] = []

    def skipped(path: Path, torn: Torn) -> None:
        damaged.append(path.name)
        click.echo(f"danvan: {path.name} at {torn.offset}: left out, {torn.why}; see `danvan verify`", err=True)

    try:
        with _stream(output) as stream:
            for line in index_lines(paths, skipped):
                stream.write(line + "\n")
    except OSError as error:
        raise StorageError(
            f"{output or 'index'}: cannot be written ({error.strerror}); free space, run again"
        ) from error
    return 1 if damaged else 0


@warc.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…", type=click.IntRange(1))
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="The package, NAME.wacz.")
@click.option("--title", help="What a reader sees as its name.")
@click.option("--json", "as_json", is_flag=True, help="Print what is in it, with digests.")
def wacz(articles: tuple[int, ...], output: Path, title: str | None, as_json: bool) -> int:
    """Pack captures into one WACZ file that replay tools open: of some articles, or the whole archive.

    Exit code 1: something in a WARC file could not be read, and is not in the package's index.

    \b
    Example:
      danvan warc wacz 12 31 -o evidence.wacz
    """
    from archive.packaging import package

    if output.suffix != ".wacz":
        raise UsageError(f"{output}: name the package NAME.wacz")
    if not output.absolute().parent.is_dir():
        raise UsageError(f"{output}: its folder is not there; make it first")
    if output.exists():
        raise UsageError(f"{output}: is there already; give another name")
    damaged: list[str] = []

    def skipped(path: Path, torn: Torn) -> None:
        damaged.append(path.name)
        click.echo(f"danvan: {path.name} at {torn.offset}: not indexed, {torn.why}; see `danvan verify`", err=True)

    try:
        packed = package(current_home(), output, articles, title, skipped)
    except OSError as error:
        raise StorageError(f"{output}: cannot be written ({error.strerror}); free space, run again") from error
    if as_json:
        print_json(packed)
    else:
        click.echo(f"{output}: {packed['warcs']} WARC files, {packed['pages']} pages, {packed['bytes']:,} bytes")
    return 1 if damaged else 0


def _closed() -> Iterator[Path]:
    folder = current_home().warc
    if not folder.is_dir():
        raise UsageError(f"no WARC files in {folder}; name files, or set DANVAN_HOME")
    return iter(sorted(folder.glob("*.warc.gz")))


@contextlib.contextmanager
def _stream(output: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that has its name only when it is complete."""
    if output is None:
        yield sys.stdout
        return
    part = output.with_name(output.name + ".part")
    with open(part, "w", encoding="utf-8") as stream:
        yield stream
    part.replace(output)
