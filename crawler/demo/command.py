"""`danvan demo`: the whole road on the bundled portals, in a home of its own, by running the command itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import click

from archive.errors import CannotRunError
from crawler.demo.server import DemoServer

HOME = "danvan-demo"
# Fixed, so that a second demo finds its articles under the same addresses.
FIRST_PORT = 18801
_PROFILES = Path(__file__).parent / "profiles"
_SEARCHES = (
    ("by locality", ("--locality", "huyện Lạng Giang")),
    ("by date", ("dan van", "--from", "7/2025", "--sort", "newest")),
    ("by official", ("--official", "Ma Đình Khoát")),
)


def run_demo(first_port: int) -> int:
    """Crawl all demo portals, index, search three ways, and say how to go on."""
    home = Path(HOME).absolute()
    with DemoServer(first_port) as server:
        write_profiles(home / "profiles", server.base_urls)
        environment = demo_environment(home)
        _danvan(environment, "init")
        click.echo(f"Crawling {len(server.base_urls)} portals on 127.0.0.1, ports from {first_port}\n")
        code = _danvan(environment, "crawl", *server.base_urls)
    _danvan(environment, "index", "update")
    _print_counts(environment)
    hits = [_search(environment, title, arguments) for title, arguments in _SEARCHES]
    click.echo(_how_to_go_on(home))
    return code if code else int(not all(hits))


def serve_portals(first_port: int) -> None:
    """Keep the demo portals up until Ctrl-C."""
    with DemoServer(first_port) as server:
        write_profiles(Path(HOME).absolute() / "profiles", server.base_urls)
        for key, url in server.base_urls.items():
            click.echo(f"{key:<18} {url}/")
        click.echo(
            "\nCrawl one in another terminal:\n  "
            + _environment_line(Path(HOME).absolute())
            + " danvan crawl demo-yenbai"
        )
        click.echo("Ctrl-C ends them.")
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        stopped.wait()


def write_profiles(folder: Path, base_urls: Mapping[str, str]) -> None:
    """The demo's profiles with the hosts that are served now."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for key, url in base_urls.items():
            text = (_PROFILES / f"{key}.toml").read_text(encoding="utf-8")
            (folder / f"{key}.toml").write_text(text.replace("{host}", url.removeprefix("http://")), encoding="utf-8")
    except OSError as error:
        raise CannotRunError(
            f"{folder}: cannot be written ({error.strerror}); run the demo in another folder"
        ) from error


def demo_environment(home: Path) -> dict[str, str]:
    """The environment of the demo's commands: its own home and profiles, loopback allowed, SQLite."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DANVAN_")}
    own = {"DANVAN_HOME": str(home), "DANVAN_PROFILES": str(home / "profiles"), "DANVAN_ALLOW_PRIVATE_ADDRESSES": "1"}
    return kept | own


def _danvan(environment: dict[str, str], *arguments: str) -> int:
    sys.stdout.flush()
    return subprocess.run(
        [sys.executable, "-m", "archive.command", *arguments], env=environment, check=False
    ).returncode


def _read(environment: dict[str, str], *arguments: str) -> dict[str, object]:
    command = [sys.executable, "-m", "archive.command", *arguments, "--json"]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise CannotRunError(done.stderr.strip() or f"danvan {' '.join(arguments)} failed")
    found: dict[str, object] = json.loads(done.stdout)
    return found


def _print_counts(environment: dict[str, str]) -> None:
    counts = _read(environment, "stats")
    click.echo(
        "\nIn the archive: "
        + ", ".join(f"{counts[n]} {n}" for n in ("articles", "captures", "localities", "officials"))
    )


def _search(environment: dict[str, str], title: str, arguments: tuple[str, ...]) -> int:
    shown = " ".join(f'"{part}"' if " " in part else part for part in arguments)
    click.echo(f"\nSearch {title}: danvan search {shown}")
    found = _read(environment, "search", *arguments, "--size", "3")
    hits = found["hits"]
    assert isinstance(hits, list)
    click.echo(f"  {found['total']} hits")
    for hit in hits:
        published = hit["published"]
        click.echo(f"  [{hit['id']}] {published['value'][:10] if published else 'no date'}  {hit['title']}")
    return len(hits)


def _environment_line(home: Path) -> str:
    environment = demo_environment(home)
    names = ("DANVAN_HOME", "DANVAN_PROFILES", "DANVAN_ALLOW_PRIVATE_ADDRESSES")
    return " ".join(f"{name}={environment[name]}" for name in names)


def _how_to_go_on(home: Path) -> str:
    program = Path(sys.executable).parent / "danvan"
    return (
        f"\nOpen the search page:\n  DANVAN_HOME={home} {program} serve\n"
        f"Keep the portals running, to crawl them again:\n  {program} demo portals"
    )
