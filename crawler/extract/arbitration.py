"""Rules against form: where what the rules found is weak, both are read and the better is kept, with the reason."""

from __future__ import annotations

from archive.vietnamese import match_key
from crawler.extract.body import BodyText
from crawler.extract.classify import is_gibberish

# Beyond it a body found by rules is too little to trust without looking at the page's form.
_WEAK_CHARACTERS = 250
# Of the title's words, in an article's text; the lowest of 34 articles written by hand was .58.
_LEAST_TITLE_SHARE = 0.3
_CLEARLY_MORE = 0.3  # of the title's words
_FEWEST_TITLE_WORDS = 4  # fewer say too little to judge by
_FULL_SIZE = 1500  # characters: more text is no better evidence


def weakness(found: BodyText, title: str | None, lead: str | None = None) -> str | None:
    """Why a body may not be the article's, or None where nothing speaks against it. A lead apart counts as text."""
    if found.size + len(lead or "") < _WEAK_CHARACTERS:
        return f"only {found.size} characters"
    if is_gibberish(found.text):
        return "its letters form no syllables"
    share = _title_share(f"{lead or ''} {found.text}", title)
    if share is not None and share < _LEAST_TITLE_SHARE:
        return f"has {share:.0%} of the title's words"
    return None


def score(found: BodyText, title: str | None, lead: str | None = None) -> float:
    """How good a body is, 0 to 1: its size up to an article's, and whether it speaks of the title's words."""
    if not found.paragraphs or is_gibberish(found.text):
        return 0.0
    share = _title_share(f"{lead or ''} {found.text}", title)
    return min(1.0, found.size / _FULL_SIZE) * (0.4 + 0.6 * (0.5 if share is None else share))


def better(by_rules: BodyText, by_form: BodyText, title: str | None, lead: str | None) -> tuple[BodyText, str]:
    """The better of two readings, and the line that says why it was kept.

    A title may be an image that the text never uses, so rules give way only to a text that speaks of it more.
    """
    scores = {id(by_rules): score(by_rules, title, lead), id(by_form): score(by_form, title)}
    kept, left = (by_form, by_rules) if scores[id(by_form)] > scores[id(by_rules)] else (by_rules, by_form)
    shares = [_title_share(f"{lead or ''} {by_rules.text}", title), _title_share(by_form.text, title)]
    is_long = by_rules.size >= _WEAK_CHARACTERS and not is_gibberish(by_rules.text)
    if is_long and None not in shares and shares[1] - shares[0] < _CLEARLY_MORE:  # type: ignore[operator]
        kept, left = by_rules, by_form
    reason = weakness(by_rules, title, lead)
    line = f"{kept.rule} (score {scores[id(kept)]:.2f}; {left.rule} {scores[id(left)]:.2f}; by rules: {reason})"
    return kept, line


def _title_share(text: str, title: str | None) -> float | None:
    """The share of the title's words that a text has; None where the title has too few."""
    words = [word for word in match_key(title or "").split() if len(word) > 2 and word.isalpha()]
    if len(words) < _FEWEST_TITLE_WORDS:
        return None
    for spelled in (str.lower, match_key):  # the key only where the words as they stand do not do
        said = set(spelled(text).replace(",", " ").replace(".", " ").split())
        share = sum(word in said for word in words) / len(words)
        if share >= _LEAST_TITLE_SHARE:
            break
    return share
