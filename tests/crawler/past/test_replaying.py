"""Reading stored captures again: versions get today's reading, nothing is lost, a dry run changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from archive.fixity.check import Check
from archive.fixity.scope import Scope
from archive.records import ArticlePage, PageKind
from archive.repository import Archive
from crawler import workers
from crawler.past.printed import print_replay
from crawler.past.replaying import ReplayReport
from crawler.past.replaying import replay as run_replay
from crawler.reading import PageReading, Reader
from spiders.registry import Registry
from tests.crawler.past import warcs
from tests.crawler.past.conftest import Import
from tests.crawler.past.warcs import day, pages, record

Replay = Callable[..., ReplayReport]
Change = Callable[[PageReading], PageReading]


class OtherRules:
    """Rules that read some pages differently: those of yesterday, or of tomorrow."""

    def __init__(self, reader: Reader, change: Change, only: str = "") -> None:
        self._reader, self._change, self._only = reader, change, only
        self.read_pages = 0

    def read(self, page: ArticlePage, portal: str) -> PageReading:
        self.read_pages += 1
        found = self._reader.read(page, portal)
        return self._change(found) if self._only in page.url else found


Rules = Callable[..., OtherRules]


@pytest.fixture
def with_rules(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Rules:
    def use(change: Change = lambda found: found, only: str = "") -> OtherRules:
        rules = OtherRules(reader, change, only)
        monkeypatch.setattr(workers, "_reader", rules)
        return rules

    return use


@pytest.fixture
def run_again(archive: Archive, registry: Registry) -> Replay:
    def run(**more: object) -> ReplayReport:
        return run_replay(archive, registry, workers=0, keeps_all=False, **more)  # type: ignore[arg-type]

    return run


def shortened(found: PageReading) -> PageReading:
    """The end of the text is missing, and with it who is named there."""
    assert found.description is not None
    body = found.text.body.split("\n\n")[0]
    return PageReading(
        text=replace(found.text, title="Tên cũ", body=body, published=None),
        description=replace(
            found.description, officials=(), figures=(), documents=(), localities=(), primary_locality=None
        ),
    )


def as_list(found: PageReading) -> PageReading:
    return PageReading(
        text=replace(found.text, kind=PageKind.LISTING, reason="links and hardly any text"), description=None
    )


def rows(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    tables = (
        "article",
        "version",
        "version_capture",
        "capture",
        "change",
        "locality_mention",
        "official_mention",
        "person_mention",
        "run",
    )
    with archive._engine.connect() as connection:
        return {name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")] for name in tables}


def problems(archive: Archive) -> list[str]:
    """What `danvan verify` finds."""
    return [
        f"{one.kind}: {one.detail}" for one in Check(archive.home, archive._engine, Scope()).findings() if one.is_damage
    ]


def test_better_rules_give_the_version_a_new_reading(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    found = pages(2)
    with_rules(shortened, only=found[0].url)
    run_import({"a.warc.gz": b"".join(record(page.url, page.body, at=day(n)) for n, page in enumerate(found))})
    before = {article.url: article for article in archive.all_articles()}
    cursor = archive.changes()[-1].cursor
    with_rules()
    report = run_again()
    after = {article.url: article for article in archive.all_articles()}
    old, new = before[found[0].url], after[found[0].url]
    assert (old.text.title, new.text.title) == ("Tên cũ", found[0].article.title)
    assert new.text.body.split("\n\n") == list(found[0].article.paragraphs)
    assert {official.name for official in new.description.officials} == set(found[0].article.officials)
    assert (new.version, new.first_seen, new.last_seen) == (old.version, old.first_seen, old.last_seen)
    assert after[found[1].url] == before[found[1].url]
    [version] = archive.versions(new.id)
    assert len(version.captures) == 1
    assert [(change.op, change.article_id, change.version) for change in archive.changes(cursor)] == [
        ("upsert", new.id, 1)
    ]
    [change] = report.changes
    assert {"title", "body", "localities"} <= set(change.fields)
    assert (change.what, change.digest_after) == ("reread", version.digest)
    assert report.fields[warcs.KEY]["title"] == report.fields[warcs.KEY]["text"] == 1
    [line] = Path(report.log or "").read_text().splitlines()
    assert json.loads(line)["digest_before"] == change.digest_before != change.digest_after
    assert (archive.runs()[0].scope, archive.runs()[0].counts["reread"]) == ("replay", 1)
    assert problems(archive) == []
    assert run_again().changes == ()


def test_dry_run_says_the_same_and_writes_nothing(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    [page] = pages(1)
    with_rules(shortened)
    run_import({"a.warc.gz": record(page.url, page.body)})
    before, files = rows(archive), sorted(archive.home.folder.rglob("*"))
    with_rules()
    dry = run_again(is_dry=True)
    assert rows(archive) == before
    assert [path for path in sorted(archive.home.folder.rglob("*")) if path.name[-4:] not in ("-wal", "-shm")] == [
        path for path in files if path.name[-4:] not in ("-wal", "-shm")
    ]
    assert (dry.log, dry.is_dry) == (None, True)
    assert run_again().changes == dry.changes


def test_every_version_is_read_again_and_only_once_a_payload(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    [page] = pages(1)
    words = page.article.paragraphs[0][:30]
    other = warcs.body_of(page.article, (words, f"Bản sửa: {words}"))
    with_rules(lambda found: PageReading(text=replace(found.text, authors=("Ai Đó",)), description=found.description))
    bodies = [page.body, page.body, other, page.body]
    run_import({"a.warc.gz": b"".join(record(page.url, body, at=day(n)) for n, body in enumerate(bodies))})
    rules = with_rules()
    report = run_again()
    assert rules.read_pages == 3
    assert sorted((change.version, change.fields) for change in report.changes) == [
        (n, ("authors",)) for n in (1, 2, 3)
    ]
    [article] = archive.all_articles()
    assert article.text.authors == ((page.article.author,) if page.article.author else ())


def test_page_that_is_an_article_now_is_archived_under_its_date(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    first, second = pages(2)
    with_rules(as_list, only=first.url)
    run_import({"a.warc.gz": record(first.url, first.body, at=day(3)) + record(second.url, second.body)})
    assert [run.rejected for run in archive.runs()] == [{"list": 1}]
    with_rules()
    report = run_again()
    [change] = report.changes
    assert (change.what, change.kind_before) == ("adopted", "list")
    found = {article.url: article for article in archive.all_articles()}
    assert found[first.url].first_seen == day(3)
    assert problems(archive) == []
    assert run_again().changes == ()


def test_page_that_is_no_article_now_is_named_and_stays(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    [page] = pages(1)
    run_import({"a.warc.gz": record(page.url, page.body)})
    before = list(archive.all_articles())
    with_rules(as_list)
    report = run_again()
    assert [(change.what, change.kind_after) for change in report.changes] == [("no-article", "list")]
    assert list(archive.all_articles()) == before


def test_new_reason_for_a_page_that_is_none_goes_into_the_ledger(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    [page] = pages(1)
    with_rules(as_list)
    run_import({"a.warc.gz": record(page.url, page.body)})
    with_rules(
        lambda found: PageReading(
            text=replace(found.text, kind=PageKind.BLANK, reason="next to nothing"), description=None
        )
    )
    [change] = run_again().changes
    assert (change.what, change.kind_before, change.kind_after) == ("rejudged", "list", "blank")
    assert problems(archive) == []


def test_damaged_and_missing_files_are_named_and_the_rest_is_read(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    found = pages(3)
    with_rules(shortened)
    for number, page in enumerate(found):
        run_import({f"{number}.warc.gz": record(page.url, page.body, at=day(number))})
    damaged = archive.home.warc / "0.warc.gz"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 255
    damaged.write_bytes(content)
    (archive.home.warc / "1.warc.gz").unlink()
    with_rules()
    report = run_again()
    assert report.has_problems
    assert [line.split("/")[-1].split(" ")[0].rstrip(":") for line in report.damaged] == ["0.warc.gz", "1.warc.gz"]
    titles = {article.url: article.text.title for article in archive.all_articles()}
    assert titles == {found[0].url: "Tên cũ", found[1].url: "Tên cũ", found[2].url: found[2].article.title}


def test_revisits_are_read_from_their_originals(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    [page] = pages(1)
    full = record(page.url, page.body, at=day(0))
    other = record(page.url, warcs.body_of(page.article, (page.article.title, "Tên khác")), at=day(1))
    digest = warcs.headers_of(full)["WARC-Payload-Digest"]
    back = warcs.revisit(page, at=day(2), digest=digest, original=day(0))
    with_rules(lambda found: PageReading(text=replace(found.text, tags=("cũ",)), description=found.description))
    run_import({"a.warc.gz": full + other + back})
    with_rules()
    assert sorted(change.version or 0 for change in run_again().changes) == [1, 2, 3]


def test_archivists_decisions_about_people_survive(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    found = [page for page in pages(9) if page.article.officials][:2]
    with_rules(lambda one: PageReading(text=replace(one.text, authors=("Ai Đó",)), description=one.description))
    run_import({"a.warc.gz": b"".join(record(page.url, page.body) for page in found)})
    first, second = (archive.people.find(page.article.officials[0])[0] for page in found)
    archive.people.merge(first.id, [second.id])
    with_rules()
    assert len(run_again().changes) == 2
    [merged] = [one for one in archive.people.find(found[0].article.officials[0]) if one.id == first.id]
    assert len(merged.articles) == 2


def test_only_what_is_asked_for_is_read(
    run_import: Import, run_again: Replay, with_rules: Rules, archive: Archive
) -> None:
    run_import({"a.warc.gz": b"".join(record(page.url, page.body, at=day(n)) for n, page in enumerate(pages(4)))})
    for asked, count in (({}, 4), ({"portals": ["demo-yenbai"]}, 0), ({"portals": [warcs.KEY]}, 4),
                         ({"since": day(2)}, 2), ({"until": day(1)}, 1),
                         ({"since": day(1), "until": day(2) + timedelta(seconds=1)}, 2)):  # fmt: skip
        rules = with_rules()
        run_again(is_dry=True, **asked)
        assert rules.read_pages == count, asked


def test_captures_of_a_portal_without_a_profile_are_counted_and_named(
    run_import: Import, archive: Archive, registry: Registry, with_rules: Rules
) -> None:
    run_import({"a.warc.gz": b"".join(record(page.url, page.body, at=day(n)) for n, page in enumerate(pages(3)))})
    others = {key: portal for key, portal in registry.portals.items() if key != warcs.KEY}
    rules, before = with_rules(), rows(archive)
    report = run_replay(archive, Registry(registry.families, others), workers=0, keeps_all=False)
    assert (report.left_out, report.runs, rules.read_pages) == ({warcs.KEY: 3}, (), 0)
    assert rows(archive) == before
    console = Console(record=True, width=200, file=StringIO())
    print_replay(report, console)
    assert f"{warcs.KEY}: 3 captures left out" in console.export_text()
