"""An archive beside running demo portals, shared by the tests of one module: each looks at a portal of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.demo.server import DemoServer
from tests.end_to_end.running import Danvan


@pytest.fixture(scope="module")
def danvan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Danvan]:
    """The command for a fresh archive."""
    with DemoServer() as server:
        command = Danvan(tmp_path_factory.mktemp("live"), server)
        command.run("init")
        yield command
