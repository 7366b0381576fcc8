"""Differences of two versions for a terminal: what was removed and added in the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from archive.history.differences import Difference

_NAMES = {"captions": "caption", "authors": "author", "body": "body, paragraph"}


def difference_lines(found: Sequence[Difference]) -> Iterator[str]:
    """A heading for each place and its differences under it; "[-removed-]{+added+}", coloured on a terminal."""
    last = None
    for one in found:
        if one.op == "moved":
            yield f"{_place(one)}: was {one.was_paragraph}, moved: {_short(one.after or '')}"
        elif _place(one) != last:
            yield _place(one)
        if one.op != "moved":
            yield f"  {_told(one)}"
        last = _place(one)


def _place(one: Difference) -> str:
    name = _NAMES.get(one.field, one.field)
    return f"{name} {one.paragraph}" if one.paragraph else name


def _told(one: Difference) -> str:
    removed = click.style(f"[-{_flat(one.before)}-]", fg="red") if one.before else ""
    added = click.style(f"{{+{_flat(one.after)}+}}", fg="green") if one.after else ""
    lead, tail = (f"…{one.lead} " if one.lead else ""), (f" {one.tail}…" if one.tail else "")
    return f"{lead}{removed}{added}{tail}"


def _flat(text: str) -> str:
    """A break between paragraphs as a sign that can be seen."""
    return text.replace("\n\n", " ¶ ") if text.strip() else "¶"


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
