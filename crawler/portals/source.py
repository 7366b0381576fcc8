"""A page to look at: a saved file or a captured answer, refused in one line where it is no web page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.errors import UsageError
from archive.records import ArticlePage
from crawler.extract.decode import decode
from crawler.extract.metadata import Metadata
from crawler.extract.tree import PageTooLargeError, parse, without_scripts

_KINDS = ((b"%PDF", "a PDF"), (b"PK\x03\x04", "an archive or office file"), (b"\xff\xd8\xff", "a picture"),
          (b"\x89PNG", "a picture"), (b"GIF8", "a picture"), (b"\x1f\x8b", "a packed file"))  # fmt: skip
_SNIFFED = 2000  # bytes in which a web page has a tag and a binary file has a NUL
_FEWEST_CHARACTERS = 40  # a page that says less says nothing


@dataclass(frozen=True, kw_only=True)
class Source:
    """One page, and what people call it: the file or address they gave."""

    name: str
    page: ArticlePage
    address_from: str | None = None  # what in the page gave its address, where nobody did

    @property
    def url(self) -> str:
        return self.page.url

    @property
    def host(self) -> str:
        return urlsplit(self.page.url).netloc.lower()

    @cached_property
    def tree(self) -> Any:
        """The page as rules see it: without scripts and the links of its head."""
        return _tree(self.name, self.page, is_whole=False)

    @cached_property
    def whole(self) -> Any:
        """The page with its head's links."""
        return _tree(self.name, self.page, is_whole=True)

    @cached_property
    def metadata(self) -> Metadata:
        return Metadata(self.whole)


def is_address(given: str) -> bool:
    """Whether a command's argument is a URL and not a file.

    >>> is_address("https://a.vn/tin/"), is_address("tin.html")
    (True, False)
    """
    return bool(re.match(r"https?://", given, re.IGNORECASE))


def source_of(name: str, page: ArticlePage) -> Source:
    """A page that is a web page with something on it. UsageError says what else it is."""
    refuse_other_files(name, page.body)
    source = Source(name=name, page=page)
    if len(" ".join((source.tree.text_content() or "").split())) < _FEWEST_CHARACTERS:
        raise UsageError(f"{name}: a blank page; save it again from a browser, or give another")
    return source


def file_source(path: Path, url: str | None, option: str) -> Source:
    """A saved page with its address, given or as the page says it itself."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); give a saved page or a URL") from error
    name = str(path)
    if url:
        if not is_address(url):
            raise UsageError(f"{option} {url}: no address; it begins with https:// or http://")
        return source_of(name, ArticlePage(url=url, body=body))
    refuse_other_files(name, body)
    said, where = address_in(Metadata(_tree(name, ArticlePage(url="", body=body), is_whole=True)))
    if said is None:
        raise UsageError(f"{name}: does not say its own address; give it with {option}")
    found = source_of(name, ArticlePage(url=said, body=body))
    return Source(name=name, page=found.page, address_from=where)


def address_in(metadata: Metadata) -> tuple[str | None, str]:
    """The address a page gives itself in its head, and where."""
    candidates = ((metadata.canonical_url, "link rel=canonical"), (next(iter(metadata.meta("og:url")), None), "og:url"))
    return next(((url, where) for url, where in candidates if url and is_address(url)), (None, ""))


def refuse_other_files(name: str, body: bytes) -> None:
    """UsageError for PDFs, pictures and everything without a tag."""
    kind = next((kind for mark, kind in _KINDS if body.startswith(mark)), None)
    start = body[:_SNIFFED]
    if kind is None and start.count(0) and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        kind = "a binary file"
    if kind is not None:
        raise UsageError(f"{name}: {kind}, no web page; save the page itself as HTML")
    if not body.strip():
        raise UsageError(f"{name}: an empty file; save the page again from a browser")
    if b"<" not in body:
        raise UsageError(f"{name}: text without any markup, no web page; save the page itself as HTML")


def _tree(name: str, page: ArticlePage, *, is_whole: bool) -> Any:
    try:
        tree = parse(decode(page.body, page.charset).text)
        if not is_whole:
            without_scripts(tree)
    except PageTooLargeError as error:
        raise UsageError(f"{name}: {error}; give another page") from error
    return tree
