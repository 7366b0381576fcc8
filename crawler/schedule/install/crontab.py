"""The schedule as lines of the user's crontab, between two marks; everything else there stays as it is."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterator

from archive.errors import CannotRunError
from crawler.schedule.install.job import Job


def block(one: Job) -> str:
    """The lines: crawl and index every quarter of an hour, verify on Sundays at 3."""
    program = shlex.join(one.program)
    crawl = f"{{ {program} schedule tick; {program} index update; }}"
    lines = (
        _begin(one),
        f"*/15 * * * * {_line(one, crawl)}",
        f"0 3 * * 0 {_line(one, f'{program} verify')}",
        _end(one),
    )
    return "".join(f"{line}\n" for line in lines)


def with_block(crontab: str, one: Job) -> str:
    """A crontab with this archive's lines, once, whether they were there or not."""
    before = without_block(crontab, one)
    return before + ("\n" if before and not before.endswith("\n") else "") + block(one)


def without_block(crontab: str, one: Job) -> str:
    """A crontab without this archive's lines."""
    return "".join(_others(crontab, one))


def install(one: Job) -> None:
    """Put the lines into the user's crontab."""
    _write(with_block(_read(), one))


def uninstall(one: Job) -> bool:
    """Take the lines out again; False if there were none."""
    if not is_here():
        return False
    before = _read()
    after = without_block(before, one)
    if after == before:
        return False
    _write(after)
    return True


def is_here() -> bool:
    """Whether this machine has a crontab command."""
    return shutil.which("crontab") is not None


def _line(one: Job, command: str) -> str:
    """One command line; cron takes an unescaped % for the end of the line."""
    settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in one.settings.items())
    secrets = f" set -a; . {shlex.quote(str(one.secrets_file))}; set +a;" if one.secrets else ""
    log = shlex.quote(str(one.log))
    return f"export {settings};{secrets} {command} >> {log} 2>&1".replace("%", r"\%")


def _others(crontab: str, one: Job) -> Iterator[str]:
    is_ours = False
    for line in crontab.splitlines(keepends=True):
        is_ours = is_ours or line.strip() == _begin(one)
        if not is_ours:
            yield line
        is_ours = is_ours and line.strip() != _end(one)


def _begin(one: Job) -> str:
    return f"# {one.name}: schedule of {one.home}; `danvan schedule uninstall` takes it out"


def _end(one: Job) -> str:
    return f"# {one.name}: end"


def _read() -> str:
    """The user's crontab; empty where there is none yet."""
    done = _crontab("-l")
    if done.returncode and "no crontab" not in done.stderr:
        raise CannotRunError(f"crontab -l: {done.stderr.strip() or 'failed'}; nothing changed")
    return done.stdout if done.returncode == 0 else ""


def _write(text: str) -> None:
    done = _crontab("-", text)
    if done.returncode:
        raise CannotRunError(f"crontab refused the lines: {done.stderr.strip() or 'no reason given'}; nothing changed")


def _crontab(argument: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    if not is_here():
        raise CannotRunError("no crontab command here; install cron, or use --systemd or --to FOLDER")
    return subprocess.run(["crontab", argument], input=text, capture_output=True, text=True, check=False, timeout=60)
