"""The query parser: text → tree of what was typed (`ast.py`), or a QueryError that says where and what instead.

    either := all (OR all)*          all := one (AND? one)*          one := NOT one | near
    near   := part (NEAR/n part)*    part := ( either ) | field value | = words | words

Words that follow each other must all occur. README.md and `examples.py` show what each form means.
"""

from __future__ import annotations

from archive.errors import QueryError
from archive.vietnamese import canonical, grouped
from search.query.ast import Everything, Near, Node, WordField, Words, all_of, any_of, none_of
from search.query.fields import WORD_FIELDS
from search.query.lexing import Lexeme, lexemes, wrong
from search.query.values import (
    MAX_DISTANCE,
    date_value,
    never_closed,
    nothing_after,
    phrase_node,
    too_far,
    value_node,
    word_node,
)

# The longest query a person was seen to paste was a headline of 300 characters.
MAX_CHARACTERS = 1000
MAX_DEPTH = 20
MAX_WORDS = 64
_NAMES = {"and": "AND", "or": "OR", "not": "NOT", "near": "NEAR"}


def parse(text: str) -> Node:
    """What a query says; nothing but blanks is every article. QueryError where it cannot be read."""
    text = canonical(text).strip()
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            f"query of {len(text):,} characters: at most {MAX_CHARACTERS}; search for a phrase of it",
            vi=f"câu hỏi dài {grouped(len(text))} ký tự, nhiều nhất {grouped(MAX_CHARACTERS)}; tìm một cụm từ trong đó",
        )
    if not text:
        return Everything()
    found = lexemes(text)
    words = sum(lexeme.kind in ("word", "phrase") for lexeme in found)
    if words > MAX_WORDS:
        raise QueryError(
            f"query of {words} words: at most {MAX_WORDS}; search for a phrase of it",
            vi=f"câu hỏi có {words} từ, nhiều nhất {MAX_WORDS}; tìm một cụm từ trong đó",
        )
    if not found:
        en, vi = "there is no word in it; leave it empty for all articles", "không có từ nào; để trống để xem mọi bài"
        raise QueryError(en, vi=vi, query=text, end=len(text))
    return _Parser(text, found).whole()


class _Parser:
    """Recursive descent over the lexemes of one query."""

    def __init__(self, text: str, found: list[Lexeme]) -> None:
        self._text, self._lexemes, self._at = text, found, 0

    def whole(self) -> Node:
        """The tree of all lexemes."""
        node = self._either(0, "text")
        if self._next():
            raise self._wrong(
                "one ) too many; remove it or put a ( before", "thừa một dấu ); bỏ đi hoặc thêm ( ở trước"
            )
        return node

    def _next(self, ahead: int = 0) -> Lexeme | None:
        at = self._at + ahead
        return self._lexemes[at] if at < len(self._lexemes) else None

    def _kind(self) -> str | None:
        lexeme = self._next()
        return lexeme.kind if lexeme else None

    def _wrong(self, en: str, vi: str, at: Lexeme | None = None) -> QueryError:
        return wrong(self._text, at or self._next() or self._lexemes[-1], en, vi)

    def _either(self, depth: int, field: WordField) -> Node:
        if depth > MAX_DEPTH:
            raise self._wrong(
                f"more than {MAX_DEPTH} parentheses or NOT inside each other; simplify it",
                f"quá {MAX_DEPTH} lớp ngoặc đơn hoặc KHÔNG lồng nhau; viết gọn lại",
            )
        parts = [self._all(depth, field)]
        while self._kind() == "or":
            self._at += 1
            parts.append(self._all(depth, field))
        return any_of(parts)

    def _all(self, depth: int, field: WordField) -> Node:
        parts = [self._one(depth, field)]
        while self._kind() not in (None, "or", ")"):
            if self._kind() == "and":
                self._at += 1
            parts.append(self._one(depth, field))
        return all_of(parts)

    def _one(self, depth: int, field: WordField) -> Node:
        if self._kind() != "not":
            return self._near(depth, field)
        self._at += 1
        if self._kind() == "not":
            raise self._wrong("NOT twice; leave both out, or one", "hai lần KHÔNG liền nhau; bỏ cả hai, hoặc bỏ một")
        return none_of(self._near(depth + 1, field))

    def _near(self, depth: int, field: WordField) -> Node:
        first = self._next()
        part = self._part(depth, field)
        operator = self._next()
        if operator is None or operator.number is None or operator.kind != "near":
            return part
        if operator.number > MAX_DISTANCE:
            raise too_far(self._text, operator)
        parts = [self._near_part(part, first)]
        while (again := self._next()) and again.kind == "near":
            if again.number != operator.number:
                raise self._wrong(
                    f"one distance for all: write NEAR/{operator.number} here too",
                    f"mọi khoảng cách phải như nhau: ở đây cũng viết GẦN/{operator.number}",
                )
            self._at += 1
            following = self._next()
            parts.append(self._near_part(self._part(depth, field), following))
        if len({one.field for one in parts}) > 1:
            raise self._wrong(
                "NEAR joins words of one field: write title:(dân NEAR/5 vận)",
                "GẦN chỉ nối các từ của cùng một trường: viết tiêu đề:(dân GẦN/5 vận)",
                operator,
            )
        return Near(tuple(parts), operator.number)

    def _near_part(self, part: Node, at: Lexeme | None) -> Words:
        if not isinstance(part, Words):
            raise self._wrong(
                "NEAR joins words and phrases only; use AND for the rest",
                "GẦN chỉ nối từ và cụm từ; phần khác thì nối bằng VÀ",
                at,
            )
        return part

    def _part(self, depth: int, field: WordField) -> Node:
        lexeme = self._next()
        if lexeme is None:
            last = self._lexemes[-1]
            raise self._wrong(
                f"a word is missing after {_NAMES.get(last.kind, 'this')}; add one or remove it",
                f"thiếu từ sau {last.text}; thêm một từ hoặc bỏ {last.text}",
            )
        self._at += 1
        match lexeme.kind:
            case "(":
                return self._inside(lexeme, depth, field)
            case "field":
                if field != "text":
                    raise self._wrong(
                        "a field inside the parentheses of a field; close them before",
                        "trường nằm trong ngoặc đơn của một trường khác; đóng ngoặc ở trước",
                        lexeme,
                    )
                return self._field(lexeme, depth)
            case "literal":
                return self._literal(lexeme, field)
            case "phrase":
                return phrase_node(self._text, lexeme, field)
            case "word" | "span":
                return word_node(self._text, lexeme, field)
        if lexeme.kind == ")":
            raise self._wrong(
                "empty parentheses or a ) too many; put words before it or remove it",
                "ngoặc đơn rỗng hoặc thừa dấu ); thêm từ vào trước hoặc bỏ đi",
                lexeme,
            )
        raise self._wrong(
            f"{lexeme.text} joins two words; put one before it, or quotes around it as text",
            f"{lexeme.text} nối hai từ; thêm một từ ở trước, hoặc đặt trong ngoặc kép nếu tìm chính chữ này",
            lexeme,
        )

    def _inside(self, opening: Lexeme, depth: int, field: WordField) -> Node:
        if self._kind() is None:
            raise never_closed(self._text, opening)
        inside = self._either(depth + 1, field)
        if self._kind() != ")":
            raise never_closed(self._text, opening)
        self._at += 1
        return inside

    def _literal(self, sign: Lexeme, field: WordField) -> Node:
        part = self._part(0, field)
        if not isinstance(part, Words):
            raise self._wrong(
                '= stands before a word or a phrase: =UBND, ="Ủy ban nhân dân"',
                '= đứng trước một từ hoặc cụm từ: =UBND, ="Ủy ban nhân dân"',
                sign,
            )
        return Words(part.words, part.field, is_literal=True)

    def _field(self, field: Lexeme, depth: int) -> Node:
        value = self._next()
        if value is None or value.kind not in ("word", "phrase", "(", "span", "literal"):
            raise nothing_after(self._text, field, field)
        if field.text == "date":
            dates, used = date_value(self._text, self._lexemes[self._at :])
            self._at += used
            return dates
        if field.text in WORD_FIELDS and field.text != "official":
            return self._part(depth, field.text)  # type: ignore[arg-type]  # WORD_FIELDS holds WordField's values
        if field.text == "official" and (value.kind != "word" or "*" in value.text or "~" in value.text):
            return self._part(depth, "official")
        node, used = value_node(self._text, field, self._lexemes[self._at :])
        self._at += used
        return node
