"""What became of one file's records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from archive.past.intake import TakenFile
from crawler.past.parts import Unusable

# Rightly in such files, and no pages: DNS answers, videos.
_HARMLESS = ("not HTTP", "longer than any page")
_EXAMPLES = 5


@dataclass(kw_only=True)
class FileTally:
    """Counts of one file, with the first few records that could not be used."""

    taken: TakenFile
    records: int = 0
    added: int = 0
    known: int = 0
    torn_at: int | None = None
    elsewhere: Counter[str] = field(default_factory=Counter)  # host → responses that belong to no portal
    unusable: Counter[str] = field(default_factory=Counter)  # reason → records
    examples: list[str] = field(default_factory=list)

    def pass_over(self, one: Unusable) -> None:
        """Count a record that proves nothing."""
        self.unusable[one.reason] += 1
        if len(self.examples) < _EXAMPLES and one.reason not in _HARMLESS:
            self.examples.append(f"at {one.offset}: {one.said}")

    @property
    def has_problems(self) -> bool:
        """Whether something that should be in the file is not."""
        return self.torn_at is not None or any(reason not in _HARMLESS for reason in self.unusable)


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """A tally as it is printed."""

    file: str
    stored_as: str | None  # name in warc/; None where no record of it is in the archive
    records: int
    added: int
    known: int
    torn_at: int | None
    is_repacked: bool  # one gzip stream there, its records packed one by one here
    elsewhere: dict[str, int]
    unusable: dict[str, int]
    examples: tuple[str, ...]
    has_problems: bool

    @classmethod
    def of(cls, tally: FileTally, *, is_kept: bool) -> FileReport:
        """The report of a file that was read to its end."""
        return cls(
            file=tally.taken.source,
            stored_as=tally.taken.path.name if is_kept else None,
            records=tally.records,
            added=tally.added,
            known=tally.known,
            torn_at=tally.torn_at,
            is_repacked=tally.taken.is_repacked,
            elsewhere=dict(tally.elsewhere.most_common()),
            unusable=dict(tally.unusable),
            examples=tuple(tally.examples),
            has_problems=tally.has_problems,
        )
