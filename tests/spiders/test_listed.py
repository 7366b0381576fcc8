"""The registry: every row loads, has one place, and is crawled only where rules fit and a check has passed."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.authorities import Authorities
from archive.errors import ProfileError
from crawler.extract.transforms import TRANSFORMS
from crawler.schedule.planning import plan
from spiders.discovery import start
from spiders.links import is_article_url
from spiders.listed import Row, family_of, listed_profiles, read_rows
from spiders.portal import Portal
from spiders.portals import spider_class
from spiders.profile import Profile
from spiders.registry import GENERIC, load_registry, shipped_identities
from spiders.selectors import select
from spiders.settings import ROWS

ALL = read_rows(ROWS)
REGISTRY = load_registry()
FAMILIES = REGISTRY.families
LISTED = [portal for portal in REGISTRY.portals.values() if portal.status in ("listed", "needs-draft")]
SEEN = [portal for portal in LISTED if portal.profile.example]


def row(**said: str) -> Row:
    empty = dict.fromkeys((field.name for field in fields(Row)), "")
    return Row(
        **(empty | {"key": "mau", "name": "Mẫu", "kind": "other", "domain": "mau.vn", "confidence": "seen"} | said)
    )


def profile(own: tuple[Profile, ...] = (), **said: str) -> Profile:
    return listed_profiles([row(**said)], FAMILIES, own)[0]


def test_all_rows_load() -> None:
    assert len(ALL) == 201
    assert len(REGISTRY.portals) == 201
    kept = {one.key for one in LISTED}
    by_profile = [one for one in ALL if one.key not in kept]
    assert {REGISTRY.owner_of(f"https://{one.host}/").key for one in by_profile} == {  # type: ignore[union-attr]
        "baothainguyen", "baobacgiang", "baoyenbai", "giavien"
    }  # fmt: skip


def test_all_provinces_are_there_and_are_units() -> None:
    known = {unit.name for unit in Authorities.load().gazetteer.units.values() if unit.level == "province"}
    before = {one.profile.province for one in REGISTRY.portals.values()} - {None}
    after = {one.profile.province_after for one in REGISTRY.portals.values()} - {None}
    assert (len(before), len(after)) == (63, 34)
    assert before | after <= known


def test_every_host_belongs_to_one_portal() -> None:
    hosts = Counter(host for portal in REGISTRY.portals.values() for host in portal.hosts)
    assert [host for host, count in hosts.items() if count > 1] == []
    assert all(re.fullmatch(r"[a-z0-9.-]+\.[a-z]+", host) for host in hosts)


def test_every_successor_is_a_portal() -> None:
    successors = {one.key: one.profile.successor for one in REGISTRY.portals.values() if one.profile.successor}
    assert set(successors.values()) <= set(REGISTRY.portals)
    named = [one for one in ALL if "merged into" in one.older_or_newer_domains]
    assert len(successors) == len(named)
    assert successors["bao-bac-kan"] == "baothainguyen"
    assert {successors["baobacgiang"], successors["baoyenbai"]} == {"bao-bac-ninh", "bao-lao-cai"}


@pytest.mark.parametrize("found", SEEN, ids=lambda one: str(one.key))
def test_patterns_take_the_example(found: Portal) -> None:
    address = str(found.profile.example)
    parts = urlsplit(address)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    assert any(pattern.search(target) for pattern in found.article_patterns)
    if found.status == "listed":
        assert is_article_url(address, found)


def test_examples_are_on_their_portals_hosts() -> None:
    assert len(SEEN) >= 75
    elsewhere = [one.key for one in SEEN if urlsplit(str(one.profile.example)).netloc not in one.hosts]
    assert elsewhere == ["gov-lam-dong"]  # seen on a sub-site that has a row of its own


@pytest.mark.parametrize("found", LISTED, ids=lambda one: str(one.key))
def test_row_becomes_what_its_status_says(found: Portal) -> None:
    assert found.profile.evidence
    if found.status == "listed":
        assert found.family != GENERIC
        assert found.article_patterns
        assert {urlsplit(request.url).netloc for request in start(found)} == {found.hosts[0]}
        assert spider_class(found).name == found.key
    else:
        assert found.family == GENERIC
        assert not found.may_crawl


@pytest.mark.parametrize("key", sorted(FAMILIES))
def test_familys_selectors_and_transforms_exist(key: str) -> None:
    family = FAMILIES[key]
    for name in family.fields.__struct_fields__:
        for rule in getattr(family.fields, name):
            select.check(rule.css, rule.xpath, rule.pattern)
    for css in (*family.body.drop, *family.fingerprint.elements):
        select.check(css, None)
    assert set(family.body.transforms) <= set(TRANSFORMS)
    assert key == GENERIC or all(rule.evidence for rule in family.discover)
    assert key == GENERIC or (family.discover and family.articles)


def test_loading_is_fast() -> None:
    load_registry.cache_clear()
    times = []
    for _ in range(5):
        load_registry.cache_clear()
        began = time.process_time()
        load_registry()
        times.append(time.process_time() - began)
    assert min(times) < 0.05


@pytest.mark.parametrize(
    ("cms", "family"),
    [
        ("mediasoft", "mediasoft"),
        ("onecms (2025+) / mediasoft (to 2024)", "onecms"),
        ("onecms? (2026) / mediasoft (before)", "onecms"),
        ("uploads_image_ymd (old) / content_fck (2026)", "content_fck"),
        ("uploads_image_ymd (2019) / unknown (2024)", None),
        ("bbg (new) / liferay (old)", "bbg"),
        ("drupal (old) → liferay", "liferay"),
        ("content_fck URL, .post-content body (2026) / uploads_image_ymd (before)", "content_fck"),
        ("upload-<unit> (/upload/1/yyyymmdd/) or liferay", None),
        ("liferay-like list (div.box)", None),
        ("custom (.thongke-ngay / .noidung)", None),
        ("generic", None),
        ("", None),
    ],
)
def test_newest_named_family_is_taken(cms: str, family: str | None) -> None:
    assert family_of(cms, FAMILIES) == family


@pytest.mark.parametrize(
    ("said", "hosts"),
    [
        ("", ("mau.vn", "www.mau.vn")),
        ("www.mau.com.vn (2019); m.mau.vn", ("mau.vn", "www.mau.vn", "www.mau.com.vn", "m.mau.vn")),
        ("maucu.vn; cdn.maucu.vn; media.mau.vn", ("mau.vn", "www.mau.vn", "maucu.vn")),
        ("moi.vn (only in a list, unverified)", ("mau.vn", "www.mau.vn")),
        ("merged into khac.vn (2025)", ("mau.vn", "www.mau.vn")),
        ("img ims.mau.vn/NewsImg/M_YYYY; en./cn. subdomains; image(s).mau.vn", ("mau.vn", "www.mau.vn")),
    ],
    ids=["none", "older and mobile", "files", "unverified", "successor", "prose"],
)
def test_hosts_are_told_from_prose(said: str, hosts: tuple[str, ...]) -> None:
    assert profile(older_or_newer_domains=said).hosts == hosts


def test_host_of_another_row_is_not_taken() -> None:
    rows = [row(older_or_newer_domains="hai.vn"), row(key="hai", domain="hai.vn")]
    first, second = listed_profiles(rows, FAMILIES, ())
    assert (first.hosts, second.hosts) == (("mau.vn", "www.mau.vn"), ("hai.vn", "www.hai.vn"))


def test_profile_wins_over_the_row_of_its_host() -> None:
    own = profile(domain="www.rieng.vn")
    assert listed_profiles([row(domain="rieng.vn"), row(domain="www.rieng.vn")], FAMILIES, (own,)) == []
    thai_nguyen = REGISTRY.portal("baothainguyen").profile
    assert (thai_nguyen.province_after, thai_nguyen.status) == ("Thái Nguyên", "unverified")
    assert "www.baothainguyen.org.vn (2000s)" in (thai_nguyen.note or "")
    assert thai_nguyen.example


def test_row_of_no_host_is_kept_but_never_crawled() -> None:
    found = REGISTRY.portal("krong-ana")
    assert (found.hosts, found.may_crawl, found.base_url) == ((), False, "")
    with pytest.raises(ProfileError, match=r"krong-ana: only listed.*danvan portals draft"):
        REGISTRY.crawlable("krong-ana")


def test_folder_is_no_article_pattern_and_a_page_is_one() -> None:
    assert profile(url_pattern="/-/asset_publisher/", cms_family="x").articles is None
    assert "pattern: /-/asset_publisher/" in str(profile(url_pattern="/-/asset_publisher/").note)
    own = profile(url_pattern=r"-\d+\.html$", cms_family="onecms").articles
    assert own is not None
    assert own.patterns[-1] == r"-\d+\.html$"
    assert len(own.patterns) == 2


def test_district_that_only_repeats_the_publisher_is_unknown() -> None:
    assert profile(name="Phường Ninh Sơn", district="Ninh Sơn (ward)").district is None
    assert profile(name="UBND xã An Tràng (Quỳnh Phụ)", district="Quỳnh Phụ (commune)").district == "Quỳnh Phụ"
    assert profile(district="TP Bắc Giang").district == "Bắc Giang"


def test_doubtful_cms_lowers_the_confidence() -> None:
    assert profile(cms_family="wordpress?").confidence == "inferred"
    assert profile(cms_family="wordpress").confidence == "seen"


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n", "line 1 must name the columns"), ("\xff", "line 1"), (None, "cannot be read")],
    ids=["columns", "bytes", "missing"],
)
def test_broken_table_is_refused_with_its_line(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "portals.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=said):
        read_rows(path)


def test_short_row_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "portals.csv"
    path.write_text(ROWS.read_text(encoding="utf-8").splitlines()[0] + "\nmau,Mẫu\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"line 2: .*a row has 13 columns"):
        read_rows(path)


def test_only_portals_with_a_passed_check_are_planned() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    plans = {one.portal.key: one for one in plan(REGISTRY.portals.values(), {}, {"bao-can-tho"}, now)}
    assert [key for key, one in plans.items() if one.is_due(now)] == ["bao-can-tho"]
    assert plans["bao-long-an"].waits_for == "`danvan portals check bao-long-an`"
    assert "danvan portals draft" in str(plans["gov-hoa-binh"].waits_for)
    shown = {key for key, one in plans.items() if one.is_planned}
    assert shown == {"bao-can-tho", "baothainguyen", "baobacgiang", "baoyenbai", "giavien"}


def test_init_stores_profiles_and_their_successors_only() -> None:
    assert {one.key for one in shipped_identities()} == {
        "baothainguyen", "baobacgiang", "baoyenbai", "giavien", "bao-bac-ninh", "bao-lao-cai"
    }  # fmt: skip


def test_page_of_a_portal_without_rules_is_read_by_the_family_it_shows() -> None:
    assert REGISTRY.for_url("https://hoabinh.gov.vn/tin/1") is None
    assert REGISTRY.owner_of("https://hoabinh.gov.vn/tin/1") is REGISTRY.portal("gov-hoa-binh")
    assert REGISTRY.for_url("https://WWW.baocantho.com.vn/a-a1.html") is REGISTRY.portal("bao-can-tho")


def test_check_sees_articles_off_the_topic() -> None:
    portal = REGISTRY.portal("bao-can-tho")
    spider = spider_class(portal)(scope="check")
    assert (spider.portal.scope, portal.scope) == ("all", "sections-and-keywords")
    assert spider_class(portal)().portal is portal
