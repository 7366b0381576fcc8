"""What an address asks, as typed values: the question of a search, and what routes share."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Path, Query, Request

from archive.repository import Archive
from archive.vietnamese import canonical
from search.engines.base import Sort
from search.query.places import Mode
from search.query.variants import Choice
from search.question import Duplicates
from search.reading.reader import CorpusReader
from search.service import Question, SearchService

TonesChoice = Literal["", "exact", "folded"]
# The largest number a database holds; a larger one is no article.
RowNumber = Annotated[int, Path(ge=1, le=2**63 - 1, examples=[1])]
Name = Annotated[str, Query(max_length=200)]
_Names = Annotated[list[Annotated[str, Query(max_length=200)]] | None, Query(max_length=50)]


async def question(
    q: Annotated[str, Query(description="Words, phrases, fields; see /help.")] = "",
    locality: Annotated[_Names, Query(description="a name, or id=d167; several must all be named")] = None,
    official: Annotated[_Names, Query(description="a name or a part of it; several must all be named")] = None,
    portal: Annotated[_Names, Query(description="a key or name; several: any of them")] = None,
    from_: Annotated[str, Query(alias="from", max_length=60, description="2023, 7/2023, 2023-07-11 …")] = "",
    to: Annotated[str, Query(max_length=60)] = "",
    sort: Sort = "relevance",
    tones: TonesChoice = "",
    places: Mode = "inside",
    abbr: Choice = "on",
    duplicates: Duplicates = "all",
) -> Question:
    """The question in an address; empty fields of a form count as not given."""
    return Question(
        text=q,
        localities=given(locality),
        officials=given(official),
        portals=given(portal),
        first_day=from_.strip() or None,
        last_day=to.strip() or None,
        sort=sort,
        tones=tones or None,
        places=places,
        abbreviations=abbr,
        duplicates=duplicates,
    )


def given(values: list[str] | None) -> tuple[str, ...]:
    """The values of a field that are not empty, as we keep text."""
    return tuple(text for value in values or () if (text := canonical(value).strip()))


async def _archive(request: Request) -> Archive:
    found: Archive = request.app.state.archive
    return found


async def _service(request: Request) -> SearchService:
    found: SearchService = request.app.state.service
    return found


async def _reader(request: Request) -> CorpusReader:
    found: CorpusReader = request.app.state.reader
    return found


Asked = Annotated[Question, Depends(question)]
Kept = Annotated[Archive, Depends(_archive)]
Reader = Annotated[CorpusReader, Depends(_reader)]
Service = Annotated[SearchService, Depends(_service)]
