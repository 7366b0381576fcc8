"""Mutates small pages and asks of every reading what must hold for any page.

    make fuzz SECONDS=1200

libFuzzer stops at the first crash, at an input that takes 5 s, and at 2 GB; it writes the input beside the corpus.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import atheris

with atheris.instrument_imports(include=["archive", "crawler", "spiders"]):
    from archive.records import LOCAL_ZONE, ArticlePage, ArticleText, Description, PageKind, PortalIdentity, Span
    from crawler.reading import Reader

FETCHED_AT = datetime(2026, 11, 22, 12, tzinfo=LOCAL_ZONE)
HOME = PortalIdentity(key="x", name="Báo Thử", kind="provincial_newspaper", province="Thái Nguyên", district=None)
READER = Reader.load()


def read_page(data: bytes) -> None:
    """One input: its first byte chooses the address, and so rules or form; the rest is the page."""
    addresses = ("https://x.test/a-1.html", "https://x.test/chinh-tri/202407/a-3ac6d79/", "https://x.test/1/2/A.aspx")
    page = ArticlePage(url=addresses[data[0] % len(addresses)] if data else addresses[0], body=data[1:],
                       fetched_at=FETCHED_AT)  # fmt: skip
    reading = READER.read_as(page, None, HOME)
    assert (reading.description is not None) == reading.text.is_article
    if reading.description is None:
        assert reading.text.reason, "a page that is no article says why"
    else:
        check(reading.text, reading.description)


def check(text: ArticleText, description: Description) -> None:
    """What holds for every article: a title, a past date, and evidence that stands in the text."""
    assert text.kind is PageKind.ARTICLE
    assert text.title
    assert text.published is None or text.published.value <= FETCHED_AT + timedelta(days=1)
    for place in description.localities:
        assert all(quoted(text, span) for span in place.evidence)
    for official in description.officials:
        assert all(quoted(text, span) for span in official.evidence)
        assert official.name
    for mention in (*description.figures, *description.documents):
        assert mention.cited_as in quoted(text, mention.evidence)
    assert 0 <= description.relevance.score <= 1


def quoted(text: ArticleText, span: Span) -> str:
    """The words of a span; they are not empty."""
    fields = {"title": text.title or "", "sapo": text.sapo or "", "body": text.body}
    whole = text.captions[span.index] if span.field == "caption" else fields[span.field]
    words = whole[span.start : span.end]
    assert words, span
    return words


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_page)
    atheris.Fuzz()
