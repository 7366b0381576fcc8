"""Documents and trees for the engines: few words, so that they meet often."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import strategies as st

from archive.vietnamese import fold
from search.documents import IndexDocument
from search.engines import tree

WORDS = ("dân", "dần", "dan", "đàn", "vận", "ván", "van", "vạn", "khéo", "kheo", "khế", "xã", "xa", "25", "k'ré", "t.ư")
KEYS = ("a", "b", "dân vận khéo", "25-nq/tw", "xã_an_lạc", "P19")
_FIRST = date(2024, 1, 1)


def document(article_id: int, chance: random.Random) -> IndexDocument:
    """One article of random words, some of its fields empty."""

    def text(longest: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(longest)))

    def keys(most: int) -> tuple[str, ...]:
        return tuple(chance.sample(KEYS, chance.randrange(most + 1)))

    return IndexDocument(
        article_id=article_id, title=text(4), body=text(chance.choice((3, 12, 40))), portal=chance.choice(KEYS),
        published=None if chance.random() < 0.2 else _FIRST + timedelta(days=chance.randrange(12)),
        attachments=" ¦ ".join((text(4), text(4))) if chance.random() < 0.3 else "",
        officials=tuple(f"{text(4)} {chance.choice(WORDS)}".strip() for _ in range(chance.randrange(3))), posts=(text(3),),
        places=keys(2), units=keys(2), within=keys(3), provinces=keys(1), former_provinces=keys(1), districts=keys(2),
        communes=keys(1), documents=keys(1), tags=keys(2), primary=chance.choice(("", "bac giang", "bac giang / yen the")),
    )  # fmt: skip


def documents(first: int, last: int, seed: int) -> Iterator[IndexDocument]:
    """Articles numbered so."""
    chance = random.Random(seed)
    return (document(number, chance) for number in range(first, last))


_tones = st.sampled_from(("exact", "folded"))
_texts = st.sampled_from(("title", "body", "body", "attachments", "officials", "posts"))


@st.composite
def _forms(draw: st.DrawFn, tones: str, least: int = 1, most: int = 1) -> tuple[str, ...]:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most))
    return tuple(word if tones == "exact" else fold(word) for word in words)


@st.composite
def _leaf(draw: st.DrawFn) -> tree.Tree:
    field, tones = draw(_texts), draw(_tones)
    kind = draw(st.sampled_from(("term", "phrase", "near", "prefix", "fuzzy", "keys", "days", "all")))
    [form] = draw(_forms(tones))
    match kind:
        case "term":
            return tree.Term(field, form, tones)
        case "phrase":
            return tree.Phrase(field, draw(_forms(tones, 2, 3)), tones)
        case "near":
            parts = draw(st.lists(_forms(tones, 1, 2), min_size=2, max_size=3))
            return tree.Near(field, tuple(parts), draw(st.integers(0, 5)), tones)
        case "prefix":
            return tree.Prefix(field, form[: draw(st.integers(1, 3))], tones)
        case "fuzzy":
            return tree.Fuzzy(field, form, draw(st.integers(1, 2)), tones)
        case "keys":
            values = draw(st.lists(st.sampled_from((*KEYS, "unknown")), max_size=2))
            return tree.Keys(
                draw(st.sampled_from(("place", "unit", "within", "portal", "document", "tag"))), tuple(values)
            )
        case "days":
            days = st.none() | st.integers(0, 12).map(lambda day: _FIRST + timedelta(days=day))
            return tree.Days(draw(days), draw(days))
    return tree.Everything()


def _around(inner: st.SearchStrategy[tree.Tree]) -> st.SearchStrategy[tree.Tree]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(tree.AllOf),
        several.map(tree.AnyOf),
        st.builds(tree.Without, inner, inner),
        st.builds(tree.Weighted, inner, st.sampled_from((0.5, 2.0))),
    )


trees = st.recursive(_leaf(), _around, max_leaves=5)
_scored_leaf = _leaf().filter(lambda leaf: isinstance(leaf, tree.Term | tree.Phrase))
# What stock Whoosh scores as we do.
scored_trees = st.recursive(_scored_leaf, _around, max_leaves=5)
