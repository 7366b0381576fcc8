"""The five demo portals: who they are and how their addresses look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawler.demo.articles import DemoArticle


@dataclass(frozen=True, kw_only=True)
class DemoPortal:
    """One portal; `sections` maps a path to its name, the first is on dân vận."""

    key: str
    name: str
    family: str
    editor: str
    sections: dict[str, str]
    article_path: Callable[[DemoArticle], str]
    list_path: Callable[[str, int], str]  # section, page
    page_size: int = 6


def _mediasoft_path(article: DemoArticle) -> str:
    number = (
        f"{0xA3B0000 + article.number * 977:07x}" if article.published.year >= 2023 else f"{310000 + article.number}"
    )
    return f"/{article.section}/{article.published:%Y%m}/{article.slug}-{number}/"


def _aspnet_path(article: DemoArticle) -> str:
    slug = article.title.translate({ord(c): "_" for c in ' ,.:"“”–-?!/'})
    category = {"xay-dung-dang": 11, "van-hoa": 16, "kinh-te": 12}[article.section]
    return f"/{category}/{230000 + article.number}/{_ascii(slug)}.aspx"


def _bbg_path(article: DemoArticle) -> str:
    if article.published.year >= 2023:
        return f"/bg2/{article.section}/{article.slug}-postid{400000 + article.number}.bbg"
    return f"/bg/{article.section}/{340000 + article.number}/{article.slug}.html"


def _ascii(text: str) -> str:
    from archive.vietnamese import fold

    return "_".join(part for part in fold(text).split("_") if part).capitalize()


PORTALS: tuple[DemoPortal, ...] = (
    DemoPortal(
        key="demo-thainguyen",
        name="Báo Trung du (mẫu)",
        family="mediasoft",
        editor="Hà Văn Tổng",
        sections={
            "chinh-tri/dan-van-kheo": "Dân vận khéo",
            "chinh-tri": "Chính trị",
            "the-thao": "Thể thao",
            "kinh-te": "Kinh tế",
        },
        article_path=_mediasoft_path,
        list_path=lambda section, _page: f"/{section}/",
    ),
    DemoPortal(
        key="demo-yenbai",
        name="Báo Sông Hồng (mẫu)",
        family="aspnet_num_slug",
        editor="Đinh Quang Thư",
        sections={"xay-dung-dang": "Xây dựng Đảng", "van-hoa": "Văn hóa", "kinh-te": "Kinh tế"},
        article_path=_aspnet_path,
        list_path=lambda section, page: (
            {"xay-dung-dang": "/11/Xay_dung_Dang.aspx", "van-hoa": "/16/Van_hoa.aspx", "kinh-te": "/12/Kinh_te.aspx"}[
                section
            ]
            + (f"?page={page}" if page > 1 else "")
        ),
    ),
    DemoPortal(
        key="demo-bacgiang",
        name="Báo Kinh Bắc (mẫu)",
        family="bbg",
        editor="Lưu Thị Biên",
        sections={"xay-dung-dang": "Xây dựng Đảng", "xa-hoi": "Xã hội", "the-thao": "Thể thao"},
        article_path=_bbg_path,
        list_path=lambda section, page: f"/bg2/{section}" + (f"?page={page}" if page > 1 else ""),
    ),
    DemoPortal(
        key="demo-binhphuoc",
        name="Ban Dân vận Tỉnh ủy (mẫu)",
        family="nukeviet",
        editor="Điểu Quang Bản",
        sections={
            "tin-tuc-su-kien": "Tin tức - Sự kiện",
            "mo-hinh-hay": "Mô hình hay",
            "van-hoa-xa-hoi": "Văn hóa - Xã hội",
        },
        article_path=lambda article: f"/vi/news/{article.section}/{article.slug}-{article.number + 1200}.html",
        list_path=lambda section, page: f"/vi/news/{section}/" + (f"page-{page}/" if page > 1 else ""),
    ),
    DemoPortal(
        key="demo-giavien",
        name="Trang thông tin điện tử huyện Gia Viễn (mẫu)",
        family="generic",
        editor="Phạm Văn Trị",
        sections={"tin-dan-van": "Tin dân vận", "tin-trong-huyen": "Tin trong huyện"},
        article_path=lambda article: f"/{article.section}/{article.slug}-{article.number + 500}.html",
        list_path=lambda section, page: f"/{section}/" + (f"trang-{page}.html" if page > 1 else ""),
    ),
)
BY_KEY = {portal.key: portal for portal in PORTALS}
