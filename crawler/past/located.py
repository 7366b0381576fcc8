"""Whose page a stored response is, and under which key the archive keeps it: as a live crawl would."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from archive.ledger import Entry
from archive.past.stored import StoredResponse
from archive.records import ArticlePage, Capture
from spiders import links
from spiders.portal import Portal
from spiders.registry import Registry

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, kw_only=True)
class Located:
    """A portal, and an address at one of its hosts."""

    portal: Portal
    address: str

    @property
    def is_article(self) -> bool:
        """Whether the portal's patterns take the address for an article's."""
        return links.is_article_url(self.address, self.portal)

    @property
    def url_key(self) -> str:
        """The key of an article's address in live crawls."""
        return links.url_key(self.address, self.portal)


def host_of(url: str) -> str:
    """Host and port of an address, the scheme's own port left off; "" where it is none.

    >>> host_of("HTTP://Mau.test:80/a"), host_of("https://mau.test:8443/"), host_of("http://[")
    ('mau.test', 'mau.test:8443', '')
    """
    try:
        parts = urlsplit(url)
        return parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme.lower(), ""))
    except ValueError:
        return ""


def locate(url: str, registry: Registry, named: Portal | None = None) -> Located | None:
    """The portal of an address, with or without www; a named portal takes the hosts that no portal has."""
    host = host_of(url)
    for candidate in (host, host.removeprefix("www."), f"www.{host}"):
        portal = registry.owner_of(f"//{candidate}/") if host else None
        if portal is not None:
            is_wanted = portal.may_crawl and named in (None, portal)
            return Located(portal=portal, address=_at(url, candidate)) if is_wanted else None
    return Located(portal=named, address=_at(url, named.hosts[0])) if named and host else None


def _at(url: str, host: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme.lower(), host, parts.path, parts.query, parts.fragment))


def entry_of(response: StoredResponse, at: Located, warc_file: str) -> Entry:
    """The ledger's entry for a response that lies in a file."""
    return Entry(
        capture=Capture(
            url=response.url,
            fetched_at=response.fetched_at,
            status=response.status,
            content_type=response.header("Content-Type"),
            payload_digest=response.payload_digest,
            warc_file=warc_file,
            offset=response.offset,
            length=response.length,
            record_id=response.record_id,
            is_revisit=response.refers_to is not None,
        ),
        portal=at.portal.key,
        url_key=at.url_key if at.is_article else response.url,
        etag=response.header("ETag"),
        last_modified=response.header("Last-Modified"),
    )


def page_of(capture: Capture, response: StoredResponse, original: StoredResponse) -> ArticlePage:
    """The page to read: the body of the response, or of the one that a revisit refers to."""
    content_type = response.header("Content-Type") or original.header("Content-Type")
    return ArticlePage(
        url=response.url,
        body=original.page(),
        charset=links.header_charset(content_type),
        fetched_at=response.fetched_at,
        capture=capture,
    )
