"""WARC and ARC files made by hand: demo pages in good records, and records with everything wrong."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.demo.articles import DemoArticle, articles_of
from crawler.demo.portals import BY_KEY
from crawler.demo.render import answer

HOST = "giavien.test"
KEY = "demo-giavien"
PORTAL = BY_KEY[KEY]
FIRST = datetime(2024, 8, 1, 2, 3, 4, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A demo article's page as the portal sends it."""

    article: DemoArticle
    url: str
    body: bytes


def pages(count: int, *, host: str = HOST) -> list[Page]:
    """Pages of articles on the topic, newest first."""
    found = [article for article in articles_of(KEY) if article.dan_van and not article.is_late][:count]
    return [Page(article=one, url=f"http://{host}{PORTAL.article_path(one)}", body=body_of(one)) for one in found]


def body_of(article: DemoArticle, replaced: tuple[str, str] = ("", "")) -> bytes:
    """A page's bytes, with something in its text replaced."""
    body = answer(PORTAL, PORTAL.article_path(article), f"http://{HOST}", is_second=False, now=FIRST).body
    return body.replace(replaced[0].encode(), replaced[1].encode()) if replaced[0] else body


def day(number: int) -> datetime:
    """Moments in their order."""
    return FIRST + timedelta(days=number)


def record(
    url: str,
    body: bytes = b"",
    *,
    at: datetime = FIRST,
    status: str = "200 OK",
    headers: Sequence[tuple[str, str]] = HTML,
    kind: str = "response",
    more: dict[str, str] | None = None,
    is_packed: bool = True,
) -> bytes:
    """One record, packed or not."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=is_packed, warc_version="1.1")
    http = StatusAndHeaders(status, [*headers, ("Content-Length", str(len(body)))], "HTTP/1.1")
    said = {"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ")} | (more or {})
    made = writer.create_warc_record(
        url, kind, payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=said
    )
    writer.write_record(made)
    return stream.getvalue()


def revisit(page: Page, *, at: datetime, digest: str, original: datetime) -> bytes:
    """A record that says: the payload is the one captured then."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    http = StatusAndHeaders("200 OK", list(HTML), "HTTP/1.1")
    # As wget does: its body lies elsewhere, and the digest is of the block with it.
    said = {"WARC-Truncated": "length", "WARC-Block-Digest": "sha1:" + "A" * 32}
    said["WARC-Date"] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    made = writer.create_revisit_record(
        page.url, digest, page.url, original.strftime("%Y-%m-%dT%H:%M:%SZ"), http_headers=http, warc_headers_dict=said
    )
    writer.write_record(made)
    return stream.getvalue()


def arc(found: Sequence[tuple[Page, datetime]], version: int = 1) -> bytes:
    """An ARC file, every record a gzip member, as crawlers before 2009 wrote them; version 2 has more fields."""
    fields, more = (
        ("", "") if version == 1 else ("Result-code Checksum Location Offset Filename ", "200 - - 99 old.arc ")
    )
    about = f"{version} 0 InternetArchive\nURL IP-address Archive-date Content-type {fields}Archive-length\n".encode()
    head = f"filedesc://old.arc 0.0.0.0 {FIRST:%Y%m%d%H%M%S} text/plain {more}{len(about)}\n".encode()
    members = [gzip.compress(head + about + b"\n")]
    for page, at in found:
        block = b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.body
        line = f"{page.url} 203.0.113.9 {at:%Y%m%d%H%M%S} text/html {more}{len(block)}\n".encode()
        members.append(gzip.compress(line + block + b"\n"))
    return b"".join(members)


def wacz(members: Mapping[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A zip file with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return stream.getvalue()


def chunked(body: bytes) -> bytes:
    """A body in HTTP chunks."""
    parts = [body[start : start + 1000] for start in range(0, len(body), 1000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def repacked(packed: bytes, **replaced: tuple[bytes, bytes]) -> bytes:
    """A packed record with something in its plain bytes replaced: what no writer would write."""
    plain = zlib.decompress(packed, zlib.MAX_WBITS + 16)
    for old, new in replaced.values():
        assert old in plain
        plain = plain.replace(old, new, 1)
    return gzip.compress(plain)


def headers_of(packed: bytes) -> dict[str, Any]:
    """The WARC headers of a packed record."""
    from warcio.archiveiterator import ArchiveIterator

    return dict(next(iter(ArchiveIterator(io.BytesIO(packed)))).rec_headers.headers)
