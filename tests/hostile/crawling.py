"""Crawls a hostile portal in a process of its own, with short time-outs.

python -m tests.hostile.crawling KEY [SETTINGS.json]   prints a JSON object: report, seconds, peak memory in MiB
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

TIMEOUT = 2.0
PROFILE = """
key = "thu-dich"
name = "Cổng thù địch"
kind = "other"
family = "generic"
scheme = "http"
hosts = ["{host}"]
province = "Thái Nguyên"
status = "demo"
scope = "all"
evidence = "tests/hostile/server.py"
[articles]
patterns = ['^/tin/.+\\.html$']
[http]
delay_seconds = 0.0
concurrency = {concurrency}
{discover}
"""
LIST = '[[discover]]\nkind = "list"\nurls = ["/danh-sach"]\n'
SITEMAP = '[[discover]]\nkind = "sitemap"\nurls = ["/sitemap.xml"]\n'


def environment(
    folder: Path, host: str, discover: str = LIST, *, allows_private: bool = True, concurrency: int = 8
) -> dict[str, str]:
    """The environment of a crawl of a hostile portal, its archive in a folder."""
    profiles = folder / "profiles"
    profiles.mkdir(exist_ok=True)
    profile = PROFILE.format(host=host, discover=discover, concurrency=concurrency)
    (profiles / "thu-dich.toml").write_text(profile, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DANVAN_")}
    own = {"DANVAN_HOME": str(folder / "home"), "DANVAN_PROFILES": str(profiles), "DANVAN_WORKERS": "0"}
    return (
        kept
        | own
        | {"DANVAN_CONTACT": "test@example.org"}
        | ({"DANVAN_ALLOW_PRIVATE_ADDRESSES": "1"} if allows_private else {})
    )


def start(environment: dict[str, str], **settings: Any) -> subprocess.Popen[str]:
    """Start a crawl."""
    command = [sys.executable, "-m", "tests.hostile.crawling", json.dumps(settings)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)


def crawl(environment: dict[str, str], **settings: Any) -> dict[str, Any]:
    """Run a crawl to its end; what the process printed."""
    process = start(environment, **settings)
    try:
        out, err = process.communicate(timeout=90)
    finally:
        process.kill()
    assert process.returncode == 0, err[-3000:]
    found: dict[str, Any] = json.loads(out)
    return found


def _peak() -> int:
    """Of this program alone; `ru_maxrss` begins with the size of the process that started it."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def main() -> None:
    import msgspec

    from archive.repository import Archive
    from archive.settings import current_home
    from crawler.crawl import run_jobs
    from crawler.team import CrawlJob
    from spiders.registry import load_registry

    settings = {"DOWNLOAD_TIMEOUT": TIMEOUT, "RETRY_TIMES": 0} | json.loads(sys.argv[1])
    Archive.create(current_home())[0].close()
    start = time.monotonic()
    [result] = run_jobs([CrawlJob(portal=load_registry().portal("thu-dich"))], current_home(), settings)
    told = {
        "report": msgspec.to_builtins(result.report),
        "seconds": time.monotonic() - start,
        "mib": _peak(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
