"""Reading one page: by the rules of its portal or family, by its form where they are weak, and what it is."""

from __future__ import annotations

import copy
from functools import cached_property
from typing import Any

from archive.records import ArticlePage, ArticleText, PageKind, PrintedDate
from archive.vietnamese import canonical, match_key
from crawler.extract import byline, lead, published
from crawler.extract.arbitration import better, weakness
from crawler.extract.blocks import Block, blocks
from crawler.extract.body import BodyText, body_by_form, body_by_rules
from crawler.extract.boilerplate import drop_hidden
from crawler.extract.classify import classify
from crawler.extract.decode import decode
from crawler.extract.metadata import Metadata
from crawler.extract.rules import RuleReader
from crawler.extract.title import find_title, is_site_name
from crawler.extract.tree import PageTooLargeError, clean, comes_after, parse, without_scripts
from spiders.portal import Portal, Rules, family_rules
from spiders.registry import GENERIC, Registry

# What `method` says of a page whose portal has rules for the body, none of which fits.
NO_LAYOUT = "none fits"
_LONGEST_META_LINE = 160
# Characters of a notice that stands where the rules say, with a title and a date; blank pages have none of these.
_LEAST_BY_RULES = 60
_NAMED_AUTHOR = (
    "//*[contains(translate(@class,'AUTHOR','author'),'author') or contains(@class,'tac-gia')"
    " or contains(@class,'tacgia')]"
)


def extract(page: ArticlePage, portal: Portal | None, registry: Registry, *, use_families: bool = True) -> ArticleText:
    """Everything a page says, with the rule that gave each field; pure. `portal` None: the family is recognised."""
    decoded = decode(page.body, page.charset, portal.http.encoding if portal else None)
    try:
        tree = parse(decoded.text)
        metadata = Metadata(tree)
        without_scripts(tree)
    except PageTooLargeError as error:
        return ArticleText(kind=PageKind.OVERSIZED, reason=str(error), url=page.url, encoding=decoded.encoding)
    reader = RuleReader(tree, metadata, page.url)
    rules = _rules(page, portal, registry, tree, reader) if use_families else None
    return _Reading(page, tree, metadata, reader, rules).result(decoded.encoding)


def _rules(page: ArticlePage, portal: Portal | None, registry: Registry, tree: Any, reader: RuleReader) -> Rules | None:
    """The rules of the portal's layout of the time, else of its nearest layout that fits, else of the page's family."""
    if portal is None:
        family = registry.recognise(page.url, tree)
        return None if family.key == GENERIC else family_rules(family)
    generations = portal.generations(page.fetched_at.date() if page.fetched_at else None)
    if len(generations) == 1:
        return generations[0]
    return next((rules for rules in generations if reader.elements(rules.fields.body)), generations[0])


class _Reading:
    """The fields of one page, each found once."""

    def __init__(
        self, page: ArticlePage, tree: Any, metadata: Metadata, reader: RuleReader, rules: Rules | None
    ) -> None:
        self._page, self._tree, self._metadata, self._reader, self._rules = page, tree, metadata, reader, rules
        self._method: dict[str, str] = {}
        self._held: list[Any] = []
        self._date: PrintedDate | None = None
        self._deny = (*self._metadata.site_names, *(rules.byline.deny if rules else ()))

    @cached_property
    def _visible(self) -> Any:
        """A copy of the tree without what is hidden, for reading by form."""
        visible = copy.deepcopy(self._tree)
        # lxml makes an element's Python object anew each time it is met, unless somebody holds it.
        self._held += visible.iter()
        drop_hidden(visible)
        return visible

    @cached_property
    def _blocks(self) -> list[Block]:
        """All blocks of the visible page; asked for before the body is read by form, which prunes."""
        body = self._visible.find("body")
        return blocks(self._visible if body is None else body)

    @property
    def _reads_by_form(self) -> bool:
        """Whether no rules of a known CMS say where fields stand."""
        return self._rules is None or self._rules.family == GENERIC

    def result(self, encoding: str) -> ArticleText:
        """Read all fields and judge the page."""
        title = self._title()
        body = self._body(title)
        date = self._date = self._published(title)
        authors, paragraphs = self._authors(body, title, date)
        sapo, paragraphs = self._sapo(title, paragraphs)
        text = "\n\n".join(paragraphs)
        kind, reason = self._judged(title, text, body)
        return ArticleText(
            kind=kind,
            reason=reason,
            url=self._page.url,
            title=title,
            sapo=sapo,
            body=text,
            captions=tuple(dict.fromkeys(body.captions)),
            authors=authors,
            published=date,
            modified=self._modified(title, date),
            tags=self._tags(),
            section=self._one("section"),
            canonical_url=self._metadata.canonical_url,
            language="vi" if kind is PageKind.ARTICLE else None,
            family=self._rules.family if self._rules else GENERIC,
            encoding=encoding,
            method=self._method,
        )

    def _judged(self, title: str | None, text: str, body: BodyText) -> tuple[PageKind, str | None]:
        least = self._rules.http.min_text_chars if self._rules else 150
        if title and self._date and self._container is not None and not body.rule.startswith("generic"):
            least = min(least, _LEAST_BY_RULES)
        kind, reason = classify(self._tree, title, text, len(body.captions), least, body.teasers)
        if kind is PageKind.ARTICLE and title is None:
            return PageKind.LISTING, "no title that is not the site's name"
        return kind, reason

    @cached_property
    def _found_body(self) -> tuple[list[Any], str] | None:
        """The elements of the body by rule, and the rule's label."""
        return self._reader.elements(self._rules.fields.body) if self._rules else None

    @property
    def _container(self) -> Any:
        """The element of the body by rule, or None."""
        return self._found_body[0][0] if self._found_body else None

    def _one(self, name: str) -> str | None:
        """The first value of a field's rules that does not stand below the body, where teasers have theirs."""
        container = self._container
        for rule in getattr(self._rules.fields, name) if self._rules else ():
            for value, element in self._reader.located(rule):
                if element is None or container is None or not comes_after(element, container):
                    self._method[name] = rule.label
                    return value
        return None

    def _title(self) -> str | None:
        by_rule = self._one("title")
        if by_rule and not is_site_name(by_rule, self._metadata):
            return by_rule
        found = find_title(self._tree, self._metadata, lambda: self._blocks)
        if found is None:
            return None
        self._method["title"] = found[1]
        return found[0]

    def _body(self, title: str | None) -> BodyText:
        by_rules = self._body_by_rules()
        apart = self._sapo_by_rule if by_rules else None
        if by_rules and not weakness(by_rules, title, apart):
            self._method |= {"body": by_rules.rule, "layout": self._rules.layout if self._rules else NO_LAYOUT}
            return by_rules
        page = self._blocks  # before the tree is pruned
        best = by_form = body_by_form(self._visible, page, title, self._metadata.descriptions)
        self._method["body"] = by_form.rule
        if by_rules:
            best, self._method["body"] = better(by_rules, by_form, title, apart)
        if self._rules and self._rules.fields.body:
            self._method["layout"] = self._rules.layout if best is by_rules else NO_LAYOUT
        return best

    def _body_by_rules(self) -> BodyText | None:
        if self._rules is None or self._found_body is None:
            return None
        return body_by_rules(self._container, self._rules.body, self._found_body[1])

    def _sapo(self, title: str | None, paragraphs: list[str]) -> tuple[str | None, list[str]]:
        """The lead, which is also the first paragraph of the body."""
        found = self._sapo_by_rule or self._sapo_above_body(title)
        return lead.with_lead(found, paragraphs) if found else lead.first_as_lead(paragraphs)

    @cached_property
    def _sapo_by_rule(self) -> str | None:
        return self._one("sapo")

    def _sapo_above_body(self, title: str | None) -> str | None:
        if self._container is None or not self._method["body"].startswith(("css", "xpath")):
            return None
        found = lead.above(self._container, title)
        if found:
            self._method["sapo"] = "sentence above the body"
        return found

    def _authors(
        self, body: BodyText, title: str | None, date: PrintedDate | None
    ) -> tuple[tuple[str, ...], list[str]]:
        blocks = body.paragraphs
        if title:
            blocks = [block for n, block in enumerate(blocks) if n > 1 or block.key != match_key(title)]
        at_end, rest = byline.from_last_blocks(blocks, self._deny)
        paragraphs = [block.text for block in rest]
        by_rule = self._byline_by_rule()
        if by_rule:
            return by_rule, paragraphs
        if at_end:
            self._method["authors"] = "last line of the body"
            return at_end, paragraphs
        if self._container is not None and (below := byline.below(self._container, self._deny)):
            self._method["authors"] = "line below the body"
            return below, paragraphs
        beside = self._authors_beside_date(date) or self._authors_by_label(title) or self._structured_authors()
        return beside, paragraphs

    def _authors_by_label(self, title: str | None) -> tuple[str, ...]:
        names = (
            () if not self._reads_by_form else byline.labelled(published.around_title(self._blocks, title), self._deny)
        )
        if names:
            self._method["authors"] = "label near the title"
        return names

    def _byline_by_rule(self) -> tuple[str, ...]:
        for rule in self._rules.fields.byline if self._rules else ():
            for value in self._reader.values(rule):
                if names := byline.authors_in(value, self._deny):
                    self._method["authors"] = rule.label
                    return names
        return ()

    def _authors_beside_date(self, date: PrintedDate | None) -> tuple[str, ...]:
        """A name on the line of the date, up to three elements around it."""
        if date is None or "url" in date.source:
            return ()
        first = date.printed.split()[0]
        for text in self._tree.xpath("//body//text()[contains(., $first)]", first=first)[:20]:
            element = text.getparent()
            for node in [element, *list(element.iterancestors())[:3]]:
                line = clean(canonical(node.text_content() or ""))
                if len(line) >= _LONGEST_META_LINE:
                    break
                if names := byline.beside_date(line, date.printed, self._deny):
                    self._method["authors"] = "beside the date"
                    return names
        return ()

    def _structured_authors(self) -> tuple[str, ...]:
        """Elements named author, and JSON-LD; never meta author, which names the site."""
        named = self._tree.xpath(_NAMED_AUTHOR)
        values = [element.text_content() or "" for element in named[:3] if len(element) < 5]
        for label, found in (
            ("element named author", values),
            ("jsonld:author.name", self._metadata.jsonld("author.name")),
        ):
            for value in found:
                if names := byline.authors_in(value, self._deny):
                    self._method["authors"] = label
                    return names
        return ()

    def _published(self, title: str | None) -> PrintedDate | None:
        rules = self._rules.fields.published if self._rules else ()
        found = published.by_rules(self._reader, rules, title, self._page.fetched_at)
        found = found or published.by_form(self._blocks, self._metadata, title, self._page.url, self._page.fetched_at)
        if found:
            self._method["published"] = found.source
        return found

    def _modified(self, title: str | None, date: PrintedDate | None) -> PrintedDate | None:
        rules = self._rules.fields.modified if self._rules else ()
        found = published.by_rules(self._reader, rules, title, self._page.fetched_at)
        if found is None and self._reads_by_form:
            found = published.modified_by_form(self._blocks, title, date)
        if found:
            self._method["modified"] = found.source
        return found

    def _tags(self) -> tuple[str, ...]:
        found = self._reader.all(self._rules.fields.tags) if self._rules else None
        values, label = found or (self._metadata.meta("article:tag"), "meta:article:tag")
        if not values:
            links = self._tree.xpath("//a[contains(@rel,'tag') or contains(@href,'/tag/') or contains(@href,'/tags/')]")
            values = [clean(canonical(a.text_content() or "")) for a in links if len(links) <= 12]
            label = "links to tags"
        tags = tuple(dict.fromkeys(value.strip(" #,") for value in values if 1 < len(value.strip(" #,")) <= 60))
        if tags:
            self._method["tags"] = label
        return tags
