"""Parquet for statistics: one article a row, typed columns, lists as lists; needs pyarrow, the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

from archive.errors import CannotRunError
from archive.records import Article

# Articles in a row group: about 4 MB of text, read one group at a time.
_GROUP = 1000


def write(articles: Iterable[Article], stream: BinaryIO) -> int:
    """Write a file; returns how many articles."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise CannotRunError("parquet needs pyarrow: pip install 'danvan[parquet]', or choose csv or jsonl") from error
    schema, rest, count = _schema(pa), iter(articles), 0
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(rest, _GROUP)):
            writer.write_table(pa.Table.from_pylist([row(article) for article in group], schema=schema))
            count += len(group)
    return count


def row(article: Article) -> dict[str, Any]:
    """One article's values; unknown is null."""
    text, description = article.text, article.description
    published, primary = text.published, description.primary_locality
    return {
        "id": article.id,
        "portal": article.portal.key,
        "portal_name": article.portal.name,
        "url": article.url,
        "title": text.title,
        "published": published.value.date() if published else None,
        "published_precision": published.precision if published else None,
        "published_source": published.source if published else None,
        "authors": list(text.authors),
        "sapo": text.sapo,
        "body": text.body,
        "captions": list(text.captions),
        "tags": list(text.tags),
        "dan_van": description.relevance.verdict,
        "dan_van_score": description.relevance.score,
        "primary_locality": primary and f"{primary.type} {primary.name}",
        "primary_unit_id": primary.unit_id if primary else None,
        "province": primary.province if primary else None,
        "localities": [f"{place.type} {place.name}" for place in description.localities],
        "unit_ids": [place.unit_id for place in description.localities if place.unit_id],
        "officials": [official.name for official in description.officials],
        "documents": [f"{document.kind} {document.number}" for document in description.documents],
        "version": article.version,
        "first_seen": article.first_seen,
        "last_seen": article.last_seen,
        "removed_at": article.removed_at,
    }


def _schema(pa: Any) -> Any:
    text, many, moment = pa.string(), pa.list_(pa.string()), pa.timestamp("us", tz="UTC")
    types = {
        "id": pa.int64(), "published": pa.date32(), "dan_van": pa.bool_(), "dan_van_score": pa.float64(),
        "version": pa.int32(), "first_seen": moment, "last_seen": moment, "removed_at": moment,
        **dict.fromkeys(("authors", "captions", "tags", "localities", "unit_ids", "officials", "documents"), many),
    }  # fmt: skip
    return pa.schema([(name, types.get(name, text)) for name in COLUMNS])


COLUMNS = (
    "id", "portal", "portal_name", "url", "title", "published", "published_precision", "published_source", "authors",
    "sapo", "body", "captions", "tags", "dan_van", "dan_van_score", "primary_locality", "primary_unit_id", "province",
    "localities", "unit_ids", "officials", "documents", "version", "first_seen", "last_seen", "removed_at",
)  # fmt: skip
