"""A saved search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class SavedSearch:
    """A question under a name. The archive does not read `address`: it is the search pages' query string."""

    name: str
    address: str  # "q=dân+vận&locality=id%3Dd167", the permanent address without its path
    created_at: datetime
    cursor: str  # of the change feed: what came later is new to whoever reads this search
