"""The types of an article's answers: its text, its description, versions with captures, and what is around it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from search.web.api.models import Place, Published, Span


class DanVan(BaseModel):
    """Whether the article is about the topic."""

    verdict: bool
    score: float
    evidence: list[Span]


class Title(BaseModel):
    """A post, as printed and taken apart."""

    printed: str
    post: str | None
    organisation: str | None
    level: str | None
    locality: str | None
    former: bool


class Official(BaseModel):
    """A holder of a post whom the article names."""

    name: str
    titles: list[Title]
    cited_as: list[str]
    evidence: list[Span]


class Figure(BaseModel):
    """A number that counts something."""

    value: float
    of: float | None
    unit: str
    what: str | None
    locality: str | None
    cited_as: str
    evidence: Span


class Document(BaseModel):
    """A cited document."""

    kind: str
    number: str
    date: str | None
    issuer: str | None
    cited_as: str
    evidence: Span


class Attachment(BaseModel):
    """A file that the article's page attaches."""

    id: int
    url: str
    role: str
    label: str | None
    position: int
    version: int
    gone_at: str | None
    media_type: str | None
    size: int | None
    payload_digest: str | None
    capture_id: int | None
    captured_at: str | None
    pages: int | None
    text: str | None
    text_method: str | None
    text_problem: str | None
    failure: str | None


class Check(BaseModel):
    """The last check of a capture: when, and what was found wrong."""

    checked_at: str
    found: str | None


class Capture(BaseModel):
    """One response as it lies in a WARC file."""

    url: str
    fetched_at: str
    status: int
    content_type: str | None
    payload_digest: str
    warc_file: str
    offset: int
    length: int
    record_id: str
    is_revisit: bool
    pwid: str
    last_check: Check | None


class Version(BaseModel):
    """A text the article has had."""

    number: int
    digest: str
    first_seen: str
    last_seen: str
    captures: list[Capture]


class Move(BaseModel):
    """A move from or to the article."""

    article_id: int
    url: str
    to_article_id: int | None
    to_url: str
    how: str
    at: str
    resemblance: float | None
    is_over: bool


class AlsoPublished(BaseModel):
    """Another article of (nearly) the same text; `resemblance` null: by way of a third."""

    article_id: int
    portal: str
    portal_name: str
    url: str
    title: str | None
    authors: list[str]
    published: str | None
    first_seen: str
    is_removed: bool
    resemblance: float | None


class ArticleAnswer(BaseModel):
    """An article with everything the archive knows of it."""

    id: int
    portal: str
    portal_name: str
    url: str
    version: int
    first_seen: str
    last_seen: str
    removed_at: str | None
    is_article: bool
    reason: str | None
    title: str | None
    sapo: str | None
    body: str | None
    captions: list[str]
    authors: list[str]
    published: Published | None
    modified: str | None
    tags: list[str]
    section: str | None
    canonical_url: str | None
    language: str | None
    family: str | None
    encoding: str | None
    dan_van: DanVan | None
    primary_locality: Place | None
    primary_reason: str | None
    localities: list[Place]
    officials: list[Official]
    figures: list[Figure]
    documents: list[Document]
    method: dict[str, str]
    attachments: list[Attachment]
    versions: list[Version]
    moves: list[Move]
    also_published: list[AlsoPublished]
    persons: list[int | None] = Field(description="numbers for /api/officials, in the order of `officials`")


class Difference(BaseModel):
    """One difference of two versions and the words around it."""

    field: str
    paragraph: int | None
    op: str
    before: str | None
    after: str | None
    was_paragraph: int | None = None
    lead: str
    tail: str


class DifferencesAnswer(BaseModel):
    """How two versions differ, in the order of the text."""

    older: int
    newer: int
    differences: list[Difference]
