"""What becomes of a captured page, live or from the past: archived, or entered with its reason; counted either way."""

from __future__ import annotations

from collections import Counter

from archive.ledger import Entry, KnownPage, Verdict
from archive.records import SaveOutcome
from archive.repository import Archive
from crawler.extract.page import NO_LAYOUT
from crawler.reading import PageReading

NOT_FOUND = (404, 410)
ARTICLE_STATUSES = (200, 304, *NOT_FOUND)  # of an article's address; others are failures or lead elsewhere
_READABLE = ("html", "xml", "json", "text/plain")


class Decisions:
    """The decisions of one run; each is one transaction."""

    def __init__(self, archive: Archive, *, keeps_all: bool) -> None:
        self._archive = archive
        self.keeps_all = keeps_all
        self.counts = Counter[str]()
        self.rejected = Counter[str]()

    def not_modified(self, entry: Entry, known: KnownPage | None) -> None:
        """The server said "not modified": the known page was there again."""
        self.counts["unchanged"] += 1
        if known and known.article_id is not None:
            self._archive.touch(entry, known.article_id)
        else:
            kind = known.kind if known else "failed"
            self._archive.enter(entry, Verdict(kind=kind, reason="not modified"))

    def gone(self, entry: Entry, known: KnownPage | None) -> None:
        """410 says so itself; 404 is believed when the capture before it said the same."""
        capture = entry.capture
        was_missing = self._archive.was_missing(entry.url_key, capture.fetched_at)
        self._archive.enter(entry, Verdict(kind="failed", reason=f"HTTP {capture.status}"))
        self.reject(f"HTTP {capture.status}")
        article_id = known.article_id if known else None
        if article_id is not None and (capture.status == 410 or was_missing):
            self.counts["removed"] += self._archive.remove(article_id, capture.fetched_at)

    def judge(self, entry: Entry, known: KnownPage | None, reading: PageReading) -> None:
        """Archive a page that is an article on the topic, or that was archived before; else say why not."""
        verdict = verdict_on(reading, is_wanted=self.keeps_all or (known is not None and known.article_id is not None))
        if verdict.kind != "article" or reading.description is None:
            self._archive.enter(entry, verdict)
            self.reject(verdict.kind)
            return
        self.counts["no_layout"] += reading.text.method.get("layout") == NO_LAYOUT
        outcome = self._archive.save(entry, reading.text, reading.description).outcome
        self.counts[outcome.value] += 1
        if outcome is not SaveOutcome.UNCHANGED and reading.text.published is None:
            self.counts["without_date"] += 1

    def reject(self, reason: str) -> None:
        """Count a page that is not archived."""
        self.counts["rejected"] += 1
        self.rejected[reason] += 1


def verdict_on(reading: PageReading, *, is_wanted: bool) -> Verdict:
    """What a page is taken for; `is_wanted` where an article off the topic is archived too."""
    text, description = reading.text, reading.description
    if not text.is_article or description is None:
        return Verdict(kind=text.kind.value, reason=text.reason)
    score = description.relevance.score
    if description.relevance.verdict or is_wanted:
        return Verdict(kind="article", score=score)
    return Verdict(kind="off-topic", reason=f"score {score:.2f} is below the topic's threshold", score=score)


def verdict_on_other(status: int, content_type: str | None = None) -> Verdict:
    """What a response is that is no article's: a list or feed, a picture or script, a redirect, a failure."""
    if status >= 400:
        return Verdict(kind="failed", reason=f"HTTP {status}")
    if status >= 300:
        return Verdict(kind="redirect", reason=f"HTTP {status}")
    is_page = content_type is None or any(sign in content_type.lower() for sign in _READABLE)
    return Verdict(kind="discovery" if is_page else "resource")
