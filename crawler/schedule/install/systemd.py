"""The schedule as systemd timers of the user. A crawl starts the index's update whether it ended well or not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from archive.errors import CannotRunError
from crawler.schedule.install.job import Job

_PARTS = ("tick.service", "tick.timer", "index.service", "verify.service", "verify.timer")


def units(one: Job) -> dict[str, str]:
    """Every unit file by its name."""
    then_index = f"OnSuccess={one.name}-index.service\nOnFailure={one.name}-index.service\n"
    return {
        f"{one.name}-tick.service": _service(one, "crawl what is due", "schedule tick", then_index),
        f"{one.name}-tick.timer": _timer(one, "crawl what is due", "*:0/15"),
        f"{one.name}-index.service": _service(one, "update the index", "index update"),
        f"{one.name}-verify.service": _service(one, "verify the archive", "verify"),
        f"{one.name}-verify.timer": _timer(one, "verify the archive", "Sun 03:00"),
    }


def install(one: Job) -> None:
    """Write the units into the user's folder and start the timers."""
    if not is_here():
        raise CannotRunError("no systemd of the user answers here (log in, not su); use --cron or --to FOLDER")
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in units(one).items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotRunError(f"{folder}: cannot be written ({error.strerror}); use --to FOLDER") from error
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", *_timers(one))


def uninstall(one: Job) -> bool:
    """Stop the timers and take the units away; False if there were none."""
    found = [_folder() / f"{one.name}-{part}" for part in _PARTS]
    if not any(path.exists() for path in found):
        return False
    if is_here():
        _systemctl("disable", "--now", *_timers(one))
    for path in found:
        path.unlink(missing_ok=True)
    if is_here():
        _systemctl("daemon-reload")
    return True


def is_here() -> bool:
    """Whether a systemd of the user answers; in containers and under su none does."""
    return shutil.which("systemctl") is not None and _call("show-environment").returncode == 0


def _service(one: Job, what: str, arguments: str, more: str = "") -> str:
    settings = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in one.settings.items())
    secrets = f"EnvironmentFile={_plain(str(one.secrets_file))}\n" if one.secrets else ""
    program = " ".join(_quoted(part).replace("$", "$$") for part in one.program)
    log = f"append:{_plain(str(one.log))}"
    return (
        f"[Unit]\nDescription=danvan: {what} ({_plain(str(one.home))})\n{more}\n"
        f"[Service]\nType=oneshot\n{settings}{secrets}ExecStart={program} {arguments}\n"
        f"StandardOutput={log}\nStandardError={log}\n"
    )


def _timer(one: Job, what: str, calendar: str) -> str:
    """`Persistent` fires once for all times missed while the machine was off."""
    return (
        f"[Unit]\nDescription=danvan: when to {what} ({_plain(str(one.home))})\n\n"
        f"[Timer]\nOnCalendar={calendar}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )


def _quoted(value: str) -> str:
    return '"' + _plain(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(value: str) -> str:
    """% begins what systemd fills in."""
    return value.replace("%", "%%")


def _folder() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "systemd" / "user"


def _timers(one: Job) -> list[str]:
    return [f"{one.name}-{part}" for part in _PARTS if part.endswith(".timer")]


def _systemctl(*arguments: str) -> None:
    done = _call(*arguments)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise CannotRunError(f"systemctl --user {' '.join(arguments)}: {said}; the units are in {_folder()}")


def _call(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["systemctl", "--user", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
