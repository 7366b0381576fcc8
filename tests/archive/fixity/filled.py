"""A small archive with real WARC files: captures, an article with two versions, a revisit, a 304, a removal."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from archive.attachments.records import AttachedFile, AttachmentText
from archive.fixity.check import Check
from archive.fixity.findings import Finding
from archive.fixity.scope import Scope
from archive.ledger import Entry, Verdict
from archive.records import RunReport
from archive.repository import Archive
from archive.warc import Exchange, WarcFile
from tests.archive import build

OLD = "Huyện Định Hóa có 12 mô hình dân vận khéo."
NEW = OLD + "\n\nNăm nay thêm ba mô hình."


def exchange(url: str, body: bytes, at: datetime, status: int = 200) -> Exchange:
    return Exchange(
        url=url,
        method="GET",
        path="/" + url.split("/", 3)[3],
        request_headers=[("Host", "mau.test"), ("User-Agent", "danvan")],
        request_body=b"",
        status=status,
        protocol="HTTP/1.1",
        response_headers=[("Content-Type", "text/html"), ("ETag", '"1"')],
        body=body,
        ip_address="203.0.113.7",
        fetched_at=at,
    )


class Crawl:
    """Writes captures as a crawl does."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.run_id = archive.begin_run("mau", "section", is_full=True)
        self.warc = WarcFile(
            archive.home.warc, find_original=archive.first_with_digest, on_close=archive.fixity.record_closed
        )

    def entry(self, url: str, body: bytes, at: datetime, status: int = 200) -> Entry:
        capture = self.warc.write(exchange(url, body, at, status))
        return Entry(capture=capture, portal="mau", url_key=url, run_id=self.run_id, etag='"1"')

    def end(self) -> None:
        self.warc.close()
        self.archive.finish_run(
            RunReport(
                run_id=self.run_id,
                portal="mau",
                started_at=build.NOON,
                finished_at=build.NOON,
                scope="section",
                verdict="ok",
                counts={"new": 1},
                rejected={},
            )
        )


def fill(archive: Archive) -> Archive:
    """Two crawls a day apart."""
    page, day = "https://mau.test/1.html", timedelta(days=1)
    first = Crawl(archive)
    archive.enter(first.entry("https://mau.test/", b"<a href=1.html>", build.NOON), Verdict(kind="discovery"))
    archive.save(first.entry(page, OLD.encode(), build.NOON), build.text(body=OLD), build.description())
    gone = "https://mau.test/2.html"
    saved = archive.save(first.entry(gone, b"2", build.NOON), build.text(url=gone), build.description())
    first.end()
    second = Crawl(archive)
    later = build.NOON + day
    archive.enter(second.entry("https://mau.test/", b"<a href=1.html>", later), Verdict(kind="discovery"))
    archive.save(second.entry(page, NEW.encode(), later), build.text(body=NEW), build.description())
    archive.touch(second.entry(page, b"", later + day, 304), 1)
    archive.enter(second.entry(gone, b"", later, 404), Verdict(kind="failed", reason="HTTP 404"))
    archive.remove(saved.article_id, later)
    second.end()
    return archive


def filled(folder: Path) -> Archive:
    """A new archive on SQLite, filled."""
    return fill(build.new_archive(folder))


def attach(crawl: Crawl, url: str = "https://mau.test/ke-hoach.pdf") -> Archive:
    """One more article, of which one attachment is captured, not modified since, and gone from the page."""
    archive, page, later = crawl.archive, "https://mau.test/kem.html", build.NOON + timedelta(hours=1)
    file = AttachedFile(url=url, role="document", label="Kế hoạch")
    read = AttachmentText(media_type="application/pdf", text="Kế hoạch dân vận", pages=1, method="pdfium")
    archive.save(crawl.entry(page, b"k", build.NOON), build.text(url=page), build.description(), [file])
    archive.attachments.save(crawl.entry(url, b"%PDF", build.NOON), 4, read)
    archive.attachments.touch(crawl.entry(url, b"", later, 304))
    archive.save(crawl.entry(page, b"k", later), build.text(url=page), build.description(), [])
    return archive


def verified(archive: Archive, scope: Scope | None = None) -> list[Finding]:
    """What a check finds."""
    return list(Check(archive.home, archive.fixity.engine, scope or Scope()).findings())


def damage(archive: Archive) -> list[str]:
    """The kinds of damage a check finds."""
    return [finding.kind for finding in verified(archive) if finding.is_damage]


def warcs(archive: Archive) -> list[Path]:
    return sorted(archive.home.warc.glob("*.warc.gz"))
