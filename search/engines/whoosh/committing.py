"""One commit: deletions, a new segment with its arrays, and small segments joined before there are too many."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.writing import LockError

from archive.errors import ArchiveLockedError, StorageError
from search.documents import IndexDocument
from search.engines.folder import sync
from search.engines.whoosh import arrays
from search.engines.whoosh.array_source import live_of, open_arrays
from search.engines.whoosh.arrays import ArraysError
from search.engines.whoosh.blocks import write_segment
from search.engines.whoosh.content import Content
from search.engines.whoosh.inversion import Inversion
from search.engines.whoosh.merging import Part, merged

# Every further segment costs each query its look-ups; joining costs the writer.
MOST_SEGMENTS = 8
_SCRATCH = ".scratch-"


class Commit:
    """A writer of one index that holds its lock; nothing is visible before `finish`."""

    def __init__(self, index: Any, folder: Path, writer: Any, scratch: Path) -> None:
        self._index, self._folder, self._writer, self._scratch = index, folder, writer, scratch

    def delete(self, numbers: Iterable[int]) -> None:
        """Forget documents by their number among all."""
        for number in numbers:
            self._writer.delete_document(number)

    def add(self, documents: Iterable[IndexDocument]) -> tuple[Part, set[int]]:
        """New documents as a segment to be written, and their ids; of one that comes twice the last counts."""
        inversion, numbers, replaced = Inversion(self._scratch), dict[int, int](), []
        for document in documents:
            if document.article_id in numbers:
                replaced.append(numbers[document.article_id])
            numbers[document.article_id] = inversion.add(document)
        content = inversion.finish()
        live = np.ones(len(content), dtype=bool)
        live[replaced] = False
        return Part(content, live if replaced else None), set(numbers)

    def finish(self, new: Part | None, most: int = MOST_SEGMENTS) -> None:
        """Write the new segment, joined with small ones where there would be more than `most`, and commit."""
        joined = self._small_ones(new, most)
        parts = [part for _, part in joined] + ([new] if new is not None and len(new.content) else [])
        going = {segment.segment_id() for segment, _ in joined}
        kept = [segment for segment in self._writer.segments if segment.segment_id() not in going]
        if parts:
            content = parts[0].content if len(parts) == 1 and parts[0].live is None else merged(parts, self._scratch)
            kept += self._written(content) if len(content) else []
        self._writer.segments = kept
        self._writer.commit(merge=False)
        sync([*self._folder.glob("*.toc"), self._folder])

    def _written(self, content: Content) -> list[Any]:
        segment = write_segment(content, self._index, self._writer.schema)
        name = segment.segment_id()
        arrays.write(content, self._folder / f"{name}{arrays.SUFFIX}", name)
        sync([path for path in self._folder.glob(f"{name}.*") if path.suffix != arrays.SUFFIX])
        return [segment]

    def _small_ones(self, new: Part | None, most: int) -> list[tuple[Any, Part]]:
        """The segments to be joined, in their order: the smallest, up to where the next is larger than all of them."""
        segments = self._writer.segments
        if len(segments) + (new is not None) <= most:
            return []
        opened = [(segment, part) for segment in segments if (part := _part(self._folder, segment))]
        sizes = sorted(_size(part) for _, part in opened)
        limit = _largest_joined(sizes, len(segments) + (new is not None) - most + 1, _size(new) if new else 0)
        return [(segment, part) for segment, part in opened if _size(part) <= limit]


def _largest_joined(sizes: Sequence[int], at_least: int, added: int) -> int:
    """The size up to which segments are joined."""
    total, limit = added, -1
    for count, size in enumerate(sizes):
        if count >= at_least and size > total:
            break
        total, limit = total + size, size
    return limit


def _size(part: Part) -> int:
    return len(part.content) if part.live is None else int(np.count_nonzero(part.live))


def _part(folder: Path, segment: Any) -> Part | None:
    """A segment as it can be merged; None where its arrays are missing: it stays until a rebuild."""
    try:
        content = open_arrays(folder, segment).content
    except ArraysError:
        return None
    live = live_of(segment)
    return Part(content, None if live.all() else live)


@contextmanager
def committing(index: Any, folder: Path) -> Iterator[Commit]:
    """The index's only writer; whatever fails leaves the index as it was."""
    try:
        writer = index.writer(limitmb=1)
    except LockError as error:
        raise ArchiveLockedError(
            f"the index in {folder} is being written by another process; try again when it has ended"
        ) from error
    try:
        for left in folder.glob(f"{_SCRATCH}*"):  # of a writer that was killed
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder) as scratch:
            yield Commit(index, folder, writer, Path(scratch))
    except OSError as error:
        raise StorageError(
            f"{folder}: the index cannot be written ({error.strerror}); free space, then run `danvan index update`"
        ) from error
    finally:
        _let_go(writer)


def _let_go(writer: Any) -> None:
    """Older Whoosh keeps the lock when a commit fails."""
    if writer.is_closed:
        return
    try:
        writer.cancel()
    finally:
        if writer.writelock is not None and not writer.is_closed:
            writer.writelock.release()
