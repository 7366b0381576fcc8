"""Which files an article's page attaches: documents and pictures inside the body its text was taken from. Pure."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, urljoin, urlsplit, urlunsplit

from archive.attachments.records import AttachedFile, Role
from archive.records import ArticlePage, ArticleText
from archive.vietnamese import canonical, match_key
from crawler.extract.blocks import blocks
from crawler.extract.boilerplate import drop_below_stop_headings, drop_hidden, is_stop_heading, prune
from crawler.extract.decode import decode
from crawler.extract.metadata import Metadata
from crawler.extract.rules import RuleReader
from crawler.extract.tree import PageTooLargeError, clean, drop, parse
from spiders import links
from spiders.portal import Portal, Rules
from spiders.profile import Attachments
from spiders.selectors import select

# Of one page: a photo report has some thirty pictures, a page with more files than this is a library, not an article.
MOST = 60
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|rtf|od[tsp]|zip|rar|7z)$", re.IGNORECASE)
# Where pages that load pictures late keep the address; `src` then shows a placeholder.
_LATE = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-url")
_NO_PICTURE = re.compile(
    r"(?:^|[-_/. ])(?:logo|avatar|icons?|sprite|share|social|emoji|smil\w+|spacer|pixel|blank|loading|placeholder|print"
    r"|facebook|zalo|twitter)(?:[-_/. \d]|$)",
    re.IGNORECASE,
)
_SMALLEST = 64  # pixels as declared; smaller ones are buttons
_LONGEST_LABEL = 300
_MOST_OF_TEXT = 0.8  # of the article's characters stand in the element that is its body


def attached_in(page: ArticlePage, text: ArticleText, portal: Portal) -> tuple[AttachedFile, ...]:
    """The files of an article's page in its order, each once, as the portal's profile wants them.

    A file on a host that the profile does not name is listed with the reason why it is not asked for.
    """
    try:
        tree = parse(decode(page.body, page.charset, portal.http.encoding).text)
    except PageTooLargeError:
        return ()
    wanted, base = portal.attachments, urljoin(page.url, (tree.xpath("string(//base/@href)") or "").strip())
    found: dict[str, AttachedFile] = {}
    for role, raw, label in _files(tree, page, text, portal):
        url = _address(raw, base, portal)
        if url is not None and url not in found:
            found[url] = AttachedFile(url=url, role=role, label=label, skipped=_refusal(url, portal, wanted))
    return tuple(found.values())[:MOST]


def _files(tree: Any, page: ArticlePage, text: ArticleText, portal: Portal) -> Iterator[tuple[Role, str, str | None]]:
    """Role, address as written, and label of everything in the body, and in the boxes that the profile names."""
    wanted = portal.attachments
    bodies = _bodies(tree, page, text, portal)
    boxes = [element for css in wanted.within for element in select(tree, css=css)]
    if "documents" in wanted.kinds:
        for element in (*bodies, *boxes):
            yield from (("document", raw, label) for raw, label in _documents(element))
    if "images" in wanted.kinds:
        for body in bodies:
            prune(body, text.title)
            yield from (("image", raw, label) for raw, label in _images(body, page.url, portal))


def _bodies(tree: Any, page: ArticlePage, text: ArticleText, portal: Portal) -> list[Any]:
    """The element of the body, by the rule that gave the text, else by the text; what is below the article is off."""
    rules, said = _rules(page, text, portal), text.method.get("body", "")
    by_rule = RuleReader(tree, Metadata(tree), page.url).elements(rules.fields.body)
    if by_rule and said.startswith(by_rule[1]):
        body, dropped = by_rule[0][0], rules.body.drop
    else:
        body, dropped = _by_text(tree, text), ()
    if body is None:
        return []
    body = copy.deepcopy(body)
    body.tail = None
    for element in (element for css in dropped for element in select(body, css=css) if element is not body):
        drop(element)
    drop_hidden(body)
    if any(is_stop_heading(block.text) for block in blocks(body)[1:]):
        drop_below_stop_headings(body, "")
    return [body]


def _rules(page: ArticlePage, text: ArticleText, portal: Portal) -> Rules:
    """Those of the layout that the text was read by."""
    generations = portal.generations(page.fetched_at.date() if page.fetched_at else None)
    return next((rules for rules in generations if rules.layout == text.method.get("layout")), generations[0])


def _by_text(tree: Any, text: ArticleText) -> Any:
    """The deepest element with most of the article's paragraphs in it; above a single paragraph, what holds it."""
    wanted = {match_key(line) for line in text.body.split("\n\n")}
    weights: dict[Any, int] = {}
    held, total = [], 0  # held: lxml makes an element's Python object anew unless somebody holds it
    for block in blocks(tree):
        if block.key in wanted:
            total += len(block.text)
            for element in (block.element, *block.element.iterancestors()):
                held.append(element)
                weights[element] = weights.get(element, 0) + len(block.text)
    enough = [element for element, weight in weights.items() if weight >= _MOST_OF_TEXT * total]
    best = max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
    return best.getparent() if best is not None and best.tag == "p" else best


def _documents(body: Any) -> Iterator[tuple[str, str | None]]:
    """Links to files, and files shown in frames; the address inside a viewer's."""
    for element in body.iter("a", "object", "embed", "iframe"):
        name = {"a": "href", "object": "data"}.get(element.tag, "src")
        raw = (element.get(name) or element.get("data-src") or "").strip()
        inside = [value for _, value in parse_qsl(_parts(raw).query) if _is_document(value)]
        if element.tag != "a" and inside:
            raw = inside[0]
        if _is_document(raw) or (element.tag == "a" and inside):
            yield raw, _label(element.text_content() if element.tag == "a" else element.get("title"))


def _is_document(raw: str) -> bool:
    return bool(_DOCUMENT.search(_parts(raw).path.rstrip("/")))


def _images(body: Any, page_url: str, portal: Portal) -> Iterator[tuple[str, str | None]]:
    for element in body.iter("img"):
        raw = _picture(element)
        if raw and not _is_ornament(element, raw) and not _is_teaser(element, page_url, portal):
            figure = next(element.iterancestors("figure"), None)
            caption = figure.xpath("string(.//figcaption)") if figure is not None else ""
            yield raw, _label(caption) or _label(element.get("alt")) or _label(element.get("title"))


def _picture(element: Any) -> str | None:
    """Where a picture is: late ones keep it apart; of several sizes the one that is named last, the largest."""
    sets = [element.get("data-srcset"), element.get("srcset")]
    sized = [part.split()[0] for one in sets if one for part in re.split(r",\s+", one.strip(" ,")) if part.split()]
    given = [element.get(name) for name in _LATE]
    return next((raw.strip() for raw in (*given, element.get("src"), *reversed(sized))
                 if raw and raw.strip() and not raw.strip().startswith("data:")), None)  # fmt: skip


def _is_ornament(element: Any, raw: str) -> bool:
    names = " ".join(filter(None, (element.get("class"), element.get("id"), _parts(raw).path)))
    sizes = [int(size) for name in ("width", "height") if (size := (element.get(name) or "").strip(" px")).isdigit()]
    return bool(_NO_PICTURE.search(names)) or any(size < _SMALLEST for size in sizes)


def _is_teaser(element: Any, page_url: str, portal: Portal) -> bool:
    """Whether a picture leads to another article."""
    around = next(element.iterancestors("a"), None)
    target = urljoin(page_url, around.get("href") or "") if around is not None else page_url
    key = links.url_key(target, portal) if links.is_article_url(target, portal) else None
    return key is not None and key != links.url_key(page_url, portal)


def _address(raw: str, base: str, portal: Portal) -> str | None:
    """Absolute, without fragment, at the portal's canonical host; None for what is no address of the web."""
    try:
        parts = urlsplit(urljoin(base, raw.strip()))
        host = parts.netloc.lower()
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in host or len(raw) > links.MAX_URL:
        return None
    is_own = host in portal.hosts
    path, query = (quote(part, safe="/%:@!$&'()*+,;=~-._?") for part in (parts.path or "/", parts.query))
    scheme = portal.profile.scheme if is_own else parts.scheme
    return urlunsplit((scheme, portal.hosts[0] if is_own else host, path, query, ""))


def _refusal(url: str, portal: Portal, wanted: Attachments) -> str | None:
    host = urlsplit(url).netloc
    return None if host in (*portal.hosts, *wanted.hosts) else f"on {host}, which the profile's attachments do not name"


def _label(said: str | None) -> str | None:
    return clean(canonical(said or ""))[:_LONGEST_LABEL] or None


def _parts(raw: str) -> Any:
    """The parts of an address as written; none of what cannot be taken apart."""
    try:
        return urlsplit(raw)
    except ValueError:
        return urlsplit("")
