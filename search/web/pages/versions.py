"""Two versions of an article side by side: what the portal changed, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from archive.errors import QueryError
from archive.history.differences import Difference, differences
from archive.records import Article, Version
from archive.repository import Archive
from search.web.asked import Kept, RowNumber
from search.web.pages.missing import not_found
from search.web.rendering import page

router = APIRouter(include_in_schema=False)
VersionNumber = Annotated[int | None, Query(ge=1, le=2**31)]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two versions and how they differ; the same number twice where there is but one."""

    older: int
    newer: int
    versions: tuple[Version, ...]
    found: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """The differences of one field or paragraph."""

    field: str
    paragraph: int | None
    differences: tuple[Difference, ...]


@router.get("/articles/{article_id}/versions", response_class=HTMLResponse)
def versions_page(
    request: Request,
    article_id: RowNumber,
    archive: Kept,
    older: Annotated[VersionNumber, Query(alias="from")] = None,
    newer: Annotated[VersionNumber, Query(alias="to")] = None,
) -> HTMLResponse:
    found = archive.articles([article_id])
    if not found:
        return not_found(request)
    compared = compare(archive, found[0], older, newer)
    return page(request, "versions.html", article=found[0], compared=compared, places=by_place(compared.found))


def compare(archive: Archive, article: Article, older: int | None, newer: int | None) -> Comparison:
    """The newer version (the current one) against an older (the one before); QueryError for one that is not there."""
    versions = tuple(archive.versions(article.id))
    numbers = [version.number for version in versions]
    for number in (older, newer):
        if number is not None and number not in numbers:
            known = ", ".join(map(str, numbers))
            raise QueryError(
                f"article {article.id} has no version {number}; it has {known}",
                vi=f"bài {article.id} không có bản {number}; chỉ có {known}",
            )
    new = article.version if newer is None else newer
    old = numbers[max(0, numbers.index(new) - 1)] if older is None else older
    before, after = archive.version_text(article.id, old), archive.version_text(article.id, new)
    found = tuple(differences(before, after)) if before and after and old != new else ()
    return Comparison(older=old, newer=new, versions=versions, found=found)


def by_place(found: Sequence[Difference]) -> list[Place]:
    """Differences under the field and paragraph they stand in, in their order."""
    groups = groupby(found, key=lambda one: (one.field, one.paragraph))
    return [Place(field=field, paragraph=paragraph, differences=tuple(ones)) for (field, paragraph), ones in groups]
