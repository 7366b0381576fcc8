"""Runs one extractor over pages, inside that extractor's own environment: standard library and the extractor only.

    python -I runner.py TOOL pages.json out.json

pages.json: [{"id", "url", "file", "text"}]; `text` is the page as Scrapy decodes it, for tools that take text, or do better with it.
out.json: {"version", "pages_per_cpu_second", "predictions": [scorer's form], "failed": pages on which the tool raised}.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import socket
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

Page = dict[str, Any]
Read = Callable[[Page], Page]


def trafilatura() -> Read:
    """Bytes; all defaults, with metadata. No result means: no article."""
    from trafilatura import bare_extraction

    def read(page: Page) -> Page:
        found = bare_extraction(page["bytes"], url=page["url"], with_metadata=True)
        if found is None:
            return {"is_article": False}
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {
            "is_article": True, "title": found.title, "body": found.text, "authors": authors, "published": found.date,
        }  # fmt: skip

    return read


def newspaper4k() -> Read:
    """Decoded text; Vietnamese, no pictures. Its own test of a body says what is an article."""
    from newspaper import Article

    def read(page: Page) -> Page:
        article = Article(page["url"], language="vi", fetch_images=False)
        article.download(input_html=page["text"])
        article.parse()
        published = article.publish_date
        return {
            "is_article": article.is_valid_body(), "title": article.title, "body": article.text,
            "authors": list(article.authors), "published": published.isoformat() if published else None,
        }  # fmt: skip

    return read


def readability_lxml() -> Read:
    """Decoded text, since it fails on some bytes; the shortened title and the text of the summary. It reads no dates."""
    from lxml.html import fromstring
    from readability import Document

    def read(page: Page) -> Page:
        document = Document(page["text"], url=page["url"])
        body = " ".join(fromstring(document.summary(html_partial=True)).itertext())
        author = document.author()
        authors = [author] if author and author != "[no-author]" else []
        return {"is_article": True, "title": document.short_title(), "body": body, "authors": authors}

    return read


def news_please() -> Read:
    """Decoded text; no pictures."""
    from newsplease import NewsPlease

    def read(page: Page) -> Page:
        article = NewsPlease.from_html(page["text"], url=page["url"], fetch_images=False)
        published = article.date_publish
        return {
            "is_article": True, "title": article.title, "body": article.maintext, "authors": list(article.authors or ()),
            "published": published.isoformat() if published else None,
        }  # fmt: skip

    return read


TOOLS: dict[str, Callable[[], Read]] = {
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "readability-lxml": readability_lxml,
    "news-please": news_please,
}


def pages_per_cpu_second(read: Read, pages: list[Page]) -> float:
    """Best of three passes after one that warms up; imports are over by then."""
    best = float("inf")
    for number in range(4):
        start = time.process_time()
        for page in pages:
            attempt(read, page)
        if number:
            best = min(best, time.process_time() - start)
    return len(pages) / best


def attempt(read: Read, page: Page) -> Page | None:
    """What a tool reads of a page; None where it raises, since none of them is to stop the comparison."""
    try:
        return read(page)
    except Exception:  # noqa: BLE001
        return None


def stay_offline() -> None:
    """Some tools fetch pictures while they extract; here nothing may leave the machine."""

    def refuse(*_: object, **__: object) -> Any:
        raise OSError("the scoreboard works offline")

    socket.getaddrinfo = refuse
    socket.socket.connect = refuse  # type: ignore[method-assign]


def main(tool: str, pages_file: str, out_file: str) -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    stay_offline()
    read = TOOLS[tool]()
    pages = json.loads(Path(pages_file).read_text(encoding="utf-8"))
    for page in pages:
        page["bytes"] = Path(page["file"]).read_bytes()
    found = {page["id"]: attempt(read, page) for page in pages}
    result = {
        "version": importlib.metadata.version(tool),
        "pages_per_cpu_second": pages_per_cpu_second(read, pages),
        "predictions": [prediction | {"id": page} for page, prediction in found.items() if prediction is not None],
        "failed": [page for page, prediction in found.items() if prediction is None],
    }
    Path(out_file).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
