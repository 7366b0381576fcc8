"""Posts as they are compared: abbreviations written out, the kind of body, and the place they are held in.

>>> written_out("PCT UBND huyện"), written_out("HUV, Trưởng BDV"), sorted(bodies("Trưởng Ban Dân vận Huyện ủy"))
('phó chủ tịch ủy ban nhân dân huyện', 'huyện ủy viên, trưởng ban dân vận', ['ban dân vận', 'party'])
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.authorities import Abbreviations
from archive.records import Level, OfficialTitle
from archive.vietnamese import fold, match_key

_WIDE: tuple[Level, ...] = ("central", "province")
_TOKEN = re.compile(r"[\w&]+(?:\.[\w&]+)*")
# "CT" may be a directive; before a body it is its chairman.
_CHAIRMAN = re.compile(r"(?<!\w)ct(?=\s(?:ubnd|hđnd|ubmttq|ủy ban|hội))")
_PARTY = re.compile(r"(?:tỉnh|huyện|thành|thị|quận|đảng) ủy(?! ban)|đảng bộ|ban thường vụ")
_BODIES = re.compile(
    r"ủy ban nhân dân|hội đồng nhân dân|mặt trận|ban (?:dân vận|tổ chức|tuyên giáo|nội chính|chỉ huy quân sự)"
    r"|ủy ban kiểm tra|hội (?:nông dân|liên hiệp phụ nữ|cựu chiến binh)|đoàn thanh niên|liên đoàn lao động|công an"
    r"|quân sự|văn phòng|thanh tra"
)


@dataclass(frozen=True)
class Province:
    """A province on a day: by which names it is the same, and what it went into."""

    id: str
    today: str  # the name of what it is now
    names: frozenset[str]
    heirs: frozenset[str] = frozenset()

    def is_same(self, other: Province) -> bool:
        """Whether both are one province, renamed or not."""
        return not self.names.isdisjoint(other.names)

    def is_followed(self, other: Province) -> bool:
        """Whether one went into the other."""
        return other.id in self.heirs or self.id in other.heirs


@dataclass(frozen=True, kw_only=True)
class Where:
    """The place a post is held in, as keys; None where neither post nor article says."""

    province: Province | None = None
    district: str | None = None
    commune: str | None = None

    def at(self, level: Level | None) -> tuple[str | None, ...]:
        """What tells two holders of one level apart, the widest first."""
        return {"district": (self.district,), "commune": (self.district, self.commune)}.get(level or "", ())


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post as it is compared: without tones and abbreviations."""

    post: str
    bodies: frozenset[str]
    level: Level | None
    where: Where
    former: bool = False

    @classmethod
    def of(cls, title: OfficialTitle, where: Where, level: Level | None = None) -> Post:
        """The keys of a title; a rank has neither a body nor a place."""
        return cls(
            post=fold(written_out(title.post or title.printed)),
            bodies=bodies(f"{title.post or ''} {title.organisation or ''}"),
            level=level or title.level,
            where=where,
            former=title.former,
        )

    @property
    def serves_somewhere(self) -> bool:
        """Whether it says where; "Đại tá" or "Trưởng đoàn" alone tells nobody apart."""
        return bool(self.bodies) or any(self.where.at(self.level)) or self.level in _WIDE

    def overlaps(self, other: Post) -> bool:
        """Whether one person may hold both: the same place on the same level, else the same body.

        A deputy rises to head, a chairman goes over to the Party committee of his district. Across a merger of
        provinces only the very same post is taken for one person's.
        """
        if None not in (self.level, other.level) and self.level != other.level:
            return False
        mine, others = self.where.province, other.where.province
        if mine and others and not mine.is_same(others):
            return mine.is_followed(others) and self._agrees(other)
        if self.level in _WIDE and self.level == other.level:
            return True
        return self._is_here(other) is True or (self._is_here(other) is None and self._shares_body(other))

    def contradicts(self, other: Post) -> bool:
        """Whether nobody can hold both: the same level in two places."""
        if self.former or other.former or self.level is None or self.level != other.level:
            return False
        mine, others = self.where.province, other.where.province
        if mine and others and not mine.is_same(others) and not mine.is_followed(others):
            return self.level != "central"
        return self._is_here(other) is False

    def _agrees(self, other: Post) -> bool:
        return self.post == other.post and self._shares_body(other) and self._is_here(other) is not False

    def _shares_body(self, other: Post) -> bool:
        return not self.bodies.isdisjoint(other.bodies)

    def _is_here(self, other: Post) -> bool | None:
        """Whether both are held in one place; None where a part of it is not known."""
        mine, others = self.where.at(self.level), other.where.at(other.level)
        if any(None not in pair and pair[0] != pair[1] for pair in zip(mine, others, strict=False)):
            return False
        return True if mine and others and mine[-1] is not None and mine[-1] == others[-1] else None


@lru_cache(maxsize=4096)
def written_out(printed: str) -> str:
    """The match key of a post with its abbreviations written out; those of several meanings stay."""
    key = _CHAIRMAN.sub("chủ tịch", match_key(printed))
    return _TOKEN.sub(lambda found: _long_forms().get(found.group(), found.group()), key)


@lru_cache(maxsize=4096)
def bodies(printed: str) -> frozenset[str]:
    """The kinds of bodies a post names: its committee of the Party, its office; else the words themselves."""
    key = written_out(printed)
    found = set(_BODIES.findall(key)) | ({"party"} if _PARTY.search(key) else set())
    if found:
        return frozenset(found)
    named = re.search(r"(?:sở|phòng|trung tâm|trường|chi cục|cục|trạm|bệnh viện|đồn|ban|hội|báo|đài)\s.+", key)
    return frozenset([fold(named.group().strip())] if named else [])


@lru_cache(maxsize=1)
def _long_forms() -> dict[str, str]:
    table = Abbreviations.load()
    single = {short: longs[0] for short, longs in table.ambiguous.items() if len(longs) == 1}
    return {match_key(short).strip("."): match_key(long) for short, long in (table.long | single).items()}
