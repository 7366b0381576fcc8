"""The frontier's statements: every function works in its caller's transaction.

Why not Scrapy's JOBDIR: it writes its queues only when a crawl ends well, and a killed one calls itself finished at the
next start, most of its pages unfetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from archive.frontier.records import Task, TaskKind
from archive.frontier.tables import FrontierRow, LinkRow
from archive.saving import stamp

# A list read so long ago has probably been overtaken by new articles: a resumed crawl reads it again.
STALE_LIST = timedelta(hours=6)
_COLUMNS = (
    FrontierRow.id,
    FrontierRow.key,
    FrontierRow.url,
    FrontierRow.kind,
    FrontierRow.priority,
    FrontierRow.asked,
    FrontierRow.attempts,
)
_FINISH = update(FrontierRow.__table__).where(FrontierRow.id == bindparam("task")).values(state="done")  # type: ignore[arg-type]
# Placeholders a statement: SQLite takes 32,766.
_BATCH = 500


def resume(connection: Connection, portal: str, scope: str, now: datetime) -> tuple[int, int]:
    """Queue again what a dead process had taken, and lists that failed.

    Says how many tasks wait, and how many articles were asked for.
    The caller holds the portal's lease, so whatever is taken was taken by a process that is no more.
    """
    mine = (FrontierRow.portal == portal, FrontierRow.scope == scope)
    left = FrontierRow.state.in_(("taken", "failed"))
    connection.execute(update(FrontierRow).where(*mine, left).values(state="queued"))
    stale = (FrontierRow.kind == TaskKind.LIST, FrontierRow.added_at < stamp(now - STALE_LIST))
    connection.execute(delete(FrontierRow).where(*mine, FrontierRow.state == "done", *stale))
    count = select(func.count()).select_from(FrontierRow).where(*mine)
    waiting = connection.execute(count.where(FrontierRow.state == "queued")).scalar_one()
    articles = connection.execute(count.where(FrontierRow.kind == TaskKind.ARTICLE)).scalar_one()
    return int(waiting), int(articles)


def add(connection: Connection, portal: str, scope: str, tasks: Sequence[Task], now: datetime) -> None:
    """Queue tasks; those that the crawl has had already are left out by the caller (`unknown`)."""
    rows = [
        {
            "portal": portal,
            "scope": scope,
            "key": task.key,
            "url": task.url,
            "kind": str(task.kind),
            "priority": task.priority,
            "state": "queued",
            "asked": dict(task.asked),
            "attempts": task.attempts,
            "run_id": None,
            "added_at": stamp(now),
        }
        for task in tasks
    ]
    if rows:
        connection.execute(insert(FrontierRow), rows)


def unknown(connection: Connection, portal: str, scope: str, tasks: Iterable[Task]) -> list[Task]:
    """The tasks that this crawl has not had yet, each once, in their order."""
    wanted = {task.key: task for task in reversed(list(tasks))}
    keys = list(wanted)
    for start in range(0, len(keys), _BATCH):
        query = select(FrontierRow.key).where(
            FrontierRow.portal == portal, FrontierRow.scope == scope, FrontierRow.key.in_(keys[start : start + _BATCH])
        )
        for known in connection.execute(query).scalars():
            del wanted[known]
    return list(reversed(wanted.values()))


def take(connection: Connection, portal: str, scope: str, run_id: int, limit: int) -> list[Task]:
    """The next tasks, best first, marked as taken by a run. On PostgreSQL rows that another holds are passed over."""
    best = (
        select(FrontierRow.id)
        .where(FrontierRow.portal == portal, FrontierRow.scope == scope, FrontierRow.state == "queued")
        .order_by(FrontierRow.priority.desc(), FrontierRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = connection.execute(
        update(FrontierRow)
        .where(FrontierRow.id.in_(best.scalar_subquery()))
        .values(state="taken", run_id=run_id)
        .returning(*_COLUMNS)
    ).all()
    return sorted((_task(row) for row in taken), key=lambda task: (-task.priority, task.id))


def finish(connection: Connection, task_id: int) -> None:
    """A task's outcome is stored; belongs into the transaction that stores it."""
    connection.execute(_FINISH, {"task": task_id})


def scope_of(connection: Connection, task_id: int) -> str | None:
    """The crawl that a task belongs to; None where it has no row any more."""
    return connection.execute(select(FrontierRow.scope).where(FrontierRow.id == task_id)).scalar_one_or_none()


def fail(connection: Connection, task_id: int) -> None:
    """A list was not got: this run goes on without it, one that goes on with the crawl tries it again."""
    connection.execute(update(FrontierRow).where(FrontierRow.id == task_id).values(state="failed"))


def put_back(connection: Connection, task_id: int) -> None:
    """Queue a taken task again: the portal asked for patience."""
    connection.execute(update(FrontierRow).where(FrontierRow.id == task_id).values(state="queued"))


def release(connection: Connection, portal: str, run_id: int) -> None:
    """Queue again what a run has taken and not finished: it ends early."""
    held = (FrontierRow.portal == portal, FrontierRow.run_id == run_id, FrontierRow.state == "taken")
    connection.execute(update(FrontierRow).where(*held).values(state="queued"))


def clear(connection: Connection, portal: str, scope: str) -> int:
    """Take a finished crawl's rows away, but for those that nobody finished; says how many these are."""
    mine = (FrontierRow.portal == portal, FrontierRow.scope == scope)
    connection.execute(delete(FrontierRow).where(*mine, FrontierRow.state.in_(("done", "failed"))))
    left = connection.execute(update(FrontierRow).where(*mine).values(state="queued"))
    return int(left.rowcount)


def open_tasks(connection: Connection) -> dict[str, int]:
    """How many addresses wait to be fetched, by portal: what unfinished crawls left."""
    query = select(FrontierRow.portal, func.count()).where(FrontierRow.state != "done").group_by(FrontierRow.portal)
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def due_again(connection: Connection, portal: str, now: datetime, limit: int) -> list[Task]:
    """Failed addresses whose time has come, the longest overdue first."""
    query = (
        select(LinkRow.url_key, LinkRow.url, LinkRow.attempts)
        .where(LinkRow.portal == portal, LinkRow.not_before <= stamp(now))
        .order_by(LinkRow.not_before, LinkRow.id)
        .limit(limit)
    )
    return [
        Task(key=row.url_key, url=row.url, kind=TaskKind.ARTICLE, attempts=row.attempts)
        for row in connection.execute(query)
    ]


def _task(row: Any) -> Task:
    values = {column.key: getattr(row, column.key) for column in _COLUMNS} | {"kind": TaskKind(row.kind)}
    return Task(**values)
