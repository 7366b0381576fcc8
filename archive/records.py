"""The frozen values that travel between the ten steps, from a captured response to a described article.

All text is NFC Unicode. Offsets are code points. `None` means "the page does not say". The file is long because it is
a list: nothing in it does anything, and each value is short.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from archive.attachments.records import Attachment
from archive.run_history.findings import RunFinding

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Level = Literal["central", "province", "district", "commune", "village"]
Field = Literal["title", "sapo", "body", "caption"]


class PageKind(StrEnum):
    """What a page turned out to be; everything but `ARTICLE` is kept only in the ledger."""

    ARTICLE = "article"
    LISTING = "list"
    MEDIA_ONLY = "media-only"
    SOFT_404 = "soft-404"
    BLANK = "blank"
    LOGIN = "login"
    CHALLENGE = "challenge"
    GIBBERISH = "gibberish"
    UNDECODABLE = "undecodable"
    OVERSIZED = "oversized"


@dataclass(frozen=True, kw_only=True)
class PortalIdentity:
    """Who publishes: what description and search need to know of a portal, without its crawl rules."""

    key: str
    name: str
    kind: str
    province: str | None  # before 1 July 2025, without its type word: "Thái Nguyên"
    district: str | None = None
    hosts: tuple[str, ...] = ()
    successor: str | None = None  # key of the portal that took over


@dataclass(frozen=True, kw_only=True)
class ArticleLink:
    """A link that a profile's rules accept as an article, with the date its list printed, if any."""

    url: str
    portal: str
    found_in: str  # rss | sitemap | list | api
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, kw_only=True)
class Capture:
    """One response as it was written to a WARC file: where it lies and how to prove it."""

    url: str
    fetched_at: datetime  # timezone-aware, UTC
    status: int
    content_type: str | None
    payload_digest: str  # "sha1:" + base32 of the payload as sent, the WARC-Payload-Digest
    warc_file: str  # name inside DANVAN_HOME/warc
    offset: int
    length: int
    record_id: str
    is_revisit: bool = False


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    """A page to read: its bytes, decompressed, and what the server said of them."""

    url: str
    body: bytes
    charset: str | None = None  # of the Content-Type header
    fetched_at: datetime | None = None  # aware; None switches off the rules about header clocks
    capture: Capture | None = None


@dataclass(frozen=True, kw_only=True)
class PrintedDate:
    """A date with its proof: value, how precise, which rule found it, and the string as printed.

    >>> day = datetime(2024, 7, 10, tzinfo=LOCAL_ZONE)
    >>> PrintedDate(value=day, precision="day", source="profile", printed="10/07/2024").iso()
    '2024-07-10'
    """

    value: datetime  # in Asia/Ho_Chi_Minh; midnight where only the day is known
    precision: Literal["day", "minute"]
    source: str
    printed: str

    def iso(self) -> str:
        """`YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM:SS+07:00` where the page gives a time."""
        return self.value.date().isoformat() if self.precision == "day" else self.value.isoformat()


@dataclass(frozen=True, kw_only=True)
class ArticleText:
    """What a page says once its boilerplate is off.

    `body` has its paragraphs separated by a blank line; `sapo` is also its first paragraph where it is
    text of the article. `method` names the rule that gave each field.
    """

    kind: PageKind
    reason: str | None = None  # why it is no article
    url: str
    title: str | None = None
    sapo: str | None = None
    body: str = ""
    captions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: PrintedDate | None = None
    modified: PrintedDate | None = None
    tags: tuple[str, ...] = ()
    section: str | None = None
    canonical_url: str | None = None
    language: str | None = None
    family: str | None = None
    encoding: str | None = None
    method: dict[str, str] = field(default_factory=dict)

    @property
    def is_article(self) -> bool:
        return self.kind is PageKind.ARTICLE


@dataclass(frozen=True, kw_only=True)
class Span:
    """Where evidence stands: field, its number (captions), and code points [start, end)."""

    field: Field
    index: int = 0
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class UnitRef:
    """An administrative unit by its stable id, as it is shown to people."""

    id: str
    name: str
    type: str
    level: Level
    province: str | None = None


@dataclass(frozen=True, kw_only=True)
class LocalityMention:
    """A place an article names: the unit as of the article's date, and today's unit or units.

    A village has level `village` and no id. `former` marks "(huyện X cũ)".
    """

    unit_id: str | None
    name: str
    type: str
    level: Level
    province: str | None
    district: str | None
    cited_as: str
    evidence: tuple[Span, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    today: tuple[UnitRef, ...] = ()
    former: bool = False


@dataclass(frozen=True, kw_only=True)
class OfficialTitle:
    """One post of one official, as printed and taken apart."""

    printed: str
    post: str | None
    organisation: str | None
    level: Level | None
    locality: str | None = None
    former: bool = False


@dataclass(frozen=True, kw_only=True)
class OfficialMention:
    """A holder of a post whom the article names, with every form of mention and its place."""

    name: str
    key: str  # folded name: one key for "Điểu K'ré" and "ĐIỂU K’RÉ"
    titles: tuple[OfficialTitle, ...]
    cited_as: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class FigureMention:
    """A number that counts something: `16/22 xã` has value 16 and `of` 22."""

    value: float
    of: float | None
    unit: str
    what: str | None
    locality: str | None
    cited_as: str
    evidence: Span


@dataclass(frozen=True, kw_only=True)
class DocumentMention:
    """A cited document: `Nghị quyết số 25-NQ/TW ngày 3/6/2013`."""

    kind: str
    number: str
    date: date | None
    issuer: str | None
    cited_as: str
    evidence: Span


@dataclass(frozen=True, kw_only=True)
class Relevance:
    """Whether the article is about the topic: score 0–1, verdict, and the spans that made it so."""

    verdict: bool
    score: float
    evidence: tuple[Span, ...] = ()
    topic: str = "dan-van"


@dataclass(frozen=True, kw_only=True)
class Description:
    """Everything the rules read out of an article, each with its evidence."""

    relevance: Relevance
    localities: tuple[LocalityMention, ...] = ()
    primary_locality: LocalityMention | None = None
    primary_reason: str | None = None
    officials: tuple[OfficialMention, ...] = ()
    figures: tuple[FigureMention, ...] = ()
    documents: tuple[DocumentMention, ...] = ()


class SaveOutcome(StrEnum):
    """What saving an article changed."""

    NEW = "new"
    CHANGED = "changed"
    EARLIER = "earlier"  # another text, of a capture older than those known
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Version:
    """A text an article has had: its digest, when it was seen, and the captures that show it."""

    number: int
    digest: str  # "sha256:" + hex of title, sapo, body and captions
    first_seen: datetime
    last_seen: datetime
    captures: tuple[Capture, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Article:
    """An archived article: its current text and description, and where it came from."""

    id: int
    portal: PortalIdentity
    url: str
    url_key: str
    text: ArticleText
    description: Description
    version: int
    first_seen: datetime
    last_seen: datetime
    removed_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """One row of the change feed; consumers are idempotent by (article_id, version, op)."""

    cursor: str  # opaque to consumers; pass the last one back
    article_id: int
    op: Literal["upsert", "remove"]
    version: int
    at: datetime
    moved_to: str | None = None  # of a removal: the address where the article is now, if that is known


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """What a crawl did: its scope, its counts, and why pages were not archived."""

    run_id: int
    portal: str
    started_at: datetime
    finished_at: datetime | None
    scope: str  # section | title-keywords | all, with its date range
    verdict: str  # running | ok | suspicious | failed | lost
    counts: dict[str, int]  # links, fetched, captured, new, changed, unchanged, rejected
    rejected: dict[str, int]  # reason → pages
    detail: str | None = None
    failures: dict[str, int] | None = None  # kind → times; None: of a run before these were counted
    not_before: datetime | None = None  # the portal asked for patience until then
    moved_to: str | None = None  # the host its lists lead to now
    checks: tuple[RunFinding, ...] | None = None  # checks it did not pass; None: it was not checked
