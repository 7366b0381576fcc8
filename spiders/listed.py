"""The registry's rows (portals.csv): portals known from public text, each as a profile over its family's rules.

A row whose CMS is a known family can be crawled after a check; any other is listed until somebody drafts a profile.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from archive.errors import ProfileError
from spiders.profile import GENERIC, ArticleUrls, Family, Profile

_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
# Other sub-domains of a portal are sites of their own: departments, towns, languages, files.
_MIRRORS = ("www", "m", "demo")
_SUCCESSOR = re.compile(r"merged into ([\w.-]+)")
_FAMILY = re.compile(r"([a-z_]+)(\??)(?=[\s,]|$)")
_GENERATIONS = re.compile(r" / | → ")
_NEW, _UNMARKED, _OLD = 9999, 5000, 0  # beside years
_COMMUNE = re.compile(r"\s*\((?:commune|ward|town)\)$")
# Newspapers publish hourly, offices a few times a week.
_NEWSPAPER_CADENCE, _OFFICE_CADENCE = "1d", "7d"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of portals.csv, its columns as they stand."""

    key: str
    name: str
    kind: str
    province_before_2025: str
    district: str
    province_after_2025: str
    domain: str
    older_or_newer_domains: str
    article_url_example: str
    url_pattern: str
    cms_family: str
    evidence: str
    confidence: str

    @property
    def host(self) -> str | None:
        """The host of the domain column, which may hold a folder too."""
        return self.domain.split("/")[0].lower() or None

    @property
    def example(self) -> str | None:
        """The example, where it is an article's whole address: a note in brackets says what else it is."""
        return self.article_url_example if re.fullmatch(r"https?://[^\s()]+", self.article_url_example) else None


def read_rows(path: Path) -> list[Row]:
    """The rows of portals.csv. ProfileError names file and line."""
    columns = [field.name for field in fields(Row)]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            if next(reader, None) != columns:
                raise ProfileError(f"{path}: line 1 must name the columns {', '.join(columns)}")
            return [Row(**dict(zip(columns, values, strict=True))) for values in reader]
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: cannot be read: {error}") from error
    except ValueError as error:
        raise ProfileError(f"{path}: line {reader.line_num}: {error}; a row has {len(columns)} columns") from error


def listed_profiles(rows: Iterable[Row], families: Mapping[str, Family], own: Collection[Profile]) -> list[Profile]:
    """A profile for each row whose host no profile of `own` has; every host goes to one portal."""
    taken = {host: profile.key for profile in own for host in profile.hosts}
    sites = set(map(_site, taken))
    left = [row for row in rows if row.host is None or _site(row.host) not in sites]
    taken |= {row.host: row.key for row in left if row.host}
    hosts = {row.key: _hosts(row, taken) for row in left}
    return [_profile(row, hosts[row.key], taken, families) for row in left]


def completed(profile: Profile, rows: Iterable[Row]) -> Profile:
    """A profile written by hand, with what the row of its host knows and it does not say."""
    sites = set(map(_site, profile.hosts))
    row = next((row for row in rows if row.host and _site(row.host) in sites), None)
    if row is None:
        return profile
    return msgspec.structs.replace(
        profile,
        province_after=profile.province_after or _province(row.province_after_2025),
        example=profile.example or row.example,
        note="; ".join(said for said in (profile.note, _note(row)) if said) or None,
    )


def family_of(cms: str, known: Collection[str]) -> str | None:
    """The known family that a row's CMS column names; of several generations the newest.

    >>> known = ("onecms", "mediasoft", "liferay", "uploads_image_ymd")
    >>> family_of("onecms (2025+) / mediasoft (to 2024)", known), family_of("drupal (old) → liferay", known)
    ('onecms', 'liferay')
    >>> family_of("uploads_image_ymd (2019) / unknown (2024)", known), family_of("liferay-like list", known)
    (None, None)
    """
    newest = max(_GENERATIONS.split(cms), key=_age)
    found = _FAMILY.match(newest)
    return found[1] if found and found[1] in known and found[1] != GENERIC else None


def _age(generation: str) -> int:
    if re.search(r"\bnew\b", generation):
        return _NEW
    if re.search(r"\b(?:old|before)\b", generation):
        return _OLD
    return max((int(year) for year in re.findall(r"\b20\d\d\b", generation)), default=_UNMARKED)


def _profile(row: Row, hosts: tuple[str, ...], owners: Mapping[str, str], families: Mapping[str, Family]) -> Profile:
    family = family_of(row.cms_family, families)
    successor = _SUCCESSOR.search(row.older_or_newer_domains)
    return Profile(
        key=row.key,
        name=row.name,
        kind=row.kind,
        family=family or GENERIC,
        hosts=hosts,
        scheme="http" if row.article_url_example.startswith("http://") else "https",
        province=_province(row.province_before_2025),
        province_after=_province(row.province_after_2025),
        district=_district(row),
        status="listed" if family else "needs-draft",
        successor=owners.get(successor[1]) if successor else None,
        cadence=_NEWSPAPER_CADENCE if row.kind == "provincial_newspaper" and not successor else _OFFICE_CADENCE,
        articles=_articles(row, families[family] if family else None),
        example=row.example,
        note=_note(row),
        evidence=row.evidence,
        confidence="inferred" if re.search(r"\?|inferred", row.cms_family) else row.confidence,  # type: ignore[arg-type]
    )


def _articles(row: Row, family: Family | None) -> ArticleUrls | None:
    """The family's patterns, which know ids, and then the row's; one that ends in a folder is no page's."""
    base = family.articles if family and family.articles else None
    if not row.url_pattern or row.url_pattern.endswith("/"):
        return base
    return ArticleUrls(
        patterns=(*(base.patterns if base else ()), row.url_pattern),
        deny=base.deny if base else (),
        keep_query=base.keep_query if base else (),
        id_decides=base.id_decides if base else False,
        evidence=row.evidence,
        confidence=row.confidence,  # type: ignore[arg-type]
    )


def _hosts(row: Row, taken: dict[str, str]) -> tuple[str, ...]:
    """The row's hosts, canonical first; takes them, so that no other row has them."""
    if row.host is None:
        return ()
    hosts = [row.host]
    for host in (f"www.{_site(row.host)}", *_named_hosts(row.older_or_newer_domains)):
        if taken.setdefault(host, row.key) == row.key and host not in hosts and not _is_other_site(host, hosts):
            hosts.append(host)
    return tuple(hosts)


def _named_hosts(text: str) -> Iterator[str]:
    """Hosts in the prose of the column of other domains; not those said to be unverified or another paper's."""
    for part in re.split(r"; | and ", text):
        name, _, remark = part.partition(" (")
        if _HOST.fullmatch(name) and "unverified" not in remark:
            yield name


def _is_other_site(host: str, hosts: Collection[str]) -> bool:
    """Whether a host is a sub-domain of the portal's that is no mirror of it.

    >>> _is_other_site("bdt.hagiang.gov.vn", ["hagiang.gov.vn"]), _is_other_site("m.baomau.vn", ["baomau.vn"])
    (True, False)
    """
    first = host.split(".")[0]
    return first not in _MIRRORS and any(host.endswith(f".{_site(known)}") for known in hosts)


def _site(host: str) -> str:
    return host.removeprefix("www.")


def _province(name: str) -> str | None:
    return name.removeprefix("TP ") or None


def _district(row: Row) -> str | None:
    """The district of the column; None where the column only repeats the commune that publishes."""
    name = _COMMUNE.sub("", row.district)
    if name != row.district and name in row.name.split("(")[0]:
        return None
    return name.removeprefix("TP ") or None


def _note(row: Row) -> str | None:
    """What the columns say beyond the keys of a profile."""
    said = {
        "CMS": row.cms_family,
        "other domains": row.older_or_newer_domains,
        "seen": "" if row.example else row.article_url_example,
        "pattern": row.url_pattern if row.url_pattern.endswith("/") else "",
        "folder": urlsplit(f"//{row.domain}").path,
    }
    return "; ".join(f"{name}: {value}" for name, value in said.items() if value) or None
