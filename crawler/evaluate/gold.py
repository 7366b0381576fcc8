"""Gold files: pages of which the truth was written down by hand, as JSON beside the pages themselves."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import msgspec

from archive.errors import UsageError
from archive.records import LOCAL_ZONE, ArticlePage, PortalIdentity

# Gold entries without a fetch time were fetched on this day.
_FETCHED_AT = datetime(2026, 11, 22, 12, tzinfo=LOCAL_ZONE)


class GoldPortal(msgspec.Struct, frozen=True, kw_only=True):
    """Who published a page."""

    key: str
    name: str
    kind: str
    province_before_2025: str | None
    district: str | None


class GoldPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A locality the article names; `accept_provinces` are right as well, `optional` ones neither right nor wrong."""

    name: str
    level: str
    province: str | None
    district: str | None = None
    optional: bool = False
    accept_provinces: list[str] = []


class GoldOfficial(msgspec.Struct, frozen=True, kw_only=True):
    """A holder of a post; `optional` ones are neither right nor wrong."""

    name: str
    titles: list[str]
    optional: bool = False


class GoldFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A counted number."""

    value: float
    unit: str


class GoldDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A cited document."""

    number: str


class GoldPage(msgspec.Struct, frozen=True, kw_only=True):
    """What is true of one page."""

    id: str
    file: str
    url: str
    portal: GoldPortal
    family: str
    cases: list[int]
    is_article: bool
    title: str | None
    sapo: str | None
    body: str | None
    captions: list[str]
    authors: list[str]
    published: str | None
    dan_van: bool | None
    localities: list[GoldPlace]
    primary_locality: GoldPlace | None
    officials: list[GoldOfficial]
    grassroots: list[str]
    not_officials: list[str]
    figures: list[GoldFigure]
    documents: list[GoldDocument]
    fetched_at: datetime | None = None

    @property
    def has_table(self) -> bool:
        """Whether the text holds a table, the cells of which gold does not list as figures."""
        return " | " in (self.body or "")


class GoldFile(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of one gold file; ids are unique only inside it."""

    path: Path
    pages: list[GoldPage]

    @classmethod
    def load(cls, path: Path) -> GoldFile:
        """Read and check a gold file."""
        try:
            pages = msgspec.json.decode(path.read_bytes(), type=list[GoldPage])
        except OSError as error:
            raise UsageError(f"{path}: cannot be read ({error.strerror}); name a gold file") from error
        except msgspec.ValidationError as error:
            raise UsageError(f"{path}: {_counted_from_one(str(error))}; a gold file is a list of pages") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: is no JSON ({error}); a gold file is a JSON list of pages") from error
        if not pages:
            raise UsageError(f"{path}: lists no page; a gold file needs at least one")
        ids = [page.id for page in pages]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise UsageError(f"{path}: id {', '.join(twice)} stands twice; ids of one gold file must differ")
        return cls(path=path, pages=pages)

    def page(self, gold: GoldPage) -> ArticlePage:
        """A page as a crawl would have it: bytes, address, and when it was fetched."""
        file = self.path.parent / gold.file
        try:
            body = file.read_bytes()
        except OSError as error:
            reason = f"cannot be read ({error.strerror}), and {self.path.name} names it as page {gold.id}"
            raise UsageError(f"{file}: {reason}; pages lie beside their gold file") from error
        fetched_at = gold.fetched_at or _FETCHED_AT
        return ArticlePage(
            url=gold.url,
            body=body,
            fetched_at=fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=LOCAL_ZONE),
        )


def publisher(gold: GoldPage) -> PortalIdentity:
    """Who published a page, as a crawl would know it."""
    portal = gold.portal
    return PortalIdentity(
        key=portal.key,
        name=portal.name,
        kind=portal.kind,
        province=portal.province_before_2025,
        district=portal.district,
    )


def _counted_from_one(message: str) -> str:
    """`… - at `$[3].title`` says which page in the reader's counting.

    >>> _counted_from_one("Expected `str`, got `int` - at `$[3].title`")
    'page 4, title: Expected `str`, got `int`'
    """
    found = re.fullmatch(r"(.*?)(?: - at `\$(?:\[(\d+)\])?\.?(.*)`)?", message)
    if found is None or found[2] is None:
        return found[1] if found else message
    return f"page {int(found[2]) + 1}{', ' + found[3] if found[3] else ''}: {found[1]}"
