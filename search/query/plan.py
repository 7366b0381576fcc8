"""From what a person typed to what an engine is asked: fields, weights and tones settled."""

from __future__ import annotations

from archive.vietnamese import fold, match_key
from search.analysis import Tones, indexed
from search.documents import place_terms
from search.engines import tree
from search.query.ast import And, DateRange, Everything, Node, Not, Or, Phrase, Value, Word

# A title of 12 words that has the word says more than a body of 500 that has it.
TITLE_WEIGHT = 2.0
# A plan of forty pages names what it is not about; the article itself says what it is about.
ATTACHMENT_WEIGHT = 0.5


def planned(node: Node, tones: Tones) -> tree.Tree:
    """One node; NOT alone means everything but."""
    match node:
        case Word(text, field):
            return _in_text([text], field, tones)
        case Phrase(words, field):
            return _in_text(list(words), field, tones)
        case Value(field, text):
            return value(field, text)
        case DateRange(first, last):
            return tree.Days(first, last)
        case And(parts):
            return _all_of(parts, tones)
        case Or(parts):
            return tree.AnyOf(tuple(planned(part, tones) for part in parts))
        case Not(part):
            return tree.Without(tree.Everything(), planned(part, tones))
        case Everything():
            return tree.Everything()


def value(field: str, text: str) -> tree.Tree:
    """A field that holds a whole value, as a filter."""
    if field == "portal":
        return tree.Keys("portal", (text.lower(),))
    if field == "tag":
        return tree.Keys("tag", (match_key(text),))
    if field == "locality" and text.lower().startswith("id="):
        return tree.Keys("within", (text.lower().removeprefix("id="),))
    if field == "locality":
        return tree.Keys("place", (place_terms(text), f"today={place_terms(text)}"))
    exact, folded = indexed(text)
    tones: Tones = "folded" if fold(exact) == exact else "exact"
    forms = tuple((folded if tones == "folded" else exact).split())
    return _adjacent("officials", forms, tones) if forms else tree.Keys("portal", ())


def _all_of(parts: tuple[Node, ...], tones: Tones) -> tree.Tree:
    wanted = tuple(planned(part, tones) for part in parts if not isinstance(part, Not))
    unwanted = tuple(planned(part.part, tones) for part in parts if isinstance(part, Not))
    positive = tree.AllOf(wanted) if wanted else tree.Everything()
    return tree.Without(positive, tree.AnyOf(unwanted)) if unwanted else positive


def _in_text(words: list[str], field: str, tones: Tones) -> tree.Tree:
    """Words next to each other, in the title or (unless only the title is asked) in the body or an attachment."""
    forms = tuple(form for word in words for form in indexed(word)[tones == "folded"].split())
    title = tree.Weighted(_adjacent("title", forms, tones), TITLE_WEIGHT)
    if field == "title":
        return title
    attachments = tree.Weighted(_adjacent("attachments", forms, tones), ATTACHMENT_WEIGHT)
    return tree.AnyOf((title, _adjacent("body", forms, tones), attachments))


def _adjacent(field: tree.TextField, forms: tuple[str, ...], tones: Tones) -> tree.Tree:
    return tree.Term(field, forms[0], tones) if len(forms) == 1 else tree.Phrase(field, forms, tones)
