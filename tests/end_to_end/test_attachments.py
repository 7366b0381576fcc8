"""Files that articles attach: captured with them, read, searched, and asked for again only if they changed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.excerpt import places_of
from archive.repository import Archive
from crawler.demo.server import DemoServer
from search.service import Question, SearchPage, SearchService
from tests.archive import build
from tests.archive.fixity.filled import damage
from tests.end_to_end import attaching_site as site
from tests.end_to_end.attaching_site import Answer, FileServer
from tests.end_to_end.running import Danvan

MODEL = "nuôi cá lồng trên hồ Núi Cốc"  # only in the DOCX


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """A portal crawled three times; between the second and the third a file changes and a link goes."""

    danvan: Danvan
    portal: FileServer
    runs: list[dict[str, Any]]
    asked: list[list[tuple[str, int]]]
    hits: list[SearchPage]  # of the same words after the second and the third crawl
    elsewhere: FileServer


def fill(portal: FileServer, files: FileServer, elsewhere: FileServer) -> None:
    portal.answers = {
        "/robots.txt": Answer(body=b"User-agent: *\nDisallow: /noi-bo/\n", type="text/plain"),
        "/tin/": site.listing("/tin/mot.html", "/tin/hai.html", "/tin/ba.html"),
        "/tin/mot.html": site.article("Dân vận khéo ở Định Hóa", (
            "<p>Xem <a href='/tep/ke-hoach.pdf#trang=2'>Kế hoạch số 12</a>, <a href='/tep/mo-hinh.docx'>danh sách mô hình</a>."
            f"</p><figure><img data-src='/anh/hoi-nghi.png' src='data:,'><figcaption>Toàn cảnh hội nghị</figcaption></figure>"
            f"<a href='http://{files.host}/kho/bao-cao.pdf'>Báo cáo</a>"
        )),
        "/tin/hai.html": site.article("Dân vận khéo ở Phú Đình", (
            "<a href='/tep/hong.pdf'>Tệp hỏng</a><a href='/noi-bo/mat.pdf'>Nội bộ</a><a href='/tep/thieu.pdf'>Thiếu</a>"
            f"<a href='http://{elsewhere.host}/la.pdf'>Nơi khác</a><a href='/tep/chuyen.pdf'>Chuyển</a>"
            "<a href='/tep/to.zip'>Quá lớn</a><iframe src='/xem?tep=/tep/quet.pdf'></iframe>"
        )),
        "/tin/ba.html": site.article("Dân vận khéo ở Bảo Cường", ""),
        "/tep/ke-hoach.pdf": site.pdf("plan.pdf"),
        "/tep/mo-hinh.docx": Answer(body=site.docx("Danh sách mô hình", f"Mô hình {MODEL}."), type="application/octet-stream"),
        "/anh/hoi-nghi.png": Answer(body=site.PNG, type="image/png"),
        "/tep/hong.pdf": Answer(body=b"%PDF-1.7\nkhong phai", type="application/pdf"),
        "/noi-bo/mat.pdf": site.pdf("plan.pdf"),
        "/tep/quet.pdf": site.pdf("scan.pdf"),
        "/tep/to.zip": Answer(body=b"\x00" * 300_000, type="application/zip"),
        "/tep/chuyen.pdf": Answer(status=302, headers={"Location": f"http://{elsewhere.host}/la.pdf"}),
    }  # fmt: skip
    files.answers = {"/kho/bao-cao.pdf": site.pdf("nfd.pdf")}
    elsewhere.answers = {"/la.pdf": site.pdf("plan.pdf")}


def change(portal: FileServer) -> None:
    portal.answers["/tep/ke-hoach.pdf"] = site.pdf("plan-changed.pdf")
    portal.answers["/tin/ba.html"] = site.article("Dân vận khéo ở Bảo Cường", "<a href='/tep/mo-hinh.docx'>Mô hình</a>")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("attachments")
    with DemoServer() as demo, FileServer() as portal, FileServer() as files, FileServer() as elsewhere:
        danvan = Danvan(home, demo)
        fill(portal, files, elsewhere)
        wanted = f'kinds = ["documents", "images"]\nhosts = ["{files.host}"]\nmax_bytes = 200000'
        site.write_profile(home / "profiles", portal.host, wanted)
        danvan.run("init")
        runs, asked, hits = [], [], []
        for number in range(3):
            if number == 2:
                change(portal)
            portal.asked.clear()
            runs += danvan.json("crawl", "kem-tep") if number else json.loads(
                danvan.run("crawl", "kem-tep", "--json", DANVAN_WORKERS="1").stdout)  # fmt: skip
            asked.append(list(portal.asked))
            if number:
                hits.append(found(home, "chè hữu cơ Đồng Ghềnh"))
        yield Crawled(danvan=danvan, portal=portal, runs=runs, asked=asked, hits=hits, elsewhere=elsewhere)


def found(home: Path, words: str) -> SearchPage:
    """What a search finds, the index brought up to date."""
    with Archive.open(build.new_home(home)) as archive:
        return SearchService(archive).search(Question(text=words))


def rows(crawled: Crawled, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(crawled.danvan.home / "archive.db")) as connection:
        return connection.execute(query).fetchall()


def told(crawled: Crawled, ending: str) -> dict[str, Any]:
    """What the view says of the attachment whose address ends so."""
    with closing(sqlite3.connect(crawled.danvan.home / "archive.db")) as connection:
        connection.row_factory = sqlite3.Row
        [row] = connection.execute("SELECT * FROM v1_attachment WHERE url LIKE ? LIMIT 1", (f"%{ending}",)).fetchall()
        return dict(row)


def test_files_never_cost_their_articles(crawled: Crawled) -> None:
    assert [run["verdict"] for run in crawled.runs] == ["ok", "ok", "ok"]
    assert crawled.runs[0]["counts"]["new"] == 3
    assert rows(crawled, "SELECT count(*) FROM frontier") == [(0,)]


def test_words_of_an_attachment_find_its_article(crawled: Crawled) -> None:
    hit, _ = crawled.danvan.json("search", f'"{MODEL}"')["hits"]
    assert hit["attachment"]["url"].endswith("/tep/mo-hinh.docx")
    assert any(part["hit"] and part["text"] == MODEL for part in hit["snippet"])


def test_article_shows_its_attachments_with_their_captures(crawled: Crawled) -> None:
    shown = crawled.danvan.run("show", f"http://{crawled.portal.host}/tin/mot.html").stdout
    line = next(line for line in shown.splitlines() if "ke-hoach.pdf" in line)
    assert "[tệp] Kế hoạch số 12" in line
    assert "application/pdf · 1 page · capture" in line
    assert "[ảnh] Toàn cảnh hội nghị" in shown
    assert "logo" not in shown


def test_export_has_the_text_of_attachments(crawled: Crawled) -> None:
    exported = [json.loads(line) for line in crawled.danvan.run("export", "Bảo Cường").stdout.splitlines()]
    [file] = exported[0]["attachments"]
    assert file["text"] == f"Danh sách mô hình\n\nMô hình {MODEL}."


@pytest.mark.parametrize(
    ("ending", "column", "said"),
    [
        ("hong.pdf", "text_problem", "damaged"),
        ("quet.pdf", "text_problem", "no text layer"),
        ("thieu.pdf", "failure", "HTTP 404"),
        ("to.zip", "failure", "larger than"),
        ("mat.pdf", "skipped", "robots.txt"),
        ("la.pdf", "skipped", "do not name"),
        ("chuyen.pdf", "skipped", "off the portal"),
    ],
)  # fmt: skip
def test_what_was_not_got_or_not_read_has_its_reason(crawled: Crawled, ending: str, column: str, said: str) -> None:
    found = told(crawled, ending)
    assert said in found[column]
    assert found["text"] is None
    assert (found["capture_id"] is None) == (column != "text_problem")


def test_hosts_are_asked_for_files_only_where_the_profile_names_them(crawled: Crawled) -> None:
    assert "Nghị quyết số 25-NQ/TW" in told(crawled, "bao-cao.pdf")["text"]
    assert crawled.elsewhere.asked == []
    assert "/noi-bo/mat.pdf" not in {path for asked in crawled.asked for path, _ in asked}
    assert "/anh/logo.png" not in {path for asked in crawled.asked for path, _ in asked}


def test_later_crawls_ask_only_what_changed(crawled: Crawled) -> None:
    first, second, third = (dict(asked) for asked in crawled.asked)
    files = ("/tep/ke-hoach.pdf", "/tep/mo-hinh.docx", "/anh/hoi-nghi.png", "/tep/hong.pdf")
    assert [first[path] for path in files] == [200] * 4
    assert [second[path] for path in files] == [304] * 4
    assert [third[path] for path in files] == [200, 304, 304, 304]
    assert crawled.runs[1]["counts"]["attachments_unchanged"] == 6
    assert [path for path, _ in crawled.asked[0]].count("/tep/ke-hoach.pdf") == 1


def test_changed_file_of_an_unchanged_article_changes_what_is_found(crawled: Crawled) -> None:
    before, after = crawled.hits
    assert (before.total, after.total) == (1, 0)
    [hit] = found(crawled.danvan.home, '"nuôi ong lấy mật"').hits
    assert hit.article.text.title == "Dân vận khéo ở Định Hóa"
    assert rows(crawled, "SELECT version FROM article WHERE url LIKE '%mot.html'") == [(1,)]


def test_file_that_another_article_attaches_too_is_one_file(crawled: Crawled) -> None:
    linked = "SELECT count(*) FROM v1_attachment WHERE url LIKE '%mo-hinh.docx'"
    assert rows(crawled, linked) == [(2,)]
    assert found(crawled.danvan.home, f'"{MODEL}"').total == 2


def test_archive_with_attachments_proves_itself(crawled: Crawled) -> None:
    with Archive.open(build.new_home(crawled.danvan.home)) as archive:
        assert damage(archive) == []


def test_attachments_are_no_articles_in_the_coverage(crawled: Crawled) -> None:
    with Archive.open(build.new_home(crawled.danvan.home)) as archive:
        [portal] = archive.coverage.portals(["kem-tep"], datetime.now(UTC))
    assert sum(month.listed.addresses + month.unlisted.addresses for month in portal.months) == 3


def test_replay_reads_stored_files_again(crawled: Crawled) -> None:
    with closing(sqlite3.connect(crawled.danvan.home / "archive.db")) as connection:
        connection.execute("UPDATE attachment SET text = NULL WHERE url LIKE '%bao-cao.pdf'")
        connection.commit()
    [before] = rows(crawled, "SELECT max(seq) FROM change")
    assert crawled.danvan.json("replay", "kem-tep")["attachments"] == {"kem-tep": 1}
    assert "Nghị quyết số 25-NQ/TW" in told(crawled, "bao-cao.pdf")["text"]
    mot = "(SELECT id FROM article WHERE url LIKE '%mot.html')"
    assert rows(crawled, f"SELECT op FROM change WHERE article_id = {mot} AND seq > {before[0]}") == [("upsert",)]


def test_import_takes_the_portals_files_with_their_articles(crawled: Crawled, tmp_path: Path) -> None:
    with DemoServer() as demo:
        other = Danvan(tmp_path, demo)
        shutil.copy(crawled.danvan.home / "profiles" / "kem-tep.toml", tmp_path / "profiles")
        other.run("init")
        other.run("import", *map(str, sorted((crawled.danvan.home / "warc").glob("*.warc.gz"))), code=None)
    [hit] = found(tmp_path, '"nuôi ong lấy mật"').hits
    [plan] = [file for file in hit.article.attachments if file.url.endswith("ke-hoach.pdf")]
    assert plan.captured_at is not None
    assert found(tmp_path, f'"{MODEL}"').total == 2


def test_evidence_packed_for_an_article_holds_its_files(crawled: Crawled, tmp_path: Path) -> None:
    with Archive.open(build.new_home(crawled.danvan.home)) as archive:
        [hit] = found(crawled.danvan.home, '"nuôi ong lấy mật"').hits
        with archive.fixity.engine.connect() as connection:
            packed = places_of(connection, [hit.article.id])
            lies = "SELECT warc_file, warc_offset FROM capture JOIN attachment ON capture_id = capture.id"
            plan = rows(crawled, f"{lies} WHERE attachment.url LIKE '%ke-hoach.pdf'")
    assert plan[0] in {(file, offset) for file, offset, _ in packed}


def test_killed_between_article_and_file_nothing_is_lost(tmp_path: Path) -> None:
    held = threading.Event()
    with DemoServer() as demo, FileServer() as portal:
        danvan = Danvan(tmp_path, demo)
        plan = site.pdf("plan.pdf")
        portal.answers = {
            "/tin/": site.listing("/tin/mot.html"),
            "/tin/mot.html": site.article("Dân vận khéo ở Định Hóa", "<a href='/a.pdf'>Kế hoạch</a>"),
            "/a.pdf": Answer(body=plan.body, type=plan.type, held=held),
        }
        site.write_profile(tmp_path / "profiles", portal.host, 'kinds = ["documents"]')
        danvan.run("init")
        crawl = danvan.start("crawl", "kem-tep")
        while not _has_article(tmp_path):
            assert crawl.poll() is None
            time.sleep(0.05)
        os.kill(crawl.pid, signal.SIGKILL)
        crawl.communicate()
        held.set()
        [run] = danvan.json("crawl", "kem-tep")
        assert run["counts"]["attachments"] == 1
        assert found(tmp_path, '"chè hữu cơ"').total == 1


def test_dead_host_of_files_does_not_end_the_portals_crawl(tmp_path: Path) -> None:
    with FileServer() as gone:
        pass  # its port is free again: whoever asks there is refused
    with DemoServer() as demo, FileServer() as portal:
        danvan = Danvan(tmp_path, demo)
        paths = [f"/tin/bai-{number}.html" for number in range(12)]
        links = "".join(f"<a href='http://{gone.host}/{number}.pdf'>Tệp {number}</a>" for number in range(8))
        portal.answers = {"/tin/": site.listing(*paths)} | {
            path: site.article(f"Dân vận khéo ở {path}", links) for path in paths
        }
        wanted = f'kinds = ["documents"]\nhosts = ["{gone.host}"]'
        site.write_profile(tmp_path / "profiles", portal.host, wanted)
        danvan.run("init")
        [run] = danvan.json("crawl", "kem-tep")
    assert (run["verdict"], run["counts"]["new"], run["counts"]["attachments_failed"]) == ("ok", 12, 8)
    assert run["failures"] == {}


def _has_article(home: Path) -> bool:
    with closing(sqlite3.connect(home / "archive.db")) as connection:
        return bool(connection.execute("SELECT count(*) FROM article").fetchone()[0])
