"""Signatures, pairs and clusters in the database; every function works in its caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, union, update

from archive.duplicates.shingles import LEAST, Shingles, resemblance, shingles
from archive.duplicates.signatures import METHOD, band_keys
from archive.duplicates.tables import NearDuplicateRow, TextBandRow, TextSignatureRow
from archive.models import ArticleRow, VersionRow
from archive.rows import insert_rows

# Measured by tests/archive/duplicates/measured.py on texts made of one another: with up to a tenth of their sentences
# edited all are found, with a fifth 99 of 100, with two fifths half; distinct articles on one topic reach 0.03. What
# lies between are series with a common frame (weekly programmes, weather), which are no duplicates.
THRESHOLD = 0.5
# A text in more candidates than this is a form that many pages fill in; those with most bands in common are enough.
_MOST_CANDIDATES = 200
_BATCH = 500
_SIGNED = select(TextSignatureRow.digest, TextSignatureRow.method).where(
    TextSignatureRow.article_id == bindparam("article")
)
_CURRENT = (VersionRow.article_id == ArticleRow.id) & (VersionRow.number == ArticleRow.version)


def sign(connection: Connection, article_id: int, digest: str, body: str) -> None:
    """Keep what an article's current text is compared by; the same text again changes nothing."""
    known = connection.execute(_SIGNED, {"article": article_id}).one_or_none()
    if known is not None and (known.digest, known.method) == (digest, METHOD):
        return
    runs = shingles(body)
    values = {
        "digest": digest,
        "method": METHOD,
        "shingles": len(runs),
        "is_compared": len(runs) < LEAST,
    }
    if known is None:
        insert_rows(connection, TextSignatureRow, [{"article_id": article_id, "cluster_id": None, **values}])
    else:
        connection.execute(update(TextSignatureRow).where(TextSignatureRow.article_id == article_id).values(**values))
        connection.execute(delete(TextBandRow).where(TextBandRow.article_id == article_id))
    if len(runs) >= LEAST:
        insert_rows(
            connection, TextBandRow, [{"band": band, "article_id": article_id} for band in set(band_keys(runs))]
        )


def unsigned(connection: Connection, limit: int) -> list[Any]:
    """Articles (id, digest, body) whose current text has no signature of today's method."""
    query = (
        select(ArticleRow.id, VersionRow.digest, VersionRow.body)
        .join(VersionRow, _CURRENT)
        .outerjoin(TextSignatureRow, TextSignatureRow.article_id == ArticleRow.id)
        .where(
            or_(
                TextSignatureRow.article_id.is_(None),
                TextSignatureRow.digest != VersionRow.digest,
                TextSignatureRow.method != METHOD,
            )
        )
        .order_by(ArticleRow.id)
        .limit(limit)
    )
    return list(connection.execute(query).all())


def uncompared(connection: Connection, limit: int) -> list[int]:
    """Articles whose text has not been compared with the others'."""
    query = select(TextSignatureRow.article_id).where(TextSignatureRow.is_compared.is_(False))
    return list(connection.execute(query.order_by(TextSignatureRow.article_id).limit(limit)).scalars())


def count_uncompared(connection: Connection) -> int:
    """How many there are."""
    query = select(func.count()).select_from(TextSignatureRow).where(TextSignatureRow.is_compared.is_(False))
    return int(connection.execute(query).scalar_one())


def compare(connection: Connection, ids: Sequence[int]) -> int:
    """Find the near-duplicates of some articles and put the clusters they touch in order; returns the pairs found."""
    touched = set(ids) | _partners(connection, ids)
    connection.execute(
        delete(NearDuplicateRow).where(or_(NearDuplicateRow.article_id.in_(ids), NearDuplicateRow.other_id.in_(ids)))
    )
    pairs: dict[tuple[int, int], float] = {}
    for article_id in ids:
        for other, value in alike(connection, article_id).items():
            pairs[min(article_id, other), max(article_id, other)] = value
    if pairs:
        rows = [{"article_id": one, "other_id": other, "resemblance": value} for (one, other), value in pairs.items()]
        connection.execute(insert(NearDuplicateRow), rows)
    done = update(TextSignatureRow).where(TextSignatureRow.article_id.in_(ids))
    connection.execute(done.values(is_compared=True))
    _cluster(connection, touched | {article_id for pair in pairs for article_id in pair})
    return len(pairs)


def alike(connection: Connection, article_id: int, *, among: Any = None, least: float = THRESHOLD) -> dict[int, float]:
    """Other articles whose text is at least so much like an article's: id → resemblance. `among` narrows articles."""
    candidates = _candidates(connection, article_id, among)
    if not candidates:
        return {}
    texts = _texts(connection, [article_id, *candidates])
    own = texts.get(article_id, frozenset())
    found = {other: resemblance(own, texts.get(other, frozenset())) for other in candidates}
    return {other: value for other, value in found.items() if value >= least}


def _candidates(connection: Connection, article_id: int, among: Any) -> list[int]:
    bands = select(TextBandRow.band).where(TextBandRow.article_id == article_id).scalar_subquery()
    query = select(TextBandRow.article_id).where(TextBandRow.band.in_(bands), TextBandRow.article_id != article_id)
    if among is not None:
        query = query.join(ArticleRow, ArticleRow.id == TextBandRow.article_id).where(among)
    shared = Counter(connection.execute(query).scalars())
    return [other for other, _ in shared.most_common(_MOST_CANDIDATES)]


def _texts(connection: Connection, ids: Sequence[int]) -> dict[int, Shingles]:
    query = select(ArticleRow.id, VersionRow.body).join(VersionRow, _CURRENT).where(ArticleRow.id.in_(ids))
    return {row.id: shingles(row.body) for row in connection.execute(query)}


def _partners(connection: Connection, ids: Sequence[int]) -> set[int]:
    pairs = union(
        select(NearDuplicateRow.other_id).where(NearDuplicateRow.article_id.in_(ids)),
        select(NearDuplicateRow.article_id).where(NearDuplicateRow.other_id.in_(ids)),
    )
    return set(connection.execute(pairs).scalars())


def _cluster(connection: Connection, touched: Iterable[int]) -> None:
    """Name the clusters of some articles anew: all that are linked by pairs, by the number of the first."""
    left = set(touched)
    while left:
        cluster, fresh = set[int](), {left.pop()}
        while fresh:
            cluster |= fresh
            batch = sorted(fresh)
            found = [_partners(connection, batch[at : at + _BATCH]) for at in range(0, len(batch), _BATCH)]
            fresh = set().union(*found) - cluster
        left -= cluster
        name = min(cluster) if len(cluster) > 1 else None
        ids = sorted(cluster)
        for at in range(0, len(ids), _BATCH):
            part = ids[at : at + _BATCH]
            statement = update(TextSignatureRow).where(TextSignatureRow.article_id.in_(part))
            connection.execute(statement.values(cluster_id=name))
