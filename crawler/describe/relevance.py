"""Whether an article is about the topic, by the weighted phrases of a topic file."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.authorities import Topic
from archive.records import ArticleText, Relevance, Span
from archive.vietnamese import match_key
from crawler.describe.passages import Passage

_FIELD_WEIGHTS = {"title": 2.0, "sapo": 1.5, "body": 1.0, "caption": 0.3}
# The score of a verdict's threshold; more evidence approaches 1.
_AT_THRESHOLD = 0.5
_IN_TAGS = 0.3


def judge_relevance(text: ArticleText, passages: list[Passage], topic: Topic) -> Relevance:
    """Sum the phrases found, each once a field, less what speaks against; tags and section count a little."""
    pattern = _pattern(tuple(topic.phrases))
    weight = 0.0
    evidence: list[Span] = []
    for passage in passages:
        seen: set[str] = set()
        voids = [
            found.span() for context in topic.void_contexts for found in re.finditer(re.escape(context), passage.key)
        ]
        for found in pattern.finditer(passage.key):
            if any(start <= found.start() < end for start, end in voids):
                continue
            phrase = found.group()
            evidence.append(passage.span(found.start(), found.end()))
            if phrase not in seen:
                seen.add(phrase)
                weight += topic.phrases[phrase] * _FIELD_WEIGHTS[passage.field]
    labels = match_key(" ; ".join((*text.tags, text.section or "")))
    weight += sum(_IN_TAGS * value for phrase, value in topic.phrases.items() if phrase in labels)
    whole = " ".join(passage.key for passage in passages)
    weight -= sum(value for phrase, value in topic.negative.items() if phrase in whole)
    share = max(0.0, weight) / topic.threshold
    score = round(share / (1 + share) if share < 1 else 1 - _AT_THRESHOLD / share, 3)
    return Relevance(verdict=share >= 1, score=score, evidence=tuple(evidence), topic=topic.name)


@lru_cache(maxsize=8)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Longest phrases first, so that one place counts once."""
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")
