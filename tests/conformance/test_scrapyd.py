"""scrapyd runs our spiders through scrapy.cfg: deployed by scrapyd-client, asked by HTTP, archived as by `danvan crawl`."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from crawler.demo.server import DemoServer
from tests.conformance.environments import ROOT, environment, run
from tests.end_to_end.running import Danvan
from tests.postgres import free_port

pytestmark = pytest.mark.conformance
# A first crawl of a demo portal takes seconds; a busy machine may need more.
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def programs() -> Path:
    """scrapyd and its client beside danvan, as crawler/README.md says."""
    return environment("scrapyd", "scrapyd==1.6.0", "scrapyd-client==2.0.3", "-e", str(ROOT))


@pytest.fixture
def danvan(tmp_path: Path) -> Iterator[Danvan]:
    with DemoServer() as server:
        (tmp_path / "home").mkdir()
        command = Danvan(tmp_path / "home", server)
        command.run("init")
        yield command


@pytest.fixture
def scrapyd(programs: Path, danvan: Danvan, tmp_path: Path) -> Iterator[str]:
    """A running scrapyd's address; it has the archive's settings in its environment."""
    folder, port = tmp_path / "scrapyd", free_port()
    folder.mkdir()
    (folder / "scrapyd.conf").write_text(
        f"[scrapyd]\nbind_address = 127.0.0.1\nhttp_port = {port}\npoll_interval = 0.5\n"
    )
    log = (folder / "scrapyd.log").open("w")
    process = subprocess.Popen([programs / "scrapyd"], cwd=folder, env=danvan.environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(lambda: asked(address, "daemonstatus"))
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def test_deployed_spider_crawls_into_the_archive(programs: Path, scrapyd: str, danvan: Danvan, tmp_path: Path) -> None:
    folder = tmp_path / "deploy"
    folder.mkdir()
    written = (ROOT / "scrapy.cfg").read_text(encoding="utf-8")
    assert "url = http://127.0.0.1:6800/" in written
    (folder / "scrapy.cfg").write_text(written.replace("http://127.0.0.1:6800/", f"{scrapyd}/"), encoding="utf-8")
    done = run(programs / "scrapyd-deploy", cwd=folder)
    assert '"status": "ok"' in done.stdout, done.stdout + done.stderr
    assert {"demo-yenbai", "baothainguyen"} <= set(asked(scrapyd, "listspiders", project="danvan")["spiders"])

    job = asked(scrapyd, "schedule", {"project": "danvan", "spider": "demo-yenbai"})["jobid"]
    wait_for(lambda: job in [one["id"] for one in asked(scrapyd, "listjobs", project="danvan")["finished"]])
    [report] = danvan.json("schedule", "history")
    assert (report["portal"], report["verdict"]) == ("demo-yenbai", "ok")
    assert danvan.json("stats")["articles"] == report["counts"]["new"] > 5
    danvan.run("verify")


def asked(address: str, what: str, posted: dict[str, str] | None = None, **query: str) -> Any:
    """An answer of scrapyd's API."""
    data = urlencode(posted).encode() if posted else None
    with urlopen(f"{address}/{what}.json?{urlencode(query)}", data, timeout=10) as answer:
        found = json.load(answer)
    assert found["status"] == "ok", found
    return found


def wait_for(is_true: Any) -> None:
    """Ask until it is true."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            if is_true():
                return
        except URLError:
            pass  # not up yet
        time.sleep(0.2)
    raise AssertionError(f"not after {PATIENCE_SECONDS} s")
