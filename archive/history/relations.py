"""An article among others, as `danvan show` says it: where it moved, and who published (nearly) the same text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from archive.duplicates.reading import Member
    from archive.history.moves import Move
    from archive.repository import Archive


def relations(archive: Archive, article_id: int) -> dict[str, Any]:
    """The JSON of an article's moves and near-duplicates."""
    return {
        "moves": [msgspec.to_builtins(move) for move in archive.history.moves(article_id)],
        "also_published": [
            msgspec.to_builtins(member) | {"resemblance": alike} for member, alike in _others(archive, article_id)
        ],
    }


def relation_lines(archive: Archive, article_id: int) -> Iterator[str]:
    """The same for people."""
    for move in archive.history.moves(article_id):
        yield _move_line(move, article_id)
    for member, alike in _others(archive, article_id):
        how = f"{alike:.0%} alike" if alike is not None else "by way of another"
        gone = ", removed" if member.is_removed else ""
        when = (member.published or "no date")[:10]
        yield f"also published as: {member.portal_name}, {when}: {member.title or '(no title)'}"
        yield f"  {member.url} (article {member.article_id}, {how}{gone})"


def _move_line(move: Move, article_id: int) -> str:
    alike = "" if move.resemblance is None else f", texts {move.resemblance:.0%} alike"
    how = {"redirect": "its address leads there", "content": "its text stands there"}[move.how]
    over = "; is back at its old address" if move.is_over else ""
    told = f"{move.at.isoformat()}, {how}{alike}{over}"
    if move.article_id == article_id:
        where = f"article {move.to_article_id}" if move.to_article_id else "not archived there"
        return f"moved to {move.to_url} ({where}): {told}"
    return f"moved from {move.url} (article {move.article_id}): {told}"


def _others(archive: Archive, article_id: int) -> list[tuple[Member, float | None]]:
    """The other articles of its cluster but for those that are itself at another address."""
    cluster = archive.duplicates.cluster_of(article_id)
    moved = {end for move in archive.history.moves(article_id) for end in (move.article_id, move.to_article_id)}
    members = [one for one in cluster.members if one.article_id not in {article_id, *moved}] if cluster else []
    alike = archive.duplicates.resemblances(article_id, [one.article_id for one in members])
    return [(one, alike[one.article_id]) for one in members]
