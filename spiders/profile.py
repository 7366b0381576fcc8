"""What a profile and a family can say, as typed TOML.

Families and profiles are TOML of the same form: a profile is a base family and a few lines. Unknown keys stop
the load. Every group of rules carries its `evidence` and `confidence`, so that archivists see what is unproven.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Confidence = Literal["seen", "inferred", "unverified", "own"]
# "listed": crawled by its family's rules after a check. "needs-draft": known by name, not crawled without a profile.
Status = Literal["verified", "unverified", "listed", "needs-draft", "demo"]
Scope = Literal["sections-and-keywords", "section", "title-keywords", "all"]
FieldName = Literal["title", "sapo", "body", "byline", "published", "modified", "captions", "tags", "section"]
# The family of portals whose CMS is unknown: no rules of its own.
GENERIC = "generic"
# Links outside the sections named in a profile are taken if their title has one of these.
KEYWORDS = ("dân vận", "dân chủ ở cơ sở", "đại đoàn kết", "đối thoại với nhân dân", "người có uy tín")

# How long after its text was first seen a known article is looked at again. Corrections come within hours and days,
# removals at any time.
REVISITS = ("1h", "1d", "7d", "30d", "365d")


# Scans of a plan have 2 to 10 MB. The largest file is held in memory three times while it is captured and read.
DEFAULT_FILE = 16 * 1024 * 1024
LARGEST_FILE = 64 * 1024 * 1024


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Refuses what it does not know."""


class Rule(_Strict, frozen=True, kw_only=True):
    """One way to a field's value; exactly one of css, xpath, meta, jsonld, url or after is given.

    `attribute` reads an attribute instead of the text; `pattern` keeps what its first group (or all of it) matches.
    """

    css: str | None = None
    xpath: str | None = None
    meta: str | None = None
    jsonld: str | None = None
    url: str | None = None
    after: str | None = None
    attribute: str | None = None
    pattern: str | None = None

    def __post_init__(self) -> None:
        given = [name for name in ("css", "xpath", "meta", "jsonld", "url", "after") if getattr(self, name)]
        if len(given) != 1:
            raise ValueError("a rule has exactly one of css, xpath, meta, jsonld, url, after")

    @property
    def label(self) -> str:
        """What the article's `method` says of it."""
        for name in ("css", "xpath", "meta", "jsonld", "url", "after"):
            if value := getattr(self, name):
                return f"{name}:{value}"
        raise AssertionError("unreachable")


class ArticleUrls(_Strict, frozen=True, kw_only=True):
    """Which addresses are articles: regular expressions on path and query, one a generation of the portal."""

    patterns: tuple[str, ...]  # named groups: id, yyyymm, date, cat
    deny: tuple[str, ...] = ()
    keep_query: tuple[str, ...] = ()  # parameters that tell pages apart; all others are dropped from keys
    id_decides: bool = False  # the portal answers by id whatever the slug says
    evidence: str = ""
    confidence: Confidence = "unverified"


class JsonApi(_Strict, frozen=True, kw_only=True):
    """Paging by a JSON answer: an address with {site}, {category}, {first}, {size}, and where its items lie."""

    url: str
    site: str | None = None  # CSS of the element in the list page whose text is {site}
    category: str | None = None
    size: int = 30
    items: str = "response"
    link: str = "pageUrl"
    title: str = "title"
    date: str = "publishDate"


class Discovery(_Strict, frozen=True, kw_only=True):
    """One way to find articles. Ways are tried in their order; all that are given are walked."""

    kind: Literal["rss", "sitemap", "list"]
    urls: tuple[str, ...]
    is_section: bool = False  # a dân vận section: all its articles are wanted
    links: str | None = None  # CSS of the part of a list that holds its links
    next: str | None = None  # how page n is addressed: "?page={n}", "page-{n}/"
    first_page: int = 1
    max_pages: int = 50
    api: JsonApi | None = None
    children: str | None = None  # sitemap index: regex of the children to open; group `date` limits them
    dates_by_day_only: bool = False  # the feed's time of day is wrong
    evidence: str = ""
    confidence: Confidence = "unverified"


class Fields(_Strict, frozen=True, kw_only=True):
    """Ordered rules for each field; the first that gives something wins."""

    title: tuple[Rule, ...] = ()
    sapo: tuple[Rule, ...] = ()
    body: tuple[Rule, ...] = ()
    byline: tuple[Rule, ...] = ()
    published: tuple[Rule, ...] = ()
    modified: tuple[Rule, ...] = ()
    captions: tuple[Rule, ...] = ()
    tags: tuple[Rule, ...] = ()
    section: tuple[Rule, ...] = ()


class Body(_Strict, frozen=True, kw_only=True):
    """How the body's container is cleaned before its text is taken."""

    drop: tuple[str, ...] = ()  # CSS of what is no text of the article
    cut_at: tuple[str, ...] = ()  # regexes of a line with which the article is over
    transforms: tuple[str, ...] = ()  # named DOM steps of crawler.extract.transforms


class Byline(_Strict, frozen=True, kw_only=True):
    """What is no author."""

    deny: tuple[str, ...] = ()  # site names, accounts


class Layout(_Strict, frozen=True, kw_only=True):
    """An older generation of a portal's markup, used for captures up to its last day."""

    until: date
    fields: Fields = Fields()
    body: Body | None = None
    evidence: str = ""
    confidence: Confidence = "unverified"


class Http(_Strict, frozen=True, kw_only=True):
    """Politeness, and what the server needs."""

    delay_seconds: float = 2.0
    concurrency: int = 1
    encoding: str | None = None
    min_text_chars: int = 150  # a page with less is blank or a gallery
    js_required: bool = False


class Attachments(_Strict, frozen=True, kw_only=True):
    """Which files of an article are captured with it; by default none."""

    kinds: tuple[Literal["documents", "images"], ...] = ()
    hosts: tuple[str, ...] = ()  # beside the portal's own: a host of its files
    within: tuple[str, ...] = ()  # CSS of boxes outside the body that hold links to documents
    max_bytes: int = DEFAULT_FILE  # a larger file is not got

    def __post_init__(self) -> None:
        if not self.kinds and (self.hosts or self.within):
            raise ValueError('kinds is empty: nothing would be captured; write kinds = ["documents"] or "images" too')
        if not 0 < self.max_bytes <= LARGEST_FILE:
            raise ValueError(f"max_bytes {self.max_bytes} is not between 1 and {LARGEST_FILE}")
        if wrong := [host for host in self.hosts if "/" in host or host != host.strip().lower() or not host]:
            raise ValueError(f"hosts: {wrong[0]!r} is no host; write it as files.example.vn, in small letters")


class AdaptiveCadence(_Strict, frozen=True, kw_only=True):
    """A cadence that follows the portal: halved by news, longer by half without, between `min` and `max`."""

    min: str = "6h"
    max: str = "7d"
    start: str = "1d"


class Fingerprint(_Strict, frozen=True, kw_only=True):
    """By what a page of an unlisted portal shows its family."""

    generator: str | None = None  # regex on meta generator
    urls: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()  # CSS; each found one counts


class Family(_Strict, frozen=True, kw_only=True):
    """A CMS: the rules its portals share."""

    key: str
    fingerprint: Fingerprint = Fingerprint()
    articles: ArticleUrls | None = None
    discover: tuple[Discovery, ...] = ()
    fields: Fields = Fields()
    body: Body = Body()
    byline: Byline = Byline()
    http: Http = Http()
    evidence: str = ""
    confidence: Confidence = "unverified"


class Profile(_Strict, frozen=True, kw_only=True):
    """A portal as its TOML file says it; what is left out comes from the family."""

    key: str
    name: str
    kind: str
    family: str
    hosts: tuple[str, ...]
    province: str | None  # only rows of the registry know portals of no province
    status: Status
    evidence: str
    scheme: Literal["http", "https"] = "https"
    province_after: str | None = None
    district: str | None = None
    active_from: date | None = None
    active_until: date | None = None
    successor: str | None = None
    scope: Scope = "sections-and-keywords"
    keywords: tuple[str, ...] = KEYWORDS
    cadence: str | AdaptiveCadence = "1d"  # a fixed interval, or "adaptive"
    hours: tuple[str, ...] = ()  # "22:00-05:00" local time: crawls begin in these only
    revisits: tuple[str, ...] = REVISITS
    articles: ArticleUrls | None = None
    discover: tuple[Discovery, ...] | None = None
    fields: Fields = Fields()
    body: Body | None = None
    byline: Byline | None = None
    http: Http | None = None
    layouts: tuple[Layout, ...] = ()
    attachments: Attachments = Attachments()
    expect_articles: int | None = None  # articles a month; far fewer is suspicious
    checked_at: date | None = None
    example: str | None = None
    note: str | None = None
    confidence: Confidence = "unverified"
