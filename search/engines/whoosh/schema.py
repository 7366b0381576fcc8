"""The fields of the index: stock Whoosh types only, so that any Whoosh opens the folder."""

from __future__ import annotations

from typing import Any

from whoosh import fields
from whoosh.analysis import RegexTokenizer, SpaceSeparatedTokenizer

from search import analysis
from search.engines.fields import KEY_FIELDS, TEXT_FIELDS

# Part of the identity of an index: another number means a new index.
SCHEMA_ID = f"6.{analysis.VERSION}"


def schema() -> Any:
    """Every field of the index; stored are the id and the numbers that stock Whoosh sorts and counts by."""
    text = {"analyzer": SpaceSeparatedTokenizer(), "stored": False, "phrase": True}
    texts = {name + suffix: fields.TEXT(**text) for name in TEXT_FIELDS for suffix in ("", "_folded")}
    keys = {name: fields.KEYWORD(analyzer=RegexTokenizer(r"[^\n]+")) for name in KEY_FIELDS}
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        published=fields.NUMERIC(int, bits=32, signed=True, stored=True),
        words=fields.STORED,
        **texts,
        **keys,
    )
