"""Rows of articles, captures, changes and persons against the rows they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from archive.attachments.tables import AttachmentRow
from archive.fixity.findings import Finding
from archive.fixity.versions import seen_times
from archive.models import (
    CaptureRow,
    ChangeRow,
    OfficialRow,
    PersonLogRow,
    PersonRow,
    VersionCaptureRow,
    VersionRow,
)

Rows = Sequence[Mapping[str, Any]]


def _articles(connection: Connection, rows: Rows) -> Iterator[Finding]:
    ids = [row["id"] for row in rows]
    newest = _newest(connection, ids)
    query_changes = select(ChangeRow.article_id, ChangeRow.op, ChangeRow.at).where(ChangeRow.article_id.in_(ids))
    changes = {(found.article_id, found.op, found.at) for found in connection.execute(query_changes)}
    for row in rows:
        kind, details = "reference-broken", []
        if newest.get(row["id"]) != row["version"]:
            details.append(f"its current version is {row['version']}, its newest capture shows {newest.get(row['id'])}")
        if row["removed_at"] is not None and (row["id"], "remove", row["removed_at"]) not in changes:
            details.append(f"removed at {row['removed_at']}, which the change feed does not say")
        if details:
            yield Finding(kind=kind, detail="; ".join(details), url=row["url"], row=f"article {row['id']}")
        yield from _article_times(connection, row, changes)


def _newest(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """The version that the newest capture of each article shows."""
    shown = (
        select(VersionRow.article_id, VersionRow.number)
        .join(VersionCaptureRow, VersionCaptureRow.version_id == VersionRow.id)
        .join(CaptureRow, CaptureRow.id == VersionCaptureRow.capture_id)
        .where(VersionRow.article_id.in_(ids))
        .order_by(CaptureRow.fetched_at, CaptureRow.id, VersionRow.number)
    )
    return {row.article_id: row.number for row in connection.execute(shown)}


def _article_times(connection: Connection, row: Mapping[str, Any], changes: set[Any]) -> Iterator[Finding]:
    times = {at for article, op, at in changes if article == row["id"] and op == "upsert"}
    if not {row["first_seen"], row["last_seen"]} <= times:
        times |= seen_times(connection, row["id"])
    wrong = [f"{name} {row[name]}" for name in ("first_seen", "last_seen") if row[name] not in times]
    if not wrong and row["first_seen"] > row["last_seen"]:
        wrong = ["first_seen after last_seen"]
    if wrong:
        detail = f"{', '.join(wrong)}: the time of none of its captures"
        yield Finding(kind="time-unproven", detail=detail, url=row["url"], row=f"article {row['id']}")


def _captures(connection: Connection, rows: Rows) -> Iterator[Finding]:
    """A capture taken for an article shows a version."""
    ids = [row["id"] for row in rows if row["kind"] == "article"]
    query = select(VersionCaptureRow.capture_id).where(VersionCaptureRow.capture_id.in_(ids))
    linked = set(connection.execute(query).scalars())
    for row in rows:
        if row["kind"] == "article" and row["id"] not in linked:
            yield Finding(kind="reference-broken", detail="was taken for an article and shows no version",
                          url=row["url"], row=f"capture {row['id']}")  # fmt: skip


def _changes(connection: Connection, rows: Rows) -> Iterator[Finding]:
    query = select(VersionRow.article_id, VersionRow.number).where(
        VersionRow.article_id.in_({row["article_id"] for row in rows})
    )
    versions = {tuple(found) for found in connection.execute(query)}
    for row in rows:
        if (row["article_id"], row["version"]) not in versions or row["op"] not in ("upsert", "remove"):
            detail = f"{row['op']} of version {row['version']} of article {row['article_id']}, which is not there"
            yield Finding(kind="reference-broken", detail=detail, row=f"change {row['seq']}")


def _links(connection: Connection, rows: Rows) -> Iterator[Finding]:
    versions = {row["version_id"] for row in rows}
    there = set(connection.execute(select(VersionRow.id).where(VersionRow.id.in_(versions))).scalars())
    for row in rows:
        if row["version_id"] not in there:
            key = f"{row['version_id']}:{row['capture_id']}"
            detail = f"its version {row['version_id']} is not there"
            yield Finding(kind="reference-broken", detail=detail, row=f"version_capture {key}")


def _persons(connection: Connection, rows: Rows) -> Iterator[Finding]:
    """A merged person was merged by a decision in the log."""
    query = select(PersonLogRow.other_id, PersonLogRow.person_id).where(PersonLogRow.op == "merge")
    merged = {tuple(found) for found in connection.execute(query.where(PersonLogRow.other_id.in_(_ids(rows))))}
    decided = {other for other, _ in merged}
    for row in rows:
        is_told = (row["id"], row["merged_into"]) in merged if row["merged_into"] else row["id"] not in decided
        if not is_told:
            detail = f"merged into {row['merged_into']}, which the log does not say"
            yield Finding(kind="reference-broken", detail=detail, row=f"person {row['id']}")


def _person_mentions(connection: Connection, rows: Rows) -> Iterator[Finding]:
    """Whom a mention is taken for lives, and was named so, or an archivist decided it."""
    people = select(PersonRow.id, PersonRow.name_key, PersonRow.merged_into).where(
        PersonRow.id.in_({row["person_id"] for row in rows})
    )
    known = {found.id: found for found in connection.execute(people)}
    named = select(OfficialRow.version_id, OfficialRow.person, OfficialRow.name_key).where(
        OfficialRow.version_id.in_({row["version_id"] for row in rows})
    )
    names = {(found.version_id, found.person): found.name_key for found in connection.execute(named)}
    decided = set(connection.execute(select(PersonLogRow.person_id)).scalars())
    for row in rows:
        person, name = known.get(row["person_id"]), names.get((row["version_id"], row["person"]))
        if person is None or person.merged_into is not None:
            detail = f"is taken for person {row['person_id']}, who is not there or merged away"
        elif name != person.name_key and person.id not in decided:
            detail = f"names {name!r} and is taken for person {person.id}, {person.name_key!r}"
        else:
            continue
        yield Finding(kind="reference-broken", detail=detail, row=f"person_mention {row['version_id']}:{row['person']}")


def _attachments(connection: Connection, rows: Rows) -> Iterator[Finding]:
    """What an attachment says was read of a capture that is there, of the same payload; its times are captures'."""
    query = select(CaptureRow.id, CaptureRow.payload_digest, CaptureRow.url_key, CaptureRow.fetched_at).where(
        CaptureRow.url_key.in_({row["url_key"] for row in rows})
    )
    found = connection.execute(query).all()
    digests: dict[int | None, str | None] = {None: None} | {one.id: one.payload_digest for one in found}
    times = {(one.url_key, one.fetched_at) for one in found}
    for row in rows:
        name = {"url": row["url"], "row": f"attachment {row['id']}"}
        if digests.get(row["capture_id"], "") != row["payload_digest"]:
            detail = f"its capture {row['capture_id']} is not there, or has another payload"
            yield Finding(kind="reference-broken", detail=detail, **name)
        if row["last_seen"] is not None and (row["url_key"], row["last_seen"]) not in times:
            detail = f"last_seen {row['last_seen']} is the time of none of its captures"
            yield Finding(kind="time-unproven", detail=detail, **name)


def _attached(connection: Connection, rows: Rows) -> Iterator[Finding]:
    """Article, version and attachment of a link are there."""
    versions = select(VersionRow.article_id, VersionRow.number).where(
        VersionRow.article_id.in_({row["article_id"] for row in rows})
    )
    there = {tuple(found) for found in connection.execute(versions)}
    files = select(AttachmentRow.id).where(AttachmentRow.id.in_({row["attachment_id"] for row in rows}))
    known = set(connection.execute(files).scalars())
    for row in rows:
        name = f"article_attachment {row['article_id']}:{row['attachment_id']}"
        if (row["article_id"], row["version"]) not in there or row["attachment_id"] not in known:
            detail = f"its version {row['version']} or its attachment is not there"
            yield Finding(kind="reference-broken", detail=detail, row=name)
        if row["gone_at"] is not None and row["gone_at"] not in seen_times(connection, row["article_id"]):
            detail = f"gone_at {row['gone_at']} is the time of none of the article's captures"
            yield Finding(kind="time-unproven", detail=detail, row=name)


def _ids(rows: Rows) -> list[int]:
    return [row["id"] for row in rows]


CHECKS: dict[str, Callable[[Connection, Rows], Iterator[Finding]]] = {
    "article": _articles,
    "capture": _captures,
    "change": _changes,
    "version_capture": _links,
    "person": _persons,
    "person_mention": _person_mentions,
    "attachment": _attachments,
    "article_attachment": _attached,
}
