"""The fields of a tantivy index, and an article as one of its documents."""

from __future__ import annotations

import tantivy

from archive.vietnamese import fold
from search import analysis
from search.documents import IndexDocument
from search.engines.columns import NO_DAY, day_number
from search.engines.fields import KEY_FIELDS, TEXT_FIELDS, keys_of, texts_of

# Part of the identity of an index: another number means a new index.
SCHEMA_ID = f"tantivy.1.{analysis.VERSION}"
# The name stays in the index's files; the tokenizer is registered anew whenever they are opened.
WORDS = "danvan_words"
_LATEST = 2**22  # later than any day number; with an id below it still fits a signed 64-bit number
_ID_BITS = 38


def build_schema() -> tantivy.Schema:
    """Texts as tokens with their positions, keys whole, and one number for each order of hits."""
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        # Stored, since positions cannot be asked for: wide neighbourhoods are looked up in the text.
        builder.add_text_field(name, stored=True, tokenizer_name=WORDS)
        builder.add_text_field(f"{name}_folded", tokenizer_name=WORDS)
    for name in KEY_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("id", "published"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("words", "newest", "oldest"):
        builder.add_integer_field(name, fast=True)
    builder.add_text_field("locality", tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def open_index(folder: str) -> tantivy.Index:
    """The index in a folder, with its tokenizer."""
    return with_tokenizer(tantivy.Index.open(folder))


def with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    """An index knows its tokenizers by name only."""
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(WORDS, words)
    return index


def document_of(article: IndexDocument) -> tantivy.Document:
    """An article as the index takes it."""
    made = tantivy.Document()
    length = 0
    for name in TEXT_FIELDS:
        for stretch in texts_of(article, name):
            tokens = analysis.exact_tokens(stretch)
            length += len(tokens) if name in ("title", "body") else 0
            exact = " ".join(tokens)
            made.add_text(name, exact)
            made.add_text(f"{name}_folded", fold(exact))
    for name in KEY_FIELDS:
        for key in keys_of(article, name):
            made.add_text(name, key)
    _add_numbers(made, article, length)
    return made


def _add_numbers(made: tantivy.Document, article: IndexDocument, length: int) -> None:
    day = day_number(article.published)
    made.add_integer("id", article.article_id)
    made.add_integer("words", length)
    if day != NO_DAY:
        made.add_integer("published", day)
    newest = _LATEST - day if day != NO_DAY else 2 * _LATEST
    oldest = _LATEST + day if day != NO_DAY else 2 * _LATEST
    made.add_integer("newest", (newest << _ID_BITS) + article.article_id)
    made.add_integer("oldest", (oldest << _ID_BITS) + article.article_id)
    place = article.primary or "\U0010ffff"  # after all places
    made.add_text("locality", f"{place}\0{newest:08d}\0{article.article_id:013d}")
