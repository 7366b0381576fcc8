"""Blocks of documents that commands write: what stands between `<!-- name -->` and `<!-- /name -->`."""

from __future__ import annotations

from pathlib import Path


def replaced(text: str, name: str, block: str) -> str:
    """A document with the block of a name replaced; ValueError where its markers do not stand there once, in order."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed or begin in rest or end in after:
        raise ValueError(f"needs one {begin} followed by one {end}")
    return f"{before}{begin}\n{block.strip()}\n{end}{after}"


def write(path: Path, name: str, block: str) -> None:
    """Put the block into a file."""
    path.write_text(replaced(path.read_text(encoding="utf-8"), name, block), encoding="utf-8")
