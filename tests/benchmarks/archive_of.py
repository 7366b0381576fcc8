"""An archive of generated articles, saved as a crawl saves them, for measuring what is served from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from archive.authorities import Gazetteer
from archive.records import LocalityMention, OfficialMention, OfficialTitle, PortalIdentity, Span
from archive.repository import Archive
from archive.vietnamese import fold, match_key
from tests.archive import build

# As many articles a transaction as a crawl's shared one has pages.
_TOGETHER = 500


def records(file: Path) -> Iterator[dict[str, Any]]:
    """The lines of a corpus file."""
    with open(file, encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def fill(archive: Archive, corpus: Iterable[dict[str, Any]], first: int = 0) -> int:
    """Save every record as an article; returns how many. Portals are made as they are met."""
    known = set(archive.portals())
    rest, count = iter(corpus), 0
    while batch := list(islice(rest, _TOGETHER)):
        new = {one["portal"]: one for one in batch if one["portal"] not in known}
        archive.store_portals([_portal(one) for one in new.values()])
        known |= new.keys()
        with archive.together():
            for one in batch:
                _save(archive, one, first + count)
                count += 1
    return count


def _portal(one: dict[str, Any]) -> PortalIdentity:
    return PortalIdentity(key=one["portal"], name=one["portal"], kind="provincial_newspaper", province=one["province"])


def _save(archive: Archive, one: dict[str, Any], number: int) -> None:
    url = f"https://{one['portal']}/tin/{number}.html"
    published = datetime.fromisoformat(one["published"]).date()
    text = build.text(title=one["title"], body=one["body"], url=url, day=published)
    text = replace(text, tags=tuple(one["tags"]), captions=(), sapo=None)
    entry = replace(
        build.entry(url, datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)), portal=one["portal"]
    )
    places = tuple(_places(one))
    people = tuple(_official(name, one) for name in one["officials"])
    archive.save(entry, text, build.description(places, people))


def _places(one: dict[str, Any]) -> Iterator[LocalityMention]:
    known = Gazetteer.load()
    _, _, name = one["district"].partition(" ")
    for text in (one["district"], name, one["province"]):
        for unit in known.named(text, None):
            if unit.is_of_today or known.province_of(unit).name not in (one["province"], unit.name):
                continue
            today = known.today(unit)
            yield LocalityMention(
                unit_id=unit.id, name=unit.name, type=unit.type, level=unit.level, province=one["province"],
                district=None, cited_as=text, evidence=(Span(field="body", start=0, end=3),), today=today,
            )  # fmt: skip
            break


def _official(name: str, one: dict[str, Any]) -> OfficialMention:
    title = f"Bí thư Huyện ủy {one['district'].partition(' ')[2]}"
    return OfficialMention(
        name=name,
        key=fold(match_key(name)),
        titles=(OfficialTitle(printed=title, post="Bí thư", organisation="Huyện ủy", level="district"),),
        cited_as=(name,),
        evidence=(Span(field="body", start=0, end=3),),
    )
