"""A query cut into lexemes, each with its place: words, quoted phrases, operators, field names, parentheses.

>>> [lexeme.kind for lexeme in lexemes('tiêu đề:"dân vận" GẦN/5 =UBND -(xã || ấp)')]
['field', 'phrase', 'near', 'literal', 'word', 'not', '(', 'word', 'or', 'word', ')']
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import QueryError
from archive.vietnamese import tone_key
from search.analysis import query_tokens
from search.query.fields import FIELD, FIELDS, field_named, nearest_fields

QUOTES = '"“”«»„'
OPERATORS = {
    "AND": "and", "VÀ": "and", "&&": "and",
    "OR": "or", "HOẶC": "or", "||": "or",
    "NOT": "not", "KHÔNG": "not",
}  # fmt: skip
_NEAR = re.compile(r"(?:NEAR|GẦN)/(\d{1,4})|NEAR")
# "NEAR" alone; GẦN alone is a word of headlines set in capitals.
USUAL_DISTANCE = 10
_LEXEME = re.compile(
    rf"(?P<space>\s+)|(?P<bracket>[()])|[{QUOTES}](?P<phrase>[^{QUOTES}]*)(?P<closed>[{QUOTES}]?)(?:~(?P<slop>\d+))?"
    rf"|(?P<not>-(?=[\w{QUOTES}(=]))|(?P<literal>=(?=[\w{QUOTES}(]))|(?P<span>\[[^\[\]]*\])|(?P<sign>&&|\|\|)"
    rf"|(?P<word>(?:(?!&&|\|\|)[^\s(){QUOTES}])+)"
)
_UNKNOWN_FIELD = re.compile(rf"([^\W\d]\w*):(?=[\w{QUOTES}(\[=])")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Lexeme:
    """A piece of a query and where it stands, in code points.

    `kind`: word, phrase, field, literal (a `=`), span (`[2022 TO 2024]`), and, or, not, near, `(`, `)`.
    `number` is the distance of `near` and of `"…"~5`.
    """

    kind: str
    text: str
    start: int
    end: int
    number: int | None = None


def lexemes(text: str) -> list[Lexeme]:
    """The lexemes of a canonical text; what holds neither a letter nor a digit nor a `*` says nothing."""
    found: list[Lexeme] = []
    lowered = tone_key("".join(low if len(low := character.lower()) == 1 else character for character in text))
    position = 0
    while position < len(text):
        if field := FIELD.match(lowered, position):
            name = field_named(field[1])
            assert name is not None  # FIELD holds the names that field_named knows
            found.append(Lexeme(kind="field", text=name, start=position, end=field.end()))
            position = field.end()
            continue
        piece = _LEXEME.match(text, position)
        assert piece is not None  # every character begins one of the forms
        position = piece.end()
        if (lexeme := _classified(piece, text, is_value=bool(found) and found[-1].kind == "field")) is not None:
            found.append(lexeme)
    return found


def wrong(text: str, lexeme: Lexeme, en: str, vi: str) -> QueryError:
    """The error that points at a lexeme."""
    return QueryError(en, vi=vi, query=text, start=lexeme.start, end=lexeme.end)


def _classified(piece: re.Match[str], query: str, *, is_value: bool) -> Lexeme | None:
    text, kind = piece.group(), piece.lastgroup
    if kind == "space":
        return None
    here = Lexeme(kind="word", text=text, start=piece.start(), end=piece.end())
    if piece["phrase"] is not None:
        return _phrase(piece, query, here)
    if kind == "bracket":
        return _as(here, text)
    if kind in ("not", "literal"):
        return _as(here, kind)
    if kind == "span" and is_value:
        return _as(here, "span")
    if text in OPERATORS:
        return _as(here, OPERATORS[text])
    if near := _NEAR.fullmatch(text):
        return _as(here, "near", int(near[1] or USUAL_DISTANCE))
    return _word(here, query, is_value=is_value)


def _as(lexeme: Lexeme, kind: str, number: int | None = None) -> Lexeme:
    return Lexeme(kind=kind, text=lexeme.text, start=lexeme.start, end=lexeme.end, number=number)


def _phrase(piece: re.Match[str], query: str, here: Lexeme) -> Lexeme:
    if not piece["closed"]:
        en = 'this quotation mark is never closed; put a " where the phrase ends'
        raise wrong(query, here, en, 'dấu ngoặc kép này chưa đóng; thêm " vào cuối cụm từ')
    slop = int(piece["slop"][:4]) if piece["slop"] else None
    return Lexeme(kind="phrase", text=piece["phrase"], start=here.start, end=here.end, number=slop)


def _word(here: Lexeme, query: str, *, is_value: bool) -> Lexeme | None:
    if not is_value and (unknown := _UNKNOWN_FIELD.match(query, here.start)):
        raise _unknown(query, here, unknown[1])
    if not is_value and _ADDRESS.match(here.text):
        raise wrong(
            query, here, "an address is not searched for; use `danvan show URL`, or put quotes around it",
            "không tìm theo địa chỉ; dùng lệnh `danvan show URL`, hoặc đặt địa chỉ trong ngoặc kép",
        )  # fmt: skip
    has_sign = "*" in here.text or here.text.startswith(("<", ">"))
    return here if has_sign or query_tokens(here.text) else None


def _unknown(query: str, here: Lexeme, name: str) -> QueryError:
    near = [f"{one}:" for one in nearest_fields(name)]
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    hint_vi = f"có phải ý bạn là {' hoặc '.join(near)}? " if near else ""
    known = ", ".join(names[1] for names in FIELDS.values())
    return wrong(
        query, here, f'field {name[:40]!r} is unknown: {hint}there are {known}; put quotes around text with ":"',
        f'không có trường {name[:40]!r}: {hint_vi}các trường là {known}; chữ có dấu ":" thì đặt trong ngoặc kép',
    )  # fmt: skip
