"""The data files load, and a bad topic file says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.authorities import Abbreviations, Authorities
from archive.errors import UsageError


def test_authorities_load_whole() -> None:
    found = Authorities.load()
    assert found.topic.name == "dan-van"
    assert len(found.offices.surnames) > 200
    assert "hồ chí minh" in found.offices.historical
    assert found.gazetteer is Authorities.load().gazetteer


def test_heads_are_tried_longest_first() -> None:
    heads = Authorities.load().offices.heads
    assert heads.index("phó chủ tịch thường trực") < heads.index("phó chủ tịch") < heads.index("chủ tịch")


@pytest.mark.parametrize(
    ("form", "others"),
    [("hđnd", {"Hội đồng nhân dân"}), ("trung ương", {"TW", "T.Ư", "TƯ"}), ("qp-an", {"QPAN", "quốc phòng - an ninh"})],
)
def test_abbreviation_leads_to_its_other_forms(form: str, others: set[str]) -> None:
    assert others <= set(Abbreviations.load().forms[form])


@pytest.mark.parametrize("short", ["ct", "tt", "tp"])
def test_ambiguous_abbreviation_is_not_expanded(short: str) -> None:
    table = Abbreviations.load()
    assert short not in table.forms
    assert len(table.ambiguous[short.upper()]) > 1


@pytest.mark.parametrize("content", ["", "topic = 1", 'topic = "x"\nthreshold = "high"', "[[["])
def test_bad_topic_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"bad\.toml"):
        Authorities.load(topic=file)


def test_unknown_topic_is_named() -> None:
    with pytest.raises(UsageError, match="no-such-topic"):
        Authorities.load(topic="no-such-topic")
