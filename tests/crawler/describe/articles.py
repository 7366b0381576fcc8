"""Articles of our own for the rules to read; every person in them is invented."""

from __future__ import annotations

from datetime import date, datetime

from archive.authorities import Authorities
from archive.records import LOCAL_ZONE, ArticleText, Description, PageKind, PortalIdentity, PrintedDate
from crawler.describe import describe
from crawler.describe.passages import Passage

AUTHORITIES = Authorities.load()
DAY = date(2023, 5, 5)


def portal(province: str | None = "Bắc Giang", district: str | None = None) -> PortalIdentity:
    return PortalIdentity(key="x", name="Báo X", kind="newspaper", province=province, district=district)


def article(body: str, title: str | None = None, day: date | None = DAY, captions: tuple[str, ...] = ()) -> ArticleText:
    published = None
    if day is not None:
        moment = datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE)
        published = PrintedDate(value=moment, precision="day", source="x", printed="x")
    return ArticleText(
        kind=PageKind.ARTICLE, url="http://x.test/", title=title, body=body, captions=captions, published=published
    )


def described(
    body: str,
    province: str | None = "Bắc Giang",
    district: str | None = None,
    day: date | None = DAY,
    title: str | None = None,
) -> Description:
    return describe(article(body, title, day), portal(province, district), AUTHORITIES)


def passage(text: str) -> Passage:
    return Passage("body", 0, text)
