"""What is written together is one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from archive.repository import Archive
from tests.archive import build


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened, _ = Archive.create(build.new_home(tmp_path))
    with opened:
        opened.store_portals([build.PORTAL])
        yield opened


def test_reads_inside_see_what_is_written_and_others_see_it_at_the_end(archive: Archive, tmp_path: Path) -> None:
    with Archive.open(build.new_home(tmp_path)) as other:
        with archive.together():
            archive.save(build.entry(), build.text(), build.description())
            assert archive.known_page(build.entry().url_key) is not None
            assert (archive.counts()["captures"], other.counts()["captures"]) == (1, 0)
        assert other.counts()["captures"] == 1


def test_an_error_undoes_everything_and_the_archive_goes_on(archive: Archive) -> None:
    with suppress(ZeroDivisionError), archive.together():
        archive.save(build.entry(), build.text(), build.description())
        raise ZeroDivisionError
    assert archive.counts()["captures"] == 0
    archive.save(build.entry(), build.text(), build.description())
    assert archive.counts()["captures"] == 1


def test_another_archive_is_not_part_of_it(archive: Archive, tmp_path: Path) -> None:
    other, _ = Archive.create(build.new_home(tmp_path / "other"))
    with other:
        other.store_portals([build.PORTAL])
        with suppress(ZeroDivisionError), archive.together():
            other.save(build.entry(), build.text(), build.description())
            raise ZeroDivisionError
        assert other.counts()["captures"] == 1
