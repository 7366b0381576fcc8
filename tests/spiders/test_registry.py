"""Every profile loads, and a wrong one says what is wrong and what is allowed."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from archive.errors import ProfileError
from spiders.discovery import start
from spiders.registry import load_registry
from spiders.settings import FAMILIES, PROFILES

GOOD = """
key = "thu"
name = "Báo Thử"
kind = "provincial_newspaper"
family = "nukeviet"
hosts = ["thu.test"]
province = "Bình Phước"
status = "unverified"
evidence = "own"
"""


def load(folder: Path, text: str) -> None:
    (folder / "thu.toml").write_text(text, encoding="utf-8")
    load_registry((PROFILES, folder))


@pytest.mark.parametrize("key", [path.stem for path in sorted(PROFILES.glob("*.toml"))])
def test_shipped_profile_is_whole(key: str) -> None:
    portal = load_registry().portal(key)
    assert portal.profile.evidence
    assert portal.articles.patterns
    assert start(portal)
    assert all(rule.evidence for rule in portal.discover)
    assert portal.cadence.first >= timedelta(hours=1)
    assert portal.status == "unverified"


@pytest.mark.parametrize("key", [path.stem for path in sorted(FAMILIES.glob("*.toml"))])
def test_family_says_where_its_rules_come_from(key: str) -> None:
    family = load_registry().families[key]
    assert family.evidence
    assert key == "generic" or family.fingerprint.elements


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "colour = 1\n", r"thu.toml: .*unknown field `colour`; allowed: key, name"),
        (GOOD.replace('name = "Báo Thử"\n', ""), r"missing required field `name`; allowed: key"),
        (GOOD + "[http]\ndelay = 3\n", r"unknown field `delay` - at `\$.http`; allowed: delay_seconds"),
        (GOOD + "[[discover]]\nkind = 'rss'\nurls = ['/r']\nfoo = 1\n", r"unknown field `foo`.*allowed: kind, urls"),
        (
            GOOD.replace('family = "nukeviet"', 'family = "joomla"'),
            r"family 'joomla' is unknown; allowed: aspnet_num_slug",
        ),
        (GOOD.replace('key = "thu"', 'key = "khac"'), "must be the file's name"),
        (GOOD + "[fields]\ntitle = [{ css = 'h1[' }]\n", "a pattern or selector is wrong"),
        (GOOD + "[fields]\ntitle = [{ css = 'h1', meta = 'x' }]\n", "exactly one of css"),
        (GOOD + "[articles]\npatterns = ['(']\n", "a pattern or selector is wrong"),
        (GOOD + "cadence = 'daily'\n", r"thu.toml: cadence 'daily': write a number and m, h, d or w, such as 6h"),
        (GOOD + "cadence = '0h'\n", "cadence '0h': write a number"),
        (GOOD + "cadence = 6\n", r"Expected `str \| object`, got `int` - at `\$.cadence`"),
        (GOOD + "cadence = { min = '2d' }\n", "min 2d, start 1d, max 7d must not be longer in this order"),
        (GOOD + "cadence = { most = '2d' }\n", r"unknown field `most` - at `\$.cadence`; allowed: min, max, start"),
        (GOOD + "hours = ['1-5']\n", r"thu.toml: hours '1-5': write local times .* such as 22:00-05:00"),
        (GOOD + "hours = ['25:00-05:00']\n", "hours '25:00-05:00': write local times"),
        (GOOD + "hours = ['05:00-05:00']\n", "opens when it closes"),
        (GOOD + "status = \n", "is not TOML"),
        (GOOD.replace('["thu.test"]', "[]"), "hosts is empty"),
        (GOOD.replace("nukeviet", "nukeviet").replace('key = "thu"', "key = 3"), "Expected `str`, got `int`"),
    ],
)
def test_wrong_profile_stops_the_load_with_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said) as raised:
        load(tmp_path, text)
    assert "\n" not in str(raised.value) or "TOML" in str(raised.value)


def test_unknown_portal_names_those_like_it() -> None:
    with pytest.raises(ProfileError, match="do you mean baothainguyen"):
        load_registry().portal("baothainguyn")


def test_cadence_and_hours_are_read(tmp_path: Path) -> None:
    text = GOOD + "cadence = { max = '30d' }\nhours = ['22:00-05:00', '12:00-13:00']\n"
    (tmp_path / "thu.toml").write_text(text, encoding="utf-8")
    portal = load_registry((tmp_path,)).portal("thu")
    assert str(portal.cadence) == "adaptive: 1d at first, 6h to 30d"
    assert [one.opens for one in portal.hours] == [22 * 60, 12 * 60]


def test_missing_folder_of_profiles_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="no such folder of profiles"):
        load_registry((tmp_path / "nowhere",))


def test_profile_rules_come_before_its_familys(tmp_path: Path) -> None:
    text = GOOD + "[fields]\ntitle = [{ css = 'h2.own' }]\n"
    (tmp_path / "thu.toml").write_text(text, encoding="utf-8")
    rules = load_registry((tmp_path,)).portal("thu").rules_on(None)
    assert [rule.css for rule in rules.fields.title][:2] == ["h2.own", "h1.title"]


def test_capture_is_read_with_the_layout_of_its_time(tmp_path: Path) -> None:
    from datetime import date

    text = GOOD + "[[layouts]]\nuntil = 2019-12-31\n[layouts.fields]\ntitle = [{ css = 'h3.old' }]\n"
    (tmp_path / "thu.toml").write_text(text, encoding="utf-8")
    portal = load_registry((tmp_path,)).portal("thu")
    assert portal.rules_on(date(2018, 5, 1)).fields.title[0].css == "h3.old"
    assert portal.rules_on(date(2020, 1, 1)).fields.title[0].css == "h1.title"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ('kinds = ["videos"]', "videos"),
        ('hosts = ["tep.test"]', "kinds is empty"),
        ('kinds = ["documents"]\nhosts = ["http://tep.test/"]', "is no host"),
        ('kinds = ["documents"]\nmax_bytes = 1000000000', "max_bytes 1000000000"),
        ('kinds = ["documents"]\nwithin = ["div["]', "selector"),
        ('kind = ["documents"]', "allowed: kinds, hosts, within, max_bytes"),
    ],
)
def test_wrong_attachments_stop_the_load_and_say_why(tmp_path: Path, said: str, reason: str) -> None:
    with pytest.raises(ProfileError, match=re.escape(reason)):
        load(tmp_path, f"{GOOD}\n[attachments]\n{said}")
