"""What becomes of a captured page, live or from the past: archived, or entered with its reason; counted either way."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median

from archive.ledger import Entry, KnownPage, Verdict
from archive.records import PageKind, SaveOutcome
from archive.repository import Archive
from crawler.extract.page import NO_LAYOUT
from crawler.reading import PageReading

NOT_FOUND = (404, 410)
ARTICLE_STATUSES = (200, 304, *NOT_FOUND)  # of an article's address; others are failures or lead elsewhere
_READABLE = ("html", "xml", "json", "text/plain")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The address that was asked for where it led to another: its key, and what was known of it."""

    url_key: str
    known: KnownPage | None


class Decisions:
    """The decisions of one run; each is one transaction."""

    def __init__(self, archive: Archive, *, keeps_all: bool) -> None:
        self._archive = archive
        self.keeps_all = keeps_all
        self.counts = Counter[str]()
        self.rejected = Counter[str]()
        self._lengths: list[int] = []  # sorted

    def not_modified(self, entry: Entry, known: KnownPage | None) -> None:
        """The server said "not modified": the known page was there again."""
        self.counts["unchanged"] += 1
        if known and known.article_id is not None:
            self._archive.touch(entry, known.article_id)
        else:
            kind = known.kind if known else "failed"
            self._archive.enter(entry, Verdict(kind=kind, reason="not modified"))

    def gone(self, entry: Entry, known: KnownPage | None) -> None:
        """410 says so itself; 404 is believed when the look before it did not find the article either."""
        status = entry.capture.status
        verdict = Verdict(kind="failed", reason=f"HTTP {status}")
        self._absent(entry, known, verdict, f"HTTP {status}", is_final=status == 410)

    def led_away(self, entry: Entry, known: KnownPage | None) -> None:
        """An article's address led to the home page, a list or another page that is no article's."""
        verdict = Verdict(kind="led-away", reason=f"led to {entry.capture.url}")
        self._absent(entry, known, verdict, verdict.kind)

    def judge(self, entry: Entry, known: KnownPage | None, reading: PageReading, asked: Asked | None = None) -> None:
        """Archive a page that is an article on the topic, or that was archived before; else say why not.

        `asked` is the address that led here, where it is another than the page's; `known` is of the page's own.
        """
        is_archived = _is_archived(known) or (asked is not None and _is_archived(asked.known))
        verdict = verdict_on(reading, is_wanted=self.keeps_all or is_archived)
        if verdict.kind == PageKind.SOFT_404:
            at = entry if asked is None else replace(entry, url_key=asked.url_key)
            self._absent(at, known if asked is None else asked.known, verdict, verdict.kind)
            return
        if verdict.kind != "article" or reading.description is None:
            self._archive.enter(entry, verdict)
            self.reject(verdict.kind)
            return
        self._measure(len(reading.text.body))
        self.counts["no_layout"] += reading.text.method.get("layout") == NO_LAYOUT
        outcome = self._archive.save(entry, reading.text, reading.description, reading.attached).outcome
        self.counts[outcome.value] += 1
        if outcome is not SaveOutcome.UNCHANGED and reading.text.published is None:
            self.counts["without_date"] += 1
        if asked is not None:
            self.moved(entry, asked)

    def _measure(self, characters: int) -> None:
        """Count an article that was read, and keep the median length of all."""
        insort(self._lengths, characters)
        self.counts["read"] = len(self._lengths)
        self.counts["body_chars"] = round(median(self._lengths))

    def moved(self, entry: Entry, asked: Asked) -> None:
        """An archived article's address led to another article's, which was there."""
        if asked.known is not None and asked.known.article_id is not None:
            capture = entry.capture
            is_new = self._archive.history.moved(asked.known.article_id, capture.url, entry.url_key, capture.fetched_at)
            self.counts["moved"] += is_new

    def _absent(
        self, entry: Entry, known: KnownPage | None, verdict: Verdict, reason: str, *, is_final: bool = False
    ) -> None:
        """A look that did not find the article; the second in a row makes it removed."""
        at = entry.capture.fetched_at
        was_absent = self._archive.history.was_absent(entry.url_key, at)
        self._archive.enter(entry, verdict)
        self.reject(reason)
        if known is not None and known.article_id is not None and (is_final or was_absent):
            self.counts["removed"] += self._archive.remove(known.article_id, at)

    def reject(self, reason: str) -> None:
        """Count a page that is not archived."""
        self.counts["rejected"] += 1
        self.rejected[reason] += 1


def _is_archived(known: KnownPage | None) -> bool:
    return known is not None and known.article_id is not None


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
    if status == 304:
        return Verdict(kind="discovery", reason="not modified")
    if status >= 300:
        return Verdict(kind="redirect", reason=f"HTTP {status}")
    is_page = content_type is None or any(sign in content_type.lower() for sign in _READABLE)
    return Verdict(kind="discovery" if is_page else "resource")
