"""A portal of which only its family is known: refused, checked, then crawled by the family's rules alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from tests.end_to_end.running import Danvan

PROFILE = """
key = "chi-ho"
name = "Chỉ biết họ"
kind = "other"
family = "nukeviet"
hosts = ["{host}"]
scheme = "http"
province = "Bình Phước"
status = "listed"
evidence = "own"

[http]
delay_seconds = 0.0
"""


@pytest.mark.conformance  # half a minute
def test_listed_portal_is_crawled_by_its_familys_rules_after_a_check(tmp_path: Path) -> None:
    with DemoServer() as server:
        danvan = Danvan(tmp_path, server)
        danvan.run("init")
        host = server.base_urls["demo-binhphuoc"].split("//")[1].strip("/")
        (tmp_path / "profiles" / "demo-binhphuoc.toml").unlink()
        (tmp_path / "profiles" / "chi-ho.toml").write_text(PROFILE.format(host=host), encoding="utf-8")
        assert "waits for `danvan portals check chi-ho`" in danvan.run("crawl", "chi-ho", code=2).stderr
        found = danvan.json("portals", "check", "chi-ho")
        assert (found["passed"], found["links"]) == (True, 3)
        assert {sample["family"] for sample in found["articles"]} == {"nukeviet"}
        [report] = danvan.json("crawl", "chi-ho")
        assert report["verdict"] == "ok"
        assert report["counts"]["new"] > 5
