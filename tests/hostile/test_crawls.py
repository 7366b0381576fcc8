"""Whatever a server does: a named failure or a flagged page, the rest archived, nothing reached that must not be."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.hostile import crawling
from tests.hostile.server import ANSWERS, BROKEN_BUT_READ, Handler, Hostile, listing, page, to, zeros

GOOD = tuple(f"/tin/tot-{number}.html" for number in range(5))


def rows(environment: dict[str, str], query: str) -> list[tuple[Any, ...]]:
    engine = create_engine(f"sqlite:///{environment['DANVAN_HOME']}/archive.db")
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


def archived(environment: dict[str, str]) -> set[str]:
    return {"/" + url.split("/", 3)[3] for (url,) in rows(environment, "SELECT url FROM v1_article")}


@pytest.fixture(scope="module")
def endured(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, Any], Hostile]:
    """One crawl of a portal where nearly everything is wrong, honest articles first, between and last."""
    bad = [path for path in ANSWERS if not path.startswith("/tin/hop") or path == "/tin/hop0.html"]
    shown = [*GOOD[:2], *bad[: len(bad) // 2], GOOD[2], *bad[len(bad) // 2 :], *BROKEN_BUT_READ, *GOOD[3:]]
    followed = [
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:alert(1)",
        "http://a b/",
        "http://[::1",
        "//khac.vn/tin/x.html",
    ]
    with Hostile(BROKEN_BUT_READ | {"/danh-sach": listing(*shown, *followed)}) as server:
        environment = crawling.environment(tmp_path_factory.mktemp("hostile"), server.host)
        environment["DANVAN_WORKERS"] = "1"  # which limits the time a page may take
        # Failures stand together here as on no portal: the run must not end at the fifth in a row.
        found = crawling.crawl(environment)
        return environment, found, server


def test_no_crash_no_hang_no_swelling(endured: tuple[dict[str, str], dict[str, Any], Hostile]) -> None:
    _, found, _ = endured
    assert found["report"]["detail"] is None or "Error" not in found["report"]["detail"]
    assert found["seconds"] < 60
    assert found["mib"] < 400


def test_honest_articles_are_archived(endured: tuple[dict[str, str], dict[str, Any], Hostile]) -> None:
    environment, _, _ = endured
    assert archived(environment) == {*GOOD, *BROKEN_BUT_READ}


@pytest.mark.parametrize(
    "path", [path for path in ANSWERS if not path.startswith("/tin/hop") or path == "/tin/hop0.html"]
)
def test_every_bad_answer_has_a_name(endured: tuple[dict[str, str], dict[str, Any], Hostile], path: str) -> None:
    environment, _, server = endured
    url = f"http://{server.host}{path}"
    [(skipped, failure)] = rows(environment, f"SELECT skipped, failure FROM v1_link WHERE url = '{url}'")
    judged = rows(
        environment, f"SELECT kind, reason FROM v1_capture WHERE url = '{url}' AND kind NOT IN ('article', 'redirect')"
    )
    assert skipped or failure or judged
    assert not skipped or "off the portal" in skipped


def test_nothing_was_reached_that_must_not_be(endured: tuple[dict[str, str], dict[str, Any], Hostile]) -> None:
    environment, _, server = endured
    assert not [url for (url,) in rows(environment, "SELECT url FROM v1_capture") if server.host not in url]


def test_frontier_is_empty_and_archive_is_sound(endured: tuple[dict[str, str], dict[str, Any], Hostile]) -> None:
    environment, _, _ = endured
    assert rows(environment, "SELECT url FROM frontier") == []
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "archive.command", "verify"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def huge_robots(handler: Handler) -> None:
    handler.send(b"# dai\n" * 1_700_000, "text/plain")


@pytest.mark.parametrize(
    ("robots", "wanted"),
    {
        "server error": (lambda handler: handler.send(b"", status=500), 2),
        "10 MB": (huge_robots, 2),
        "HTML": (page("<html><body>Không tìm thấy</body></html>".encode()), 2),
        "gzip bomb": (lambda handler: handler.send(zeros(300), "text/plain", Content_Encoding="gzip"), 2),
        "forbids articles": (page(b"User-agent: *\nDisallow: /tin/\n", "text/plain"), 0),
        "redirects off the portal": (to("http://127.0.0.1:1/robots.txt"), 2),
    }.items(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_robots(tmp_path: Path, robots: str, wanted: tuple[Callable[[Handler], None], int]) -> None:
    answer, articles = wanted
    with Hostile({"/danh-sach": listing(*GOOD[:2]), "/robots.txt": answer}) as server:
        environment = crawling.environment(tmp_path, server.host)
        found = crawling.crawl(environment)
    assert len(archived(environment)) == articles, robots
    assert found["seconds"] < 20
    if articles == 0:
        assert {row[0] for row in rows(environment, "SELECT skipped FROM v1_link")} == {"Forbidden by robots.txt"}


def test_crawl_delay_of_years_is_kept_to_a_minute(tmp_path: Path) -> None:
    delay = page(b"User-agent: *\nCrawl-delay: 1000000000\n", "text/plain")
    with Hostile({"/danh-sach": listing(*GOOD), "/robots.txt": delay}) as server:
        environment = crawling.environment(tmp_path, server.host)
        process = crawling.start(environment)
        log = ""
        while "keeping" not in log and process.poll() is None:
            time.sleep(0.1)
            log = "".join(path.read_text() for path in (tmp_path / "home" / "runs").glob("*.log"))
        process.kill()
        process.communicate()
    assert "keeping 60.0 s" in log
    assert rows(environment, "SELECT state FROM frontier WHERE state != 'done'")  # for the next run


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "haha">{LAUGHS}]><urlset><url><loc>&l9;</loc></url></urlset>'
XXE = '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>'


SITEMAPS = {
    "/billion-laughs.xml": page(BILLION.encode(), "application/xml"),
    "/external-entity.xml": page(XXE.encode(), "application/xml"),
    "/no-xml.xml": page(b"not xml at all", "application/xml"),
    "/html.xml": page(b"<html><body>404</body></html>"),
    "/empty.xml": page(b"", "application/xml"),
    "/bomb.xml": page(zeros(300), "application/gzip"),
    "/bomb-in-gzip.xml": page(gzip.compress(zeros(300)), "application/gzip"),
}
ENDLESS = page(b"<sitemapindex><sitemap><loc>/endless.xml</loc></sitemap></sitemapindex>", "application/xml")


def test_sitemaps_that_are_none_are_problems_by_name_and_the_list_beside_them_is_read(tmp_path: Path) -> None:
    answers = SITEMAPS | {"/endless.xml": ENDLESS, "/danh-sach": listing(*GOOD[:2])}
    rule = f'[[discover]]\nkind = "sitemap"\nurls = {[*SITEMAPS, "/endless.xml"]}\n'
    with Hostile(answers) as server:
        environment = crawling.environment(tmp_path, server.host, rule + crawling.LIST)
        found = crawling.crawl(environment)
    assert archived(environment) == set(GOOD[:2])
    assert found["seconds"] < 20
    assert found["mib"] < 400
    assert {path: server.hits.count(path) for path in answers} == dict.fromkeys(answers, 1)
    assert rows(environment, "SELECT url FROM v1_link WHERE url LIKE '%haha%' OR url LIKE '%root%'") == []


@pytest.mark.conformance  # 50,000 rows
def test_sitemap_of_too_many_addresses_is_cut_at_the_protocols_limit(tmp_path: Path) -> None:
    entries = b"".join(b"<url><loc>/tin/%d.html</loc></url>" % number for number in range(50_001))
    body = page(b"<urlset>" + entries + b"</urlset>", "application/xml")
    with Hostile({"/sitemap.xml": body}) as server:
        environment = crawling.environment(tmp_path, server.host, crawling.SITEMAP)
        found = crawling.crawl(environment, CLOSESPIDER_ITEMCOUNT=20)
    assert rows(environment, "SELECT count(*) FROM v1_link") == [(50_000,)]
    assert found["mib"] < 400


def test_list_of_200_000_links_is_cut_and_the_crawl_goes_on(tmp_path: Path) -> None:
    links = b"".join(b'<a href="/tin/%d.html">Tin</a>' % number for number in range(200_000))
    with Hostile({"/danh-sach": page(b"<html><body>" + links + b"</body></html>")}) as server:
        environment = crawling.environment(tmp_path, server.host)
        found = crawling.crawl(environment, CLOSESPIDER_ITEMCOUNT=20)
    assert rows(environment, "SELECT count(*) FROM v1_link") == [(2_000,)]
    assert found["mib"] < 400


@pytest.mark.parametrize("host", ["localhost", "0x7f.1"])
def test_private_address_is_not_reached_and_named(tmp_path: Path, host: str) -> None:
    with Hostile({"/danh-sach": listing(*GOOD)}) as server:
        port = server.host.rsplit(":", 1)[1]
        environment = crawling.environment(tmp_path, f"{host}:{port}", allows_private=False)
        found = crawling.crawl(environment)
    assert server.hits == []
    assert found["report"]["verdict"] == "failed"
    assert set(found["report"]["failures"]) == {"private-address"}


def test_portal_that_refuses_everything_is_left_in_peace_and_its_addresses_wait(tmp_path: Path) -> None:
    refused = {f"/tin/{n}.html": lambda handler: handler.send(b"no", status=403) for n in range(40)}
    with Hostile(refused | {"/danh-sach": listing(*refused)}) as server:
        environment = crawling.environment(tmp_path, server.host, concurrency=1)
        found = crawling.crawl(environment)
    assert found["report"]["detail"].startswith("ended early: blocked")
    assert len([hit for hit in server.hits if hit.startswith("/tin/")]) < 25
    assert len(rows(environment, "SELECT url FROM frontier WHERE state = 'queued'")) > 15


def test_portal_that_names_its_time_is_asked_again_then(tmp_path: Path) -> None:
    told: list[str] = []

    def later(handler: Handler) -> None:
        told.append(handler.path)
        handler.send(b"", status=429, Retry_After="1") if len(told) == 1 else handler.send(b"", status=404)

    with Hostile({"/danh-sach": listing("/tin/a.html", *GOOD[:2]), "/tin/a.html": later}) as server:
        environment = crawling.environment(tmp_path, server.host, concurrency=1)
        found = crawling.crawl(environment)
    assert len(told) == 2
    assert archived(environment) == set(GOOD[:2])
    assert found["report"]["failures"] == {"throttled": 1}


def test_portal_that_asks_for_an_hour_gets_it(tmp_path: Path) -> None:
    busy = {"/tin/a.html": lambda handler: handler.send(b"", status=503, Retry_After="3600")}
    with Hostile(busy | {"/danh-sach": listing("/tin/a.html", *GOOD)}) as server:
        environment = crawling.environment(tmp_path, server.host, concurrency=1)
        found = crawling.crawl(environment)
    assert found["report"]["detail"].startswith("ended early: asked for patience")
    assert found["report"]["not_before"] > found["report"]["finished_at"]


def test_portal_that_has_moved_is_said_to_have(tmp_path: Path) -> None:
    with Hostile({"/danh-sach": to("https://moi.vn/danh-sach", 301)}) as server:
        environment = crawling.environment(tmp_path, server.host)
        found = crawling.crawl(environment)
    assert (found["report"]["verdict"], found["report"]["moved_to"]) == ("failed", "moi.vn")
