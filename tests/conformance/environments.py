"""Environments beside ours for tools that must not be dependencies (pywb is GPL) or cannot share ours."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def environment(name: str, *packages: str) -> Path:
    """The folder of programs of an environment under .conformance, made on first use."""
    folder = ROOT / ".conformance" / name
    ready = folder / ".ready"
    uv = str(ROOT / ".tools" / "bin" / "uv")
    if not ready.exists():
        subprocess.run([uv, "venv", "--quiet", "--clear", str(folder)], check=True)
        python = str(folder / "bin" / "python")
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *packages], check=True)
        ready.touch()
    return folder / "bin"


def run(program: Path, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a tool; its own warnings are not ours."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DANVAN_", "PYTHON"))}
    return subprocess.run(
        [str(program), *map(str, arguments)], cwd=cwd, env=kept, capture_output=True, text=True, check=False
    )
