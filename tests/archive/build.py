"""Articles and captures made by hand for the archive's and the search's tests; every person is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

from archive.ledger import Entry
from archive.records import (
    LOCAL_ZONE,
    ArticleText,
    Capture,
    Description,
    DocumentMention,
    FigureMention,
    LocalityMention,
    OfficialMention,
    OfficialTitle,
    PageKind,
    PortalIdentity,
    PrintedDate,
    Relevance,
    Span,
    UnitRef,
)
from archive.repository import Archive
from archive.settings import Home, current_home

PORTAL = PortalIdentity(
    key="mau", name="Báo Mẫu", kind="provincial_newspaper", province="Thái Nguyên", hosts=("mau.test",)
)
NOON = datetime(2024, 7, 10, 5, 0, tzinfo=UTC)


def new_home(folder: object) -> Home:
    """The home in a folder of a test, whatever the environment says."""
    home = current_home(str(folder))
    return Home(folder=home.folder, database_url=f"sqlite:///{home.folder / 'archive.db'}")


def new_archive(folder: object) -> Archive:
    """A created archive that knows one portal."""
    archive, _ = Archive.create(new_home(folder))
    archive.store_portals([PORTAL])
    return archive


def capture(url: str = "https://mau.test/1.html", at: datetime = NOON, digest: str = "sha1:AAAA") -> Capture:
    return Capture(
        url=url,
        fetched_at=at,
        status=200,
        content_type="text/html",
        payload_digest=digest,
        warc_file="danvan-1.warc.gz",
        offset=0,
        length=10,
        record_id="<urn:uuid:1>",
    )


def entry(url: str = "https://mau.test/1.html", at: datetime = NOON) -> Entry:
    return Entry(capture=capture(url, at), portal="mau", url_key=url, etag='"1"')


def text(
    title: str = "Định Hóa: Khéo vận động, dân đồng lòng",
    body: str = "Huyện Định Hóa có 12 mô hình dân vận khéo.",
    url: str = "https://mau.test/1.html",
    day: date | None = date(2024, 7, 10),
) -> ArticleText:
    published = (
        None
        if day is None
        else PrintedDate(
            value=datetime(day.year, day.month, day.day, 11, 43, tzinfo=LOCAL_ZONE),
            precision="minute",
            source="profile",
            printed=f"11:43, {day:%d/%m/%Y}",
        )
    )
    return ArticleText(
        kind=PageKind.ARTICLE,
        url=url,
        title=title,
        sapo=body.split("\n\n")[0],
        body=body,
        captions=("Đường mới ở xóm Tân Lập",),
        authors=("Ngọc Trâm",),
        published=published,
        tags=("dân vận",),
        canonical_url=url,
        language="vi",
        family="mediasoft",
        encoding="utf-8",
        method={"title": "profile"},
    )


def locality(
    name: str = "Định Hóa", unit_id: str = "167", level: str = "district", type_: str = "huyện"
) -> LocalityMention:
    return LocalityMention(
        unit_id=unit_id,
        name=name,
        type=type_,
        level=level,  # type: ignore[arg-type]
        province="Thái Nguyên",
        district=None,
        cited_as=f"{type_} {name}",
        evidence=(Span(field="body", start=0, end=14),),
        valid_to=date(2025, 7, 1),
        today=(UnitRef(id="n1", name="Định Hóa", type="xã", level="commune", province="Thái Nguyên"),),
    )


def official(name: str = "Hoàng Minh Khuê", key: str = "hoang minh khue") -> OfficialMention:
    titles = ("Ủy viên Ban Thường vụ", "Trưởng Ban Dân vận Huyện ủy")
    return OfficialMention(
        name=name,
        key=key,
        titles=tuple(
            OfficialTitle(printed=title, post=title.split(" Ban")[0], organisation=None, level="district")
            for title in titles
        ),
        cited_as=(f"đồng chí {name}",),
        evidence=(Span(field="body", start=3, end=9),),
    )


def description(
    localities: tuple[LocalityMention, ...] | None = None, officials: tuple[OfficialMention, ...] | None = None
) -> Description:
    localities = (locality(),) if localities is None else localities
    span = Span(field="body", start=17, end=27)
    return Description(
        relevance=Relevance(verdict=True, score=0.9, evidence=(span,)),
        localities=localities,
        primary_locality=localities[0] if localities else None,
        primary_reason="named in the title",
        officials=(official(),) if officials is None else officials,
        figures=(
            FigureMention(
                value=12.0,
                of=None,
                unit="mô hình",
                what=None,
                locality="Định Hóa",
                cited_as="12 mô hình",
                evidence=span,
            ),
        ),
        documents=(
            DocumentMention(
                kind="Nghị quyết",
                number="25-NQ/TW",
                date=date(2013, 6, 3),
                issuer=None,
                cited_as="Nghị quyết 25-NQ/TW",
                evidence=span,
            ),
        ),
    )
