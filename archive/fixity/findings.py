"""What a check can find, in words an archivist can act on."""

from __future__ import annotations

from dataclasses import dataclass

RESTORE = "restore the file from a copy; what it held until then is in the database, but not proven"
LOOK = "compare with a copy of the database; somebody or something wrote past danvan"

# kind → what to do. Damage fails the command; the rest is said and does not.
DAMAGE = {
    "file-missing": RESTORE,
    "file-unreadable": "look at the disk and the permissions, then run again",
    "file-changed": RESTORE,
    "member-damaged": RESTORE,
    "truncated": RESTORE,
    "trailing-bytes": "restore the file from a copy; the records before these bytes are whole",
    "record-damaged": RESTORE,
    "block-digest": RESTORE,
    "payload-digest": RESTORE,
    "record-missing": "restore the file from a copy, or look who changed the row",
    "capture-differs": LOOK,
    "revisit-unresolved": "restore the capture that holds the payload, or its row",
    "row-unreadable": LOOK,
    "row-changed": LOOK,
    "row-missing": LOOK,
    "text-digest": LOOK,
    "reference-broken": LOOK,
    "span-outside": LOOK,
    "time-unproven": LOOK,
}
NOTICE = {
    "file-unnamed": "no capture names it: a crawl ended before its first entry, or rows are lost; keep it",
    "file-open": "a crawl is writing it, or one was killed; the next crawl closes it",
    "record-unlisted": "a crawl ended between capture and entry, or its row is lost; the page is fetched again",
    "damaged-before": "it was so when the file was taken in, no capture names it, and nothing changed since",
    "digest-unknown": "its digest is of a kind danvan cannot compute; the file's own digest covers it",
    "text-differs": "today's rules read another text; `danvan replay` brings it in",
}


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """A file's size and digest as recorded when it was closed, or first checked."""

    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found: what, where, and what to do."""

    kind: str
    detail: str
    file: str | None = None
    offset: int | None = None
    url: str | None = None
    row: str | None = None  # table and key, "capture 12"

    @property
    def is_damage(self) -> bool:
        return self.kind in DAMAGE

    @property
    def advice(self) -> str:
        return DAMAGE.get(self.kind) or NOTICE[self.kind]

    @property
    def where(self) -> str:
        """File and offset, else the row.

        >>> Finding(kind="truncated", detail="ends early", file="a.warc.gz", offset=7).where
        'a.warc.gz at 7'
        """
        place = self.file if self.offset is None else f"{self.file} at {self.offset}"
        return (place if self.file else self.row) or "archive"
