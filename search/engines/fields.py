"""The fields that every engine's index has: texts, keys, and what an article holds of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from search.documents import IndexDocument
from search.engines.base import FACETS
from search.engines.tree import KeyField, TextField

TEXT_FIELDS: tuple[str, ...] = get_args(TextField)
# What filters ask for, what facets count, and by what is sorted: one list of articles for each value.
KEY_FIELDS: tuple[str, ...] = tuple(dict.fromkeys((*get_args(KeyField), *FACETS, "primary")))


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
