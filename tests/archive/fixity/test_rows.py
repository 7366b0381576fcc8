"""A row changed, added or deleted past danvan is found; what danvan itself changes is not."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from archive.fixity.check import Check
from archive.fixity.findings import Finding
from archive.fixity.scope import Scope
from archive.fixity.seals import MENTIONS, SEALED
from archive.ledger import Verdict
from archive.models import Base
from archive.repository import Archive
from archive.settings import Home
from tests import postgres
from tests.archive import build
from tests.archive.fixity.filled import OLD, Crawl, attach, damage, fill, filled, verified

TABLES = {**SEALED, **{row.__tablename__: row.__table__ for row in MENTIONS}}
WIDEST = max(len(table.columns) for table in TABLES.values())
AT_ONCE = ("portal", "run", "capture", "version")  # sealed by their writers, the rest at the first check


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with a row in every table, checked once."""
    with filled(tmp_path_factory.mktemp("checked")) as archive:
        url = "https://mau.test/other.html"
        crawl = Crawl(archive)
        other = build.official(name="Lê Văn Mẫu", key="le van mau")
        archive.save(crawl.entry(url, b"o", build.NOON), build.text(url=url), build.description(officials=(other,)))
        attach(crawl)
        crawl.end()
        archive.people.merge(2, [1])
        archive.history.moved(2, url, url, build.NOON + timedelta(days=1))
        assert verified(archive) == []
        yield archive


@pytest.fixture(scope="module")
def unchecked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive that was never checked: what is found, the seals of its writers find."""
    with filled(tmp_path_factory.mktemp("unchecked")) as archive:
        yield archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with filled(tmp_path) as opened:
        yield opened


def found_after(archive: Archive, *statements: str) -> list[Finding]:
    """The damage a check finds after statements past danvan, in a copy of the database."""
    file, copy = archive.home.folder / "archive.db", archive.home.folder / "copy.db"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection, closing(sqlite3.connect(copy)) as copied:
        connection.backup(copied)
        for statement in statements:
            copied.execute(statement)
        copied.commit()
    with Archive(Home(folder=archive.home.folder, database_url=f"sqlite:///{copy}")) as changed:
        return [finding for finding in verified(changed) if finding.is_damage]


def another(value: Any) -> Any:
    """A value of the same type that differs a little."""
    if value is None:
        return "x"
    if isinstance(value, int):
        return 1 - value if value in (0, 1) else value + 1
    if isinstance(value, float):
        return value + 0.125
    at = len(value) // 2
    return value[:at] + ("8" if value[at : at + 1] != "8" else "9") + value[at + 1 :]


def first_row(archive: Archive, table: str, column: str) -> tuple[int, Any, str]:
    """The first row's number, the column's value, and how a finding names the row."""
    key = ["version_id"] if table.endswith("_mention") and table != "person_mention" else None
    keys = key or [column.name for column in TABLES[table].primary_key]
    listed = ", ".join(f'"{name}"' for name in [column, *keys])
    with closing(sqlite3.connect(archive.home.folder / "archive.db")) as connection:
        query = f'SELECT rowid, {listed} FROM "{table}" ORDER BY rowid LIMIT 1'
        rowid, value, *found = connection.execute(query).fetchone()
    return rowid, value, f"{'version' if key else table} {':'.join(map(str, found))}"


def with_another_value(archive: Archive, tables: Iterable[str], number: int) -> tuple[list[str], set[str]]:
    """Statements that change the column of this number in each table, and the rows a check must name."""
    statements, rows = [], set()
    for table in tables:
        columns = [column.name for column in TABLES[table].columns if column.name != "heartbeat_at"]  # proves nothing
        if number < len(columns):
            rowid, value, row = first_row(archive, table, columns[number])
            new = another(value)
            literal = str(new) if isinstance(new, int | float) else "'" + new.replace("'", "''") + "'"
            statements.append(f'UPDATE "{table}" SET "{columns[number]}" = {literal} WHERE rowid = {rowid}')
            rows.add(row)
    return statements, rows


@pytest.mark.parametrize("number", range(WIDEST))
def test_every_changed_column_is_found_and_its_row_named(checked: Archive, number: int) -> None:
    mentions = sorted(set(TABLES) - set(SEALED))  # named by their version
    # A time changed in an article and its capture alike would agree: these apart.
    for tables in (["capture", "change"], sorted(set(SEALED) - {"capture", "change"}), mentions):
        statements, rows = with_another_value(checked, tables, number)
        assert not statements or rows <= {finding.row for finding in found_after(checked, *statements)}


@pytest.mark.parametrize("number", range(2, WIDEST, 5))
def test_changed_column_is_found_by_the_very_first_check(unchecked: Archive, number: int) -> None:
    statements, rows = with_another_value(unchecked, AT_ONCE, number)
    assert rows <= {finding.row for finding in found_after(unchecked, *statements)}


@pytest.mark.parametrize("table", [name for name in TABLES if name.endswith("_mention") and name not in SEALED])
def test_changed_mention_is_found_by_the_very_first_check(unchecked: Archive, table: str) -> None:
    statements, rows = with_another_value(unchecked, [table], 3)
    assert rows <= {finding.row for finding in found_after(unchecked, *statements)}


def test_every_deleted_row_is_found(checked: Archive) -> None:
    statements = [f'DELETE FROM "{table}" WHERE rowid = (SELECT min(rowid) FROM "{table}")' for table in TABLES]
    rows = {first_row(checked, table, TABLES[table].columns.keys()[0])[2] for table in TABLES}
    assert rows <= {finding.row for finding in found_after(checked, *statements)}


def test_every_table_of_content_is_checked() -> None:
    own = {"warc_file", "seal", "fixity_run", "fixity_finding"}
    work = {"frontier", "link", "attachment_fetch", "saved_search"}  # of crawls and readers; what they show is checked
    derived = {"text_signature", "text_band", "near_duplicate"}  # made anew of the texts at any time
    assert {table.name for table in Base.metadata.sorted_tables} - own - work - derived <= set(TABLES)


def test_changed_text_is_named_by_its_digest(archive: Archive) -> None:
    [finding] = [f for f in found_after(archive, "UPDATE version SET body = body || '.' WHERE id = 1")
                 if f.kind == "text-digest"]  # fmt: skip
    assert (finding.row, finding.url) == ("version 1", "https://mau.test/1.html")


def test_evidence_that_stands_outside_the_text_is_found(archive: Archive) -> None:
    evidence = '[{"field": "body", "index": 0, "start": 3, "end": 4000}]'
    changed = f"UPDATE locality_mention SET evidence = '{evidence}'"
    kinds = {finding.kind for finding in found_after(archive, changed)}
    assert "span-outside" in kinds


def test_row_that_cannot_be_read_hides_no_other(archive: Archive) -> None:
    file = archive.home.database_file
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE version SET captions = '[broken' WHERE id = 1")
        connection.execute("UPDATE locality_mention SET evidence = '[broken' WHERE version_id = 2")
        connection.execute("UPDATE version SET title = 'x' WHERE id = 3")
        connection.commit()
    found = {(finding.kind, finding.row) for finding in verified(archive)}
    assert {("row-unreadable", "version 1"), ("row-unreadable", "version 2"), ("text-digest", "version 3")} <= found


def test_what_danvan_changes_itself_is_no_finding(archive: Archive) -> None:
    assert verified(archive) == []
    later = build.NOON + timedelta(days=9)
    crawl = Crawl(archive)
    page, gone = "https://mau.test/1.html", "https://mau.test/2.html"
    archive.touch(crawl.entry(page, b"", later, 304), 1)
    archive.save(crawl.entry(gone, b"2", later), build.text(url=gone), build.description())
    archive.enter(crawl.entry("https://mau.test/", b"", later), Verdict(kind="discovery"))
    assert verified(archive)[0].kind == "record-unlisted" if len(verified(archive)) else True
    crawl.end()
    archive.store_portals([build.PORTAL, build.PORTAL.__class__(**{**build.PORTAL.__dict__, "key": "khac"})])
    new = archive.people.split(1, [2])
    assert damage(archive) == []
    archive.people.merge(1, [new])
    assert damage(archive) == []


def test_running_crawl_is_not_judged(archive: Archive) -> None:
    run_id = archive.begin_run("mau", "section", is_full=True)
    assert damage(archive) == []
    archive.beat(run_id, {"new": 3})
    assert damage(archive) == []


def test_scope_reads_only_its_part(archive: Archive) -> None:
    day_after = (build.NOON + timedelta(days=1)).date()
    list(Check(archive.home, archive.fixity.engine, Scope(portals=("mau",), since=day_after)).findings())
    [run] = archive.fixity.runs()
    assert run.counts["files"] == 1
    assert run.scope == {"portals": ["mau"], "since": day_after.isoformat()}
    assert verified(archive, Scope(portals=("khac",))) == []
    assert archive.fixity.runs()[0].counts.get("files", 0) == 0


@pytest.mark.postgres
def test_changed_rows_are_found_on_postgresql(tmp_path: Path) -> None:
    with postgres.server() as address:
        url = address.replace("postgresql://", "postgresql+psycopg://")
        archive, _ = Archive.create(Home(folder=tmp_path, database_url=url))
        with archive:
            archive.store_portals([build.PORTAL])
            fill(archive)
            assert verified(archive) == []
            assert verified(archive) == []
            for statement, row in {
                "UPDATE version SET authors = '[\"Ai đó\"]' WHERE id = 1": "version 1",
                "UPDATE figure_mention SET value = 13 WHERE version_id = 2": "version 2",
                "UPDATE capture SET status = 500 WHERE id = 1": "capture 1",
                "UPDATE person SET name = 'Ai' WHERE id = 1": "person 1",
                "UPDATE change SET at = '2020-01-01' WHERE seq = 2": "change 2",
            }.items():
                with archive.fixity.engine.begin() as connection:
                    connection.execute(text(statement))
                assert row in {finding.row for finding in verified(archive) if finding.is_damage}


def test_crawl_beside_a_check_is_no_contradiction(archive: Archive) -> None:
    """Files grow, close and roll over, rows come and move on, while everything is read."""
    ended = threading.Event()

    def crawl() -> None:
        one = Crawl(archive)
        for number in range(60):
            url, at = f"https://mau.test/{number % 7}.html", build.NOON + timedelta(days=10, minutes=number)
            said = build.text(url=url, body=f"{OLD} {number // 20}")
            archive.save(one.entry(url, said.body.encode(), at), said, build.description())
            if number % 20 == 19:
                one.end()
                one = Crawl(archive)
        one.end()
        ended.set()

    thread = threading.Thread(target=crawl)
    thread.start()
    found = [damage(archive)]
    while not ended.is_set():
        found.append(damage(archive))
    thread.join()
    assert [*found, damage(archive)] == [[]] * (len(found) + 1)
