"""Who a portal is: from its row of the registry, from what is asked for, and from what its pages say of themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from archive.errors import UsageError
from archive.vietnamese import canonical, match_key
from crawler.extract.tree import clean
from crawler.portals.drafting.lists import page_links
from crawler.portals.source import Source
from spiders.portal import Portal
from spiders.profile import GENERIC, ArticleUrls, Profile
from spiders.registry import Registry

_SEPARATOR = re.compile(r"\s+[-–|»:·]\s+|\s*\|\s*")
_ZONES = ("vn", "com", "gov", "org", "net", "edu", "info", "test")
_KINDS = (
    (r"ban dân vận", "mass_mobilisation_board"),
    (r"báo(?: và| điện tử)? ", "provincial_newspaper"),
    (r".*\b(?:huyện|thị|quận|thành|đảng) (?:ủy|bộ)\b", "district_party"),
    (r"(?:cổng|trang).* (?:huyện|quận|thị xã|thành phố)\b", "district_gov"),
    (r"(?:cổng|trang).* tỉnh\b", "provincial_gov"),
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the person says of the portal; it wins over everything else."""

    key: str | None = None
    name: str | None = None
    kind: str | None = None
    province: str | None = None
    district: str | None = None


Doubts = list[tuple[str, str]]


def provisional(url: str, registry: Registry, asked: Asked | None = None) -> Portal:
    """The portal to fetch an address by: the registry's, else one that is its host alone, with and without www."""
    if known := registry.owner_of(url):
        return known
    asked = asked or Asked()
    host = urlsplit(url).netloc.lower()
    key = _free(asked.key, None, registry) if asked.key else key_of(host)
    if key in registry.portals:  # of another host
        key = re.sub(r"\W+", "-", host)
    bare = host.removeprefix("www.")
    hosts = (host,) if re.fullmatch(r"[\d.:\[\]]+", host) else tuple(dict.fromkeys((host, bare, f"www.{bare}")))
    profile = Profile(
        key=key, name=asked.name or host, kind=asked.kind or "other", family=GENERIC, hosts=hosts,
        province=asked.province, district=asked.district, status="unverified", evidence="",
        articles=ArticleUrls(patterns=()), discover=(),
    )  # fmt: skip
    return Portal(profile=profile, base=registry.families[GENERIC])


def _free(key: str, row: Portal | None, registry: Registry) -> str:
    """A key that no other portal has."""
    if key in registry.portals and registry.portals[key] is not row:
        raise UsageError(f"{key}: is the key of {registry.portals[key].profile.name}; choose another with --key")
    return key


def key_of(host: str) -> str:
    """A key from a host.

    >>> key_of("www.langgiang.bacgiang.gov.vn"), key_of("127.0.0.1:18801")
    ('langgiang-bacgiang', '127-0-0-1-18801')
    """
    labels = host.removeprefix("www.").split(".")
    while len(labels) > 1 and labels[-1] in _ZONES:
        labels.pop()
    return re.sub(r"[^a-z0-9]+", "-", "-".join(labels)).strip("-")


def basis(
    listing: Source, articles: Sequence[Source], asked: Asked, registry: Registry, evidence: str
) -> tuple[Profile, Doubts]:
    """The profile's head, with what is doubtful about it. UsageError where only the person can say."""
    doubts: Doubts = []
    row = registry.owner_of(listing.url)
    known = row.profile if row else None
    if row and row.status not in ("listed", "needs-draft"):
        doubts.append(("key", f"{row.key} has a profile with this host already; two do not load together"))
    province = asked.province or (known.province if known else None)
    if province is None:
        raise UsageError(
            f"{listing.host}: not in the registry; say whose it is with --province (before July 2025), --district"
        )
    name = asked.name or (known.name if known else None) or _name(listing, articles, doubts)
    key = _free(asked.key or (known.key if known else key_of(listing.host)), row, registry)
    hosts = _hosts(listing, articles, known.hosts if known else ())
    profile = Profile(
        key=key, name=name, kind=asked.kind or (known.kind if known else _kind(name, doubts)), family=GENERIC,
        hosts=hosts, province=province, province_after=known.province_after if known else None,
        district=asked.district or (known.district if known else None), status="unverified",
        scheme="http" if listing.url.startswith("http://") else "https", evidence=evidence,
        cadence=known.cadence if known else "1d", successor=known.successor if known else None,
    )  # fmt: skip
    return profile, doubts


def _name(listing: Source, articles: Sequence[Source], doubts: Doubts) -> str:
    """What the pages call the site, in their heads."""
    sources = (listing, *articles)
    named = [name for one in sources for name in one.metadata.site_names]
    if named:
        return named[0]
    parts = [_SEPARATOR.split(_head_title(one.tree)) for one in sources]
    last = {part[-1] for part in parts if part[-1]}
    if len(sources) > 1 and len(last) == 1:
        return last.pop()
    telling = [name for part in parts for name in part if any(re.match(form, match_key(name)) for form, _ in _KINDS)]
    if telling:
        doubts.append(("name", "only one of the pages calls the portal so"))
        return telling[-1]
    doubts.append(("name", "the pages do not say what the portal calls itself; --name"))
    return listing.host


def _head_title(tree: Any) -> str:
    return next((clean(canonical(one.text_content() or "")) for one in tree.iter("title")), "")


def _kind(name: str, doubts: Doubts) -> str:
    kind = next((kind for pattern, kind in _KINDS if re.match(pattern, match_key(name) + " ")), None)
    doubts.append(("kind", "only the name speaks for it" if kind else "unknown; --kind"))
    return kind or "other"


def _hosts(listing: Source, articles: Sequence[Source], known: Sequence[str]) -> tuple[str, ...]:
    """The known hosts, or the list's; then those of the same site that pages and links show."""
    bare = listing.host.removeprefix("www.")
    aliases = {bare, f"www.{bare}"}
    sources = (listing, *articles)
    linked = {urlsplit(link.url).netloc.lower() for one in sources for link in page_links(one.tree, one.url, aliases)}
    said = {urlsplit(one.metadata.canonical_url or "").netloc.lower() for one in sources}
    seen = [
        host for host in sorted({*linked, *(said & aliases), *(one.host for one in sources)}) if host != listing.host
    ]
    return tuple(dict.fromkeys([*(known or (listing.host,)), listing.host, *seen]))
