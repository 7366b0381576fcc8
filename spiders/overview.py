"""The registry as people look at it: which portals fit a filter, how many there are of each sort, what one is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archive.vietnamese import canonical, fold, has_diacritic
from spiders.portal import Portal
from spiders.profile import Fields


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a portal must be to be shown; None asks nothing. Names are found with and without their diacritics."""

    status: str | None = None
    province: str | None = None  # before or after 1 July 2025
    district: str | None = None
    family: str | None = None
    text: str | None = None  # in key, name, hosts or places

    def takes(self, portal: Portal) -> bool:
        """Whether a portal fits."""
        profile = portal.profile
        provinces = (profile.province, profile.province_after)
        everywhere = (profile.key, profile.name, *provinces, profile.district, *portal.hosts)
        return (
            self.status in (None, portal.status)
            and self.family in (None, portal.family)
            and (self.province is None or _has(provinces, self.province, whole=True))
            and (self.district is None or _has((profile.district,), self.district, whole=True))
            and (self.text is None or _has(everywhere, self.text))
        )


def _has(values: Iterable[str | None], wanted: str, *, whole: bool = False) -> bool:
    """Whether one of the values is or contains what is wanted; diacritics count where they are written.

    >>> _has(("Thái Nguyên",), "thai nguyen"), _has(("Thái Nguyên",), "Thài"), _has(("Hà Nam",), "ha", whole=True)
    (True, False, False)
    """
    key = _plain(wanted, keep=has_diacritic(wanted))
    found = [_plain(value, keep=has_diacritic(wanted)) for value in values if value]
    return key in found if whole else any(key in value for value in found)


def _plain(text: str, *, keep: bool) -> str:
    text = canonical(text).strip()
    return text.lower() if keep else fold(text)


def counted(portals: Iterable[Portal]) -> str:
    """How many portals of which status, in one line.

    >>> counted([])
    'no portal fits'
    """
    statuses = Counter(portal.status for portal in portals)
    if not statuses:
        return "no portal fits"
    said = ", ".join(f"{count} {status}" for status, count in statuses.most_common())
    total = statuses.total()
    return f"{total} portal{'s' if total > 1 else ''}: {said}"


def summary(portal: Portal) -> dict[str, Any]:
    """What a portal is, without its rules."""
    profile = portal.profile
    return {
        "key": portal.key,
        "name": profile.name,
        "kind": profile.kind,
        "province": profile.province,
        "province_after": profile.province_after,
        "district": profile.district,
        "hosts": list(portal.hosts),
        "family": portal.family,
        "status": portal.status,
        "next": next_step(portal),
        "cadence": str(portal.cadence),
        "hours": list(portal.profile.hours),
        "scope": portal.scope,
        "successor": profile.successor,
        "active_until": profile.active_until and profile.active_until.isoformat(),
        "example": profile.example,
        "note": profile.note,
        "confidence": profile.confidence,
        "evidence": profile.evidence,
        "checked_at": profile.checked_at and profile.checked_at.isoformat(),
    }


def next_step(portal: Portal) -> str | None:
    """The command that brings a portal nearer to being crawled, whatever the archive knows of it."""
    if not portal.may_crawl:
        return f"`danvan portals draft` writes a profile for {portal.key}"
    if portal.needs_check:
        return f"`danvan portals check {portal.key}`"
    return None


def rules(portal: Portal) -> dict[str, list[str]]:
    """The rules of each field in the order in which they are tried."""
    fields = portal.rules_on(None).fields
    found = {name: [rule.label for rule in getattr(fields, name)] for name in Fields.__struct_fields__}
    return {name: labels for name, labels in found.items() if labels}


def described(portal: Portal) -> Iterator[tuple[str, str]]:
    """All of a portal as rows of name and text, each group of rules with its evidence."""
    for name, value in summary(portal).items():
        if value:
            yield name, ", ".join(value) if isinstance(value, list) else str(value)
    articles = portal.articles
    if articles.patterns:
        yield "articles", _proven("\n".join(articles.patterns), articles.evidence, articles.confidence)
    for name, values in (("never", articles.deny), ("keeps of queries", articles.keep_query)):
        if values:
            yield name, "\n".join(values)
    for rule in portal.discover:
        yield f"find by {rule.kind}", _proven("\n".join(rule.urls), rule.evidence, rule.confidence)
    for name, labels in rules(portal).items():
        yield name, "\n".join(labels)


def _proven(what: str, evidence: str, confidence: str) -> str:
    return f"{what}\n({confidence}: {evidence or 'no evidence written down'})"
