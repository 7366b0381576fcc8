"""What the checks at the end of a run found, as it is stored with the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import msgspec


@dataclass(frozen=True, kw_only=True)
class RunFinding:
    """One check that a run did not pass: what was found, what its past or its profile let expect, and since when."""

    check: str  # articles | expected | undated | length | layout | unread | errors
    verdict: Literal["suspicious", "failed"]
    value: float
    expected: float
    since: datetime  # begin of the first run that shows it
    words: str


def stored(findings: Sequence[RunFinding] | None) -> Any:
    """As the column `run.checks` holds them; None: the run was not checked."""
    return None if findings is None else msgspec.to_builtins(list(findings))


def restored(column: Any) -> tuple[RunFinding, ...] | None:
    """The findings of a column."""
    return None if column is None else msgspec.convert(column, tuple[RunFinding, ...])
