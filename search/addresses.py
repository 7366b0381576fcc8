"""A question as the query string of its permanent address, and back."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from archive.errors import UsageError
from search.service import Question

# Address names by the fields of a question; the plain ones are given once, the others any number of times.
PLAIN = {
    "text": "q",
    "first_day": "from",
    "last_day": "to",
    "sort": "sort",
    "tones": "tones",
    "places": "places",
    "abbreviations": "abbr",
    "duplicates": "duplicates",
    "page": "page",
}
MANY = {"localities": "locality", "officials": "official", "portals": "portal"}
_DEFAULT = Question()


def query_string(question: Question) -> str:
    """What differs from an empty question, in a fixed order.

    >>> query_string(Question(text="dân vận", portals=("mau",)))
    'q=d%C3%A2n+v%E1%BA%ADn&portal=mau'
    """
    pairs = [
        (name, getattr(question, field))
        for field, name in PLAIN.items()
        if getattr(question, field) not in (None, getattr(_DEFAULT, field))
    ]
    pairs += [(name, value) for field, name in MANY.items() for value in getattr(question, field)]
    return "&".join(_pair(name, value) for name, value in pairs)


@lru_cache(maxsize=10_000)  # a page has hundreds of links that differ in one value
def _pair(name: str, value: object) -> str:
    return urlencode([(name, value)])


def question_at(address: str) -> Question:
    """The question of a query string, or of a whole address; UsageError where it has a name that no question has."""
    given = parse_qs(address.rpartition("?")[2])
    fields = {name: field for field, name in (PLAIN | MANY).items()}
    if unknown := given.keys() - fields.keys() - {"lang"}:
        known = ", ".join(fields)
        raise UsageError(f"search address: {sorted(unknown)[0][:40]!r} is no part of a search; there are {known}")
    values: dict[str, Any] = {fields[name]: tuple(several) for name, several in given.items() if name in MANY.values()}
    values |= {fields[name]: several[-1] for name, several in given.items() if name in PLAIN.values()}
    if not str(values.get("page", "1")).isdigit():
        raise UsageError(f"search address: page {values['page'][:40]!r} is no number")
    return Question(**values | {"page": int(values.get("page", 1))})
