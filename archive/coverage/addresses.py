"""Counts every article address of the archive once, by one statement over links, captures and articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, and_, case, func, literal, or_, select, union

from archive.coverage.records import Cell, State
from archive.frontier.tables import LinkRow
from archive.models import ArticleRow, CaptureRow, VersionRow

# Answers that are no page of an article's address; `check` is a look whose pages are not judged.
_NO_PAGES = ("check", "discovery", "resource", "redirect", "attachment")
_HOUR = 13  # characters of "2025-08-03T17"


def read_cells(connection: Connection, portals: Sequence[str]) -> list[Cell]:
    """All addresses of the portals, or of every portal, in as few cells as tell them apart.

    A page that was read outranks a failure that came later: what an address said is known then.
    """
    captures = _best_captures(portals)
    addresses = _addresses(captures, portals)
    state, reason = _state(captures)
    moment = func.coalesce(VersionRow.published_day, LinkRow.day, _first_hour(captures)).label("moment")
    is_listed = and_(LinkRow.id.is_not(None), LinkRow.found_in != "archive").label("is_listed")
    each = (
        select(
            addresses.c.portal,
            moment,
            is_listed,
            state.label("state"),
            reason.label("reason"),
            _as_number(or_(captures.c.kind.is_not(None), ArticleRow.id.is_not(None))).label("captured"),
            _as_number(ArticleRow.removed_at.is_not(None)).label("removed"),
        )
        .select_from(addresses)
        .outerjoin(LinkRow, and_(LinkRow.portal == addresses.c.portal, LinkRow.url_key == addresses.c.url_key))
        .outerjoin(ArticleRow, ArticleRow.url_key == addresses.c.url_key)
        .outerjoin(VersionRow, and_(VersionRow.article_id == ArticleRow.id, VersionRow.number == ArticleRow.version))
        .outerjoin(captures, and_(captures.c.portal == addresses.c.portal, captures.c.url_key == addresses.c.url_key))
        .subquery()
    )
    keys = (each.c.portal, each.c.moment, each.c.is_listed, each.c.state, each.c.reason)
    sums = (func.count().label("addresses"), func.sum(each.c.captured), func.sum(each.c.removed))
    query = select(*keys, *sums).group_by(*keys).order_by(each.c.portal, each.c.moment)
    return [_cell(row) for row in connection.execute(query)]


def _best_captures(portals: Sequence[str]) -> CTE:
    """Of each address the newest page, or the newest failure where there never was one, and its first answer's time."""
    same = [CaptureRow.portal, CaptureRow.url_key]
    newest: list[ColumnElement[Any]] = [
        _as_number(CaptureRow.kind == "failed"),
        CaptureRow.fetched_at.desc(),
        CaptureRow.id.desc(),
    ]
    ranked = select(
        CaptureRow.portal,
        CaptureRow.url_key,
        CaptureRow.kind,
        CaptureRow.reason,
        func.min(CaptureRow.fetched_at).over(partition_by=same).label("first"),
        func.row_number().over(partition_by=same, order_by=newest).label("rank"),
    ).where(CaptureRow.kind.not_in(_NO_PAGES))
    if portals:
        ranked = ranked.where(CaptureRow.portal.in_(portals))
    best = ranked.subquery()
    return select(best).where(best.c.rank == 1).cte("best_capture")


def _addresses(captures: CTE, portals: Sequence[str]) -> CTE:
    """Every address that a list showed, that is archived, or of which a page was read.

    Failures alone name no articles: lists and robots.txt fail too.
    """
    links = select(LinkRow.portal, LinkRow.url_key)
    articles = select(ArticleRow.portal, ArticleRow.url_key)
    if portals:
        links, articles = links.where(LinkRow.portal.in_(portals)), articles.where(ArticleRow.portal.in_(portals))
    read = select(captures.c.portal, captures.c.url_key).where(captures.c.kind != "failed")
    return union(links, articles, read).cte("address")


def _state(captures: CTE) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """State and reason, the first that fits; a failure in the ledger of links speaks of pages that are tried again."""
    kind, none = captures.c.kind, literal(None)
    rules = (
        (ArticleRow.id.is_not(None), State.ARCHIVED, none),
        (kind == "off-topic", State.OFF_TOPIC, none),
        (LinkRow.failure.is_not(None), State.FAILED, LinkRow.failure),
        (kind == "failed", State.FAILED, func.coalesce(captures.c.reason, "unknown")),
        (kind.is_not(None), State.REJECTED, kind),
        (LinkRow.skipped.is_not(None), State.SKIPPED, LinkRow.skipped),
    )
    state = case(*((when, literal(then.value)) for when, then, _ in rules), else_=literal(State.WAITING.value))
    reason = case(*((when, why) for when, _, why in rules), else_=none)
    return state, reason


def _first_hour(captures: CTE) -> ColumnElement[Any]:
    first = func.coalesce(LinkRow.first_seen, ArticleRow.first_seen, captures.c.first)
    return func.substr(first, 1, _HOUR)


def _as_number(claim: ColumnElement[bool]) -> ColumnElement[int]:
    return case((claim, 1), else_=0)


def _cell(row: Any) -> Cell:
    return Cell(
        portal=row[0],
        moment=row[1],
        is_listed=bool(row[2]),
        state=State(row[3]),
        reason=row[4],
        addresses=int(row[5]),
        captured=int(row[6]),
        removed=int(row[7]),
    )
