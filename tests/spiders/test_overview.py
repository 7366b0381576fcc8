"""The registry as `danvan portals` shows it: filters, counts, a table that fits, all of a portal."""

from __future__ import annotations

from typing import get_args

import pytest
from click.testing import CliRunner

from spiders import cli
from spiders.overview import Filter
from spiders.profile import Status
from spiders.registry import load_registry

REGISTRY = load_registry()


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        (Filter(text="gia vien"), {"giavien"}),
        (Filter(text="Gia Viễn"), {"giavien"}),
        (Filter(text="gia viên"), set()),
        (Filter(text="baocantho.com.vn"), {"bao-can-tho"}),
        (Filter(district="hoc mon"), {"hoc-mon-mttq"}),
        (Filter(province="Bắc Kạn"), {"bao-bac-kan", "gov-bac-kan", "cho-don"}),
        (Filter(province="Huế"), {"bao-thua-thien-hue", "gov-thua-thien-hue"}),
        (Filter(family="zce_cms", province="Lào Cai"), {"bao-lao-cai"}),
        (Filter(status="unverified", family="mediasoft"), {"baothainguyen"}),
    ],
    ids=[
        "by name without tones",
        "by name with tones",
        "tones must agree",
        "by host",
        "by district",
        "by province",
        "by province of today",
        "by family and province",
        "by status and family",
    ],
)
def test_filter_finds(wanted: Filter, keys: set[str]) -> None:
    assert {key for key, portal in REGISTRY.portals.items() if wanted.takes(portal)} == keys


def test_list_fits_100_columns_and_counts() -> None:
    said = CliRunner().invoke(cli.portals, ["list"]).output.splitlines()
    assert max(map(len, said)) <= 100
    assert len(said) == 203
    assert said[-1] == "201 portals: 99 listed, 98 needs-draft, 4 unverified"
    assert all(key in "\n".join(said) for key in REGISTRY.portals)


def test_list_of_nothing_says_so_and_a_wrong_family_is_refused() -> None:
    assert CliRunner().invoke(cli.portals, ["list", "khong co"]).output == "no portal fits\n"
    wrong = CliRunner().invoke(cli.portals, ["list", "--family", "joomla"])
    assert wrong.exit_code == 2
    assert "no such family; there are aspnet_num_slug" in wrong.output


def test_show_prints_all_of_a_row() -> None:
    said = CliRunner().invoke(cli.portals, ["show", "bao-tra-vinh"]).output
    for part in ("content_fck", "uploads_image_ymd (old)", "travinh.baovinhlong.vn", "29810.html", "portals check"):
        assert part in said


def test_statuses_of_the_command_are_those_of_a_profile() -> None:
    assert get_args(Status) == cli._STATUSES
