"""The types of answers about officials, localities, portals and coverage."""

from __future__ import annotations

from pydantic import BaseModel, Field

from archive.people.evidence import PersonMention
from archive.places.reading import UnitFigure, UnitOfficial
from search.web.api.article_models import Title


class Tenure(Title):
    """A post of a person, with the first and last dated article that prints it."""

    first_day: str | None
    last_day: str | None
    articles: list[int]


class Person(BaseModel):
    """A person across articles."""

    id: int
    name: str
    province: str | None
    merged_into: int | None
    articles: list[int]
    tenures: list[Tenure]


class PersonsAnswer(BaseModel):
    """People by their number."""

    officials: list[Person]
    next: str | None


class PersonAnswer(Person):
    """A person with the newest articles that name them."""

    mentions: list[PersonMention]


class Relative(BaseModel):
    """Another unit; `is_whole`: whether all of it went there, where a share is meant."""

    id: str
    label: str
    inside: str | None
    is_whole: bool | None


class Dated(BaseModel):
    """Something that ended on a day; null where no source tells it."""

    value: str
    day: str | None


class Unit(BaseModel):
    """An administrative unit in space and time."""

    id: str
    name: str
    type: str
    level: str
    is_of_today: bool
    valid_from: str | None
    valid_to: str | None
    listed_from: str | None
    listed_to: str | None
    around: list[Relative]
    predecessors: list[Relative]
    successors: list[Relative]
    today: list[Relative]
    older_types: list[Dated]
    older_parents: list[Relative]
    spellings: list[str]
    sources: list[Dated]
    children: list[Relative]
    articles: int = Field(description="how many articles name the unit itself")


class UnitsAnswer(BaseModel):
    """Units of a name, of all periods."""

    localities: list[Unit]
    nearest: list[str] = Field(description="names that look like it, where no unit has it")


class UnitOfficialsAnswer(BaseModel):
    """People with a post in a unit, by number."""

    officials: list[UnitOfficial]
    next: str | None


class UnitFiguresAnswer(BaseModel):
    """Numbers given for a unit, newest article first."""

    figures: list[UnitFigure]
    next: str | None


class Portal(BaseModel):
    """A portal, its articles and its condition."""

    key: str
    name: str
    kind: str
    province: str | None = Field(description="before 1 July 2025")
    district: str | None
    hosts: list[str]
    successor: str | None
    predecessors: list[str]
    articles: int
    condition: str | None
    condition_detail: str | None


class States(BaseModel):
    """Addresses by what became of them."""

    captured: int
    archived: int
    removed: int
    off_topic: int
    rejected: dict[str, int]
    failed: dict[str, int]
    skipped: dict[str, int]
    waiting: int
    missing: int
    undated: int


class Counts(States):
    """Addresses by state; `addresses` is the sum of the six states."""

    addresses: int


class Gap(BaseModel):
    """A stretch without a good crawl; `words` may be cited."""

    from_: str = Field(alias="from")
    to: str | None
    failed: int
    reason: str | None
    words: str


class Month(States):
    """A portal's month: addresses that lists showed, and those that none did."""

    month: str
    seen: int
    unlisted: Counts
    crawls: int
    failed_crawls: int
    gaps: list[Gap]


class Coverage(BaseModel):
    """A portal's coverage."""

    portal: str
    name: str
    first_crawl: str | None
    last_crawl: str | None
    last_try: str | None
    condition: str | None
    condition_detail: str | None
    months: list[Month]
