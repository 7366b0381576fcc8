"""A refusal taken apart: where what it says in Vietnamese is not what it says in English."""

from __future__ import annotations

import re

from archive.errors import QueryError
from archive.vietnamese import has_diacritic

_COLUMN = re.compile(r"(?:query, column|câu hỏi, cột) (\d+): ")
# Values, names near one that is unknown, text in quotes, and `today=n24` are the same in every language.
_SAME = re.compile(r"there are [^;]*|did you mean [^?]*|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|\w+=[\w-]+")
_OPERATORS = {"AND", "OR", "NOT", "NEAR"}


def faults(error: QueryError, typed: str = "") -> list[str]:
    """What its Vietnamese line lacks; `typed` is what was asked, which either line may repeat."""
    en, vi = error.text("en"), error.text("vi")
    found = [] if en == str(error) else [f"not what str() says: {en}"]
    if _COLUMN.findall(en) != _COLUMN.findall(vi):
        found.append(f"another column: {vi}")
    if "\n" in vi or len(vi) > 600:
        found.append(f"not one short line: {vi}")
    own = _words(vi) - _all_words(f"{error.query or ''} {typed}")
    if not has_diacritic(" ".join(own)):
        found.append(f"not Vietnamese: {vi}")
    english = _words(en) - _all_words(f"{error.query or ''} {typed}")
    if both := {word for word in english & own if _is_english(word)}:
        found.append(f"English {both}: {vi}")
    return found


def _is_english(word: str) -> bool:
    return word in _OPERATORS or (word.isascii() and word.islower() and len(word) > 2)


def _words(text: str) -> set[str]:
    return _all_words(_SAME.sub(" ", _COLUMN.sub("", text)))


def _all_words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text))
