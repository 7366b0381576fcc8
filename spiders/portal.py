"""The portal that a profile and its family make together: what the spider and the extractor work with."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property

import msgspec

from archive.records import PortalIdentity
from spiders import times
from spiders.profile import (
    ArticleUrls,
    Attachments,
    Body,
    Byline,
    Discovery,
    Family,
    Fields,
    Http,
    Layout,
    Profile,
    Scope,
    Status,
)
from spiders.spans import rising_spans
from spiders.times import Cadence, DayHours


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What extraction needs: the rules of one layout of one portal or family."""

    family: str
    layout: str = "current"  # or "until 2019-06-30"
    fields: Fields
    body: Body
    byline: Byline
    http: Http


class Portal(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A profile laid over its family: what the spider and the extractor work with."""

    profile: Profile
    base: Family

    @property
    def key(self) -> str:
        return self.profile.key

    @property
    def family(self) -> str:
        return self.profile.family

    @property
    def hosts(self) -> tuple[str, ...]:
        return self.profile.hosts

    @property
    def status(self) -> Status:
        return self.profile.status

    @property
    def may_crawl(self) -> bool:
        """Whether there are rules to crawl it by; a check may still be asked for."""
        return bool(self.hosts) and self.status != "needs-draft"

    @property
    def needs_check(self) -> bool:
        """Whether it is crawled only after a check of its rules on the live portal."""
        return self.may_crawl and self.status in ("unverified", "listed")

    def in_scope(self, scope: Scope) -> Portal:
        """The same portal, crawled in another scope than its profile's."""
        return Portal(profile=msgspec.structs.replace(self.profile, scope=scope), base=self.base)

    @property
    def scope(self) -> Scope:
        return self.profile.scope

    @cached_property
    def cadence(self) -> Cadence:
        """How often it is crawled; ProfileError where the profile says no time span."""
        return times.cadence(self.profile.cadence)

    @cached_property
    def hours(self) -> tuple[DayHours, ...]:
        """The local hours in which crawls of it begin; empty for any."""
        return tuple(map(times.day_hours, self.profile.hours))

    @cached_property
    def revisits(self) -> tuple[timedelta, ...]:
        """How long after its text was first seen an article is looked at again; behind the last at the last span."""
        return rising_spans(self.profile.revisits)

    @property
    def base_url(self) -> str:
        """Scheme and canonical host; "" for a portal of which no host is known."""
        return f"{self.profile.scheme}://{self.profile.hosts[0]}" if self.profile.hosts else ""

    @property
    def http(self) -> Http:
        return self.profile.http or self.base.http

    @property
    def attachments(self) -> Attachments:
        return self.profile.attachments

    @property
    def articles(self) -> ArticleUrls:
        found = self.profile.articles or self.base.articles
        return found or ArticleUrls(patterns=())

    @property
    def discover(self) -> tuple[Discovery, ...]:
        return self.base.discover if self.profile.discover is None else self.profile.discover

    @cached_property
    def identity(self) -> PortalIdentity:
        """What search and description know of the portal."""
        profile = self.profile
        return PortalIdentity(
            key=profile.key,
            name=profile.name,
            kind=profile.kind,
            province=profile.province,
            district=profile.district,
            hosts=profile.hosts,
            successor=profile.successor,
        )

    @cached_property
    def article_patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.articles.patterns)

    @cached_property
    def deny_patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.articles.deny)

    def rules_on(self, day: date | None) -> Rules:
        """The rules of the layout that was in force on a day; without one, today's."""
        return self.generations(day)[0]

    def generations(self, day: date | None) -> tuple[Rules, ...]:
        """The rules of every layout: that of the day first, then the others, the nearest in time before the rest."""
        layouts = sorted(self.profile.layouts, key=lambda one: one.until)
        rules = [*map(self._layout_rules, layouts), self._current_rules]
        at = next((n for n, one in enumerate(layouts) if day is not None and day <= one.until), len(layouts))
        return tuple(rules[n] for n in sorted(range(len(rules)), key=lambda n: (abs(n - at), n < at)))

    @cached_property
    def _current_rules(self) -> Rules:
        return self._rules(_first_of(self.profile.fields, self.base.fields), self.profile.body or self.base.body)

    def _layout_rules(self, layout: Layout) -> Rules:
        fields = _first_of(layout.fields, self.base.fields)
        return self._rules(fields, layout.body or self.profile.body or self.base.body, f"until {layout.until}")

    def _rules(self, fields: Fields, body: Body, layout: str = "current") -> Rules:
        byline = self.profile.byline or self.base.byline
        return Rules(family=self.family, layout=layout, fields=fields, body=body, byline=byline, http=self.http)


def family_rules(family: Family) -> Rules:
    """The rules of a family alone, for the page of a portal that has no profile."""
    return Rules(family=family.key, fields=family.fields, body=family.body, byline=family.byline, http=family.http)


def _first_of(own: Fields, base: Fields) -> Fields:
    """Each field's own rules before the family's."""
    return Fields(**{name: getattr(own, name) + getattr(base, name) for name in Fields.__struct_fields__})
