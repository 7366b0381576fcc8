"""Prometheus's own Python client reads the figures of a crawled archive as they were meant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from tests.conformance import environments
from tests.end_to_end.running import Danvan

pytestmark = pytest.mark.conformance
_READ = """
import json, sys
from prometheus_client.parser import text_string_to_metric_families
families = text_string_to_metric_families(open(sys.argv[1], encoding="utf-8").read())
print(json.dumps([[s.name, dict(s.labels), s.value] for f in families for s in f.samples if f.type == "gauge"]))
"""


@pytest.fixture
def danvan(tmp_path: Path) -> Iterator[Danvan]:
    with DemoServer() as server:
        (tmp_path / "home").mkdir()
        command = Danvan(tmp_path / "home", server)
        command.run("init")
        yield command


def test_prometheus_client_reads_the_figures(danvan: Danvan, tmp_path: Path) -> None:
    python = environments.environment("prometheus", "prometheus-client==0.26.0") / "python"
    danvan.run("crawl", "demo-yenbai")
    danvan.run("verify")
    danvan.run("schedule", "tick")
    file = danvan.home / "metrics.prom"
    done = environments.run(python, "-c", _READ, file, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(found) == len(lines)
    assert ["danvan_run_verdict", {"portal": "demo-yenbai", "verdict": "ok"}, 1.0] in found
    assert ["danvan_verify_verdict", {"verdict": "clean"}, 1.0] in found
