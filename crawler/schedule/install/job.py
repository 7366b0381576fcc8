"""What an installed schedule runs: the program, the archive and every setting, all by absolute path."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.errors import CannotRunError, UsageError
from archive.settings import Home

# May hold a password: they go into a file of their own, never into a line that `ps` or other users can read.
_DATABASE = "DANVAN_DATABASE_URL"
_SECRETS = (_DATABASE, "DANVAN_WEBHOOK")
_PATHS = ("DANVAN_PROFILES", "DANVAN_TOPIC")
_NEW_PATHS = ("DANVAN_METRICS_FILE",)  # need not be there yet
_SQLITE = "sqlite:///"


@dataclass(frozen=True, kw_only=True)
class Job:
    """One archive's schedule."""

    program: tuple[str, ...]
    home: Path
    settings: Mapping[str, str]
    secrets: Mapping[str, str]
    secrets_file: Path

    @property
    def log(self) -> Path:
        """Where the output of all commands goes."""
        return self.home / "runs" / "schedule.log"

    @property
    def name(self) -> str:
        """A name that no other archive's schedule has."""
        return f"danvan-{hashlib.sha256(bytes(self.home)).hexdigest()[:8]}"

    @property
    def secrets_text(self) -> str:
        """The file of secrets, in the form that both sh and systemd read."""
        escaped = ((name, re.sub(r'(["\\`$])', r"\\\1", value)) for name, value in self.secrets.items())
        return "".join(f'{name}="{value}"\n' for name, value in escaped)


def job(home: Home, environment: Mapping[str, str], secrets_folder: Path | None = None) -> Job:
    """The schedule of an archive with the settings now in force; UsageError where one cannot be written on a line."""
    found = {name: value for name, value in environment.items() if name.startswith("DANVAN_") and value}
    found["DANVAN_HOME"] = str(home.folder)
    for name, value in found.items():
        if not value.isprintable():
            raise UsageError(f"{name}={value!r}: has a line break or another control character; set it anew without")
    found |= {name: _absolute(found[name]) for name in _PATHS if name in found}
    found |= {name: str(Path(found[name]).absolute()) for name in _NEW_PATHS if name in found}
    secrets = {name: found.pop(name) for name in _SECRETS if name in found}
    secrets |= {_DATABASE: _absolute_database(secrets[_DATABASE])} if _DATABASE in secrets else {}
    folder = secrets_folder or home.folder
    name = "schedule.env" if secrets_folder is None else f"{hashlib.sha256(bytes(home.folder)).hexdigest()[:8]}.env"
    return Job(
        program=_program(),
        home=home.folder,
        settings=dict(sorted(found.items())),
        secrets=secrets,
        secrets_file=folder.absolute() / name,
    )


def write_secrets(one: Job) -> None:
    """Write the file of secrets, readable by its owner only; without secrets, take an older one away."""
    try:
        if not one.secrets:
            one.secrets_file.unlink(missing_ok=True)
            return
        file = os.open(one.secrets_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as opened:
            os.fchmod(file, 0o600)  # it may have been there with other rights
            opened.write(one.secrets_text)
    except OSError as error:
        raise CannotRunError(f"{one.secrets_file}: cannot be written ({error.strerror}); nothing installed") from error


def _program() -> tuple[str, ...]:
    """The command beside this interpreter; without one, the interpreter with the command's module."""
    command = Path(sys.executable).absolute().parent / "danvan"
    return (str(command),) if command.exists() else (str(Path(sys.executable).absolute()), "-m", "archive.command")


def _absolute(value: str) -> str:
    """A path as absolute; a name that is no path here, such as a shipped topic's, stays."""
    return str(Path(value).absolute()) if Path(value).exists() else value


def _absolute_database(url: str) -> str:
    return f"{_SQLITE}{Path(url.removeprefix(_SQLITE)).absolute()}" if url.startswith(_SQLITE) else url
