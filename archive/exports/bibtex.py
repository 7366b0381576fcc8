"""BibTeX: biblatex's `@online`, with year and month besides for styles that know no `date`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from archive.exports.citation import Citation

_ESCAPED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
# In an address only what would end the field or the entry; \url prints the rest as it is.
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", "%": r"\%", "#": r"\#"}


def write(citations: Iterable[Citation], stream: TextIO) -> int:
    """Write every citation; returns how many."""
    count = 0
    for one in citations:
        fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(one))
        stream.write(f"@online{{{one.key},\n{fields}\n}}\n\n")
        count += 1
    return count


def _fields(one: Citation) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_text(one.title)}}}"
    if one.authors:
        # Braces keep a name whole: its last word is the given name, not the family's.
        yield "author", " and ".join(f"{{{_text(author)}}}" for author in one.authors)
    yield "organization", f"{{{_text(one.container)}}}"
    if one.issued:
        yield "date", one.issued.isoformat()
        yield "year", str(one.issued.year)
        yield "month", str(one.issued.month)
    yield "url", _address(one.url)
    if one.captured_at:
        yield "urldate", one.captured_at.date().isoformat()
        yield "note", _text(f"Captured {one.captured_at:%Y-%m-%dT%H:%M:%SZ}; {one.pwid}")
    if one.language:
        yield "langid", {"vi": "vietnamese", "en": "english"}.get(one.language, _text(one.language))
    if one.abstract:
        yield "abstract", _text(one.abstract)
    if one.keywords:
        yield "keywords", ", ".join(_text(word.replace(",", " ")) for word in one.keywords)


def _text(value: str) -> str:
    return "".join(_ESCAPED.get(letter, letter) for letter in " ".join(value.split()))


def _address(url: str) -> str:
    return "".join(_IN_ADDRESS.get(letter, letter) for letter in "".join(url.split()))
