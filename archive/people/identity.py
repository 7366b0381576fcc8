"""Which known person a mention is: the same name key, the same province, and posts that overlap.

Two holders of one name in a province are told apart by where they serve: the same level in two places is two people.
A mention without a title is the one person of its name there, if there is only one. What stays open is a new person:
an archivist can merge, and merging wrongly is harder to see than a name that stands twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.people.posts import Post, Province

__all__ = ["Candidate", "Post", "chosen"]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A known person of the name, with the posts the archive has seen and the provinces of its articles."""

    id: int
    posts: frozenset[Post]
    provinces: frozenset[Province] = frozenset()

    def may_be_in(self, province: Province | None) -> bool:
        """Whether an article of this province may speak of the person; a merger of provinces leaves it open."""
        return (
            province is None
            or not self.provinces
            or any(province.is_same(one) or province.is_followed(one) for one in self.provinces)
        )


def chosen(posts: Sequence[Post], province: Province | None, candidates: Sequence[Candidate]) -> Candidate | None:
    """The person a mention with these posts is, or None where it is nobody known for certain."""
    candidates = [one for one in candidates if one.may_be_in(province) and not _contradicts(posts, one)]
    serving = [post for post in posts if post.serves_somewhere]
    if not serving:
        return candidates[0] if len(candidates) == 1 else None
    fitting = [one for one in candidates if any(post.overlaps(held) for post in serving for held in one.posts)]
    unplaced = [one for one in candidates if not any(held.serves_somewhere for held in one.posts)]
    if not fitting and len(candidates) == 1:
        fitting = unplaced
    return fitting[0] if len(fitting) == 1 else _most_alike(serving, fitting)


def _contradicts(posts: Sequence[Post], candidate: Candidate) -> bool:
    """Whether a post of the mention cannot be the candidate's, unless the candidate holds that very one."""
    return any(
        any(post.contradicts(held) for held in candidate.posts) and post not in candidate.posts for post in posts
    )


def _most_alike(posts: list[Post], fitting: list[Candidate]) -> Candidate | None:
    """Of several the only one that holds the very same post."""
    same = [one for one in fitting if not one.posts.isdisjoint(posts)]
    return same[0] if len(same) == 1 else None
