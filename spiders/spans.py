"""Spans of time as profiles write them, and plans made of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def span(written: str) -> timedelta:
    """A number and m, h, d or w as a span; ValueError for anything else.

    >>> span("6h"), span("0h"), span("30d")
    (datetime.timedelta(seconds=21600), datetime.timedelta(0), datetime.timedelta(days=30))
    """
    found = re.fullmatch(r"(\d{1,4})([mhdw])", written)
    if not found:
        raise ValueError(f"{written!r}: write a number and m, h, d or w, such as 6h")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def rising_spans(written: Sequence[str]) -> tuple[timedelta, ...]:
    """Spans each longer than the one before; ValueError where one is not, or cannot be read.

    >>> rising_spans(["1h", "1d"])
    (datetime.timedelta(seconds=3600), datetime.timedelta(days=1))
    >>> rising_spans(["1d", "24h"])
    Traceback (most recent call last):
    ValueError: '24h' is not longer than '1d' before it
    """
    spans = tuple(span(one) for one in written)
    for number in range(1, len(spans)):
        if spans[number] <= spans[number - 1]:
            raise ValueError(f"{written[number]!r} is not longer than {written[number - 1]!r} before it")
    return spans
