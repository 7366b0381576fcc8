"""JSON Lines: one archived article a line, in the form of `danvan describe --json` with its address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import msgspec

from archive.exports.described import archived
from archive.records import Article


def write(articles: Iterable[Article], stream: TextIO) -> int:
    """Write every article; returns how many."""
    count = 0
    for article in articles:
        stream.write(msgspec.json.encode(archived(article)).decode() + "\n")
        count += 1
    return count
