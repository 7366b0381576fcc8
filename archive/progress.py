"""What all progress displays share: a terminal or nothing, a bar of one look, and the pace of the last minute."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

_SPAN_SECONDS = 60.0


class Rate:
    """How fast a total grows, over the last minute of its readings.

    >>> rate = Rate()
    >>> [rate.read(at, total) for at, total in ((0.0, 0), (10.0, 20), (60.0, 120), (120.0, 120))]
    [None, 2.0, 2.0, 0.0]
    """

    def __init__(self) -> None:
        self._readings = deque[tuple[float, float]]()

    def read(self, seconds: float, total: float) -> float | None:
        """Take a reading of clock and total; the growth a second, None at the first."""
        while len(self._readings) > 1 and self._readings[1][0] <= seconds - _SPAN_SECONDS:
            self._readings.popleft()
        self._readings.append((seconds, total))
        began, before = self._readings[0]
        return (total - before) / (seconds - began) if seconds > began else None


def terminal() -> Console | None:
    """A console for progress on stderr, None where that is no terminal: files and mails of cron get none."""
    from rich.console import Console

    console = Console(stderr=True)
    return console if console.is_terminal else None


def bar(console: Console, *columns: Any, transient: bool = False) -> Progress:
    """A bar that says what is done, how far it is, more in columns of one's own, and the time left."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    what = TextColumn("{task.description}")
    shown = (what, BarColumn(), TaskProgressColumn(), *columns, TimeRemainingColumn())
    return Progress(*shown, console=console, transient=transient)
