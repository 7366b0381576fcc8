"""What a demo portal answers to a path: pure, for one of its two states (before and after corrections)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from archive.records import LOCAL_ZONE
from crawler.demo.articles import DemoArticle, articles_of
from crawler.demo.portals import DemoPortal

_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
SITE_ID = "0123456789abcdef0123456789abcdef"
# A list shows these too: an address that answers 200 with a notice, and one that answers 200 with nothing.
SOFT_404 = {
    "demo-thainguyen": "/chinh-tri/202401/bai-da-go-a3f0001/",
    "demo-binhphuoc": "/vi/news/mo-hinh-hay/bai-da-xoa-999.html",
}
BLANK = {"demo-thainguyen": "/chinh-tri/202402/trang-trong-a3f0002/"}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Status, headers and body of one answer."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def answer(portal: DemoPortal, target: str, base_url: str, *, is_second: bool, now: datetime) -> Answer:
    """The answer to a request target such as "/chinh-tri/?page=2"."""
    parts = urlsplit(target)
    query = parse_qs(parts.query)
    articles = visible(portal, is_second=is_second)
    context = {"base_url": base_url, "now": now.astimezone(LOCAL_ZONE), "weekdays": _WEEKDAYS}
    if parts.path == "/robots.txt":
        return _text("User-agent: *\nDisallow: /print/\nDisallow: /tim-kiem\nDisallow: /savefile/\n", "text/plain")
    if parts.path in (SOFT_404.get(portal.key), BLANK.get(portal.key)):
        return _not_there(portal, parts.path, context)
    by_path = {portal.article_path(article): article for article in articles}
    if article := by_path.get(parts.path) or by_path.get(parts.path + "/"):
        return _article(portal, article, articles, context, is_second=is_second)
    return _listing(portal, parts.path, query, articles, context) or Answer(status=404, body=b"<h1>404 Not Found</h1>")


def visible(portal: DemoPortal, *, is_second: bool) -> list[DemoArticle]:
    """The articles a portal shows in a state, newest first."""
    return [
        a for a in articles_of(portal.key) if not (a.is_late and not is_second) and not (a.is_removed and is_second)
    ]


def _listing(
    portal: DemoPortal, path: str, query: dict[str, list[str]], articles: list[DemoArticle], context: dict[str, Any]
) -> Answer | None:
    if path == "/":
        return _page(portal, "list", section=None, name=portal.name, items=articles[:8], next_url=None, **context)
    if portal.family == "mediasoft" and (found := _mediasoft(portal, path, query, articles, context)):
        return found
    if portal.family == "nukeviet" and (found := _nukeviet(portal, path, articles, context)):
        return found
    if portal.family == "bbg" and path == "/rss/xay-dung-dang.rss":
        return _rss(portal, [a for a in articles if a.section == "xay-dung-dang"][:10], context, "%H:%M:%S")
    asked = int((query.get("page") or ["1"])[0]) if (query.get("page") or ["1"])[0].isdigit() else 1
    for section, name in portal.sections.items():
        shown = [article for article in articles if article.section == section]
        for number in range(1, len(shown) // portal.page_size + 2):
            listed = urlsplit(portal.list_path(section, number))
            if listed.path == path and (not listed.query or number == asked) and (listed.query or asked == 1):
                items = shown[(number - 1) * portal.page_size : number * portal.page_size]
                more = len(shown) > number * portal.page_size
                next_url = portal.list_path(section, number + 1) if more else None
                return _page(portal, "list", section=section, name=name, items=items, next_url=next_url, **context)
    return None


def _mediasoft(
    portal: DemoPortal, path: str, query: dict[str, list[str]], articles: list[DemoArticle], context: dict[str, Any]
) -> Answer | None:
    """Its JSON API, dated sitemaps, feed, and the section page that is now and then blank."""
    if path == "/sc_service/api/article/list":
        section = {str(n): s for n, s in enumerate(portal.sections)}.get((query.get("saArticleCateId") or [""])[0])
        first, size = (int((query.get(name) or ["0"])[0]) for name in ("first", "pageSize"))
        shown = [article for article in articles if article.section == section]
        items = [{"title": a.title, "lead": a.paragraphs[0], "pageUrl": portal.article_path(a),
                  "publishDate": a.published.strftime("%d/%m/%Y %H:%M")} for a in shown[first : first + size]]  # fmt: skip
        return _text(json.dumps({"response": items, "total": len(shown)}), "application/json")
    if path == "/sitemap.xml":
        days = sorted({a.published.date() for a in articles}, reverse=True)
        entries = "".join(
            f"<sitemap><loc>{context['base_url']}/sitemap-article-{day}.xml</loc></sitemap>" for day in days
        )
        return _text(f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex>{entries}</sitemapindex>', "application/xml")
    if path.startswith("/sitemap-article-"):
        day = path.removeprefix("/sitemap-article-").removesuffix(".xml")
        return _sitemap(portal, [a for a in articles if a.published.date().isoformat() == day], context)
    if path.endswith("/index.rss"):
        return _rss(portal, [a for a in articles if path == f"/{a.section}/index.rss"][:10], context, "%H:%M:%S")
    return None


def _nukeviet(portal: DemoPortal, path: str, articles: list[DemoArticle], context: dict[str, Any]) -> Answer | None:
    """Its three-step sitemap, and the feed whose minutes are the month."""
    base = context["base_url"]
    index = {"/sitemap.xml": f"{base}/sitemap-vi.xml", "/sitemap-vi.xml": f"{base}/sitemap-vi.news.xml"}
    if path in index:
        return _text(f"<sitemapindex><sitemap><loc>{index[path]}</loc></sitemap></sitemapindex>", "text/xml")
    if path == "/sitemap-vi.news.xml":
        return _sitemap(portal, articles, context)
    if path == "/vi/news/rss/":
        return _rss(portal, articles[:30], context, "%H:%m:%S")
    return None


def _article(
    portal: DemoPortal, article: DemoArticle, articles: list[DemoArticle], context: dict[str, Any], *, is_second: bool
) -> Answer:
    others = [a for a in articles if a.section == article.section and a != article][:5]
    paragraphs = [article.corrected(p) if is_second else p for p in article.paragraphs]
    found = _page(portal, "article", article=article, paragraphs=paragraphs, others=others, **context)
    body = found.body
    if article.form == "nfd":
        body = article.in_form(body.decode()).encode()
    if article.form == "windows-1258":
        body = _windows_1258(body.decode())
    # The clock in the header changes with every request; what the portal takes for the article does not.
    tag = hashlib.sha256("\n".join(paragraphs).encode()).hexdigest()[:16]
    content_type = "text/html" if article.form == "windows-1258" else "text/html; charset=utf-8"
    return Answer(body=body, headers={"Content-Type": content_type, "ETag": f'"{tag}"'})


def _windows_1258(text: str) -> bytes:
    """Letters whole and tones apart, as the code page has them."""
    import unicodedata

    out = bytearray()
    for char in text:
        try:
            out += char.encode("windows-1258")
            continue
        except UnicodeEncodeError:
            pass
        apart = unicodedata.normalize("NFD", char)
        tone = [c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323"]
        letter = unicodedata.normalize("NFC", "".join(c for c in apart if c not in tone))
        out += (letter + "".join(tone)).encode("windows-1258", errors="xmlcharrefreplace")
    return bytes(out)


def _not_there(portal: DemoPortal, path: str, context: dict[str, Any]) -> Answer:
    if path == BLANK.get(portal.key):
        return _text("<html><head><title></title></head><body><div id='wrapper'></div></body></html>", "text/html")
    return _page(portal, "missing", **context)


def _page(portal: DemoPortal, template_name: str, **values: Any) -> Answer:
    template = _environment().get_template(
        "missing.html" if template_name == "missing" else f"{portal.family}/{template_name}.html"
    )
    return _text(
        template.render(path_of=portal.article_path, list_of=portal.list_path, portal=portal, **values),
        "text/html; charset=utf-8",
    )


def _sitemap(portal: DemoPortal, articles: list[DemoArticle], context: dict[str, Any]) -> Answer:
    entries = "".join(
        f"<url><loc>{context['base_url']}{escape(portal.article_path(a))}</loc>"
        f"<lastmod>{a.published.replace(tzinfo=LOCAL_ZONE).isoformat()}</lastmod></url>"
        for a in articles
    )
    return _text(f'<?xml version="1.0" encoding="UTF-8"?><urlset>{entries}</urlset>', "application/xml")


def _rss(portal: DemoPortal, articles: list[DemoArticle], context: dict[str, Any], clock: str) -> Answer:
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>{context['base_url']}{escape(portal.article_path(a))}?utm_source=rss</link>"
        f"<pubDate>{a.published.strftime('%a, %d %b %Y ' + clock)} +0700</pubDate></item>"
        for a in articles
    )
    title = escape(portal.name)
    return _text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>', "text/xml"
    )


def _text(body: str, content_type: str) -> Answer:
    return Answer(body=body.encode(), headers={"Content-Type": content_type})


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
