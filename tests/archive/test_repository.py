"""Saving is idempotent, versions appear only when the text changes, and everything reads back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.errors import ArchiveLockedError, ArchiveMissingError, UsageError
from archive.ledger import Verdict
from archive.records import RunReport, SaveOutcome
from archive.repository import Archive
from tests.archive import build


def test_article_reads_back_as_it_was_saved(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        saved = archive.save(build.entry(), build.text(), build.description())
        [article] = archive.articles([saved.article_id])
    assert article.text == build.text()
    assert article.description == build.description()
    assert article.portal == build.PORTAL
    assert article.version == 1


def test_saving_twice_adds_a_capture_and_nothing_else(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        first = archive.save(build.entry(), build.text(), build.description())
        again = archive.save(build.entry(at=build.NOON + timedelta(days=1)), build.text(), build.description())
        assert again.outcome is SaveOutcome.UNCHANGED
        assert len(archive.changes()) == 1
        [version] = archive.versions(first.article_id)
        assert [capture.fetched_at for capture in version.captures] == [
            build.NOON,
            build.NOON + timedelta(days=1),
        ]
        assert version.last_seen == build.NOON + timedelta(days=1)
        counts = archive.counts()
        assert (counts["articles"], counts["versions"], counts["captures"]) == (1, 1, 2)


def test_changed_text_is_a_new_version_and_the_old_one_stays(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        saved = archive.save(build.entry(), build.text(), build.description())
        changed = archive.save(
            build.entry(at=build.NOON + timedelta(days=1)), build.text(body="Có 13 mô hình."), build.description()
        )
        assert (changed.outcome, changed.version) == (SaveOutcome.CHANGED, 2)
        old = archive.version_text(saved.article_id, 1)
        assert old is not None
        assert old.body == build.text().body
        assert [(change.op, change.version) for change in archive.changes()] == [("upsert", 1), ("upsert", 2)]
        [article] = archive.articles([saved.article_id])
        assert article.text.body == "Có 13 mô hình."


def test_late_import_of_an_older_capture_never_moves_last_seen_back(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        saved = archive.save(build.entry(), build.text(), build.description())
        archive.save(build.entry(at=build.NOON - timedelta(days=400)), build.text(), build.description())
        [article] = archive.articles([saved.article_id])
    assert article.last_seen == build.NOON


def test_removed_article_is_a_tombstone_and_comes_back(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        saved = archive.save(build.entry(), build.text(), build.description())
        assert archive.remove(saved.article_id, build.NOON) is True
        assert archive.remove(saved.article_id, build.NOON) is False
        [article] = archive.articles([saved.article_id])
        assert article.removed_at == build.NOON
        assert article.text.body == build.text().body
        archive.touch(build.entry(at=build.NOON + timedelta(days=2)), saved.article_id)
        assert [change.op for change in archive.changes()] == ["upsert", "remove", "upsert"]
        assert archive.articles([saved.article_id])[0].removed_at is None


def test_article_without_date_stays_without_date(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        saved = archive.save(build.entry(), build.text(day=None), build.description())
        assert archive.articles([saved.article_id])[0].text.published is None
        assert archive.counts()["dated"] == 0


def test_rejected_page_stays_in_the_ledger_with_its_reason(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        archive.enter(build.entry(), Verdict(kind="soft-404", reason="says: Không tìm thấy"))
        known = archive.known_page("https://mau.test/1.html")
        assert known is not None
        assert (known.kind, known.article_id, known.etag) == ("soft-404", None, '"1"')
        assert archive.counts()["articles"] == 0


def test_change_cursor_continues_where_it_stopped(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        for number in range(5):
            url = f"https://mau.test/{number}.html"
            archive.save(build.entry(url), build.text(url=url), build.description())
        first = archive.changes(limit=2)
        rest = archive.changes(first[-1].cursor)
        assert len(first) + len(rest) == 5
        assert archive.count_changes(first[-1].cursor) == 3
        with pytest.raises(UsageError, match="cursor 'gần đây': not one of ours"):
            archive.changes("gần đây")


def test_second_crawl_of_a_portal_is_refused_while_the_first_lives(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        run_id = archive.begin_run("mau", "all", is_full=True)
        with archive._engine.begin() as connection:  # the lease of process 1, which always lives
            connection.exec_driver_sql("UPDATE run SET process = replace(process, ':', ':1 ')")
            connection.exec_driver_sql("UPDATE run SET process = substr(process, 1, instr(process, ' ') - 1)")
        with pytest.raises(ArchiveLockedError, match="mau: is being crawled"):
            archive.begin_run("mau", "all", is_full=True)
        assert archive.runs()[0].run_id == run_id


def test_lease_of_a_dead_process_is_lost_and_taken_over(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        archive.begin_run("mau", "all", is_full=True)
        with archive._engine.begin() as connection:
            connection.exec_driver_sql("UPDATE run SET process = substr(process, 1, instr(process, ':')) || '4194304'")
        archive.begin_run("mau", "all", is_full=True)
        assert [run.verdict for run in archive.runs()] == ["running", "lost"]
        assert archive.has_complete_walk("mau") is False


def test_complete_walk_is_known_after_a_finished_run(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        run_id = archive.begin_run("mau", "all", is_full=True)
        report = RunReport(
            run_id=run_id,
            portal="mau",
            started_at=build.NOON,
            finished_at=build.NOON,
            scope="all",
            verdict="ok",
            counts={"new": 3},
            rejected={"soft-404": 1},
        )
        archive.finish_run(report)
        [found] = archive.runs("mau")
        assert (found.counts, found.rejected, found.verdict) == ({"new": 3}, {"soft-404": 1}, "ok")
        assert archive.has_complete_walk("mau") is True


def test_portals_keep_their_articles_when_their_profile_changes(tmp_path: Path) -> None:
    from dataclasses import replace

    with build.new_archive(tmp_path) as archive:
        archive.save(build.entry(), build.text(), build.description())
        archive.store_portals([replace(build.PORTAL, successor="moi")])
        assert archive.portals()["mau"].successor == "moi"


def test_missing_archive_names_the_folder_it_looked_in(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissingError, match=str(tmp_path / "nowhere")):
        Archive.open(build.new_home(tmp_path / "nowhere"))


def test_run_that_was_taken_for_lost_writes_no_report_any_more(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        run_id = archive.begin_run("mau", "all", is_full=True)
        assert archive.mark_lost_runs() == ["mau"]  # its process is this one, which no living run has
        assert archive.beat(run_id, {}) is False
        [lost] = archive.runs("mau")
        archive.finish_run(replace(lost, verdict="ok", counts={"new": 7}))
        assert archive.runs("mau") == [lost]
