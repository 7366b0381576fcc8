"""Files made by other tools give the archive that a live crawl gives: WARC files of GNU wget and warcprox, packages of
wacz."""

from __future__ import annotations

import gzip
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.server import DemoServer
from tests.conformance.environments import environment, run
from tests.conformance.warcprox import warcprox
from tests.crawler.past.contents import contents
from tests.end_to_end.running import Danvan

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Danvan]:
    with DemoServer() as server:
        danvan = Danvan(tmp_path_factory.mktemp("home"), server)
        danvan.run("init")
        danvan.run("crawl", *server.base_urls)
        yield danvan


@pytest.fixture
def past(crawled: Danvan, tmp_path: Path) -> Danvan:
    (tmp_path / "past").mkdir()
    danvan = Danvan(tmp_path / "past", crawled.server)
    danvan.run("init")
    return danvan


def said(home: Path) -> dict[str, tuple[Any, ...]]:
    """Text and mentions of every article by its key; its times and the form of its address are those of the captures."""
    articles = contents(home)["articles"]
    for one in articles.values():
        del one["text"]["url"]
    return {
        key: (one["text"], one["description"], [row[0] for row in one["versions"]]) for key, one in articles.items()
    }


def addresses(danvan: Danvan, *, articles_only: bool) -> list[str]:
    from archive.repository import Archive
    from tests.archive.build import new_home

    with Archive.open(new_home(danvan.home)) as archive, archive._engine.connect() as connection:
        kinds = "kind NOT IN ('discovery', 'failed')" if articles_only else "status = 200"
        return sorted(set(connection.exec_driver_sql(f"SELECT url FROM capture WHERE {kinds}").scalars()))


def wget(folder: Path, *arguments: str) -> list[Path]:
    """Run GNU wget with a WARC file beside; what it saves of the pages themselves is thrown away."""
    program = shutil.which("wget")
    assert program, "needs Debian's wget: make conformance installs it"
    folder.mkdir(exist_ok=True)
    command = [program, "--no-verbose", "--tries=1", "--warc-file=made", "--delete-after", "-P", "pages", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 8), done.stderr  # 8: a page was answered with an error
    return sorted(folder.glob("made*.warc*"))


@pytest.mark.parametrize("form", [["--warc-cdx"], ["--no-warc-compression"], ["--warc-max-size=100k"]],
                         ids=["packed", "plain", "in several files"])  # fmt: skip
def test_wget_gives_the_articles_of_the_live_crawl(
    crawled: Danvan, past: Danvan, tmp_path: Path, form: list[str]
) -> None:
    listed = tmp_path / "addresses.txt"
    listed.write_text("\n".join(addresses(crawled, articles_only=False)))
    files = wget(tmp_path / "wget", "-i", str(listed), *form)
    report = past.json("import", *map(str, files))
    assert said(past.home) == said(crawled.home)
    assert all(file["unusable"] == {} and file["torn_at"] is None for file in report["files"])
    assert past.json("import", *map(str, files))["runs"] == []
    past.run("verify")


def test_wget_that_follows_links_finds_no_other_articles(crawled: Danvan, past: Danvan, tmp_path: Path) -> None:
    roots = [f"{url}/" for url in crawled.server.base_urls.values()]
    files = wget(tmp_path / "wget", "--recursive", "--level=3", "--page-requisites", *roots)
    past.run("import", *map(str, files))
    found, live = said(past.home), said(crawled.home)
    shared = found.keys() & live.keys()
    assert len(shared) > 10
    assert {key: found[key] for key in shared} == {key: live[key] for key in shared}


def test_wget_that_leaves_out_what_it_has_writes_revisits(crawled: Danvan, past: Danvan, tmp_path: Path) -> None:
    listed = tmp_path / "addresses.txt"
    listed.write_text("\n".join(addresses(crawled, articles_only=True)))
    first = wget(tmp_path / "first", "-i", str(listed), "--warc-cdx")
    again = wget(tmp_path / "second", "-i", str(listed), f"--warc-dedup={tmp_path / 'first' / 'made.cdx'}")
    report = past.json("import", *map(str, [*again, *first]))
    assert said(past.home) == said(crawled.home)
    assert all(file["unusable"] == {} for file in report["files"])


@pytest.mark.parametrize(
    "options",
    [["--gzip"], [], ["--gzip", "--size=100000"], ["--gzip", "--digest-algorithm=sha256"], ["--gzip", "--base32"]],
    ids=["packed", "plain", "in several files", "SHA-256", "base32"],
)
def test_warcprox_gives_the_articles_of_the_live_crawl(
    crawled: Danvan, past: Danvan, tmp_path: Path, options: list[str]
) -> None:
    with warcprox(tmp_path / "warcprox", *options) as proxy:
        proxy.fetch(addresses(crawled, articles_only=False))
        files = proxy.stop()
    assert len(files) > 1 if "--size=100000" in options else len(files) == 1
    report = past.json("import", *map(str, files))
    assert said(past.home) == said(crawled.home)
    assert all(file["unusable"] == {} and file["torn_at"] is None for file in report["files"])
    assert past.json("import", *map(str, files))["runs"] == []
    past.run("verify")


@pytest.mark.parametrize("options", [[], ["--digest-algorithm=sha256"]], ids=["SHA-1", "SHA-256"])
def test_warcprox_that_leaves_out_what_it_has_writes_revisits(
    crawled: Danvan, past: Danvan, tmp_path: Path, options: list[str]
) -> None:
    listed = addresses(crawled, articles_only=True)
    for _ in range(2):  # what it has is known for certain when it has ended; the second run is another second too
        with warcprox(tmp_path / "warcprox", "--gzip", "--size=100000", *options) as proxy:
            proxy.fetch(listed)
            files = proxy.stop()
    assert sum(gzip.decompress(file.read_bytes()).count(b"WARC-Type: revisit") for file in files) > len(listed) // 2
    report = past.json("import", *map(str, reversed(files)))
    assert said(past.home) == said(crawled.home)
    assert all(file["unusable"] == {} for file in report["files"])
    assert sum(file["added"] for file in report["files"]) == 2 * len(listed)
    past.run("verify")


def test_file_that_a_killed_warcprox_left_open_gives_its_whole_records(
    crawled: Danvan, past: Danvan, tmp_path: Path
) -> None:
    with warcprox(tmp_path / "warcprox") as proxy:
        proxy.fetch(addresses(crawled, articles_only=False))
        proxy.wait_for_records(2 * len(addresses(crawled, articles_only=False)))
        [file] = proxy.stop(signal.SIGKILL)
    assert file.name.endswith(".warc.open")
    report = past.json("import", str(file), code=None)
    assert said(past.home) == said(crawled.home)
    [stored] = report["files"]
    assert stored["stored_as"] == file.name.removesuffix(".open")
    past.run("verify")


def test_package_of_wacz_gives_the_same_archive(crawled: Danvan, past: Danvan, tmp_path: Path) -> None:
    programs = environment("wacz", "wacz==0.6.0", "setuptools<81")
    warcs = sorted((crawled.home / "warc").glob("*.warc.gz"))
    made = run(programs / "wacz", "create", "-o", tmp_path / "a.wacz", *warcs, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    past.run("import", str(tmp_path / "a.wacz"))
    assert contents(past.home) == contents(crawled.home)
