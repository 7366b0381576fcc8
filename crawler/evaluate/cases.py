"""What the case numbers of gold files stand for: the difficulties a page was written to test."""

from __future__ import annotations

_NAMES = """\
day and month swappable
12-hour clock
date in words
date in the address
no date anywhere
machine date wrong
clock in the header
after 1 July 2025
former units
commune name used twice
places that are words
minority names
list of comrades
page in NFD
short second mention
grassroots and citizens
historical persons
photo story
two posts in one
former holder
no “đồng chí”
no article
abbreviations
topic's words off topic
topic without its words
old tone placement
windows-1258
TCVN3
title in capitals
officials in captions
table of figures
documents cited
money and land figures
near-duplicate
two versions
digest of several topics
byline ends the text
meta author is the site
sapo outside the body
teasers with officials
old layout
character references
related box in the body
"""
CASES = dict(enumerate(_NAMES.splitlines(), start=1))


def case_name(number: int) -> str:
    """A case with its short name.

    >>> case_name(5), case_name(99)
    ('5 no date anywhere', '99')
    """
    return f"{number} {CASES[number]}" if number in CASES else str(number)
