"""Where a capture stands among an article's versions: by the time it was taken, not by when it was archived.

A text that the capture before or after it shows is that version seen once more; any other is a version of its
own. The current version is the one that the newest capture shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from archive.models import ArticleRow, CaptureRow, VersionCaptureRow, VersionRow


@dataclass(frozen=True, kw_only=True)
class Place:
    """The versions that the captures next to a moment show; None where there is no capture on that side."""

    before: Any
    after: Any

    @property
    def is_newest(self) -> bool:
        """Whether no capture of the article is younger."""
        return self.after is None

    def same_text(self, digest: str) -> Any:
        """The neighbour with this text, or None."""
        return next((one for one in (self.before, self.after) if one is not None and one.digest == digest), None)


def find_place(connection: Connection, article_id: int, seen: str) -> Place:
    """The versions shown before (or at) and after a moment."""
    shown = (
        select(VersionRow.id, VersionRow.number, VersionRow.digest, VersionRow.first_seen, VersionRow.last_seen)
        .join(VersionCaptureRow, VersionCaptureRow.version_id == VersionRow.id)
        .join(CaptureRow, CaptureRow.id == VersionCaptureRow.capture_id)
        .where(VersionRow.article_id == article_id)
        .limit(1)
    )
    at = CaptureRow.fetched_at
    before = shown.where(at <= seen).order_by(at.desc(), CaptureRow.id.desc())
    after = shown.where(at > seen).order_by(at, CaptureRow.id)
    return Place(before=connection.execute(before).one_or_none(), after=connection.execute(after).one_or_none())


def next_number(connection: Connection, article_id: int) -> int:
    """The number of an article's next version: numbers say in which order texts were archived."""
    highest = select(func.max(VersionRow.number)).where(VersionRow.article_id == article_id)
    return int(connection.execute(highest).scalar_one()) + 1


def widen_article(connection: Connection, article: Any, seen: str, **more: Any) -> bool:
    """Move the first and last time an article was seen; True if it was removed and is there again."""
    is_back = article.removed_at is not None and seen >= article.removed_at
    values = {
        "first_seen": min(seen, article.first_seen),
        "last_seen": max(seen, article.last_seen),
        "removed_at": None if is_back else article.removed_at,
    }
    connection.execute(update(ArticleRow).where(ArticleRow.id == article.id).values(**values | more))
    return is_back


def widen_version(connection: Connection, version: Any, seen: str) -> None:
    """Move the first and last time a text was seen."""
    values = {"first_seen": min(seen, version.first_seen), "last_seen": max(seen, version.last_seen)}
    connection.execute(update(VersionRow).where(VersionRow.id == version.id).values(**values))
