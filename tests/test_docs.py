"""README.md against the code: commands, links, dependencies; and every verb helps with an example."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest

from archive.command import GROUP

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VERBS = sorted(entry_points(group=GROUP).names)


def commands(prefix: str, command: click.Command) -> list[tuple[str, click.Command]]:
    found = [(prefix, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            found += commands(f"{prefix} {name}", inner)
    return found


ALL = [pair for verb in VERBS for pair in commands(verb, next(iter(entry_points(group=GROUP, name=verb))).load())]


@pytest.mark.parametrize("verb", VERBS)
def test_verb_stands_in_the_readme(verb: str) -> None:
    assert f"`danvan {verb}`" in README


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_command_has_help_and_an_example(name: str, command: click.Command) -> None:
    assert command.help
    if not isinstance(command, click.Group) or command.invoke_without_command:
        assert "Example" in command.help, name
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.opts


@pytest.mark.parametrize("line", re.findall(r"^(?:danvan|make) .*$", README, re.MULTILINE))
def test_command_line_of_the_readme_exists(line: str) -> None:
    words = line.split("#")[0].split()
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
        return
    known = {name for name, _ in ALL}
    assert words[1] in known
    options = [word.split("=")[0] for word in words if word.startswith("--")]
    command = max((pair for pair in ALL if " ".join(words[1:]).startswith(pair[0])), key=lambda pair: len(pair[0]))[1]
    assert set(options) <= {opt for parameter in command.params for opt in parameter.opts}


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_dependency_stands_in_the_table_with_its_reason(requirement: str) -> None:
    name = re.match(r"[\w-]+", requirement)
    assert name
    assert name[0] in README.split("## What it stands on")[1]


@pytest.mark.parametrize("path", re.findall(r"`((?:archive|spiders|crawler|search)/[\w/.]+)`", README))
def test_file_named_in_the_readme_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_no_file_is_too_long() -> None:
    files = [path for package in ("archive", "spiders", "crawler", "search") for path in (ROOT / package).rglob("*.py")]
    long = {path.name: lines for path in files if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300}
    assert set(long) <= {"records.py", "0001_first_schema.py"}  # a list of values, and a list of columns


def test_lock_names_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "--hash=sha256:" in lock
    assert "://" not in lock
