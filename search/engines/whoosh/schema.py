"""The fields of the index: stock Whoosh types only, so that any Whoosh opens the folder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from whoosh import fields
from whoosh.analysis import RegexTokenizer, SpaceSeparatedTokenizer

from search import analysis
from search.documents import IndexDocument
from search.engines.base import FACETS
from search.engines.tree import KeyField, TextField

TEXT_FIELDS: tuple[str, ...] = get_args(TextField)
# What filters ask for, what facets count, and by what is sorted: one list of articles for each value.
KEY_FIELDS: tuple[str, ...] = tuple(dict.fromkeys((*get_args(KeyField), *FACETS, "primary")))
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


def texts_of(document: IndexDocument, field: str) -> Iterable[str]:
    """A text field's stretches; no phrase runs from one into the next."""
    match field:
        case "title" | "body":
            return (getattr(document, field),)
        case "attachments":
            return document.attachments.split(" ¦ ") if document.attachments else ()
        case _:
            stretches: tuple[str, ...] = getattr(document, field)
            return stretches


def keys_of(document: IndexDocument, field: str) -> Iterable[str]:
    """A key field's values, each once."""
    match field:
        case "place" | "unit" | "document" | "folded_tag":
            values = getattr(document, f"{field}s")
        case "within":
            values = document.within
        case "primary":
            values = (document.primary,)
        case _:
            values = document.facet(field)
    return dict.fromkeys(" ".join(value.split()) for value in values if value.strip())
