"""What a query was taken to mean, in lines for its reader, each with the switch that takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive.authorities import Unit
from search.analysis import Tones
from search.labels import unit_label
from search.query.places import Mode

Kind = Literal["query", "tones", "abbreviation", "spelling", "ambiguous", "place", "portal", "date", "limit"]
# Of a name that forty places have; the rest are a number.
_NAMED = 4


@dataclass(frozen=True, kw_only=True)
class Switch:
    """A parameter of an address and what it is set to; `danvan search` has an option of the name in `option`."""

    parameter: str
    value: str
    option: str
    vi: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Understood:
    """One thing that was understood, in both languages; `switch` says how to have it otherwise."""

    kind: Kind
    vi: str
    en: str
    switch: Switch | None = None

    def text(self, language: str) -> str:
        """The line in a language of the pages: `vi` or `en`."""
        return self.vi if language == "vi" else self.en


# The switch that has words match whatever their tones.
ANY_TONES = Switch(parameter="tones", value="folded", option="--tones folded", vi="tìm không dấu", en="any tones")


def reaching_further() -> Switch:
    """The switch by which places reach what they came from and became."""
    return _REACH["inside"][2]


def tones_line(tones: Tones, *, is_forced: bool) -> Understood:
    """Whether words match with their tones."""
    if tones == "exact":
        why_vi, why_en = ("", "") if is_forced else (" (có từ mang dấu)", " (a word of it carries one)")
        return Understood(
            kind="tones", vi=f"đúng dấu như đã gõ{why_vi}", en=f"tones as typed{why_en}", switch=ANY_TONES
        )
    other = Switch(parameter="tones", value="exact", option="--tones exact", vi="tìm đúng dấu", en="tones as typed")
    why_vi, why_en = ("", "") if is_forced else (" (không từ nào mang dấu)", " (no word carries one)")
    return Understood(kind="tones", vi=f"mọi dấu{why_vi}", en=f"any tones{why_en}", switch=other)


def forms_line(kind: Literal["abbreviation", "spelling"], pairs: list[tuple[str, str]]) -> Understood:
    """Which words are also looked for in another form."""
    listed = "; ".join(f"{typed} = {other}" for typed, other in pairs)
    off = Switch(
        parameter="abbr", value="off", option="--abbreviations off", vi="chỉ tìm như đã gõ", en="only as typed"
    )
    vi = "viết tắt và viết đủ" if kind == "abbreviation" else "hai cách viết i/y"
    en = "also written" if kind == "abbreviation" else "also spelled"
    return Understood(kind=kind, vi=f"{vi}: {listed}", en=f"{en}: {listed}", switch=off)


def ambiguous_line(short: str, longs: tuple[str, ...]) -> Understood:
    """An abbreviation of several meanings, left as it is."""
    every = Switch(
        parameter="abbr", value="all", option="--abbreviations all", vi="tìm cả các nghĩa", en="all meanings"
    )
    meanings = ", ".join(longs)
    return Understood(
        kind="ambiguous",
        vi=f"{short} giữ nguyên; có thể là {meanings}",
        en=f"{short} is left as it is; it may mean {meanings}",
        switch=every,
    )


def place_line(typed: str, units: list[Unit], mode: Mode) -> Understood:
    """Which units a name was taken for, and how far it reaches."""
    labels = "; ".join(dated_label(unit) for unit in units[:_NAMED])
    more = len(units) - _NAMED
    more_vi, more_en = (f"; và {more} nơi khác", f"; and {more} more") if more > 0 else ("", "")
    narrow = f"id={units[0].id}" if units else ""
    several_vi = f" – thu hẹp: thêm huyện hoặc tỉnh sau dấu phẩy, hay {narrow}" if len(units) > 1 else ""
    several_en = f" – to narrow it: add the district or province after a comma, or {narrow}" if len(units) > 1 else ""
    reach_vi, reach_en, switch = _REACH[mode]
    if not units:
        labels = typed
    return Understood(
        kind="place",
        vi=f"nơi “{typed}”: {labels}{more_vi}{several_vi}; {reach_vi}",
        en=f"place “{typed}”: {labels}{more_en}{several_en}; {reach_en}",
        switch=switch,
    )


def dated_label(unit: Unit) -> str:
    """A unit with the years it was, as far as a law tells: "tỉnh Bắc Ninh [1997–2025]"."""
    first, last = unit.valid_from, unit.valid_to
    span = f"{first.year if first else ''}–{last.year if last else ''}"
    return f"{unit_label(unit.id)} [{span}]" if first or last else unit_label(unit.id)


def dates_line(first: date | None, last: date | None) -> Understood:
    """The days a date expression covers."""
    start_vi, end_vi = (f"từ {_day(first)}" if first else ""), (f"đến {_day(last)}" if last else "")
    start_en, end_en = (f"from {_day(first)}" if first else ""), (f"until {_day(last)}" if last else "")
    vi, en = f"{start_vi} {end_vi}".strip(), f"{start_en} {end_en}".strip()
    if first and first == last:
        vi, en = _day(first), _day(first)
    return Understood(kind="date", vi=f"đăng {vi}", en=f"published {en}")


def query_line(plain: str) -> Understood:
    """The query in its plainest form."""
    return Understood(kind="query", vi=f"hiểu là: {plain}", en=f"read as: {plain}")


def portal_line(names: list[str]) -> Understood:
    """Which portals a key or a part of a name was taken for."""
    return Understood(kind="portal", vi=f"báo: {', '.join(names)}", en=f"portal: {', '.join(names)}")


def province_line(id_: str, *, is_today: bool) -> Understood:
    """The land of a province of today at all times, or of one of before July 2025."""
    label = unit_label(id_)
    if is_today:
        return Understood(kind="place", vi=f"địa bàn nay thuộc {label}", en=f"land that today lies in {label}")
    return Understood(
        kind="place", vi=f"địa bàn thuộc {label} trước 1/7/2025", en=f"land that lay in {label} before 1/7/2025"
    )


def limit_line(most: int) -> Understood:
    """More other forms than are looked for."""
    return Understood(
        kind="limit",
        vi=f"quá {most} cách viết khác: các từ sau tìm như đã gõ",
        en=f"more than {most} other ways to write it: the later words are looked for as typed",
    )


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year:04d}"


def _to(mode: Mode, vi: str, en: str) -> Switch:
    return Switch(parameter="places", value=mode, option=f"--places {mode.replace('_', '-')}", vi=vi, en=en)


_REACH: dict[Mode, tuple[str, str, Switch]] = {
    "as_was": (
        "chỉ đúng nơi này", "exactly this unit", _to("inside", "và mọi nơi bên trong", "and everything in it"),
    ),
    "inside": (
        "và mọi nơi bên trong vào ngày đăng", "and everything in it on the article's day",
        _to("lineage", "cả tiền thân và kế tục", "with what it came from and became"),
    ),
    "lineage": (
        "cùng tiền thân, kế tục và mọi nơi bên trong", "with what it came from and became, and everything in these",
        _to("inside", "chỉ nơi này và bên trong", "only it and what is in it"),
    ),
}  # fmt: skip
