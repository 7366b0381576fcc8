"""The Atom feed as feedparser reads it."""

from __future__ import annotations

import feedparser

from archive.exports.citation import citation
from archive.repository import Archive
from search.alerts import latest_hits
from search.service import Question, SearchService
from search.web.feed import atom
from tests.archive import build

HOSTILE = "<script>alert(1)</script> & \x00\x0b]]> “dân vận”"


def test_feed_is_read_with_every_letter(archive: Archive) -> None:
    url = "https://mau.test/doc.html"
    archive.save(build.entry(url), build.text(title=HOSTILE, url=url), build.description())
    hits = latest_hits(SearchService(archive), Question(), 10)
    proofs = archive.corpus.proofs([hit.article.id for hit in hits])
    entries = [(hit, citation(hit.article, proofs.get(hit.article.id)), HOSTILE) for hit in hits]
    written = atom("Tìm: dân", "http://127.0.0.1:1/", "q=d%C3%A2n&from=2023", entries)
    feed = feedparser.parse(written)
    assert not feed.bozo
    assert (feed.version, feed.feed.title, len(feed.entries)) == ("atom10", "Tìm: dân", 5)
    assert feed.feed.id == "http://127.0.0.1:1/feed.atom?q=d%C3%A2n&from=2023"
    first = feed.entries[0]
    assert "<script>" not in written.decode().replace("&lt;script&gt;", "")
    assert first.id.startswith("urn:pwid:danvan:2024-07-10T05:00:00Z:part:")
    assert first.link == "http://127.0.0.1:1/articles/5"
    assert first.author == "Ngọc Trâm"
    assert len({entry.id for entry in feed.entries}) == 5
    assert feed.feed.updated_parsed == max(entry.updated_parsed for entry in feed.entries)


def test_empty_feed_is_a_feed() -> None:
    feed = feedparser.parse(atom("Không có", "http://127.0.0.1:1/", "", []))
    assert not feed.bozo
    assert feed.entries == []
