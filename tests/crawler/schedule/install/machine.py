"""A machine for schedules: stand-ins for the outside programs crontab and systemctl, which keep what they are given."""

from __future__ import annotations

from pathlib import Path

_CRONTAB = """#!/bin/sh
file="$(dirname "$0")/crontab.txt"
if [ "$1" = -l ]; then
  [ -f "$file" ] || { echo "no crontab for you" >&2; exit 1; }
  exec cat "$file"
fi
exec cat > "$file"
"""
_SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/systemctl.txt"
"""


class Machine:
    """A folder for PATH with the programs that this machine has."""

    def __init__(self, folder: Path, programs: tuple[str, ...]) -> None:
        self.bin, self.config = folder / "bin", folder / "config"
        self.bin.mkdir()
        for name, text in (("crontab", _CRONTAB), ("systemctl", _SYSTEMCTL)):
            if name in programs:
                (self.bin / name).write_text(text)
                (self.bin / name).chmod(0o755)
        for name in ("sh", "cat", "dirname"):
            (self.bin / name).symlink_to(f"/bin/{name}" if Path(f"/bin/{name}").exists() else f"/usr/bin/{name}")

    @property
    def crontab(self) -> str:
        return (self.bin / "crontab.txt").read_text() if (self.bin / "crontab.txt").exists() else ""

    @crontab.setter
    def crontab(self, text: str) -> None:
        (self.bin / "crontab.txt").write_text(text)

    @property
    def systemctl(self) -> list[str]:
        path = self.bin / "systemctl.txt"
        return path.read_text().splitlines() if path.exists() else []

    @property
    def units(self) -> list[str]:
        return sorted(path.name for path in self.config.rglob("danvan-*"))
