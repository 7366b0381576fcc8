"""Whether an article is about the topic, by the weighted phrases of a topic file."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from archive.authorities import Topic
from archive.records import ArticleText, Relevance, Span
from archive.vietnamese import match_key
from crawler.describe.passages import Passage

_FIELD_WEIGHTS = {"title": 2.0, "sapo": 1.5, "body": 1.0, "caption": 0.3}
# The score of a verdict's threshold; more evidence approaches 1.
_AT_THRESHOLD = 0.5
_IN_TAGS = 0.3
# A long report names everything once; beyond this length phrases weigh less, in characters.
_FULL_WEIGHT_LENGTH = 6000
# What `*` in a phrase stands for: up to five words of one clause.
_WORDS = r"(?:[\w.,/%’'-]+ ){0,5}?"


def judge_relevance(text: ArticleText, passages: list[Passage], topic: Topic) -> Relevance:
    """Sum the phrases found, each once a passage, less what speaks against; tags and section count a little."""
    weights: dict[str, float] = defaultdict(float)
    evidence: list[Span] = []
    for passage in passages:
        found, spans = _found(passage, topic)
        evidence += spans
        thinness = min(1.0, _FULL_WEIGHT_LENGTH / max(1, len(passage.text)))
        for phrase in found:
            section, value = _sections(topic)[phrase]
            weights[section] += value * _FIELD_WEIGHTS[passage.field] * thinness
    labels = match_key(" ; ".join((*text.tags, text.section or "")))
    for phrase, (section, value) in _sections(topic).items():
        if phrase in labels:
            weights[section] += _IN_TAGS * value
    weight = sum(min(section.cap, weights[section.name]) for section in topic.sections) - _against(passages, topic)
    share = max(0.0, weight) / topic.threshold
    score = round(share * _AT_THRESHOLD if share < 1 else 1 - _AT_THRESHOLD / share, 3)
    return Relevance(verdict=share >= 1, score=score, evidence=tuple(evidence), topic=topic.name)


def _found(passage: Passage, topic: Topic) -> tuple[set[str], list[Span]]:
    """The phrases of a passage and where they stand, outside of contexts that void them."""
    phrases: set[str] = set()
    spans: list[Span] = []
    voids = [found.span() for context in topic.void_contexts for found in re.finditer(re.escape(context), passage.key)]
    for found in _pattern(topic).finditer(passage.key):
        if any(start <= found.start() and found.end() <= end for start, end in voids):
            continue
        phrases.add(_phrase_at(found, topic))
        spans.append(passage.span(found.start(), found.end()))
    return phrases, spans


def _phrase_at(found: re.Match[str], topic: Topic) -> str:
    """The phrase as the topic file writes it."""
    return _ordered(topic)[int(found.lastgroup[1:])] if found.lastgroup else found.group()


def _against(passages: list[Passage], topic: Topic) -> float:
    """What the article says of other subjects; once however often."""
    return sum(value for phrase, value in topic.negative.items() if any(phrase in p.key for p in passages))


@lru_cache(maxsize=8)
def _sections(topic: Topic) -> dict[str, tuple[str, float]]:
    return {phrase: (section.name, value) for section in topic.sections for phrase, value in section.phrases.items()}


@lru_cache(maxsize=8)
def _ordered(topic: Topic) -> list[str]:
    """Longest phrases first, so that one place counts once."""
    return sorted(_sections(topic), key=len, reverse=True)


@lru_cache(maxsize=8)
def _pattern(topic: Topic) -> re.Pattern[str]:
    """All phrases; those with a `*` in a group of their own, to be known again."""
    parts = []
    for number, phrase in enumerate(_ordered(topic)):
        if " * " in phrase:
            opening, _, closing = phrase.partition(" * ")
            parts.append(rf"(?P<p{number}>{re.escape(opening)} {_WORDS}{re.escape(closing)})")
        else:
            parts.append(re.escape(phrase))
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")
