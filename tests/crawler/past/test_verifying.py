"""`danvan verify` over files of other crawlers: what they were when they came is no damage, what changes is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.fixity.check import Check
from archive.fixity.findings import Finding
from archive.fixity.reread import Reread
from archive.fixity.scope import Scope
from archive.repository import Archive
from crawler import rereading
from spiders.registry import Registry
from tests.crawler.past.conftest import Import
from tests.crawler.past.warcs import day, pages, record


def found(archive: Archive, reread: Reread | None = None) -> list[Finding]:
    return list(Check(archive.home, archive.fixity.engine, Scope(), reread=reread).findings())


def test_torn_end_of_an_imported_file_is_a_notice_and_a_later_change_is_damage(
    run_import: Import, archive: Archive
) -> None:
    first, second = pages(2)
    torn = record(first.url, first.body, at=day(0)) + record(second.url, second.body, at=day(1))[:-9]
    run_import({"old.warc.gz": torn})
    assert [finding.kind for finding in found(archive)] == ["damaged-before"]
    path = archive.home.warc / "old.warc.gz"
    path.write_bytes(path.read_bytes()[:-1])
    assert [finding.kind for finding in found(archive) if finding.is_damage] == ["truncated"]


def test_capture_in_a_plain_file_is_proven(run_import: Import, archive: Archive) -> None:
    [page] = pages(1)
    run_import({"old.warc": record(page.url, page.body, at=day(0), is_packed=False)})
    assert found(archive) == []
    path = archive.home.warc / "old.warc"
    path.write_bytes(path.read_bytes().replace(b"</", b"< ", 1))
    [finding] = [finding for finding in found(archive) if finding.is_damage]
    assert (finding.kind, finding.url) == ("capture-differs", page.url)


def test_text_that_todays_rules_read_otherwise_is_a_notice(
    run_import: Import, archive: Archive, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "load_registry", lambda: registry)
    content = b"".join(record(page.url, page.body, at=day(n)) for n, page in enumerate(pages(2)))
    run_import({"old.warc.gz": content})
    again = Reread(archive, rereading.Rereader(archive), Scope())
    assert found(archive, again) == []
    assert (again.read, again.unread) == (2, 0)
    extract = rereading.extract
    monkeypatch.setattr(rereading, "extract", lambda *given: replace(extract(*given), title="Khác"))
    notices = found(archive, Reread(archive, rereading.Rereader(archive), Scope()))
    assert [finding.kind for finding in notices] == ["text-differs", "text-differs"]
    assert not any(finding.is_damage for finding in notices)


def test_damaged_capture_is_not_read_again_and_hides_no_other(
    run_import: Import, archive: Archive, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "load_registry", lambda: registry)
    content = b"".join(record(page.url, page.body, at=day(n)) for n, page in enumerate(pages(2)))
    run_import({"old.warc.gz": content})
    path = archive.home.warc / "old.warc.gz"
    path.write_bytes(content[:200] + b"\0" + content[201:])
    again = Reread(archive, rereading.Rereader(archive), Scope())
    assert [finding.kind for finding in found(archive, again)] == ["member-damaged"]
    assert (again.read, again.unread) == (1, 1)
