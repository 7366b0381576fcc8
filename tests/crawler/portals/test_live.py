"""Drafting from live pages on loopback: fetched and captured as a check would, then checked and crawled."""

from __future__ import annotations

import json
from typing import Any

from crawler.demo.articles import articles_of
from crawler.demo.portals import PORTALS
from tests.end_to_end.running import Danvan

WHO = ("--province", "Ninh Bình", "--district", "Gia Viễn")
UNHURRIED = "\n[http]\ndelay_seconds = 0.0\n"  # loopback needs no sparing


def asked(danvan: Danvan, key: str) -> list[str]:
    return [path for portal, path, _ in danvan.server.requests if portal == key]


def test_drafted_portal_is_checked_and_crawled(danvan: Danvan) -> None:
    profiles = danvan.home / "profiles"
    (profiles / "demo-giavien.toml").unlink()  # the portal is unknown
    url = f"{danvan.server.base_urls['demo-giavien']}/tin-dan-van/"
    path = profiles / "gia-vien.toml"
    made = danvan.json("portals", "draft", url, *WHO, "-o", str(path))
    assert (made["by_rule"], made["family"], made["file"]) == (True, "generic", str(path))
    assert list((danvan.home / "warc").glob("*.warc.gz"))
    assert len(asked(danvan, "demo-giavien")) <= 5  # robots.txt, the list, three articles
    path.write_text(path.read_text() + UNHURRIED)

    found = danvan.json("portals", "check", "gia-vien")
    assert found["passed"] is True
    assert all(one["method"]["layout"] == "current" for one in found["articles"])
    [report] = danvan.json("crawl", "gia-vien")
    assert (report["verdict"], report["counts"]["new"] > 5) == ("ok", True)
    articles = [json.loads(line) for line in danvan.run("export").stdout.splitlines()]
    assert all(one["published"] and one["sapo"] for one in articles)
    assert len(articles) == report["counts"]["new"]  # what was drafted from was not archived
    count = len(danvan.server.requests)
    # Drafting and checking had looked at some of them: their bytes stand in the captures of then.
    looked = [
        one for one in articles if all(c["is_revisit"] for c in captures(danvan, one["id"]) if c["status"] == 200)
    ]
    assert looked
    first = looked[0]
    fixture = danvan.json("portals", "fixture", first["url"], "-o", str(danvan.home / "fixtures"))
    assert (fixture["problems"], fixture["result"]["url"]) == ([], first["url"])
    assert fixture["result"]["published"] == first["published"]["value"]
    assert fixture["result"]["title"] != first["title"]
    assert len(danvan.server.requests) == count  # read from the archive

    paths = asked(danvan, "demo-giavien")
    assert "/tin-dan-van/trang-2.html" in paths  # the pager was understood
    assert not [path for path in paths if "/login" in path]


def captures(danvan: Danvan, article: int) -> list[dict[str, Any]]:
    versions = danvan.json("show", str(article), "--versions")["versions"]
    return [capture for version in versions for capture in version["captures"]]


def test_live_draft_keeps_the_rules_of_a_crawl(danvan: Danvan) -> None:
    base = danvan.server.base_urls["demo-binhphuoc"]
    (danvan.home / "profiles" / "demo-binhphuoc.toml").unlink()
    made = danvan.json("portals", "draft", f"{base}/vi/news/mo-hinh-hay/", *WHO)
    assert (made["family"], made["by_rule"]) == ("nukeviet", True)
    assert "fields" not in made["profile"]
    assert asked(danvan, "demo-binhphuoc")[0] == "/robots.txt"

    page = f"{danvan.server.base_urls['demo-yenbai']}{PORTALS[1].article_path(articles_of('demo-yenbai')[3])}"
    fixture = danvan.json("portals", "fixture", page, "-o", str(danvan.home / "fixtures"))
    assert (fixture["problems"], fixture["result"]["url"]) == ([], page)
    assert asked(danvan, "demo-yenbai") == ["/robots.txt", page.removeprefix(danvan.server.base_urls["demo-yenbai"])]

    def refused(url: str, code: int, **environment: str) -> str:
        [line] = danvan.run("portals", "draft", url, *WHO, code=code, **environment).stderr.splitlines()
        return line

    assert "/print/a-1.html: robots.txt forbids it" in refused(f"{base}/print/a-1.html", 2)
    assert refused(f"{base}/khong-co/", 2).endswith("/khong-co/: HTTP 404; give the address of a page that is there")
    before = len(danvan.server.requests)
    assert "lookup failed" in refused(f"{base}/", 3, DANVAN_ALLOW_PRIVATE_ADDRESSES="0")
    assert len(danvan.server.requests) == before
