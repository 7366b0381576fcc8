"""The pattern of article addresses, derived from an article's and its siblings', tried on all links of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from crawler.portals.drafting.lists import TITLE_WORDS, TRAPS, is_trap
from spiders.links import canonical_url, is_article_url, url_facts
from spiders.portal import Portal
from spiders.profile import ArticleUrls

# What every crawl is better off without, wherever it is linked; traps seen on the list come on top.
_DENY = ("/tags?/", "/print/", "/rss/", r"/(?:trang|page)-\d+")
_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")
_DAY = re.compile(r"(?:19|20)\d\d[-_]\d{1,2}[-_]\d{1,2}")
_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The addresses a pattern is judged by: one article's, those of the list's articles, and all others on the page."""

    article: str
    siblings: Sequence[str]
    others: Sequence[str]
    list_url: str


@dataclass(frozen=True, kw_only=True)
class Derived:
    """A pattern with what speaks against it."""

    urls: ArticleUrls
    taken_menu: tuple[str, ...] = ()  # links of menus that it takes too
    missed: tuple[str, ...] = ()  # articles of the list that it does not take


def derive(seen: Seen, portal: Portal) -> Derived:
    """The pattern that takes the most siblings and the fewest other links; the first of equals is the most exact."""
    tried = [_with_deny(_judged(urls, seen, portal), seen, portal) for urls in _candidates(seen)]
    tried += [longer for one in tried if one.taken_menu and (longer := _with_longer_id(one, seen, portal))]
    return min(tried, key=lambda one: (len(one.missed), len(one.taken_menu), "?P<id>" not in one.urls.patterns[0]))


def fits(portal: Portal, urls: Sequence[str]) -> bool:
    """Whether a portal's patterns take nearly all of some addresses; a list may link other sites' forms."""
    return sum(is_article_url(url, portal) for url in urls) >= 0.9 * max(1, len(urls))


def with_patterns(portal: Portal, urls: ArticleUrls) -> Portal:
    """The portal with these patterns in place of its own."""
    return Portal(profile=msgspec.structs.replace(portal.profile, articles=urls), base=portal.base)


def _judged(urls: ArticleUrls, seen: Seen, portal: Portal) -> Derived:
    tried = with_patterns(portal, urls)
    known = {canonical_url(url, tried) for url in (seen.article, *seen.siblings)}  # with a reply's or a share's query
    taken = [
        url for url in dict.fromkeys(seen.others) if url_facts(url, tried) and canonical_url(url, tried) not in known
    ]
    missed = [url for url in dict.fromkeys([seen.article, *seen.siblings]) if not url_facts(url, tried)]
    return Derived(urls=urls, taken_menu=tuple(taken), missed=tuple(missed))


def _candidates(seen: Seen) -> Iterator[ArticleUrls]:
    parts = urlsplit(seen.article)
    segments = _segments(seen.article)
    if segments and not _is_page_name(segments[-1]):
        for middle in _depths(_one_id(list(_middle(segments[:-1], seen)))):
            for last in _last(segments[-1], has_id=any("?P<id>" in part for part in middle)):
                yield _article_urls(_whole(middle, last, parts.path), (), seen)
    if parts.query:
        yield from _by_query(seen)
    if segments and _is_page_name(segments[-1]) and not parts.query:
        yield _article_urls(_whole(list(_middle(segments[:-1], seen)), _escaped(segments[-1]), parts.path), (), seen)


def _article_urls(pattern: str, keep_query: tuple[str, ...], seen: Seen) -> ArticleUrls:
    found = re.compile(pattern)
    ids = [match.groupdict().get("id") for url in {seen.article, *seen.siblings}
           if (match := found.search(_target(url, keep_query)))]  # fmt: skip
    is_unique = None not in ids and len(set(ids)) == len(ids)
    return ArticleUrls(patterns=(pattern,), keep_query=keep_query, id_decides=bool(ids) and is_unique)


def _whole(middle: list[str], last: str, path: str) -> str:
    end = "/$" if path.endswith("/") else "$" if _EXTENSION.search(path) else "/?$"
    return "^/" + "".join(f"{part}/" for part in middle) + last + end


def _middle(segments: Sequence[str], seen: Seen) -> Iterator[str]:
    """A pattern for each folder: dates and numbers by form, sections as anything, all else as it stands."""
    if [len(part) for part in segments[-3:]] == [4, 2, 2] and all(part.isdigit() for part in segments[-3:]):
        yield from _middle(segments[:-3], seen)
        yield r"(?P<date>\d{4}/\d{1,2}/\d{1,2})"
        return
    for number, segment in enumerate(segments):
        values = _values_at(number, [seen.article, *seen.siblings])
        if _DAY.fullmatch(segment):
            yield r"(?P<date>\d{4}[-_]\d{1,2}[-_]\d{1,2})"
        elif _MONTH.fullmatch(segment):
            yield r"(?P<yyyymm>\d{6})"
        elif segment.isdigit():
            yield (
                r"(?P<id>\d+)" if len(set(values)) > 1 and len(set(values)) > 0.9 * len(set(seen.siblings)) else r"\d+"
            )
        elif len(set(values)) > 1 or _is_section(number, segments, seen):
            yield "[^/]+"
        else:
            yield _escaped(segment)


def _one_id(middle: list[str]) -> list[str]:
    """Of several folders that number something the last numbers the article."""
    numbered = [n for n, part in enumerate(middle) if "?P<id>" in part]
    return [r"\d+" if n in numbered[:-1] else part for n, part in enumerate(middle)]


def _depths(middle: list[str]) -> Iterator[list[str]]:
    """The folders as they are, then with sections of any depth, then with all names from the first section on open."""
    yield middle
    if "[^/]+" in middle:
        first = middle.index("[^/]+")
        for is_name in (lambda part: part == "[^/]+", lambda part: "\\d" not in part):
            yield [*middle[:first], "[^/]+(?:/[^/]+)*", *dropwhile(is_name, middle[first:])]


def _is_section(number: int, segments: Sequence[str], seen: Seen) -> bool:
    """Whether a folder is one of several that the menu, or the list's own address, names at its place."""
    before = list(segments[:number])
    places = [_segments(url) for url in (*seen.others, seen.list_url)]
    names = {_stem(found[number]) for found in places if len(found) > number and found[:number] == before}
    return segments[number] in names and len(names) > 1


def _last(segment: str, *, has_id: bool) -> Iterator[str]:
    """Readings of the last part, the most exact first: marked id, number, hex id, number before, title alone."""
    extension = _EXTENSION.search(segment)
    end = _escaped(extension[0]) if extension else ""
    stem = segment.removesuffix(extension[0]) if extension else segment
    if has_id:
        yield "[^/]+" + end
        return
    if found := re.search(r"[-_.]([A-Za-z]{1,7})\d{2,}$", stem):
        mark = found[0][0] + found[1]
        yield rf"[^/]+{_escaped(mark)}(?P<id>\d+){end}"
    if found := re.search(r"([-_.])\d{2,}$", stem):
        yield rf"[^/]+{_escaped(found[1])}(?P<id>\d+){end}"
    if found := re.search(r"([-_.])(?=[a-f]*\d)([0-9a-f]{7,40})$", stem):
        yield rf"[^/]+{_escaped(found[1])}(?P<id>[0-9a-f]{{{len(found[2])}}}){end}"
    if stem.isdigit():
        yield rf"(?P<id>\d+){end}"
    if found := re.match(r"\d{3,}([-_])", stem):
        yield rf"(?P<id>\d+){found[1]}[^/]+{end}"
    separator = "_" if stem.count("_") > stem.count("-") else "-"
    if stem.count(separator) >= TITLE_WORDS - 1:
        yield rf"(?:[^/{separator}]+{separator}){{{TITLE_WORDS - 1},}}[^/]+{end}"
    yield rf"[^/]+{end}"


def _by_query(seen: Seen) -> Iterator[ArticleUrls]:
    """Patterns on the parameter that numbers the articles, then with those that say what kind of page it is."""
    own = parse_qsl(urlsplit(seen.article).query)
    numbering = [pair for pair in own if pair[1].isdigit()] or own
    numbering.sort(key=lambda pair: len(set(_parameter(pair[0], seen.siblings))), reverse=True)
    for name, value in numbering[:1]:
        group = r"(?P<id>\d+)" if value.isdigit() else "(?P<id>[^&]+)"
        path = "^" + _escaped(unquote(urlsplit(seen.article).path) or "/")
        yield _article_urls(rf"{path}\?{_escaped(name)}={group}$", (name,), seen)
        same = [pair for pair in own if set(_parameter(pair[0], seen.siblings)) <= {pair[1]} and pair[0] != name]
        kept = tuple(pair[0] for pair in own if pair in same or pair[0] == name)
        said = "&".join(
            f"{_escaped(pair[0])}=" + (group if pair[0] == name else _escaped(pair[1]))
            for pair in own
            if pair[0] in kept
        )
        yield _article_urls(rf"{path}\?{said}$", kept, seen)


def _parameter(name: str, urls: Sequence[str]) -> list[str]:
    return [value for url in urls for key, value in parse_qsl(urlsplit(url).query) if key == name]


def _with_longer_id(found: Derived, seen: Seen, portal: Portal) -> Derived | None:
    """The same pattern for longer ids, where sections are numbered like articles and have fewer digits."""
    [pattern] = found.urls.patterns
    if r"(?P<id>\d+)" not in pattern:
        return None
    tried = with_patterns(portal, found.urls)
    ids = [facts.id for url in [seen.article, *seen.siblings] if (facts := url_facts(url, tried)) and facts.id]
    least = min(map(len, ids), default=0)
    longer = pattern.replace(r"(?P<id>\d+)", rf"(?P<id>\d{{{least},}})")
    return _with_deny(_judged(msgspec.structs.replace(found.urls, patterns=(longer,)), seen, portal), seen, portal)


def _with_deny(found: Derived, seen: Seen, portal: Portal) -> Derived:
    """The pattern with what it must not take: general traps, and those of this page that it would take."""
    traps = [url for url in found.taken_menu if is_trap(url) and not any(_hits(one, [url]) for one in _DENY)]
    deny = [*_DENY, *map(_denied, traps)]
    urls = msgspec.structs.replace(found.urls, deny=tuple(dict.fromkeys(deny)))
    tried = with_patterns(portal, urls)
    wrongly = [
        url for url in [seen.article, *seen.siblings] if url_facts(url, tried) and not is_article_url(url, tried)
    ]
    if wrongly:
        urls = msgspec.structs.replace(urls, deny=tuple(one for one in urls.deny if not _hits(one, wrongly)))
    tried = with_patterns(portal, urls)
    left = tuple(url for url in found.taken_menu if is_article_url(url, tried))
    return Derived(urls=urls, taken_menu=left, missed=found.missed)


def _hits(pattern: str, urls: Sequence[str]) -> bool:
    return any(re.search(pattern, unquote(urlsplit(url).path)) for url in urls)


def _denied(url: str) -> str:
    """A pattern for one trap: its telling folder, or its name with the numbers open.

    >>> _denied("https://a.vn/sendmail/tin/9.html"), _denied("https://a.vn/trang-in-25.html")
    ('/sendmail/', '/trang-in-\\\\d+\\\\.html')
    """
    segments = _segments(url)
    if "-amp-" in segments[-1]:
        return "-amp-"
    for segment in segments[:-1]:
        if segment.lower() in TRAPS:
            return f"/{_escaped(segment)}/"
    return "/" + re.sub(r"\d+", r"\\d+", _escaped(segments[-1])) if segments else "^/$"


def _values_at(number: int, urls: Sequence[str]) -> list[str]:
    return [found[number] for found in map(_segments, urls) if len(found) > number + 1]


def _segments(url: str) -> list[str]:
    return [part for part in unquote(urlsplit(url).path).split("/") if part]


def _stem(segment: str) -> str:
    return _EXTENSION.sub("", segment)


def _is_page_name(segment: str) -> bool:
    """A program's name, not a title: "Detail.aspx", "index.php"."""
    return bool(_EXTENSION.search(segment)) and not re.search(r"[-_\d]", _stem(segment))


def _target(url: str, keep_query: Sequence[str]) -> str:
    """What patterns are matched against; as spiders.links does it."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair.partition("=")[0] in keep_query]
    return unquote(parts.path) + (f"?{'&'.join(kept)}" if kept else "")


def _escaped(text: Any) -> str:
    return re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", text)
