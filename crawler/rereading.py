"""Captures read again for `danvan verify --reread`: what today's rules make of a page the archive holds.

The archive finds this by the entry-point group "danvan.readers", since it imports no crawler.
"""

from __future__ import annotations

from archive.errors import DanVanError
from archive.past.captures import read_capture
from archive.records import ArticleText, Capture
from archive.repository import Archive
from crawler.extract.page import extract
from crawler.past.located import page_of
from crawler.past.originals import original_of
from spiders.registry import load_registry


class Rereader:
    """Reads captures with the profiles and families of today; nothing is described or saved."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._registry = archive, load_registry()

    def __call__(self, capture: Capture, portal: str) -> ArticleText | None:
        """The text of a capture; None where its record or its portal's profile is not there."""
        profile = self._registry.portals.get(portal)
        try:
            response = read_capture(self._archive.home.warc, capture)
            page = page_of(capture, response, original_of(response, self._archive, self._registry))
            return extract(page, profile, self._registry) if profile else None
        except (DanVanError, RecursionError):  # a damaged file has its own finding
            return None
