"""Which attachments a crawl asks for: their tasks in the frontier, and what is noted when one is not got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from archive.attachments.tables import ArticleAttachmentRow, AttachmentFetchRow, AttachmentRow
from archive.frontier import queue
from archive.frontier.records import Setback, Task, TaskKind
from archive.ledger import Entry
from archive.saving import stamp

# Below articles, so that a run that is cut short has their text first.
_PRIORITY = -10


def ask(connection: Connection, entry: Entry, article_id: int) -> None:
    """Queue an article's attachments in the crawl whose task the entry ends; each once a crawl."""
    if entry.task is None:
        return
    query = (
        _TASKS.join(ArticleAttachmentRow, ArticleAttachmentRow.attachment_id == AttachmentRow.id)
        .where(
            ArticleAttachmentRow.article_id == article_id,
            ArticleAttachmentRow.gone_at.is_(None),
            AttachmentFetchRow.skipped.is_(None),
        )
        .order_by(ArticleAttachmentRow.position)
    )
    tasks = [_task(row) for row in connection.execute(query)]
    scope = queue.scope_of(connection, entry.task.id) if tasks else None
    if scope is None:
        return
    fresh = queue.unknown(connection, entry.portal, scope, tasks)
    queue.add(connection, entry.portal, scope, fresh, entry.capture.fetched_at)


def due(connection: Connection, portal: str, now: datetime, limit: int) -> list[Task]:
    """Attachments to ask for though no crawl looked at their article: never asked for, or failed and due again."""
    query = (
        _TASKS.where(AttachmentFetchRow.portal == portal, AttachmentFetchRow.not_before <= stamp(now))
        .order_by(AttachmentFetchRow.not_before, AttachmentRow.id)
        .limit(limit)
    )
    return [_task(row) for row in connection.execute(query)]


def set_back(connection: Connection, task: Task, setback: Setback) -> None:
    """One more attempt failed."""
    again = stamp(setback.not_before) if setback.not_before else None
    _note(connection, task.key, failure=setback.failure, attempts=task.attempts + 1, not_before=again)


def skip(connection: Connection, task: Task, reason: str) -> None:
    """It may not be asked for: robots.txt, a redirect off the portal, a profile that does not want it."""
    _note(connection, task.key, skipped=reason, failure=None, attempts=0, not_before=None)


def wanted(connection: Connection, ids: Sequence[int]) -> None:
    """A page attaches them where today's profile takes them: what kept them back is asked about anew."""
    connection.execute(
        update(AttachmentFetchRow)
        .where(AttachmentFetchRow.attachment_id.in_(ids), AttachmentFetchRow.skipped.is_not(None))
        .values(skipped=None, not_before=stamp(datetime.now(UTC)))
    )


def begin(connection: Connection, attachment_id: int, portal: str, skipped: str | None, at: str) -> None:
    """A file that no page had before waits to be asked for, unless it may not be."""
    not_before = None if skipped else at
    values = {"attachment_id": attachment_id, "portal": portal, "skipped": skipped, "not_before": not_before}
    connection.execute(insert(AttachmentFetchRow), values | {"failure": None, "attempts": 0})


def got(connection: Connection, key: str) -> None:
    """It was got after all."""
    _note(connection, key, skipped=None, failure=None, attempts=0, not_before=None)


def _note(connection: Connection, key: str, **values: Any) -> None:
    named = select(AttachmentRow.id).where(AttachmentRow.url_key == key).scalar_subquery()
    connection.execute(update(AttachmentFetchRow).where(AttachmentFetchRow.attachment_id == named).values(**values))


def _task(row: Any) -> Task:
    return Task(
        key=row.url_key,
        url=row.url,
        kind=TaskKind.ATTACHMENT,
        priority=_PRIORITY,
        asked={"role": row.role},
        attempts=row.attempts,
    )


_TASKS = select(AttachmentRow.url_key, AttachmentRow.url, AttachmentRow.role, AttachmentFetchRow.attempts).join(
    AttachmentFetchRow, AttachmentFetchRow.attachment_id == AttachmentRow.id
)
