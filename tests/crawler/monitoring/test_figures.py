"""The figures for Prometheus, of a real archive, and the file they stand in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.records import RunReport
from archive.repository import Archive
from archive.run_history.findings import RunFinding
from crawler.monitoring.exposition import Gauge, Sample, text, write
from crawler.monitoring.figures import gauges
from tests.archive import build
from tests.crawler.monitoring.grammar import Read, read

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
FINDING = RunFinding(check="layout", verdict="suspicious", value=0.25, expected=0.98, since=NOON, words="…")
RUN = RunReport(run_id=0, portal="mau", started_at=NOON, finished_at=NOON, scope="all", verdict="suspicious",
                counts={"new": 3, "links": 12}, rejected={}, failures={"timeout": 2},
                checks=(FINDING, replace(FINDING, value=0.5)))  # fmt: skip


def figures(archive: Archive) -> dict[str, Read]:
    return read(text(gauges(archive, NOON)))


def value(found: dict[str, Read], name: str, **labels: str) -> float:
    return found[name].samples[tuple(labels.items())]


def test_empty_archive_says_when_it_was_asked(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        found = figures(archive)
    assert list(found) == ["danvan_written_timestamp_seconds"]
    assert value(found, "danvan_written_timestamp_seconds") == NOON.timestamp()


def test_last_crawl_of_each_portal(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        archive.save(build.entry(build.capture().url), build.text(), build.description())
        archive.finish_run(replace(RUN, run_id=archive.begin_run("mau", "all", is_full=True)))
        archive.begin_run("mau", "all", is_full=True)  # running: it has no verdict yet
        archive.finish_run(replace(RUN, run_id=archive.begin_run("khac", "check", is_full=True)))
        found = figures(archive)
        begun = archive.runs("mau")[1].started_at
    assert value(found, "danvan_run_verdict", portal="mau", verdict="suspicious") == 1
    assert value(found, "danvan_run_verdict", portal="mau", verdict="ok") == 0
    assert value(found, "danvan_run_count", portal="mau", count="new") == 3
    assert value(found, "danvan_run_failures", portal="mau", kind="timeout") == 2
    assert value(found, "danvan_run_finding", portal="mau", check="layout") == 0.25
    assert value(found, "danvan_run_started_timestamp_seconds", portal="mau") == begun.timestamp()
    assert value(found, "danvan_run_finished_timestamp_seconds", portal="mau") == NOON.timestamp()
    assert value(found, "danvan_portal_condition", portal="mau", condition="alive") == 1
    assert value(found, "danvan_portal_condition", portal="mau", condition="dead") == 0
    assert value(found, "danvan_articles", portal="mau") == 1
    assert "khac" not in text(gauges(archive, NOON))


def test_labels_hold_any_text() -> None:
    odd = 'Báo "Mẫu"\\\nhai'
    gauge = Gauge(name="danvan_x", help="Một\nhai", samples=[Sample(value=1, labels={"portal": odd})])
    assert read(text([gauge]))["danvan_x"].samples == {(("portal", odd),): 1.0}


@pytest.mark.parametrize("number", [0, 1, True, 0.003, 1772427600.123, 10**12])
def test_numbers_are_read_as_they_were(number: float) -> None:
    gauge = Gauge(name="danvan_x", help="x", samples=[Sample(value=number, labels={})])
    assert read(text([gauge]))["danvan_x"].samples == {(): number}


@pytest.mark.parametrize(
    "broken",
    ["danvan_x 1\n", "# HELP danvan_x x\n# TYPE danvan_x gauge\ndanvan_x{a=\"1\",a=\"2\"} 1\n", "# HELP danvan_x x\ndanvan_x 1",
     "# HELP danvan_x x\n# TYPE danvan_x gauge\ndanvan_x 1\ndanvan_x 1\n", "# HELP danvan_x x\ndanvan_x{a=1} 1\n"],
)  # fmt: skip
def test_reader_refuses_what_is_not_of_the_format(broken: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(broken)


def test_file_is_put_in_place_at_once_and_readable_by_others(tmp_path: Path) -> None:
    path = tmp_path / "danvan.prom"
    path.write_text("old\n")
    with path.open() as reader:
        write(path, "new\n")
        assert reader.read() == "old\n"
    assert path.read_text() == "new\n"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [one.name for one in tmp_path.iterdir()] == ["danvan.prom"]


def test_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "danvan.prom").mkdir()
    with pytest.raises(OSError, match="directory"):
        write(tmp_path / "danvan.prom", "new\n")
    assert [one.name for one in tmp_path.iterdir()] == ["danvan.prom"]
