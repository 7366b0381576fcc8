"""What all tests share: a clean environment, and system parts that are used when present and missed loudly."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.conjecture.providers import Constants

# The same examples in every run, whatever was run before; a slow machine fails nothing.
settings.register_profile(
    "danvan",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("danvan")
# Examples also come from the literals of all modules of ours that happen to be loaded: other tests of a run, and edits
# of files a test knows nothing of, would change them.
_NONE = Constants()
assert callable(providers._get_local_constants)
providers._get_local_constants = lambda: _NONE

# Under CI the absence of a system part is a failure, not a shorter suite.
_REQUIRED = os.environ.get("DANVAN_CI") == "1"


def chromium() -> str | None:
    """Debian's browser."""
    return shutil.which("chromium")


def postgres_bin() -> Path | None:
    """The folder of a PostgreSQL server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def left_out() -> dict[str, str]:
    """Groups of tests that cannot run here, and the package each needs."""
    parts = {"browser": (chromium(), "chromium"), "postgres": (postgres_bin(), "postgresql")}
    return {group: package for group, (found, package) in parts.items() if not found}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = left_out()
    if missing and _REQUIRED:
        raise pytest.UsageError(f"missing system packages: {', '.join(missing.values())} (apt-get install)")
    out = [item for item in items if any(item.get_closest_marker(group) for group in missing)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for group, package in left_out().items():
        message = f"LEFT OUT: the {group} tests. They need Debian's {package}: apt-get install {package}"
        terminalreporter.write_line(message, red=True, bold=True)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the user's archive, profiles or contact."""
    for name in [name for name in os.environ if name.startswith("DANVAN_") and name != "DANVAN_CI"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path / "home"))
