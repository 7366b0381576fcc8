"""Which known person a mention is: the same name key, the same province, and posts that overlap.

Two holders of one name in a province are told apart by where they serve. A mention without a title is the one person
of its name there, if there is only one. What stays open is a new person: an archivist can merge, and merging wrongly is
harder to see than a name that stands twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.records import Level, OfficialMention, OfficialTitle
from archive.vietnamese import fold, match_key

_WIDE: tuple[Level, ...] = ("central", "province")


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post as it is compared: keys without tones and abbreviations' case."""

    post: str
    organisation: str
    level: Level | None
    locality: str

    @classmethod
    def of(cls, title: OfficialTitle) -> Post:
        """The keys of a title; a rank has neither organisation nor place."""
        return cls(
            post=fold(match_key(title.post or title.printed)),
            organisation=fold(match_key(title.organisation or "")),
            level=title.level,
            locality=fold(match_key(title.locality or "")),
        )

    @property
    def serves_somewhere(self) -> bool:
        """Whether it says where; "Đại tá" or "Trưởng đoàn" alone tells nobody apart."""
        return bool(self.locality or self.organisation or self.level in _WIDE)

    def overlaps(self, other: Post) -> bool:
        """Whether one person may hold both: the same place or organisation on the same level.

        A deputy rises to head, a chairman goes over to the Party committee of his district.
        """
        if None not in (self.level, other.level) and self.level != other.level:
            return False
        if self.locality and other.locality:
            return self.locality == other.locality
        if self.level in _WIDE and self.level == other.level:
            return True
        return bool(self.organisation) and self.organisation == other.organisation


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A known person of the name and province, with the posts the archive has seen."""

    id: int
    posts: frozenset[Post]


def chosen(mention: OfficialMention, candidates: Sequence[Candidate]) -> Candidate | None:
    """The person a mention is, or None where it is nobody known for certain."""
    posts = [post for post in map(Post.of, mention.titles) if post.serves_somewhere]
    if not posts:
        return candidates[0] if len(candidates) == 1 else None
    fitting = [one for one in candidates if any(post.overlaps(held) for post in posts for held in one.posts)]
    unplaced = [one for one in candidates if not any(held.serves_somewhere for held in one.posts)]
    if not fitting and len(candidates) == 1:
        fitting = unplaced
    return fitting[0] if len(fitting) == 1 else _most_alike(posts, fitting)


def _most_alike(posts: list[Post], fitting: list[Candidate]) -> Candidate | None:
    """Of several the only one that holds the very same post."""
    same = [one for one in fitting if not one.posts.isdisjoint(posts)]
    return same[0] if len(same) == 1 else None
