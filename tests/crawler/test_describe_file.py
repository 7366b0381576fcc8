"""A page outside any archive, and who is said to have published it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import UsageError
from crawler.describe_file import describe_file

PAGE = Path(__file__).parents[1] / "data" / "pages" / "d09.html"
URL = "http://baobacgiang.test/1"


@pytest.mark.parametrize(
    ("province", "district", "said"),
    [
        ("Bắc Giangg", None, "--province 'Bắc Giangg': no such province; there is Bắc Giang"),
        ("Bắc Giang", "Sơn Độg", "--district 'Sơn Độg': no such district of Bắc Giang; there is Sơn Động"),
        ("Bắc Giang", "Gò Quao", "--district 'Gò Quao': no such district of Bắc Giang"),
        ("tỉnh Mẫu Không Có", None, "write its name without the type word"),
    ],
    ids=["mistyped province", "mistyped district", "district of another province", "no province"],
)
def test_publisher_that_is_no_unit_is_refused(province: str, district: str | None, said: str) -> None:
    with pytest.raises(UsageError, match="no such") as raised:
        describe_file(PAGE, URL, province=province, district=district)
    assert said in str(raised.value)


@pytest.mark.parametrize("province", ["Bắc Giang", "Hà Tây", "Bắc Ninh"], ids=["ended in 2025", "in 2008", "of today"])
def test_provinces_of_every_time_are_publishers(province: str) -> None:
    reading = describe_file(PAGE, URL, province=province)
    assert reading.text.is_article


def test_topic_file_judges_instead_of_the_shipped_one(tmp_path: Path) -> None:
    topic = tmp_path / "drought.toml"
    topic.write_text(
        'topic = "drought"\nthreshold = 1.0\n[negative]\ncontexts = []\nweights = {}\n'
        '[works]\ncap = 9\nphrases = { "đối thoại" = 2 }\n',
        encoding="utf-8",
    )
    found = describe_file(PAGE, URL, topic=str(topic)).description
    assert found is not None
    assert (found.relevance.topic, found.relevance.verdict) == ("drought", True)
    with pytest.raises(UsageError, match=r"none\.toml: cannot be read"):
        describe_file(PAGE, URL, topic=str(tmp_path / "none.toml"))
