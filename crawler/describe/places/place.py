"""A unit where a passage names it, and the questions others ask of all of them: what stands before, what within."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from archive.authorities import Unit
from archive.records import Level
from crawler.describe.passages import Passage


@dataclass(frozen=True, kw_only=True)
class Place:
    """A unit, and where a passage names it."""

    unit: Unit  # of a commune that no list has, the smallest known unit around it
    passage: Passage
    start: int
    end: int
    name: str  # as listed, or as printed where no list has it
    type: str
    cited_as: str
    is_former: bool
    is_organ: bool
    is_typed: bool
    province: str
    district: str | None
    is_unlisted: bool = False

    @property
    def level(self) -> Level:
        """The level of the place itself."""
        return "commune" if self.is_unlisted else self.unit.level


class PlaceIndex:
    """Places by passage and position, so that asking for neighbours does not read the whole list."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places: dict[int, list[Place]] = defaultdict(list)
        for place in sorted(places, key=lambda place: place.start):
            self._places[id(place.passage)].append(place)
        self._starts = {key: [place.start for place in places] for key, places in self._places.items()}

    def within(self, passage: Passage, start: int, end: int) -> list[Place]:
        """Places that begin in [start, end)."""
        starts = self._starts.get(id(passage), [])
        return self._places.get(id(passage), [])[bisect_left(starts, start) : bisect_left(starts, end)]

    def last_before(self, passage: Passage, position: int) -> Place | None:
        """The place named last before a position."""
        at = bisect_left(self._starts.get(id(passage), []), position)
        return self._places[id(passage)][at - 1] if at else None
