"""What crawls ask of the frontier; `Archive.frontier` is one register. Every method is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from archive import database
from archive.attachments import asking
from archive.frontier import links, queue
from archive.frontier.records import Opened, Setback, Sighting, Task, TaskKind

# Failed addresses tried again a run; a portal that was down for a week may have left more, for the runs to come.
MOST_RETRIES = 200


class FrontierRegister:
    """The tasks of crawls that are not over, and the ledger of links."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, portal: str, scope: str, seeds: Sequence[Task], *, retries: bool = True) -> Opened:
        """Begin a crawl, or go on with the one of this scope that did not end. The caller holds the portal's lease."""
        now = datetime.now(UTC)
        with database.writing(self._engine) as connection:
            resumed, articles = queue.resume(connection, portal, scope, now)
            due = queue.due_again(connection, portal, now, MOST_RETRIES) if retries else []
            due += asking.due(connection, portal, now, MOST_RETRIES) if retries else []
            tasks = queue.unknown(connection, portal, scope, [*seeds, *due])
            queue.add(connection, portal, scope, tasks, now)
        return Opened(resumed=resumed, articles=articles, retries=len(due))

    def add(self, portal: str, scope: str, tasks: Sequence[Task]) -> bool:
        """Queue more tasks of a running crawl; False if it has had all of them."""
        with database.writing(self._engine) as connection:
            fresh = queue.unknown(connection, portal, scope, tasks)
            queue.add(connection, portal, scope, fresh, datetime.now(UTC))
        return bool(fresh)

    def take(self, portal: str, scope: str, run_id: int, limit: int) -> list[Task]:
        """The next tasks, best first; they belong to the run until finished, or until its process is no more."""
        with database.writing(self._engine) as connection:
            return queue.take(connection, portal, scope, run_id, limit)

    def record_list(
        self,
        portal: str,
        scope: str,
        run_id: int,
        task: Task,
        *,
        sightings: Sequence[Sighting],
        wanted: Sequence[Task],
        follow: Sequence[Task],
        room: int | None = None,
    ) -> int:
        """A list's outcome: its links in the ledger, its articles and next pages queued, itself done.

        At most `room` articles are queued, and no next page once there is none; addresses that failed are left to
        their own time. Returns how many articles were queued.
        """
        now = datetime.now(UTC)
        with database.writing(self._engine) as connection:
            failed = links.waiting(connection, portal, [one.key for one in wanted])
            asked = queue.unknown(connection, portal, scope, [one for one in wanted if one.key not in failed])
            left = asked[room:] if room is not None else []
            asked = asked[: len(asked) - len(left)]
            beyond = {one.key for one in left}
            seen = [
                replace(one, skipped="more than the crawl was told to take") if one.url_key in beyond else one
                for one in sightings
            ]
            links.note(connection, portal, run_id, seen, now)
            more = [] if room is not None and len(asked) >= room else queue.unknown(connection, portal, scope, follow)
            queue.add(connection, portal, scope, [*asked, *more], now)
            queue.finish(connection, task.id)
        return len(asked)

    def finish(self, task: Task) -> None:
        """A task is over without anything to store but what is stored already."""
        with database.writing(self._engine) as connection:
            queue.finish(connection, task.id)

    def put_back(self, task: Task) -> None:
        """The portal asked for patience: the task waits in the queue."""
        with database.writing(self._engine) as connection:
            queue.put_back(connection, task.id)

    def set_back(self, portal: str, run_id: int, task: Task, setback: Setback) -> None:
        """An address was not got: it is over for this crawl, and the ledger says why and when it is tried again."""
        with database.writing(self._engine) as connection:
            if task.kind is TaskKind.LIST:
                queue.fail(connection, task.id)
                return
            if task.kind is TaskKind.ATTACHMENT:
                asking.set_back(connection, task, setback)
            else:
                links.set_back(connection, portal, run_id, task, setback, datetime.now(UTC))
            queue.finish(connection, task.id)

    def skip(self, portal: str, run_id: int, task: Task, reason: str) -> None:
        """An address may not be asked for; the ledger says why."""
        with database.writing(self._engine) as connection:
            if task.kind is TaskKind.ATTACHMENT:
                asking.skip(connection, task, reason)
            elif task.kind is not TaskKind.LIST:
                links.skip(connection, portal, run_id, task, reason, datetime.now(UTC))
            queue.finish(connection, task.id)

    def end(self, portal: str, scope: str, run_id: int, *, is_over: bool) -> int:
        """A run ends: a crawl that is over takes its tasks away, another leaves them to the next run.

        Returns how many tasks of a crawl that is over nobody finished: they wait for the next one too.
        """
        with database.writing(self._engine) as connection:
            if is_over:
                return queue.clear(connection, portal, scope)
            queue.release(connection, portal, run_id)
        return 0

    def open_tasks(self) -> dict[str, int]:
        """How many addresses unfinished crawls left, by portal."""
        with database.reading(self._engine) as connection:
            return queue.open_tasks(connection)
