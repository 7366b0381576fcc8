"""Crawling the demo portals: what is archived is what was written, and nothing is lost by force."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from warcio.checker import Checker

from crawler.demo.articles import DemoArticle, articles_of
from crawler.demo.portals import PORTALS
from tests.end_to_end.running import Danvan


def exported(danvan: Danvan) -> dict[str, dict[str, Any]]:
    """Every archived article by its title."""
    lines = danvan.run("export").stdout.splitlines()
    return {article["title"] + "|" + article["portal"]: article for article in map(json.loads, lines)}


def written(*, is_second: bool = False) -> list[DemoArticle]:
    shown = [article for portal in PORTALS for article in articles_of(portal.key)]
    return [a for a in shown if (is_second or not a.is_late) and not (is_second and a.is_removed)]


def key(article: DemoArticle) -> str:
    return f"{article.title}|{article.portal}"


def test_archived_articles_read_as_they_were_written(crawled: Danvan) -> None:
    found = exported(crawled)
    wanted = {key(article): article for article in written() if article.dan_van}
    shared = found.keys() & wanted.keys()
    assert len(shared) >= 0.85 * len(wanted)
    for name in shared:
        article, archived = wanted[name], found[name]
        assert archived["body"].split("\n\n") == list(article.paragraphs), name
        assert archived["published"]["value"][:10] == article.published.date().isoformat(), name
        assert archived["authors"] == ([article.author] if article.author else []), name
        assert archived["captions"] == list(article.captions) or article.portal == "demo-giavien", name


def test_officials_and_localities_are_those_of_the_text(crawled: Danvan) -> None:
    found = exported(crawled)
    hits = missed = false = 0
    places_hit = places_missed = 0
    for article in written():
        if archived := found.get(key(article)):
            officials = {official["name"] for official in archived["officials"]}
            hits += len(officials & set(article.officials))
            missed += len(set(article.officials) - officials)
            false += len(officials - set(article.officials))
            places = {f"{place['type']} {place['name']}" for place in archived["localities"]}
            places_hit += len(places & set(article.localities))
            places_missed += len(set(article.localities) - places)
    assert 2 * hits / (2 * hits + missed + false) >= 0.9
    assert places_hit / (places_hit + places_missed) >= 0.9


def test_articles_off_the_topic_stay_in_the_ledger(crawled: Danvan) -> None:
    found = exported(crawled)
    off_topic = [article for article in written() if not article.dan_van]
    assert not [article.title for article in off_topic if key(article) in found]
    reports = {run["portal"]: run for run in schedule(crawled)}
    assert sum(run["counts"]["rejected"] for run in reports.values()) >= len(off_topic)


def test_articles_left_out_are_archived_when_all_are_asked_for(danvan: Danvan) -> None:
    [first] = danvan.json("crawl", "demo-yenbai")
    assert first["rejected"]["off-topic"] > 0
    [second] = danvan.json("crawl", "demo-yenbai", "--keep", "all")
    assert second["counts"]["new"] == first["rejected"]["off-topic"]
    assert "off-topic" not in second["rejected"]
    [third] = danvan.json("crawl", "demo-yenbai", "--keep", "all")
    assert third["counts"].get("new", 0) == 0


def test_another_topic_is_another_file(danvan: Danvan, tmp_path: Path) -> None:
    topic = tmp_path / "bridges.toml"
    topic.write_text(
        'topic = "bridges"\nthreshold = 1.0\n[negative]\ncontexts = []\nweights = {}\n'
        '[works]\ncap = 9\nphrases = { "không từ nào như thế" = 2 }\n',
        encoding="utf-8",
    )
    danvan.environment["DANVAN_TOPIC"] = str(topic)
    [run] = danvan.json("crawl", "demo-yenbai")
    assert run["counts"].get("new", 0) == 0
    assert run["rejected"]["off-topic"] > 3
    danvan.environment["DANVAN_TOPIC"] = str(tmp_path / "none.toml")
    said = danvan.run("crawl", "demo-yenbai", code=None)
    assert said.returncode == 2
    assert "none.toml: cannot be read" in said.stderr


def schedule(danvan: Danvan) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = danvan.json("schedule", "status")
    return [row for row in rows if row["portal"].startswith("demo-")]


def test_every_portal_was_ok_and_asked_for_nothing_it_must_not(crawled: Danvan) -> None:
    assert {row["verdict"] for row in schedule(crawled)} == {"ok"}
    paths = [path for _, path, _ in crawled.server.requests]
    assert not [
        path for path in paths if any(trap in path for trap in ("/print", "/login", "/tag", "savefile", "tim-kiem"))
    ]
    assert not [path for path in paths if "utm_source" in path and path.endswith(".xml")]


def test_captures_pass_warcio_check_and_lead_back_to_the_page(
    crawled: Danvan, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = list((crawled.home / "warc").iterdir())
    assert paths
    assert all(path.name.endswith(".warc.gz") for path in paths)
    for path in paths:
        checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": False}))
        checker.process_all()
        assert checker.exit_value == 0
    article = next(iter(exported(crawled).values()))
    shown = crawled.json("show", str(article["id"]), "--versions")
    [capture] = shown["versions"][0]["captures"]
    from archive.warc import read_payload

    payload = read_payload(crawled.home / "warc", _capture(capture))[0]
    assert article["title"].split()[0].encode() in payload


def _capture(values: dict[str, Any]) -> Any:
    import msgspec

    from archive.records import Capture

    return msgspec.convert(values, Capture)


def test_second_crawl_adds_nothing_and_says_so(danvan: Danvan) -> None:
    keys = list(danvan.server.base_urls)
    danvan.run("crawl", *keys)
    before = danvan.json("stats")
    again = danvan.run("crawl", *keys)
    after = danvan.json("stats")
    assert again.stdout.count("nothing new") == len(keys)
    assert {name: after[name] for name in ("articles", "versions")} == {n: before[n] for n in ("articles", "versions")}
    answered = [status for _, path, status in danvan.server.requests if path.endswith((".aspx", ".bbg"))]
    assert 304 in answered


def test_correction_removal_and_new_article_are_seen(danvan: Danvan) -> None:
    danvan.run("crawl", "demo-thainguyen")
    cursor = json.loads(danvan.run("changes", "--json").stdout.splitlines()[-1])["cursor"]
    danvan.server.publish_corrections()
    reports = danvan.json("crawl", "demo-thainguyen")
    assert {name: reports[0]["counts"][name] for name in ("new", "changed", "removed")} == {
        "new": 1,
        "changed": 1,
        "removed": 0,
    }
    danvan.run("crawl", "demo-thainguyen")  # a second 404 is believed
    changes = [json.loads(line) for line in danvan.run("changes", "--since", cursor, "--json").stdout.splitlines()]
    assert sorted((change["op"], change["version"]) for change in changes) == [
        ("remove", 1),
        ("upsert", 1),
        ("upsert", 2),
    ]
    [corrected] = [change["article_id"] for change in changes if change["version"] == 2]
    diff = danvan.run("show", str(corrected), "--diff").stdout
    assert "[-186-]{+189+}" in diff


@pytest.mark.conformance  # half a minute and more; `make soak` kills a hundred times
def test_killed_crawl_ends_like_an_unbroken_one(danvan: Danvan, tmp_path: Path) -> None:
    keys = list(danvan.server.base_urls)
    for requests in (25, 60):
        seen = len(danvan.server.requests)
        process = danvan.start("crawl", *keys)
        while len(danvan.server.requests) < seen + requests and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    danvan.run("crawl", *keys)
    broken = {name: article["body"] for name, article in exported(danvan).items()}
    whole_home = tmp_path / "whole"
    whole_home.mkdir()
    whole = Danvan(whole_home, danvan.server)
    whole.run("init")
    whole.run("crawl", *keys)
    assert broken == {name: article["body"] for name, article in exported(whole).items()}
    assert not list((danvan.home / "warc").glob("*.open"))
    assert len(danvan.run("stats").stdout) > 0


def test_second_crawl_of_one_portal_is_refused_while_the_first_runs(danvan: Danvan) -> None:
    first = danvan.start("crawl", "demo-binhphuoc")
    while not danvan.server.requests and first.poll() is None:
        time.sleep(0.01)
    second = danvan.run("crawl", "demo-binhphuoc", code=None)
    first.communicate()
    assert second.returncode in (0, 3)
    if second.returncode == 3:
        assert "demo-binhphuoc: is being crawled" in second.stderr


def test_scrapy_commands_use_the_same_profiles(danvan: Danvan) -> None:
    scrapy = [sys.executable, "-m", "scrapy"]
    root = Path(__file__).parents[2]
    listed = subprocess.run(
        [*scrapy, "list"], env=danvan.environment, cwd=root, capture_output=True, text=True, check=True
    )
    assert {"baothainguyen", "giavien", "baobacgiang", "baoyenbai", "demo-yenbai"} <= set(listed.stdout.split())
    command = [*scrapy, "crawl", "demo-yenbai", "-a", "max_articles=3"]
    subprocess.run(command, env=danvan.environment | {"DANVAN_KEEP": "all"}, cwd=root, capture_output=True, check=True)
    assert danvan.json("stats")["articles"] == 3


def test_limits_hold(danvan: Danvan) -> None:
    danvan.run("crawl", "demo-yenbai", "--since", "2024-01-01", "--until", "2025-12-31")
    days = [article["published"]["value"][:10] for article in exported(danvan).values()]
    assert days
    assert all("2024-01-01" <= day <= "2025-12-31" for day in days)
    reports = danvan.json("crawl", "demo-bacgiang", "--max-articles", "2")
    assert reports[0]["counts"]["links"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("crawl", "demo-yenbay"), 2, "demo-yenbay: no such portal; do you mean demo-yenbai"),
        (("crawl", "baothainguyen"), 2, "waits for `danvan portals check baothainguyen`"),
        (("crawl",), 2, "name portals, or use --due"),
        (("crawl", "demo-yenbai", "--since", "hôm qua"), 2, "--since"),
        (("show", "999"), 2, "no such article"),
        (("changes", "--since", "x"), 2, "cursor 'x'"),
        (("search", "zz:a"), 2, "field 'zz' is unknown"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_wrong_usage_is_one_line(crawled: Danvan, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = crawled.run(*arguments, code=code)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_archive_names_where_it_looked(tmp_path: Path, danvan: Danvan) -> None:
    done = danvan.run("crawl", "demo-yenbai", code=3, DANVAN_HOME=str(tmp_path / "nowhere"))
    assert str(tmp_path / "nowhere") in done.stderr


def test_crawl_beyond_loopback_wants_a_contact(danvan: Danvan) -> None:
    text = (danvan.home / "profiles" / "demo-yenbai.toml").read_text()
    host = danvan.server.base_urls["demo-yenbai"].removeprefix("http://")
    (danvan.home / "profiles" / "far.toml").write_text(
        text.replace("demo-yenbai", "far", 1).replace(host, "portal.invalid")
    )
    done = danvan.run("crawl", "far", code=2)
    assert "set DANVAN_CONTACT" in done.stderr


def test_portal_that_is_down_is_a_failed_run(danvan: Danvan) -> None:
    path = danvan.home / "profiles" / "demo-yenbai.toml"
    host = danvan.server.base_urls["demo-yenbai"].removeprefix("http://")
    path.write_text(path.read_text().replace(host, "127.0.0.1:9"))
    reports = danvan.json("crawl", "demo-yenbai", code=1)
    assert reports[0]["verdict"] == "failed"
    assert "127.0.0.1:9" in reports[0]["detail"]


def test_private_addresses_are_refused_unless_allowed(danvan: Danvan) -> None:
    environment = {name: value for name, value in danvan.environment.items() if "PRIVATE" not in name}
    danvan.environment = environment
    before = len(danvan.server.requests)
    reports = danvan.json("crawl", "demo-yenbai", code=1)
    assert reports[0]["verdict"] == "failed"
    assert len(danvan.server.requests) == before


def test_full_disk_stops_the_crawl_and_keeps_what_is_stored(danvan: Danvan) -> None:
    danvan.run("crawl", "demo-giavien")
    before = danvan.json("stats")["articles"]
    warc = danvan.home / "warc"
    os.chmod(warc, 0o500)
    blocker = warc.with_name("warc-full")
    warc.rename(blocker)
    warc.symlink_to("/dev/full/nothing")  # every write fails
    done = danvan.run("crawl", "demo-yenbai", code=3)
    assert "cannot be written" in done.stderr
    warc.unlink()
    blocker.rename(warc)
    os.chmod(warc, 0o700)
    assert danvan.json("stats")["articles"] == before
