"""A profile from a list page and an article page, proved by loading it and reading the article by it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from archive.errors import UsageError
from archive.records import ArticleText
from crawler.extract import extract
from crawler.portals.drafting.addresses import Derived, Seen, derive, fits
from crawler.portals.drafting.basis import Asked, Doubts, basis
from crawler.portals.drafting.discovering import ListSeen, draws_itself, seen_list, ways
from crawler.portals.drafting.fields import draft_fields
from crawler.portals.drafting.stable import is_made_up
from crawler.portals.drafting.text import container_of_text, without_date_line
from crawler.portals.drafting.written import written
from crawler.portals.source import Source
from spiders.links import is_article_url
from spiders.portal import Portal
from spiders.profile import GENERIC, ArticleUrls, Body, Fields, Profile, Rule
from spiders.registry import Registry, load_registry

# Of these a profile's reading must agree with reading by form.
_COMPARED = ("title", "published", "sapo", "authors", "body")
_RULE_OF = {"authors": "byline"}
_SHOWN = 2


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A drafted profile: its file, its doubts, and what it reads from the article."""

    profile: Profile
    toml: str
    doubts: tuple[tuple[str, str], ...]
    reading: ArticleText

    @property
    def unsure(self) -> tuple[str, ...]:
        """The doubts as lines, each with what it is about."""
        return tuple(f"{about}: {text}" if about else text for about, text in self.doubts)

    @property
    def is_by_rule(self) -> bool:
        """Whether the article's text is found by the profile's or family's rules and not by its form."""
        return self.reading.is_article and self.reading.method.get("layout") == "current"


@dataclass
class _Work:
    """A draft in the making."""

    portal: Portal
    registry: Registry
    article: Source
    wanted: ArticleText  # as the page reads by its form alone
    doubts: Doubts = field(default_factory=list)

    def change(self, **values: Any) -> None:
        """The same portal with other values in its profile."""
        self.portal = Portal(profile=msgspec.structs.replace(self.portal.profile, **values), base=self.portal.base)

    def trial(self, name: str, rule: Rule) -> ArticleText:
        """The article by one rule alone, without a family's."""
        family = self.registry.families[GENERIC]
        profile = msgspec.structs.replace(self.portal.profile, family=GENERIC, fields=_fields({name: rule}), body=None)
        return extract(self.article.page, Portal(profile=profile, base=family), self.registry)

    def read(self, article: Source | None = None) -> ArticleText:
        return extract((article or self.article).page, self.portal, self.registry)


def draft(listing: Source, articles: Sequence[Source], asked: Asked, registry: Registry, day: date) -> Draft:
    """A profile for the portal of a list and its articles, the first of which its rules are made for."""
    evidence = f"drafted from {listing.url} and {articles[0].url} on {day.isoformat()}"
    by_form = extract(articles[0].page, None, registry, use_families=False)
    wanted = without_date_line(by_form)
    if not wanted.is_article:
        raise UsageError(f"{articles[0].name}: no article ({wanted.reason}); give the page of one article")
    profile, doubts = basis(listing, articles, asked, registry, evidence)
    family = registry.recognise(articles[0].url, articles[0].tree)
    portal = Portal(profile=msgspec.structs.replace(profile, family=family.key), base=family)
    work = _Work(portal=portal, registry=registry, article=articles[0], wanted=wanted, doubts=doubts)
    if wanted is not by_form:
        doubts.append(("body", "by its form alone the page's text begins with the line of its date"))
    _find_articles(work, listing, articles)
    _read_fields(work)
    _try_others(work, articles[1:])
    _note_sources(work, listing, articles)
    return _proved(work)


def _find_articles(work: _Work, listing: Source, articles: Sequence[Source]) -> None:
    """Patterns and ways to the articles."""
    seen = seen_list(listing, work.portal.hosts, work.article.url)
    _refuse_wrong_list(work, seen)
    urls = [link.url for link in seen.articles]
    if work.portal.family == GENERIC or not fits(work.portal, [work.article.url, *urls]):
        work.change(articles=_patterns(work, seen, urls))
    work.change(discover=ways(seen, work.portal, articles, work.doubts))


def _refuse_wrong_list(work: _Work, seen: ListSeen) -> None:
    listing = seen.source
    if listing.url == work.article.url:
        raise UsageError(f"{listing.name}: list and article are the same page; give the list that links the article")
    if not seen.articles:
        if draws_itself(listing):
            return
        raise UsageError(f"{listing.name}: a list without article links; give a section's page that links its articles")
    if is_article_page(listing, seen, work.registry):
        raise UsageError(f"{listing.name}: an article, no list; give the page of the section that links it")


def is_article_page(listing: Source, seen: ListSeen, registry: Registry) -> bool:
    """Whether a page reads as one article beside which the links found stand, not as a list of them."""
    text = extract(listing.page, None, registry, use_families=False)
    if not text.is_article or text.title is None:
        return False
    own = {paragraph for paragraph in text.body.split("\n\n") if len(paragraph) > 80}
    inside = " ".join((seen.element.text_content() or "").split())
    return len(own) > 1 and not any(paragraph in inside for paragraph in own)


def _patterns(work: _Work, seen: ListSeen, urls: Sequence[str]) -> ArticleUrls:
    """Derived patterns, before the family's where there is one."""
    facts = Seen(article=work.article.url, siblings=urls, others=seen.others, list_url=seen.source.url)
    found = derive(facts, work.portal)
    _doubt_patterns(work, found)
    evidence = f"derived from {len(set(urls) | {work.article.url})} addresses"
    base = work.portal.base.articles or ArticleUrls(patterns=())
    if base.patterns:
        work.doubts.append(
            ("articles", f"the articles' addresses have none of the family's forms ({work.portal.family})")
        )
    return msgspec.structs.replace(
        found.urls,
        patterns=(*found.urls.patterns, *base.patterns),
        deny=tuple(dict.fromkeys((*found.urls.deny, *base.deny))),
        keep_query=tuple(dict.fromkeys((*found.urls.keep_query, *base.keep_query))),
        evidence=evidence,
    )


def _doubt_patterns(work: _Work, found: Derived) -> None:
    wrong = {"also takes links of menus": found.taken_menu, "does not take articles of the list": found.missed}
    for said, urls in wrong.items():
        if urls:
            work.doubts.append(("articles", f"the pattern {said}: {', '.join(urls[:_SHOWN])}"))
    if "?P<id>" not in found.urls.patterns[0]:
        work.doubts.append(("articles", "no id in the address: titles alone tell articles from other pages"))


def _read_fields(work: _Work) -> None:
    """The fields' rules: all of them without a family, else only where the family's rules give less."""
    drafted = draft_fields(work.article, work.wanted, work.trial)
    if drafted.authors:
        work.wanted = replace(work.wanted, authors=drafted.authors)
    if work.portal.family == GENERIC:
        rules = drafted.rules
        work.doubts += drafted.doubts
    else:
        rules = {name: rule for name, rule in drafted.rules.items() if _lacks(work, name)}
    work.change(fields=_fields(rules))
    if work.portal.family == GENERIC or work.read().method.get("layout") != "current":
        _read_body(work)
    _drop_wrong(work)


def _lacks(work: _Work, name: str) -> bool:
    """Whether the family's rules leave a field empty that the page's form shows, or find another text than its own."""
    read = work.read()
    attribute = {"byline": "authors"}.get(name, name)
    return not getattr(read, attribute) and bool(getattr(work.wanted, attribute))


def _fields(rules: dict[str, Rule]) -> Fields:
    return Fields(**{name: (rule,) for name, rule in rules.items()})


def _read_body(work: _Work) -> None:
    fields = work.portal.profile.fields

    def read(rule: Rule, body: Body) -> ArticleText:
        own = msgspec.structs.replace(fields, body=(rule,))
        profile = msgspec.structs.replace(work.portal.profile, fields=own, body=body)
        return extract(work.article.page, Portal(profile=profile, base=work.portal.base), work.registry)

    found = container_of_text(work.article.tree, work.wanted, read)
    if found is None:
        work.doubts.append(("body", "no element holds just the article's text; it is left to the page's form"))
        return
    if is_made_up(found.rule.css or ""):
        work.doubts.append(("fields.body", f"{found.rule.css} looks made up by a template and may change"))
    body = None if found.body == Body() else found.body
    work.change(fields=msgspec.structs.replace(fields, body=(found.rule,)), body=body)


def _drop_wrong(work: _Work) -> None:
    """Take out the rules by which a field reads otherwise than by the page's form, and say so."""
    for name in _COMPARED:
        read, wanted = (_shown(getattr(text, name)) for text in (work.read(), work.wanted))
        if read == wanted:
            continue
        rule = _RULE_OF.get(name, name)
        place = "body" if name == "body" else f"fields.{rule}"
        if getattr(work.portal.profile.fields, rule):
            work.change(fields=msgspec.structs.replace(work.portal.profile.fields, **{rule: ()}))
            work.doubts.append((place, f"a rule for it read {_short(read)} and not {_short(wanted)}; it was left out"))
        elif work.portal.family != GENERIC:
            work.doubts.append((place, f"the family reads {_short(read)}, the page's form {_short(wanted)}"))


def _shown(value: Any) -> Any:
    return value.iso() if hasattr(value, "iso") else value


def _short(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, tuple) else str(value or "nothing")
    return repr(text[:60] + ("…" if len(text) > 60 else ""))


def _try_others(work: _Work, others: Sequence[Source]) -> None:
    """Read the other articles by the rules made for the first."""
    for other in others:
        text = work.read(other)
        if not text.is_article:
            work.doubts.append(("", f"{other.url} is no article: {text.reason}"))
        elif text.method.get("layout") != "current":
            work.doubts.append(("body", f"the rules do not find the text of {other.url}"))
        elif text.published is None and work.wanted.published:
            work.doubts.append(("fields.published", f"no date found on {other.url}"))
    if not others:
        work.doubts.append(("", "only one article was seen; others of the portal may look different"))


def _note_sources(work: _Work, listing: Source, articles: Sequence[Source]) -> None:
    for one in (listing, *articles):
        if one.address_from:
            work.doubts.append(("", f"the address of {one.name} was taken from its {one.address_from}"))
    if not is_article_url(work.article.url, work.portal):
        work.doubts.append(("articles", f"the patterns do not take {work.article.url}"))


def _proved(work: _Work) -> Draft:
    """Write the profile, load it as any other, and read the article by what was loaded."""
    profile = work.portal.profile
    text = written(profile, work.doubts)
    with tempfile.TemporaryDirectory(prefix="danvan-draft-") as folder:
        (Path(folder) / f"{profile.key}.toml").write_text(text, encoding="utf-8")
        loaded = load_registry((Path(folder),)).portal(profile.key)
    reading = extract(work.article.page, loaded, work.registry)
    return Draft(profile=loaded.profile, toml=text, doubts=tuple(work.doubts), reading=reading)
