"""The demo portals, crawled once for all tests that only look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from tests.end_to_end.running import Danvan


@pytest.fixture
def danvan(tmp_path: Path) -> Iterator[Danvan]:
    """A fresh archive beside running demo portals."""
    with DemoServer() as server:
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        command = Danvan(home, server)
        command.run("init")
        yield command


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Danvan]:
    """All demo portals crawled and indexed; tests must not change it."""
    with DemoServer() as server:
        command = Danvan(tmp_path_factory.mktemp("crawled"), server)
        command.run("init")
        command.run("crawl", *server.base_urls, DANVAN_WORKERS="1")
        command.run("index", "update")
        yield command
