"""Running the command as a user does: in a process of its own, with a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from crawler.demo.command import write_profiles
from crawler.demo.server import DemoServer


class Danvan:
    """The command for one home and one set of demo portals."""

    def __init__(self, home: Path, server: DemoServer) -> None:
        self.home, self.server = home, server
        write_profiles(home / "profiles", server.base_urls)
        # Without bytecode each of some two hundred starts would compile what it imports.
        dropped = ("DANVAN_", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        self.environment = kept | {
            "DANVAN_HOME": str(home),
            "DANVAN_PROFILES": str(home / "profiles"),
            "DANVAN_ALLOW_PRIVATE_ADDRESSES": "1",
            "DANVAN_WORKERS": "0",  # a second process loads for a second; the crawl that tests share has one
            "PYTHONWARNINGS": "error::ResourceWarning",
        }

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "archive.command", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, env=self.environment | more, stdout=pipe, stderr=pipe, text=True, cwd=self.home
        )

    def run(self, *arguments: str, code: int | None = 0, **more: str) -> subprocess.CompletedProcess[str]:
        """Run to the end; `code` None accepts any exit code."""
        command = [sys.executable, "-m", "archive.command", *arguments]
        done = subprocess.run(
            command,
            env=self.environment | more,
            capture_output=True,
            text=True,
            cwd=self.home,
            check=False,
            timeout=120,
        )
        assert code is None or done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *arguments: str, code: int | None = 0) -> Any:
        return json.loads(self.run(*arguments, "--json", code=code).stdout)
