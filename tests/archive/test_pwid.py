"""Identifiers of captures: one address in, the same out, and the view says the same as the command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.pwid import address_of, pwid
from archive.repository import Archive
from archive.settings import current_archive_id
from tests.archive import build

URN = re.compile(
    r"urn:pwid:[\w.~-]+:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ:part:(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+", re.ASCII
)
ADDRESSES = (
    "https://mau.test/tin/1.html",
    "https://mau.test/tin?id=7&x=%C3%A9#top",
    "http://[2001:db8::1]:8080/a|b^c`{d}",
    "http://mau.test/%3F",
)


@pytest.mark.parametrize("url", ADDRESSES)
def test_view_and_command_give_the_same_identifier(tmp_path: Path, url: str) -> None:
    with build.new_archive(tmp_path) as archive:
        archive.save(build.entry(url), build.text(url=url), build.description())
        with archive.fixity.engine.connect() as connection:
            told = connection.exec_driver_sql("SELECT pwid FROM v1_capture").scalar_one()
    assert told == pwid("danvan", build.NOON, url)
    assert URN.fullmatch(told)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_every_address_comes_out_again(url: str) -> None:
    made = pwid("danvan", build.NOON, url)
    assert URN.fullmatch(made)
    assert address_of(made) == url


def test_escaped_and_plain_question_mark_stay_two_addresses() -> None:
    first, second = (pwid("danvan", build.NOON, f"http://mau.test/a{mark}b") for mark in ("?", "%3F"))
    assert first != second


def test_archive_is_named_by_its_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with build.new_archive(tmp_path) as archive:
        archive.save(build.entry(), build.text(), build.description())
    monkeypatch.setenv("DANVAN_ARCHIVE_ID", "luutru.example.vn")
    with Archive.create(build.new_home(tmp_path))[0] as archive, archive.fixity.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT pwid FROM v1_capture").scalar_one()
    assert told.startswith("urn:pwid:luutru.example.vn:")


@pytest.mark.parametrize("name", ["lưu trữ", "a:b", "a/b", "x'; DROP TABLE capture; --"])
def test_name_that_no_urn_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("DANVAN_ARCHIVE_ID", name)
    with pytest.raises(UsageError, match="DANVAN_ARCHIVE_ID"):
        current_archive_id()
