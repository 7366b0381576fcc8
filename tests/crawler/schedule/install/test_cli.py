"""`danvan schedule install`: one entry however often, everything absolute, and the lines run by themselves."""

from __future__ import annotations

import configparser
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.command import run
from archive.repository import Archive
from archive.settings import current_home
from tests.crawler.schedule.install.machine import Machine

OTHERS = "MAILTO=you@example.org\n17 * * * * true # của tôi 100\\%\n"
MakeMachine = Callable[..., Machine]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeMachine:
    """Makes the machine that the command sees, with an archive whose folder is hard to quote."""
    monkeypatch.delenv("DANVAN_CI", raising=False)  # of the run of tests, not of danvan
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path / 'kho "dân" vận\'s $100%'))
    monkeypatch.setenv("DANVAN_CONTACT", 'bạn@example.org (50% "$HOME")')

    def make(*programs: str) -> Machine:
        made = Machine(tmp_path, programs)
        monkeypatch.setenv("PATH", str(made.bin))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(made.config))
        return made

    Archive.create(current_home())[0].close()
    return make


def schedule(*arguments: str, code: int = 0) -> None:
    assert run(["schedule", *arguments]) == code


def commands(crontab: str) -> list[str]:
    """The command lines of the crontab's entries, as cron hands them to sh."""
    entries = [line.split(maxsplit=5)[5] for line in crontab.splitlines() if line and line[0] in "*0"]
    assert not [entry for entry in entries if "%" in entry.replace(r"\%", "")]  # it would end the line
    return [entry.replace(r"\%", "%") for entry in entries]


def test_crontab_has_one_entry_however_often_and_keeps_the_others(machine: MakeMachine) -> None:
    made = machine("crontab")
    made.crontab = OTHERS
    schedule("install", "--cron")
    first = made.crontab
    schedule("install")
    assert made.crontab == first
    assert first.startswith(OTHERS)
    assert len(commands(first)) == 2
    schedule("uninstall")
    assert made.crontab == OTHERS


def test_crontab_of_two_archives_has_both(
    machine: MakeMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = machine("crontab")
    schedule("install")
    first = made.crontab
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path / "second"))
    Archive.create(current_home())[0].close()
    schedule("install")
    assert made.crontab.startswith(first)
    assert len(commands(made.crontab)) == 4
    schedule("uninstall")
    assert made.crontab == first


def test_lines_run_under_sh_with_an_empty_environment(machine: MakeMachine, tmp_path: Path) -> None:
    made = machine("crontab")
    schedule("install")
    for line in commands(made.crontab):
        done = subprocess.run(
            ["/usr/bin/env", "-i", "/bin/sh", "-c", line], cwd=tmp_path, capture_output=True, check=False, timeout=60
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    log = (current_home().runs / "schedule.log").read_text()
    assert "no portal is due" in log
    assert "0 articles indexed" in log or "up to date" in log
    assert "all is as it was captured" in log


def test_line_holds_every_setting_as_it_was_and_no_secret(
    machine: MakeMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = machine("crontab")
    (tmp_path / "của tôi").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANVAN_PROFILES", "của tôi")
    monkeypatch.setenv("DANVAN_TOPIC", "dan-van")
    monkeypatch.setenv("DANVAN_KEEP", "")
    home = current_home()
    (home.folder / "schedule.env").touch(0o644)
    url = f"sqlite:///{home.folder / 'archive.db'}"
    monkeypatch.setenv("DANVAN_DATABASE_URL", url)
    schedule("install")
    assert url not in made.crontab
    line = commands(made.crontab)[0].partition(" { ")[0]
    shown = subprocess.run(
        ["/usr/bin/env", "-i", "/bin/sh", "-c", f"{line} /usr/bin/env"], capture_output=True, text=True, check=True
    ).stdout
    found = dict(row.split("=", 1) for row in shown.splitlines() if row.startswith("DANVAN_"))
    assert found == {
        "DANVAN_HOME": str(home.folder),
        "DANVAN_CONTACT": 'bạn@example.org (50% "$HOME")',
        "DANVAN_PROFILES": str(tmp_path / "của tôi"),
        "DANVAN_TOPIC": "dan-van",
        "DANVAN_DATABASE_URL": url,
    }
    secrets = home.folder / "schedule.env"
    assert secrets.stat().st_mode & 0o777 == 0o600
    schedule("uninstall")
    assert not secrets.exists()


def test_systemd_units_say_the_same_and_are_started_once(
    machine: MakeMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    made = machine("systemctl", "crontab")
    schedule("install", "--cron")
    schedule("install")
    schedule("install")
    assert commands(made.crontab) == []
    parts = ("index.service", "tick.service", "tick.timer", "verify.service", "verify.timer")
    assert [name.split("-", 2)[2] for name in made.units] == list(parts)
    name = made.units[0].rpartition("-")[0]
    assert made.systemctl[-1] == f"--user enable --now {name}-tick.timer {name}-verify.timer"
    assert "enable-linger" in capsys.readouterr().out
    schedule("uninstall")
    assert made.units == []
    assert f"--user disable --now {name}-tick.timer {name}-verify.timer" in made.systemctl


def test_units_hold_absolute_programs_settings_and_what_comes_after_a_crawl(
    machine: MakeMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyze = shutil.which("systemd-analyze")
    machine()
    monkeypatch.setenv("DANVAN_DATABASE_URL", f"sqlite:///{current_home().folder / 'archive.db'}")
    schedule("install", "--systemd", "--to", str(tmp_path / "units"))
    units = {path.name.split("-", 2)[-1]: path for path in (tmp_path / "units").glob("danvan-*")}
    tick = parsed(units["tick.service"])
    program, *arguments = shlex.split(tick["Service"]["ExecStart"].replace("%%", "%").replace("$$", "$"))
    assert Path(program).is_absolute()
    assert Path(program).exists()
    assert arguments == ["schedule", "tick"]
    assert tick["Unit"]["OnSuccess"] == tick["Unit"]["OnFailure"] == units["index.service"].name
    settings = units["tick.service"].read_text().replace("%%", "%").replace('\\"', '"')
    assert f'Environment="DANVAN_HOME={current_home().folder}"' in settings
    assert 'Environment="DANVAN_CONTACT=bạn@example.org (50% "$HOME")"' in settings
    secrets = Path(tick["Service"]["EnvironmentFile"])
    assert secrets.read_text().startswith('DANVAN_DATABASE_URL="sqlite:///')
    assert secrets.stat().st_mode & 0o777 == 0o600
    assert parsed(units["tick.timer"])["Timer"] == {"OnCalendar": "*:0/15", "Persistent": "true"}
    assert not [path for path in units.values() if "%" in path.read_text().replace("%%", "")]
    if analyze:
        files = [str(path) for path in units.values()]
        done = subprocess.run(
            [analyze, "--user", "verify", *files], env={"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")


def parsed(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(path, encoding="utf-8")
    return read


def test_print_changes_nothing_and_keeps_the_secret(
    machine: MakeMachine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = machine("crontab", "systemctl")
    monkeypatch.setenv("DANVAN_DATABASE_URL", "postgresql://danvan:matkhau@db.test/danvan")
    schedule("install", "--print")
    said = capsys.readouterr().out
    assert "tick.timer" in said
    assert "*/15 * * * *" in said
    assert "matkhau" not in said
    assert (made.crontab, made.systemctl, made.units) == ("", [], [])
    assert not (current_home().folder / "schedule.env").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "neither a systemd of yours nor crontab here; --to FOLDER"),
        (("--cron",), "no crontab command here; install cron"),
        (("--systemd",), "no systemd of the user answers here"),
    ],
)
def test_machine_without_the_programs_is_one_line(
    machine: MakeMachine, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    machine()
    schedule("install", *arguments, code=3)
    assert said in capsys.readouterr().err
    schedule("uninstall")
    assert "nothing was installed" in capsys.readouterr().out


def test_install_wants_an_archive_and_settings_that_fit_a_line(
    machine: MakeMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = machine("crontab")
    monkeypatch.setenv("DANVAN_CONTACT", "a\nb")
    schedule("install", code=2)
    assert "DANVAN_CONTACT='a\\nb': has a line break" in capsys.readouterr().err
    monkeypatch.delenv("DANVAN_CONTACT")
    schedule("install")
    assert "DANVAN_CONTACT is not set" in capsys.readouterr().err
    made.crontab = ""
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path / "none"))
    schedule("install", code=3)
    assert "no archive in" in capsys.readouterr().err
    assert made.crontab == ""
