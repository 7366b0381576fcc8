"""Loads and checks families and profiles, and finds the portal of an address or the family of a page."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from archive.errors import ProfileError
from archive.records import PortalIdentity
from spiders.fingerprint import ENOUGH, PageMarks
from spiders.listed import completed, listed_profiles, read_rows
from spiders.portal import Portal
from spiders.profile import GENERIC as GENERIC
from spiders.profile import Family, Profile
from spiders.selectors import select
from spiders.settings import FAMILIES, ROWS, profile_folders

Struct = TypeVar("Struct", bound=msgspec.Struct)


class Registry:
    """Every family and portal, checked."""

    def __init__(self, families: dict[str, Family], portals: dict[str, Portal]) -> None:
        self.families = families
        self.portals = portals
        self._by_host = {host: portal for portal in portals.values() for host in portal.hosts}

    def portal(self, key: str) -> Portal:
        """A portal by its key; an unknown one names those that are like it."""
        if key in self.portals:
            return self.portals[key]
        near = difflib.get_close_matches(key, self.portals, n=3, cutoff=0.5)
        hint = f"do you mean {' or '.join(near)}?" if near else "`danvan portals list` prints them"
        raise ProfileError(f"{key}: no such portal; {hint}")

    def crawlable(self, key: str) -> Portal:
        """A portal that has rules to crawl it by; for one without, what would give it some."""
        portal = self.portal(key)
        if not portal.may_crawl:
            raise ProfileError(f"{key}: only listed, no rules to read it by; `danvan portals draft` writes a profile")
        return portal

    def for_url(self, url: str) -> Portal | None:
        """The portal by whose rules an address is read, or None where there are none for its host."""
        portal = self.owner_of(url)
        return portal if portal and portal.may_crawl else None

    def owner_of(self, url: str) -> Portal | None:
        """The portal whose host an address has, even one without rules, or None."""
        return self._by_host.get(urlsplit(url).netloc.lower())

    def recognise(self, url: str, tree: Any) -> Family:
        """The family a page shows by generator, address form and elements; `generic` where none fits."""
        marks = PageMarks(url, tree)
        scored = [(marks.score(family.fingerprint), family.key) for family in self.families.values()]
        best, key = max(scored)
        return self.families[key if best >= ENOUGH else GENERIC]


@lru_cache(maxsize=4)
def load_registry(folders: tuple[Path, ...] | None = None) -> Registry:
    """Load and check all files; ProfileError names file, key and what is allowed."""
    families = {}
    for path in sorted(FAMILIES.glob("*.toml")):
        family = _load(path, Family)
        families[_same_name(path, family.key)] = family
    profiles = _profiles(_profile_files(folders or profile_folders()), families)
    rows = read_rows(ROWS)
    whole = [completed(profile, rows) for profile in profiles.values()]
    listed = [one for one in listed_profiles(rows, families, whole) if one.key not in profiles]
    return Registry(families, {one.key: Portal(profile=one, base=families[one.family]) for one in (*whole, *listed)})


def _profiles(paths: Sequence[Path], families: dict[str, Family]) -> dict[str, Profile]:
    """The profiles of files, checked; those of the user may not take a shipped one's key."""
    profiles: dict[str, Profile] = {}
    for path in paths:
        profile = _load(path, Profile)
        key = _same_name(path, profile.key)
        if key in profiles:
            raise ProfileError(f"{path}: key {key!r} is taken by another profile; choose another")
        _check(path, profile, families)
        profiles[key] = profile
    return profiles


def shipped_identities() -> list[PortalIdentity]:
    """Identities for `danvan init`: portals with a profile and their successors; others are stored when crawled."""
    portals = load_registry().portals
    profiled = [one for one in portals.values() if one.status not in ("listed", "needs-draft")]
    successors = {one.profile.successor for one in profiled}
    return [one.identity for one in portals.values() if one in profiled or one.key in successors]


def _profile_files(folders: Sequence[Path]) -> list[Path]:
    for folder in folders:
        if not folder.is_dir():
            raise ProfileError(f"{folder}: no such folder of profiles; set DANVAN_PROFILES to one that exists")
    return [path for folder in folders for path in sorted(folder.glob("*.toml"))]


def _load(path: Path, kind: type[Struct]) -> Struct:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{path}: is not TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: cannot be read: {error}") from error
    except msgspec.ValidationError as error:
        raise ProfileError(f"{path}: {_explained(str(error), kind)}") from error


def _explained(said: str, kind: type[msgspec.Struct]) -> str:
    """msgspec's message with the keys that are allowed at that place."""
    if "unknown field" not in said and "missing required" not in said:
        return said
    at = re.search(r"at `\$\.?([^`]*)`", said)
    here: Any = kind
    for part in re.findall(r"\w+", at[1]) if at else []:
        here = _member(here, part)
    allowed = ", ".join(here.__struct_fields__) if hasattr(here, "__struct_fields__") else "see spiders/README.md"
    return f"{said}; allowed: {allowed}"


def _member(kind: Any, name: str) -> Any:
    """The struct behind a field's annotation: tuple[Rule, ...] → Rule."""
    if not hasattr(kind, "__struct_fields__"):
        return kind
    for field in msgspec.structs.fields(kind):
        if field.name == name:
            return _struct_in(field.type) or kind
    return kind


def _struct_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation
    return next(filter(None, map(_struct_in, getattr(annotation, "__args__", ()))), None)


def _same_name(path: Path, key: str) -> str:
    if key != path.stem:
        raise ProfileError(f"{path}: key {key!r} must be the file's name, {path.stem!r}")
    return key


def _check(path: Path, profile: Profile, families: dict[str, Family]) -> None:
    if profile.family not in families:
        raise ProfileError(f"{path}: family {profile.family!r} is unknown; allowed: {', '.join(families)}")
    if not profile.hosts:
        raise ProfileError(f"{path}: hosts is empty; name the canonical host first, then its aliases")
    portal = Portal(profile=profile, base=families[profile.family])
    try:
        _ = portal.cadence, portal.hours
    except ProfileError as error:
        raise ProfileError(f"{path}: {error}") from error
    try:
        _ = portal.revisits
    except ValueError as error:
        raise ProfileError(f"{path}: revisits: {error}") from error
    try:
        _ = portal.article_patterns, portal.deny_patterns
        for css in profile.attachments.within:
            select.check(css, None, None)
        for layout in (None, *(one.until for one in profile.layouts)):
            for rules in msgspec.structs.astuple(portal.rules_on(layout).fields):
                for rule in rules:
                    select.check(rule.css, rule.xpath, rule.pattern)
    except (re.error, ValueError) as error:
        raise ProfileError(f"{path}: a pattern or selector is wrong: {error}") from error
