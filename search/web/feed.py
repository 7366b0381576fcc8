"""An Atom feed of a question's latest hits (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from archive.exports.citation import Citation
from search.alerts import NewHit

NAMESPACE = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a feed must say when it changed, an empty one too
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MEDIA_TYPE = "application/atom+xml; charset=utf-8"


def atom(title: str, base: str, query: str, hits: Iterable[tuple[NewHit, Citation, str]]) -> bytes:
    """The feed: `base` is the site's address with a slash at its end, `query` the question's query string.

    An entry is known by the identifier of its capture, so that a reader shows a changed article anew; its summary is
    the text given with it.
    """
    entries = list(hits)
    feed = Element("feed", xmlns=NAMESPACE)
    here = f"{base}feed.atom?{query}" if query else f"{base}feed.atom"
    _add(feed, "id", here)
    _add(feed, "title", title)
    _add(feed, "updated", _moment(max((hit.change.at for hit, _, _ in entries), default=_NEVER)))
    SubElement(feed, "link", rel="self", href=here, type="application/atom+xml")
    SubElement(feed, "link", rel="alternate", href=f"{base}?{query}" if query else base, type="text/html")
    for hit, citation, summary in entries:
        _entry(feed, base, hit, citation, summary)
    indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode").encode() + b"\n"


def _entry(feed: Element, base: str, hit: NewHit, citation: Citation, summary: str) -> None:
    entry = SubElement(feed, "entry")
    page = f"{base}articles/{citation.id}"
    _add(entry, "id", citation.pwid or f"{page}#{hit.change.version}")
    _add(entry, "title", citation.title)
    _add(entry, "updated", _moment(hit.change.at))
    _add(entry, "published", _moment(hit.article.first_seen))
    SubElement(entry, "link", rel="alternate", href=page, type="text/html")
    for name in citation.authors or (citation.container,):
        _add(SubElement(entry, "author"), "name", name)
    SubElement(entry, "category", term=hit.article.portal.key, label=_printable(citation.container))
    _add(entry, "summary", summary)


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _printable(text)


def _printable(text: str) -> str:
    """XML 1.0 has no control characters, no surrogates and no U+FFFE, not even escaped."""
    return _NOT_XML.sub("", text)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
