"""Two districts of one name and an official who rises, for the tests of places and of people's evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from archive.records import FigureMention, LocalityMention, OfficialMention, OfficialTitle, Span
from archive.repository import Archive
from tests.archive import build

BODY = "Mở đầu. Bà Ma Thị Hạnh, Bí thư Huyện ủy Định Hóa, nói: huyện Định Hóa có 12 mô hình. Hết."
DEPUTY = "Mở đầu. Bà Ma Thị Hạnh, Phó Bí thư Huyện ủy Định Hóa, nói: huyện Định Hóa có 9 mô hình. Hết."


def span(body: str, words: str) -> Span:
    return Span(field="body", start=body.index(words), end=body.index(words) + len(words))


def place(unit_id: str | None = "d167", name: str = "Định Hóa") -> LocalityMention:
    return replace(build.locality(name), unit_id=unit_id, province="Thái Nguyên")


def official(body: str, printed: str) -> OfficialMention:
    title = OfficialTitle(
        printed=printed, post=printed.split(" Huyện")[0], organisation="Huyện ủy", level="district", locality="Định Hóa"
    )
    cited = f"Bà Ma Thị Hạnh, {printed}"
    return OfficialMention(
        name="Ma Thị Hạnh", key="ma thi hanh", titles=(title,), cited_as=(cited,), evidence=(span(body, cited),)
    )


def figure(body: str, value: int) -> FigureMention:
    cited = f"{value} mô hình"
    return FigureMention(value=value, of=None, unit="mô hình", what=None, locality="Định Hóa", cited_as=cited,
                         evidence=span(body, cited))  # fmt: skip


def save(archive: Archive, number: int, day: date | None, body: str, printed: str, value: int,
         *places: LocalityMention) -> int:  # fmt: skip
    url = f"https://mau.test/{number}.html"
    description = replace(
        build.description(places or (place(),), (official(body, printed),)), figures=(figure(body, value),)
    )
    return archive.save(build.entry(url), build.text(url=url, day=day, body=body), description).article_id


def filled(archive: Archive) -> tuple[int, int]:
    """A deputy in 2021, the head in 2024."""
    first = save(archive, 1, date(2021, 3, 1), DEPUTY, "Phó Bí thư Huyện ủy Định Hóa", 9)
    return first, save(archive, 2, date(2024, 7, 10), BODY, "Bí thư Huyện ủy Định Hóa", 12)
