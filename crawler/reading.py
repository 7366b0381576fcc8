"""From a page's bytes to its text and description: the same path for live crawls, files and evaluation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from archive.attachments.records import AttachedFile
from archive.authorities import Authorities
from archive.records import ArticlePage, ArticleText, Description, PageKind, PortalIdentity
from crawler.attachments.addresses import attached_in
from crawler.describe import describe
from crawler.extract import extract
from spiders.portal import Portal
from spiders.registry import Registry, load_registry


@dataclass(frozen=True, kw_only=True)
class PageReading:
    """What a page says; `description` is None where it is no article."""

    text: ArticleText
    description: Description | None
    attached: tuple[AttachedFile, ...] | None = None  # None: the portal's profile wants none

    @classmethod
    def failed(cls, url: str, reason: str) -> PageReading:
        """The reading of a page that could not be read."""
        return cls(text=ArticleText(kind=PageKind.UNDECODABLE, reason=reason, url=url), description=None)


class Reader:
    """The rules, loaded once a process."""

    def __init__(self, registry: Registry, authorities: Authorities) -> None:
        self._registry = registry
        self._authorities = authorities

    @classmethod
    def load(cls) -> Self:
        """Load families, profiles and authorities."""
        return cls(load_registry(), Authorities.load())

    def read(self, page: ArticlePage, portal: str) -> PageReading:
        """Read a page of a known portal."""
        profile = self._registry.portal(portal)
        reading = self.read_as(page, profile, profile.identity)
        if not profile.attachments.kinds or not reading.text.is_article:
            return reading
        return replace(reading, attached=attached_in(page, reading.text, profile))

    def read_as(
        self, page: ArticlePage, portal: Portal | None, home: PortalIdentity | None, *, use_families: bool = True
    ) -> PageReading:
        """Read a page with or without a profile; `home` is who published it."""
        try:
            text = extract(page, portal, self._registry, use_families=use_families)
        except RecursionError:
            return PageReading.failed(page.url, "nested too deeply to read; the capture is kept")
        if not text.is_article:
            return PageReading(text=text, description=None)
        return PageReading(text=text, description=describe(text, home, self._authorities))
