"""Files of other crawlers become what a live crawl on their day would have archived."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from backports import zstd

from archive.errors import ArchiveLockedError, StorageError, UsageError
from archive.past.captures import read_capture
from archive.past.intake import alone
from archive.records import RunReport, SaveOutcome
from archive.repository import Archive
from crawler.past.importing import ImportReport, import_files
from spiders.registry import Registry
from tests.crawler.past import warcs
from tests.crawler.past.conftest import Import
from tests.crawler.past.warcs import day, pages, record, wacz

PACKED = (*warcs.HTML, ("Content-Encoding", "gzip"))


def titles(archive: Archive) -> list[str | None]:
    return sorted(article.text.title or "" for article in archive.all_articles())


def run_of(report: ImportReport) -> RunReport:
    [run] = report.runs
    return run


def test_page_is_archived_under_its_own_date_with_its_evidence(run_import: Import, archive: Archive) -> None:
    [page] = pages(1)
    report = run_import({"old.warc.gz": record(page.url, page.body, at=day(0))})
    [article] = archive.all_articles()
    assert (article.text.title, article.first_seen) == (page.article.title, day(0))
    [version] = archive.versions(article.id)
    [capture] = version.captures
    assert (capture.warc_file, capture.offset) == ("old.warc.gz", 0)
    assert read_capture(archive.home.warc, capture).page() == page.body
    run = run_of(report)
    assert (run.scope, run.verdict, run.counts["new"], run.portal) == ("import", "ok", 1, warcs.KEY)
    assert (archive.runs()[0].run_id, archive.runs()[0].counts) == (run.run_id, run.counts)
    assert report.has_problems is False


def test_second_import_adds_nothing_whatever_the_file_is_called(run_import: Import, archive: Archive) -> None:
    content = b"".join(record(page.url, page.body, at=day(n)) for n, page in enumerate(pages(3)))
    run_import({"a.warc.gz": content})
    before = archive.counts()
    [again] = run_import({"a.warc.gz": content}).files
    [renamed] = run_import({"b.warc.gz": content}).files
    assert (again.added, again.known, again.stored_as) == (0, 3, "a.warc.gz")
    assert (renamed.added, renamed.known, renamed.stored_as) == (0, 3, None)
    assert archive.counts() == before
    assert [path.name for path in archive.home.warc.iterdir()] == ["a.warc.gz"]


def test_other_file_of_the_same_name_is_numbered(run_import: Import, archive: Archive) -> None:
    for page in pages(2):
        run_import({"a.warc.gz": record(page.url, page.body)})
    assert sorted(path.name for path in archive.home.warc.iterdir()) == ["a-2.warc.gz", "a.warc.gz"]
    assert archive.counts()["articles"] == 2


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (lambda page: gzip.compress(page), PACKED),
        (lambda page: warcs.chunked(page), (*warcs.HTML, ("Transfer-Encoding", "chunked"))),
        (lambda page: warcs.chunked(gzip.compress(page)), (*PACKED, ("Transfer-Encoding", "chunked"))),
        (lambda page: brotli.compress(page), (*warcs.HTML, ("Content-Encoding", "br"))),
        (lambda page: zstd.compress(page), (*warcs.HTML, ("Content-Encoding", "zstd"))),
        (lambda page: zstd.compress(page[:900]) + zstd.compress(page[900:]), (*warcs.HTML, ("Content-Encoding", "zstd"))),
        (lambda page: gzip.compress(brotli.compress(page)), (*warcs.HTML, ("Content-Encoding", "br, gzip"))),
        (lambda page: page, PACKED),
        (lambda page: page, (*warcs.HTML, ("X-Crawl-Content-Encoding", "gzip"), ("X-Crawl-Transfer-Encoding", "chunked"))),
        (lambda page: page.decode().encode("windows-1258", "xmlcharrefreplace"), (("Content-Type", "text/html; charset=windows-1258"),)),
        (lambda page: page, (("Content-Type", "text/html"),)),
    ],
    ids=["gzip", "chunked", "gzip in chunks", "brotli", "zstd", "zstd in frames", "two packings", "unpacked under old headers", "Common Crawl's names",
         "charset of the header", "no charset"],
)  # fmt: skip
def test_body_is_read_as_a_browser_would(run_import: Import, archive: Archive, body, headers) -> None:  # type: ignore[no-untyped-def]
    [page] = pages(1)
    run_import({"a.warc.gz": record(page.url, body(page.body), headers=headers)})
    [article] = archive.all_articles()
    assert article.text.body.split("\n\n") == list(page.article.paragraphs)


def test_arc_of_version_2_gives_the_same_articles(run_import: Import, archive: Archive) -> None:
    found = pages(3)
    [file] = run_import({"a.arc.gz": warcs.arc([(page, day(n)) for n, page in enumerate(found)], version=2)}).files
    assert (file.added, file.unusable) == (3, {})
    assert titles(archive) == sorted(page.article.title for page in found)
    [capture] = archive.versions(1)[0].captures
    assert (capture.status, capture.content_type, capture.fetched_at) == (200, "text/html; charset=utf-8", day(0))


def test_plain_warc_and_arc_give_the_same_articles(run_import: Import, archive: Archive) -> None:
    found = pages(4)
    plain = b"".join(record(page.url, page.body, is_packed=False) for page in found[:2])
    old = warcs.arc([(page, day(n)) for n, page in enumerate(found[2:])])
    report = run_import({"a.warc": plain, "b.arc.gz": old, "c.arc": gzip.decompress(old)})
    assert titles(archive) == sorted(page.article.title for page in found)
    assert {file.stored_as: file.added for file in report.files} == {"a.warc": 2, "b.arc.gz": 2, None: 0}
    for article in archive.all_articles():
        [capture] = archive.versions(article.id)[0].captures
        assert article.text.title.encode() in read_capture(archive.home.warc, capture).page()  # type: ignore[union-attr]


def test_one_address_however_it_is_written_is_one_article(run_import: Import, archive: Archive) -> None:
    [page] = pages(1)
    path = page.url.removeprefix(f"http://{warcs.HOST}")
    forms = [f"http://{warcs.HOST}{path}", f"https://{warcs.HOST}{path}", f"http://www.{warcs.HOST}{path}",
             f"http://{warcs.HOST}:80{path}", f"http://{warcs.HOST}{path}?utm_source=rss#top"]  # fmt: skip
    run_import({"a.warc.gz": b"".join(record(url, page.body, at=day(n)) for n, url in enumerate(forms))})
    [article] = archive.all_articles()
    [version] = archive.versions(article.id)
    assert len(version.captures) == 5
    assert (version.first_seen, version.last_seen) == (day(0), day(4))


def test_older_text_becomes_an_earlier_version_and_never_the_current_one(run_import: Import, archive: Archive) -> None:
    [page] = pages(1)
    words = page.article.paragraphs[1][:30]
    texts = [warcs.body_of(page.article, (words, f"Bản {number}: {words}")) for number in range(3)]
    order = [1, 2, 0]  # as the files come, one import each
    for number in order:
        run_import({f"{number}.warc.gz": record(page.url, texts[number], at=day(number))})
    [article] = archive.all_articles()
    assert "Bản 2:" in article.text.body
    assert (article.first_seen, article.last_seen, article.version) == (day(0), day(2), 2)
    versions = archive.versions(article.id)
    assert [version.first_seen for version in versions] == [day(0), day(1), day(2)]
    assert [version.number for version in versions] == [3, 1, 2]
    said = [archive.version_text(article.id, version.number) for version in versions]
    assert [f"Bản {number}:" in (text.body if text else "") for number, text in enumerate(said)] == [True] * 3
    assert [(change.op, change.version) for change in archive.changes()] == [("upsert", n) for n in (1, 2, 3)]
    assert archive.runs()[0].counts[SaveOutcome.EARLIER] == 1
    run_import({"again.warc.gz": record(page.url, texts[2], at=day(9))})
    assert archive.articles([article.id])[0].version == 2


def test_removal_is_believed_in_its_time_only(run_import: Import, archive: Archive) -> None:
    [page] = pages(1)
    gone = record(page.url, b"", status="410 Gone", at=day(5))
    run_import({"a.warc.gz": record(page.url, page.body, at=day(9)) + gone})
    assert archive.counts()["removed"] == 0
    run_import({"b.warc.gz": record(page.url, b"", status="404 Not Found", at=day(10))})
    assert archive.counts()["removed"] == 0
    run_import({"c.warc.gz": record(page.url, b"", status="404 Not Found", at=day(11))})
    assert archive.counts()["removed"] == 1
    run_import({"d.warc.gz": record(page.url, page.body, at=day(2))})
    assert archive.counts()["removed"] == 1
    run_import({"e.warc.gz": record(page.url, page.body, at=day(20))})
    assert archive.counts()["removed"] == 0


def test_revisit_finds_its_original_in_any_file(run_import: Import, archive: Archive) -> None:
    first, second = pages(2)
    full = {page.url: record(page.url, page.body, at=day(1)) for page in (first, second)}
    digest = {url: warcs.headers_of(packed)["WARC-Payload-Digest"] for url, packed in full.items()}
    early = warcs.revisit(first, at=day(0), digest=digest[first.url], original=day(1))
    by_date = warcs.revisit(second, at=day(3), digest="sha256:" + "0" * 64, original=day(1))
    report = run_import({"a.warc.gz": early, "b.warc.gz": full[first.url] + full[second.url], "c.warc.gz": by_date})
    assert report.has_problems is False
    assert titles(archive) == sorted([first.article.title, second.article.title])
    for article, seen in zip(
        sorted(archive.all_articles(), key=lambda one: one.first_seen), (day(0), day(1)), strict=True
    ):
        [version] = archive.versions(article.id)
        assert (version.first_seen, len(version.captures)) == (seen, 2)


def test_only_articles_become_articles_and_everything_is_in_the_ledger(run_import: Import, archive: Archive) -> None:
    page, off_topic = pages(1)[0], next(one for one in warcs.articles_of(warcs.KEY) if not one.dan_van)
    base = f"http://{warcs.HOST}"
    report = run_import(
        {
            "a.warc.gz": record(page.url, page.body)
            + record(f"{base}{warcs.PORTAL.article_path(off_topic)}", warcs.body_of(off_topic))
            + record(f"{base}/tin-dan-van/", page.body)
            + record(f"{base}/logo.png", b"\x89PNG", headers=[("Content-Type", "image/png")])
            + record(f"{base}/cu/", b"", status="301 Moved", headers=[("Location", "/")])
            + record(f"{base}/hong/", b"", status="500 Oops")
            + record("https://quangcao.test/1.html", page.body)
            + record("https://quangcao.test/2.html", page.body)
        }
    )
    assert titles(archive) == [page.article.title]
    [file] = report.files
    assert file.elsewhere == {"quangcao.test": 2}
    assert run_of(report).rejected == {"off-topic": 1}
    with archive._engine.connect() as connection:
        kinds = [row[0] for row in connection.exec_driver_sql("SELECT kind FROM capture ORDER BY id")]
    assert kinds == ["article", "off-topic", "discovery", "resource", "redirect", "failed"]


def test_named_portal_takes_hosts_that_no_portal_has(run_import: Import, archive: Archive) -> None:
    [page] = pages(1, host="giavien-cu.test")
    content = {"a.warc.gz": record(page.url, page.body)}
    [file] = run_import(content).files
    assert (file.stored_as, file.elsewhere) == (None, {"giavien-cu.test": 1})
    assert list(archive.home.warc.iterdir()) == []
    run_import(content, portal=warcs.KEY)
    [article] = archive.all_articles()
    assert article.url == page.url
    assert article.url_key.startswith(f"http://{warcs.HOST}/")


def test_keep_all_takes_articles_off_the_topic(run_import: Import, archive: Archive) -> None:
    article = next(one for one in warcs.articles_of(warcs.KEY) if not one.dan_van)
    url = f"http://{warcs.HOST}{warcs.PORTAL.article_path(article)}"
    run_import({"a.warc.gz": record(url, warcs.body_of(article))}, keeps_all=True)
    assert titles(archive) == [article.title]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.wacz", b"PK\x03\x04torn"), ("a.warc.gz", b"<html>"), ("a.warc.gz", b""), ("a.wacz", wacz({"x.txt": b""})),
     ("a.warc.gz", gzip.compress(b"text"))],
    ids=["torn zip", "a page", "empty", "zip without records", "packed text"],
)  # fmt: skip
def test_other_files_are_refused_before_anything_is_done(
    run_import: Import, archive: Archive, name: str, content: bytes
) -> None:
    [page] = pages(1)
    with pytest.raises(UsageError, match=name):
        run_import({"good.warc.gz": record(page.url, page.body), name: content})
    assert archive.counts()["captures"] == 0
    assert list(archive.home.warc.iterdir()) == []


def test_second_import_at_one_time_is_refused(run_import: Import, archive: Archive) -> None:
    [page] = pages(1)
    with alone(archive.home.runs), pytest.raises(ArchiveLockedError, match="another import"):
        run_import({"a.warc.gz": record(page.url, page.body)})


def test_full_disk_is_one_line(archive: Archive, registry: Registry, tmp_path: Path) -> None:
    [page] = pages(1)
    source = tmp_path / "a.warc.gz"
    source.write_bytes(record(page.url, page.body))
    archive.home.warc.rmdir()
    archive.home.warc.symlink_to("/dev/full")
    with pytest.raises(StorageError, match=r"a\.warc\.gz"):
        import_files([source], archive, registry, processes=1, keeps_all=False)
