"""The query parser: words, "phrases", AND OR NOT, parentheses, fields, dates.

Words that follow each other must all occur. Operators are written in capitals, in English or Vietnamese
(VÀ HOẶC KHÔNG); `-word` excludes. A field takes the next word, phrase or parenthesised group:
`tiêu đề:"dân vận khéo" nơi:(Định Hóa) ngày:2023..2024`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import QueryError
from archive.vietnamese import canonical, fold, match_key
from search.analysis import query_tokens
from search.query.ast import And, Everything, Node, Not, Or, Phrase, Value, Word
from search.query.dates import parse_dates

# The longest query a person was seen to paste was a headline of 300 characters.
MAX_CHARACTERS = 1000
MAX_DEPTH = 20
MAX_WORDS = 64

FIELDS = {
    "title": ("title", "tiêu đề", "tít"),
    "locality": ("locality", "place", "nơi", "địa phương", "địa bàn"),
    "official": ("official", "cán bộ", "người"),
    "portal": ("portal", "báo", "trang"),
    "tag": ("tag", "thẻ", "từ khóa"),
    "date": ("date", "ngày", "năm", "thời gian"),
}
_ALIASES = {
    spelling: field
    for field, names in FIELDS.items()
    for name in names
    for spelling in {match_key(name), fold(name), match_key(name).replace(" ", "_"), fold(name).replace(" ", "_")}
}
_FIELD = re.compile(
    r"(?<!\w)(" + "|".join(sorted(map(re.escape, _ALIASES), key=len, reverse=True)) + r"):\s*(?=[\w\"“”(«<>.-])",
    re.IGNORECASE,
)
_LEXEME = re.compile(r'\s+|[()]|["“”«»„](?P<phrase>[^"“”«»„]*)["“”«»„]?|-(?=[\w"“(])|[^\s()"“”«»„]+')
_BRACKETS = re.compile(r"\[\s*(\S*)\s+TO\s+(\S*?)\s*\]")
_OPERATORS = {
    "AND": "and",
    "VÀ": "and",
    "&&": "and",
    "OR": "or",
    "HOẶC": "or",
    "||": "or",
    "NOT": "not",
    "KHÔNG": "not",
}
_UNKNOWN_FIELD = re.compile(r"([^\W\d][\w_]*):(?=[\w\"“(])")


def parse(text: str) -> Node:
    """The meaning of a query; QueryError says what to write instead."""
    text = _BRACKETS.sub(r"\1..\2", canonical(text).strip())
    if len(text) > MAX_CHARACTERS:
        raise QueryError(f"query of {len(text):,} characters: at most {MAX_CHARACTERS}; search for a phrase of it")
    parser = _Parser(_lexemes(text))
    node = parser.either(0)
    if parser.kind() == ")":
        raise QueryError("query: one ) too many; remove it or put a ( before")
    return node


@dataclass(frozen=True)
class _Lexeme:
    kind: str  # word, phrase, field, and, or, not, (, )
    text: str = ""


def _lexemes(text: str) -> list[_Lexeme]:
    found: list[_Lexeme] = []
    lowered = _lowered(text)
    position = 0
    while position < len(text):
        if field := _FIELD.match(lowered, position):
            found.append(_Lexeme("field", _ALIASES[field[1]]))
            position = field.end()
            continue
        lexeme = _LEXEME.match(text, position)
        assert lexeme is not None  # every character is matched by one of the forms
        position = lexeme.end()
        found += _classified(lexeme)
    words = sum(lexeme.kind in ("word", "phrase") for lexeme in found)
    if words > MAX_WORDS:
        raise QueryError(f"query of {words} words: at most {MAX_WORDS}; search for a phrase of it")
    return found


def _lowered(text: str) -> str:
    """Lower case with tones in one place, character for character."""
    lowered = match_key(text)
    return lowered if len(lowered) == len(text) else text.lower()


def _classified(lexeme: re.Match[str]) -> list[_Lexeme]:
    text = lexeme.group()
    if text.isspace():
        return []
    if text in "()":
        return [_Lexeme(text)]
    if lexeme["phrase"] is not None:
        return [_Lexeme("phrase", lexeme["phrase"])]
    if text == "-":
        return [_Lexeme("not")]
    if text in _OPERATORS:
        return [_Lexeme(_OPERATORS[text])]
    if unknown := _UNKNOWN_FIELD.match(text):
        names = ", ".join(names[0] for names in FIELDS.values())
        raise QueryError(f'field {unknown[1]!r} is unknown: there are {names}; put quotes around text with ":"')
    return [_Lexeme("word", text)]


class _Parser:
    """Recursive descent: either := all (OR all)*, all := one (AND? one)*."""

    def __init__(self, lexemes: list[_Lexeme]) -> None:
        self._lexemes = lexemes
        self._at = 0

    def kind(self) -> str | None:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else None

    def either(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise QueryError(f"query: more than {MAX_DEPTH} parentheses inside each other; simplify it")
        parts = [self._all(depth)]
        while self.kind() == "or":
            self._at += 1
            parts.append(self._all(depth))
        parts = [part for part in parts if not isinstance(part, Everything)] or parts[:1]
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self, depth: int) -> Node:
        parts: list[Node] = []
        while (kind := self.kind()) not in (None, "or", ")"):
            if kind == "and":
                self._at += 1
                continue
            parts.append(self._one(depth))
        parts = [part for part in parts if not isinstance(part, Everything)]
        if not parts:
            return Everything()
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, depth: int) -> Node:
        lexeme = self._lexemes[self._at]
        self._at += 1
        match lexeme.kind:
            case "not":
                if self.kind() in (None, "or", "and", ")"):
                    return Everything()
                part = self._one(depth + 1)
                return part.part if isinstance(part, Not) else Not(part) if part != Everything() else part
            case "(":
                inside = self.either(depth + 1)
                self._close()
                return inside
            case "field":
                return self._field(lexeme.text)
            case "phrase":
                return _text_node(lexeme.text, "text")
            case _:
                return _text_node(lexeme.text, "text")

    def _close(self) -> None:
        if self.kind() == ")":
            self._at += 1

    def _field(self, field: str) -> Node:
        value = self._field_value(field)
        if not value.strip():
            raise QueryError(f"field {field}: nothing after it; write {FIELDS[field][1]}:… or leave it out")
        if field == "date":
            return parse_dates(value)
        if field == "title":
            return _text_node(value, "title")
        return Value(field, " ".join(value.split()))

    def _field_value(self, field: str) -> str:
        kind = self.kind()
        if kind in ("word", "phrase"):
            self._at += 1
            return self._lexemes[self._at - 1].text
        if kind != "(":
            return ""
        self._at += 1
        words = []
        while (kind := self.kind()) not in (None, ")"):
            if kind not in ("word", "phrase", "and"):
                raise QueryError(f"field {field}: only words may stand in its parentheses; write the field again")
            words.append(self._lexemes[self._at].text)
            self._at += 1
        self._close()
        return " ".join(words)


def _text_node(text: str, field: str) -> Node:
    """A word that holds several tokens (25-NQ/TW, KT-XH) is a phrase of them; one without any says nothing."""
    words = tuple(text[token.start : token.end] for token in query_tokens(text))
    if not words:
        return Everything()
    return Word(words[0], field) if len(words) == 1 else Phrase(words, field)
