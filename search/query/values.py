"""What stands in a query, or after a field: words with their signs, names, dates. Pure: lexemes in, nodes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.authorities.lookup import TYPES
from archive.errors import QueryError
from archive.vietnamese import CAPITALS, fold, match_key
from search.analysis import query_tokens
from search.query.ast import DateRange, Fuzzy, Near, Node, Prefix, Value, WordField, Words, any_of
from search.query.dates import parse_dates
from search.query.fields import NAME_FIELDS
from search.query.lexing import Lexeme, wrong

# Further apart than a long sentence is nothing that "near" can mean.
MAX_DISTANCE = 100
# One letter begins a tenth of all words.
MIN_PREFIX = 2
MAX_EDITS = 2
# A word of a language is shorter; a pasted key or address is not looked up letter by letter.
MAX_WORD = 100
# As many words as a query may have.
MAX_PHRASE = 64
# "từ 1 tháng 1 năm 2023 đến hết 30 tháng 6 năm 2023" has thirteen.
_LONGEST_DATE = 14
_FUZZY = re.compile(r"(.*?)~(\d*)")
_CAPITAL = re.compile(f"[{CAPITALS}]")
_AROUND = ",;:!?…"
# What stands in front of a place's name in small letters: `nơi:huyện Định Hóa`.
_BEFORE_NAMES = frozenset(fold(word) for word in (*TYPES, "thôn", "bản", "xóm", "ấp", "làng", "buôn", "tổ dân phố"))
_LONGEST_TYPE = max(len(word.split()) for word in _BEFORE_NAMES)


def word_node(query: str, lexeme: Lexeme, field: WordField) -> Node:
    """A word and its signs: `vận*`, `vận~2`; one of several tokens (25-NQ/TW, KT-XH) is a phrase of them."""
    text = lexeme.text
    if "*" in text:
        return _prefix(query, lexeme, field)
    if fuzzy := _FUZZY.fullmatch(text):
        return _fuzzy(query, lexeme, field, fuzzy)
    return _words(query, lexeme, text, field)


def phrase_node(query: str, lexeme: Lexeme, field: WordField) -> Node:
    """A quoted phrase; with `~5` its words near each other in any order."""
    found = _words(query, lexeme, lexeme.text, field)
    if lexeme.number is None:
        return found
    if lexeme.number > MAX_DISTANCE:
        raise wrong(query, lexeme, f"a distance is at most {MAX_DISTANCE}; use AND for words further apart")
    if len(found.words) == 1:
        raise wrong(query, lexeme, "~ after quotes says how near its words are; one word alone has it without: vận~1")
    return Near(tuple(Words((word,), field) for word in found.words), lexeme.number)


def value_node(query: str, field: Lexeme, following: Sequence[Lexeme]) -> tuple[Node, int]:
    """The value or values of a field, and how many lexemes they take.

    A name without quotes takes the capitalised words that follow, after a type word or none: `tỉnh:Bắc Giang`,
    `nơi:huyện Định Hóa`. Parentheses hold one value, or several with OR between them.
    """
    first = following[0]
    if first.kind == "(":
        return _alternatives(query, field, following)
    if first.kind == "literal":
        raise wrong(query, first, "= stands before words of a text; leave it out here")
    used = _name_length(following) if first.kind == "word" and field.text in NAME_FIELDS else 1
    return _value(query, field, following[:used]), used


def _name_length(following: Sequence[Lexeme]) -> int:
    """How many lexemes a name without quotes takes: type words, and the capitalised words after them."""
    words = _leading_words(following)
    used = typed = _type_length(words)
    while used < len(words) and _CAPITAL.match(words[used].text):
        if used and words[used - 1].text.endswith(tuple(_AROUND)):
            break
        used += 1
    return used if used > typed else 1


def _type_length(words: Sequence[Lexeme]) -> int:
    """How many of the first words are the type of a place, in small letters."""
    for count in range(min(_LONGEST_TYPE, len(words)), 0, -1):
        if fold(match_key(" ".join(word.text for word in words[:count]))) in _BEFORE_NAMES:
            return count if not _CAPITAL.match(words[0].text) else 0
    return 0


def date_value(query: str, following: Sequence[Lexeme]) -> tuple[DateRange, int]:
    """The date after a date field and how many lexemes it takes: the most that make one."""
    first = following[0]
    if first.kind == "(":
        inside = _until_closed(query, first, following)
        text = " ".join(lexeme.text for lexeme in inside)
        return _date(query, first, text), len(inside) + 2
    if first.kind in ("phrase", "span"):
        return _date(query, first, first.text), 1
    words = _leading_words(following[:_LONGEST_DATE])
    for count in range(len(words), 1, -1):
        try:
            return parse_dates(" ".join(lexeme.text for lexeme in words[:count]).rstrip(_AROUND)), count
        except QueryError:
            continue
    return _date(query, first, first.text.rstrip(_AROUND)), 1


def _leading_words(found: Sequence[Lexeme]) -> list[Lexeme]:
    words: list[Lexeme] = []
    for lexeme in found:
        if lexeme.kind != "word":
            break
        words.append(lexeme)
    return words


def _date(query: str, at: Lexeme, text: str) -> DateRange:
    try:
        return parse_dates(text)
    except QueryError as error:
        raise wrong(query, at, str(error)) from error


def _alternatives(query: str, field: Lexeme, following: Sequence[Lexeme]) -> tuple[Node, int]:
    inside = _until_closed(query, following[0], following)
    groups: list[list[Lexeme]] = [[]]
    for lexeme in inside:
        if lexeme.kind == "or":
            groups.append([])
        elif lexeme.kind in ("word", "phrase"):
            groups[-1].append(lexeme)
        else:
            raise wrong(query, lexeme, f"only words and OR may stand in the parentheses of {field.text}:")
    if not all(groups):
        raise wrong(query, following[0], f"nothing after it; write {field.text}:(… OR …)")
    return any_of(_value(query, field, group) for group in groups), len(inside) + 2


def _until_closed(query: str, opening: Lexeme, following: Sequence[Lexeme]) -> list[Lexeme]:
    """The lexemes inside a parenthesis that holds no other."""
    for count, lexeme in enumerate(following):
        if lexeme.kind == ")":
            return list(following[1:count])
    raise wrong(query, opening, "this parenthesis is never closed; put a ) where it ends")


def _value(query: str, field: Lexeme, found: Sequence[Lexeme]) -> Node:
    whole = Lexeme(kind="word", text=" ".join(one.text for one in found), start=found[0].start, end=found[-1].end)
    text = " ".join(whole.text.split()).strip(_AROUND + " ")
    if "*" in text:
        raise wrong(query, whole, f"{field.text}: takes no *; write the whole name, or part of it in title: or text")
    if not query_tokens(text):
        raise wrong(query, whole, f"nothing after it; write {field.text}:… or leave it out")
    if field.text == "official":
        return _words(query, whole, text, "official")
    return Value(field.text, text)  # type: ignore[arg-type]  # the remaining fields are ValueField's


def _words(query: str, lexeme: Lexeme, text: str, field: WordField) -> Words:
    words = tuple(text[token.start : token.end] for token in query_tokens(text))
    if not words:
        raise wrong(query, lexeme, "there is no word in it; put one in or remove it")
    if len(words) > MAX_PHRASE or any(len(word) > MAX_WORD for word in words):
        raise wrong(query, lexeme, f"a phrase has at most {MAX_PHRASE} words of {MAX_WORD} letters; shorten it")
    return Words(words, field)


def _prefix(query: str, lexeme: Lexeme, field: WordField) -> Node:
    text = lexeme.text.strip(_AROUND + ".")
    if not any(character.isalnum() for character in text):
        raise wrong(query, lexeme, "* alone means nothing; leave the query empty for all articles")
    if text.startswith("*"):
        raise wrong(query, lexeme, "* stands at the end of a word: vận*; words that end so are not looked for")
    words = _words(query, lexeme, text, field).words
    if text.index("*") != len(text) - 1 or len(words) > 1:
        raise wrong(query, lexeme, "* stands at the end of one word: vận*")
    if len(words[0]) < MIN_PREFIX:
        raise wrong(query, lexeme, f"too many words begin so; write at least {MIN_PREFIX} letters before *")
    return Prefix(words[0], field)


def _fuzzy(query: str, lexeme: Lexeme, field: WordField, found: re.Match[str]) -> Node:
    edits = int(found[2][:4] or 1)
    words = _words(query, lexeme, found[1], field).words
    if len(words) > 1:
        raise wrong(query, lexeme, '~ stands after one word: vận~1; after quotes it says how near: "dân vận"~5')
    if not 1 <= edits <= MAX_EDITS:
        raise wrong(query, lexeme, f"~{edits}: a word may differ by 1 or {MAX_EDITS} letters")
    if len(words[0]) <= edits:
        raise wrong(query, lexeme, f"~{edits} on a word of {len(words[0])} letters is any word; write a longer one")
    return Fuzzy(words[0], edits, field)
