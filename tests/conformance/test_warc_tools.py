"""Independent tools accept our WARC files: warcio, cdxj-indexer, wacz, and pywb replays the pages."""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
import socket
import subprocess
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from archive.url_key import surt
from crawler.demo.server import DemoServer
from tests.conformance.environments import environment, run
from tests.end_to_end.running import Danvan

pytestmark = pytest.mark.conformance
HEXES = "0123456789abcdef0123456789ABCDEF"
PIECES = (
    "a", "B", "1", "%20", "%2F", "%c3%a9", "%25", "%3D", "ế", "/", "//", "/../", "/./", "..", "?", "&", "=", "#", "+",
    ":", "@", "-", "_", "x=1", "y=2", ".aspx", "utm_source=rss", f";jsessionid={HEXES}", f"sid={HEXES}",
    f"&PHPSESSID={HEXES}", "cfid=3&cftoken=9", "(S(4hqa0555fwsecu455xqckv45))/",
    "aspsessionidabcdefgh=abcdefghijklmnopqrstuvwx",
)  # fmt: skip


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Danvan]:
    with DemoServer() as server:
        danvan = Danvan(tmp_path_factory.mktemp("home"), server)
        danvan.run("init")
        danvan.run("crawl", *server.base_urls)
        danvan.run("crawl", "demo-yenbai")  # revisits
        yield danvan


def warcs(danvan: Danvan) -> list[Path]:
    return sorted((danvan.home / "warc").glob("*.warc.gz"))


def test_warcio_checks_every_digest(crawled: Danvan) -> None:
    programs = environment("warcio", "warcio==1.8.1", "setuptools<81")
    for path in warcs(crawled):
        done = run(programs / "warcio", "check", "-v", path, cwd=crawled.home)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "digest failed" not in done.stdout
        assert "digest pass" in done.stdout


def test_cdxj_indexer_lists_captures_and_revisits(crawled: Danvan) -> None:
    programs = environment("cdxj", "cdxj-indexer==1.5.0", "setuptools<81")
    done = run(programs / "cdxj-indexer", *warcs(crawled), cwd=crawled.home)
    entries = [json.loads(line.split(" ", 2)[2]) for line in done.stdout.splitlines()]
    assert len(entries) > 80, done.stderr
    assert any(entry.get("mime") == "warc/revisit" for entry in entries)


def test_our_cdxj_is_theirs_line_by_line(crawled: Danvan) -> None:
    programs = environment("cdxj", "cdxj-indexer==1.5.0", "setuptools<81")
    theirs = run(programs / "cdxj-indexer", "--sort", *warcs(crawled), cwd=crawled.home).stdout.splitlines()
    assert crawled.run("warc", "cdxj").stdout.splitlines() == theirs


def test_our_keys_of_addresses_are_theirs(tmp_path: Path) -> None:
    """Addresses put together at random out of everything that the keys treat specially."""
    python = environment("cdxj", "cdxj-indexer==1.5.0", "setuptools<81") / "python"
    pick = random.Random(7)
    hosts = ("www.mau.vn", "WWW3.Mau.vn:8080", "mau.vn:443", "127.0.0.1:99", "wwwx.vn", "www.1.vn")
    urls = [
        f"{pick.choice(('http', 'https'))}://{pick.choice(hosts)}/{''.join(pick.choices(PIECES, k=pick.randrange(9)))}"
        for _ in range(20_000)
    ]
    (tmp_path / "urls.json").write_text(json.dumps(urls))
    script = (
        "import json; from cdxj_indexer.main import CDXJIndexer; key = CDXJIndexer(None, []).get_url_key; "
        "print(json.dumps([key(url) for url in json.load(open('urls.json'))]))"
    )
    theirs = json.loads(run(python, "-W", "ignore", "-c", script, cwd=tmp_path).stdout)
    assert [pair for pair in zip(urls, map(surt, urls), theirs, strict=True) if pair[1] != pair[2]] == []


@pytest.mark.parametrize("articles", [(), ("1", "2", "30")], ids=["archive", "articles"])
def test_our_wacz_is_valid(crawled: Danvan, tmp_path: Path, articles: tuple[str, ...]) -> None:
    programs = environment("wacz", "wacz==0.6.0", "setuptools<81")
    package = tmp_path / "a.wacz"
    crawled.run("warc", "wacz", *articles, "-o", str(package))
    valid = run(programs / "wacz", "validate", "-f", package, cwd=tmp_path)
    assert valid.returncode == 0, valid.stdout + valid.stderr


def test_index_in_our_wacz_is_theirs(crawled: Danvan, tmp_path: Path) -> None:
    programs = environment("wacz", "wacz==0.6.0", "setuptools<81")
    crawled.run("warc", "wacz", "-o", str(tmp_path / "ours.wacz"))
    made = run(programs / "wacz", "create", "-o", tmp_path / "theirs.wacz", *warcs(crawled), cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    ours, theirs = (_index_of(tmp_path / name) for name in ("ours.wacz", "theirs.wacz"))
    assert {key for key, _ in ours} == {key for key, _ in theirs}
    wanted = ("url", "digest", "offset", "length", "status", "filename")
    assert sorted(tuple(entry.get(name) for name in wanted) for _, entry in ours) == sorted(
        tuple(entry.get(name) for name in wanted) for _, entry in theirs
    )


def _index_of(package: Path) -> list[tuple[str, dict[str, str]]]:
    with zipfile.ZipFile(package) as opened:
        lines = gzip.decompress(opened.read("indexes/index.cdx.gz")).decode().splitlines()
    return [(line.split(" {", 1)[0], json.loads("{" + line.split(" {", 1)[1])) for line in lines]


def test_excerpt_of_an_article_replays_in_pywb(crawled: Danvan, tmp_path: Path) -> None:
    article = next(json.loads(line) for line in crawled.run("export").stdout.splitlines())
    crawled.run("warc", "wacz", str(article["id"]), "-o", str(tmp_path / "one.wacz"))
    with zipfile.ZipFile(tmp_path / "one.wacz") as opened:
        [name] = [name for name in opened.namelist() if name.endswith(".warc.gz")]
        opened.extract(name, tmp_path)
    checked = run(
        environment("warcio", "warcio==1.8.1", "setuptools<81") / "warcio", "check", tmp_path / name, cwd=tmp_path
    )
    assert checked.returncode == 0, checked.stdout
    programs = environment("pywb", "pywb==2.10.0", "setuptools<81")
    assert run(programs / "wb-manager", "init", "one", cwd=tmp_path).returncode == 0
    assert run(programs / "wb-manager", "add", "one", tmp_path / name, cwd=tmp_path).returncode == 0
    with (
        replaying(programs / "wayback", tmp_path) as address,
        urllib.request.urlopen(f"{address}/one/{first_capture(crawled, article)}mp_/{article['url']}") as answer,
    ):
        assert article["title"] in answer.read().decode()


def test_pywb_replays_the_page_that_was_captured(crawled: Danvan, tmp_path: Path) -> None:
    programs = environment("pywb", "pywb==2.10.0", "setuptools<81")
    assert run(programs / "wb-manager", "init", "danvan", cwd=tmp_path).returncode == 0
    added = run(programs / "wb-manager", "add", "danvan", *warcs(crawled), cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    article = next(json.loads(line) for line in crawled.run("export").stdout.splitlines())
    with replaying(programs / "wayback", tmp_path) as address:
        with urllib.request.urlopen(
            f"{address}/danvan/{first_capture(crawled, article)}mp_/{article['url']}"
        ) as answer:
            page = answer.read().decode()
        assert answer.status == 200
    assert article["title"] in page
    assert article["body"].split("\n\n")[-1][:60] in page


def first_capture(danvan: Danvan, article: dict[str, Any]) -> str:
    """The time of the capture that holds the page: of a later "not modified" pywb replays just that."""
    shown = danvan.json("show", str(article["id"]), "--versions")
    return re.sub(r"\D", "", shown["versions"][0]["captures"][0]["fetched_at"])[:14]


@contextmanager
def replaying(program: Path, folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [str(program), "-b", "127.0.0.1", "-p", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder / "collections", ignore_errors=True)
