"""The answers' types that several end points share, and those of search and of lists. Times are ISO text.

Field names are those of `danvan search | show | officials | gazetteer --json` wherever the same is told.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class Problem(BaseModel):
    """Why there is no answer, and what to do instead."""

    error: str
    error_vi: str | None = Field(default=None, description="the same in Vietnamese, of a question that is wrong")


class Part(BaseModel):
    """A stretch of text that is or is not what was searched for."""

    text: str
    hit: bool


class Published(BaseModel):
    """A date with its proof."""

    value: str = Field(description="YYYY-MM-DD, or with time and zone where the page gives a time")
    precision: str
    source: str = Field(description="the rule that found it")
    printed: str


class UnitName(BaseModel):
    """An administrative unit."""

    id: str
    name: str
    type: str
    level: str
    province: str | None


class Span(BaseModel):
    """Where evidence stands: code points [start, end) of a field."""

    field: str
    index: int
    start: int
    end: int


class Place(BaseModel):
    """A place an article names, as of its date, and what it is today; a village has no id."""

    id: str | None
    name: str
    type: str
    level: str
    province: str | None
    district: str | None
    cited_as: str
    former: bool
    evidence: list[Span]
    valid_from: str | None
    valid_to: str | None
    today: list[UnitName]


class ShortPlace(BaseModel):
    """A place of a hit."""

    type: str
    name: str
    province: str | None
    cited_as: str
    former: bool
    today: list[UnitName]


class HitAttachment(BaseModel):
    """The file that a snippet is from."""

    url: str
    label: str | None


class Hit(BaseModel):
    """One article of a result."""

    rank: int = Field(description="its place in the result, from 1")
    folded: int = Field(description="hits of nearly the same text that stand behind it; 0 unless folding is asked for")
    id: int
    url: str
    portal: str
    portal_name: str
    title: str | None
    published: Published | None
    authors: list[str]
    primary_locality: Place | None
    removed_at: str | None
    localities: list[str]
    places: list[ShortPlace]
    officials: list[str]
    snippet: list[Part]
    attachment: HitAttachment | None


class FacetValue(BaseModel):
    """A value, what it is called, and how many hits have it."""

    value: str
    label: str
    count: int


class Switch(BaseModel):
    """A parameter that has it otherwise."""

    parameter: str
    value: str
    label: str
    label_vi: str


class Understood(BaseModel):
    """One thing that the question was taken to mean."""

    kind: str
    text: str
    text_vi: str
    switch: Switch | None


class OtherQuestion(BaseModel):
    """Another question, and how many articles it finds."""

    text: str
    total: int
    address: str = Field(description="its query string, for this end point as for the page")
    switch: Switch | None = Field(description="what is switched in it")


class WithoutHits(BaseModel):
    """Why nothing was found."""

    alone: list[OtherQuestion] = Field(description="each part without the others")
    instead: list[OtherQuestion] = Field(description="whole questions near the one asked, all with hits")


class SearchAnswer(BaseModel):
    """A page of hits."""

    query: str
    total: int
    tones: str
    understood: list[Understood]
    behind: int = Field(description="changes of the archive that the index has not read yet")
    notice: str | None = Field(description="what the engine says of its own answer")
    without_hits: WithoutHits | None = Field(description="with the first page of nothing only")
    hits: list[Hit]
    facets: dict[str, list[FacetValue]] = Field(description="over all hits; with the first page only")
    next: str | None = Field(description="cursor of the next page; null on the last")


class Change(BaseModel):
    """One row of the change feed."""

    cursor: str
    article_id: int
    op: str
    version: int
    at: str
    moved_to: str | None


class ChangesAnswer(BaseModel):
    """The change feed behind a cursor."""

    changes: list[Change]
    next: str


class Suggestion(BaseModel):
    """What a field may be filled with, how it is shown, and what tells it from others of its name."""

    value: str
    label: str
    note: str


class SuggestAnswer(BaseModel):
    """Suggestions, the likeliest first."""

    suggestions: list[Suggestion]


RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Problem, "description": "A question that cannot be understood (400), or nothing there (404)"},
    "5XX": {"model": Problem, "description": "The archive or its index cannot answer now"},
}
