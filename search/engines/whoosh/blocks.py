"""A segment in Whoosh's own format (codec W3), written from whole posting lists instead of posting by posting.

A term's postings are `W3Bl` and blocks; a block is its length (negative: the last), a pickle of (count, last document,
greatest weight, compression, shortest and longest length as bytes) and a pickle of (document deltas, weights, values).
The format is the same in Whoosh 2.7.4, whoosh-reloaded 2.7.5 and whoosh3; the segment is pickled with a stock codec.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pickle import dumps
from struct import pack
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.system import pack_int, pack_long, pack_ushort
from whoosh.util.numeric import byte_to_length

from search.engines.columns import NO_DAY
from search.engines.whoosh.content import Content, TextPostings
from search.engines.whoosh.posting_lists import (
    BLOCK_LIMIT,
    PostingList,
    SameAs,
    exact_lists,
    folded_lists,
    key_lists,
    pickled_bytes,
)

_COMPRESSION = 1
_COMPRESSED_FROM = 80  # bytes; below, zlib only adds
_MAGIC = b"W3Bl"
# Protocol 3 has a form for bytes; in 2, which Whoosh writes, each is a call. Whoosh reads either.
_PICKLE = b"\x80\x03"
_NONE = b"N"
_TUPLE_OF_THREE = b"\x87."


def write_segment(content: Content, index: Any, schema: Any) -> Any:
    """Write all files of a new segment into the index's folder; returns the segment, for the table of contents."""
    codec = W3Codec(blocklimit=BLOCK_LIMIT, compression=_COMPRESSION)
    segment = codec.new_segment(index.storage, index.indexname)
    _write_documents(content, codec.per_document_writer(index.storage, segment), schema)
    segment.set_doc_count(len(content))
    writer = _BlockWriter(codec, index.storage, segment)
    for name in sorted(name for name in schema.names() if schema[name].indexed):
        writer.start_field(name, schema[name])
        _write_field(writer, content, name, schema[name])
        writer.finish_field()
    writer.close()
    segment.create_compound_file(index.storage)
    return segment


def _write_documents(content: Content, writer: Any, schema: Any) -> None:
    """What is kept for each document: stored values, and the lengths of its texts."""
    names = [(name + suffix, name) for name in content.texts for suffix in ("", "_folded")]
    lengths = {name: postings.lengths.tobytes() for name, postings in content.texts.items()}
    columns = zip(content.ids.tolist(), content.days.tolist(), content.words.tolist(), strict=True)
    for number, (article, day, words) in enumerate(columns):
        writer.start_doc(number)
        writer.add_field("id", schema["id"], str(article), 0)
        if day != NO_DAY:
            writer.add_field("published", schema["published"], day, 0)
        writer.add_field("words", schema["words"], words, 0)
        for name, text in names:
            if length := lengths[text][number]:
                writer.add_field(name, schema[name], None, byte_to_length(length))
        writer.finish_doc()
    writer.close()
    # Added up from rounded lengths above; scores need the exact sum.
    for name, text in names:
        writer._segment._fieldlengths[name] = content.texts[text].tokens


def _write_field(writer: _BlockWriter, content: Content, name: str, field: Any) -> None:
    text = name.removesuffix("_folded")
    if text not in content.texts:
        for term, postings in _key_terms(content, name, field):
            writer.add_term(term, postings)
    elif name == text:
        writer.add_exact_terms(content.texts[text])
    else:
        writer.add_folded_terms(content.texts[text])


class _BlockWriter(W3FieldWriter):
    """Stock files and term index; lists come whole, and a list that two terms share is written once."""

    def __init__(self, codec: Any, storage: Any, segment: Any) -> None:
        super().__init__(codec, storage, segment)
        self._infos: dict[int, bytes] = {}
        self._end = self._postfile.tell()

    def add_exact_terms(self, postings: TextPostings) -> None:
        """The exact field of a text; its folded field must come next."""
        self._infos = {number: self.add_term(term, made) for term, number, made in exact_lists(postings)}

    def add_folded_terms(self, postings: TextPostings) -> None:
        for term, made in folded_lists(postings):
            if isinstance(made, SameAs):
                self._tindex.add(pack_ushort(self._fieldid) + term, self._infos[made.number])
            else:
                self.add_term(term, made)

    def add_term(self, term: bytes, postings: PostingList) -> bytes:
        """Write a list and the term's entry, which is returned."""
        count = len(postings.docs)
        blocks = [_MAGIC]
        for first in range(0, count, BLOCK_LIMIT):
            block = _block(postings, first, min(first + BLOCK_LIMIT, count))
            blocks += [pack_int(len(block) if first + BLOCK_LIMIT < count else -len(block)), block]
        whole = b"".join(blocks)
        self._postfile.write(whole)
        info = _info(postings) + pack_long(self._end) + pack_int(len(whole))
        self._end += len(whole)
        self._tindex.add(pack_ushort(self._fieldid) + term, info)
        return info


def _block(postings: PostingList, first: int, last: int) -> bytes:
    weights = postings.weights[first:last] if postings.weights else None
    lengths = postings.lengths[first:last] or b"\0"
    data = b"".join(
        (
            _PICKLE,
            dumps(tuple(postings.deltas[first:last]), 3)[2:-1],
            _weights(weights),
            _values(postings, first, last),
            _TUPLE_OF_THREE,
        )
    )
    level = _COMPRESSION if len(data) >= _COMPRESSED_FROM else 0
    if level:
        data = zlib.compress(data, level)
    greatest = max(weights) if weights else 1.0
    head = dumps((last - first, postings.docs[last - 1], greatest, level, min(lengths), max(lengths)), 2)
    return head + data


def _weights(weights: list[float] | None) -> bytes:
    """None if all are 1, one number if all are the same."""
    if not weights or weights.count(weights[0]) == len(weights):
        return _NONE if not weights or weights[0] == 1.0 else dumps(weights[0], 3)[2:-1]
    return dumps(tuple(weights), 3)[2:-1]


def _values(postings: PostingList, first: int, last: int) -> bytes:
    if postings.values is not None:
        return b"(" + b"".join(postings.values[first:last]) + b"t"
    return _NONE if postings.constant is None else pickled_bytes(postings.constant * (last - first))


def _info(postings: PostingList) -> bytes:
    """Weight, documents, shortest and longest length, greatest weight, first and last document."""
    weights, lengths, docs = postings.weights, postings.lengths or b"\0", postings.docs
    total, greatest = (sum(weights), max(weights)) if weights else (float(len(docs)), 1.0)
    packed: bytes = W3TermInfo._struct.pack(
        0, total, len(docs), min(lengths), max(lengths), greatest, docs[0], docs[-1]
    )
    return packed


def _key_terms(content: Content, name: str, field: Any) -> Iterator[tuple[bytes, PostingList]]:
    """The terms of a field that is no text, in rising order."""
    if name == "id":
        for term, number in sorted((str(article).encode(), n) for n, article in enumerate(content.ids.tolist())):
            yield term, PostingList([number], [number])
    elif name == "published":
        yield from _day_terms(content.days, field)
    else:
        yield from key_lists(content.keys[name], pack("!I", 1))


def _day_terms(days: np.ndarray, field: Any) -> Iterator[tuple[bytes, PostingList]]:
    """Days at every precision that Whoosh's numeric ranges use."""
    lists: dict[bytes, list[np.ndarray]] = {}
    order = np.argsort(days, kind="stable")
    values, starts = np.unique(days[order], return_index=True)
    for day, docs in zip(values.tolist(), np.split(order, starts[1:]), strict=True):
        for term, *_ in field.index(day) if day != NO_DAY else ():
            lists.setdefault(term, []).append(docs)
    for term in sorted(lists):
        docs = np.sort(np.concatenate(lists[term]))
        deltas = np.diff(docs, prepend=0)
        deltas[::BLOCK_LIMIT] = docs[::BLOCK_LIMIT]
        yield term, PostingList(docs.tolist(), deltas.tolist())
