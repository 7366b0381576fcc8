"""Every page in both languages: nothing a keyboard or a screen reader would miss, and colours that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from archive.repository import Archive
from search.web import app as application
from search.web.app import create_app
from tests.archive import build
from tests.archive.places import saved
from tests.search.web import pages

SHEET = (Path(application.__file__).parent / "static" / "danvan.css").read_text(encoding="utf-8")
PATHS = (
    "/", "/?q=d%C3%A2n", "/?q=khongco", "/?q=zz:a", "/?locality=id%3Dd167&from=2024&tones=exact",
    "/articles/1", "/articles/99", "/articles/1/versions", "/officials", "/officials?q=khongco", "/officials/1",
    "/localities", "/localities?q=dinh+hoa", "/localities?q=khongco", "/localities/d167", "/localities/n19",
    "/contexts", "/contexts?q=m%C3%B4+h%C3%ACnh&order=left", "/contexts?q=khongco", "/trends",
    "/trends?q=m%C3%B4+h%C3%ACnh&with=huy%E1%BB%87n&grain=month&per=words", "/figures", "/figures?q=khongco",
    "/figures?what=m%C3%B4+h%C3%ACnh", "/portals", "/portals/mau", "/coverage", "/coverage?portal=mau", "/help", "/api/docs",
)  # fmt: skip
# Text and ground that stand on each other; WCAG 2.2, 1.4.3 asks 4.5 of text and 1.4.11 asks 3 of borders and focus.
TEXT = (
    ("ink", "paper"), ("ink", "ground"), ("ink", "tint"), ("ink", "hit"), ("ink", "notice"), ("ink", "problem"),
    ("ink", "added"), ("ink", "removed"), ("soft", "paper"), ("soft", "ground"), ("soft", "tint"), ("faint", "paper"),
    ("link", "paper"), ("link", "ground"), ("link", "tint"), ("link", "notice"), ("visited", "ground"),
    ("brand", "paper"), ("brand", "ground"), ("on-brand", "brand"), ("on-brand", "brand-dark"), ("soft", "notice"),
)  # fmt: skip
SHAPES = (("strong-line", "paper"), ("focus", "paper"), ("focus", "ground"), *((f"s{n}", "paper") for n in range(6)),
          *((f"s{n}", "ground") for n in range(6)))  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with build.new_archive(tmp_path_factory.mktemp("accessible")) as opened:
        saved.filled(opened)
        yield opened


@pytest.fixture(scope="module")
def client(archive: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(archive.home)) as opened:
        yield opened


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_page_has_no_fault_and_nothing_runs(client: TestClient, path: str, language: str) -> None:
    page = client.get(path, headers={"accept-language": language}).text
    assert pages.faults(page) == []
    assert pages.running(page) == []
    assert f'<html lang="{language}">' in page


def test_every_path_of_a_page_is_looked_at() -> None:
    offered = {route.path for module in application.PAGES for route in module.router.routes}  # type: ignore[attr-defined]
    patterns = {path: re.compile(re.sub(r"\{\w+\}", r"[^/?]+", path) + r"(\?.*)?") for path in offered}
    assert [path for path, pattern in patterns.items() if not any(pattern.fullmatch(one) for one in PATHS)] == []


def test_chosen_language_stays_in_every_link_and_form(client: TestClient) -> None:
    for path in ("/?q=d%C3%A2n&lang=en", "/articles/1?lang=en", "/officials/1?lang=en", "/localities/d167?lang=en"):
        tree = html.document_fromstring(client.get(path).text)
        links = [link.get("href") for link in tree.iter("a")]
        ours = [
            link
            for link in links
            if link.startswith("/") and not re.match("/api/(?!docs)|/export|/feed|.*/citation", link)
        ]
        assert len(ours) > 8
        assert [link for link in ours if "lang=" not in link] == []
        for form in tree.iter("form"):
            assert form.xpath(".//input[@name='lang']/@value") == ["en"]


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(text: str, ground: str) -> None:
    assert contrast(colour(text), colour(ground)) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_lines_and_focus_can_be_seen(shape: str, ground: str) -> None:
    assert contrast(colour(shape), colour(ground)) >= 3


def test_every_text_colour_is_in_the_table() -> None:
    used = set(re.findall(r"(?<![-\w])(?:color|fill): var\(--([\w-]+)\)", SHEET)) - {"paper"}
    known = {name for name, _ in (*TEXT, *SHAPES)}
    assert used <= known


def colour(name: str) -> tuple[float, ...]:
    """A custom property's colour as linear red, green and blue."""
    found = re.search(rf"--{name}: #([0-9a-f]{{6}});", SHEET)
    assert found, name
    parts = [int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """WCAG's ratio of two colours."""
    light = sorted(sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), colour_, strict=True)) + 0.05
                   for colour_ in (one, other))  # fmt: skip
    return light[1] / light[0]


def test_contrast_is_that_of_the_rule() -> None:
    assert [round(contrast(a, b)) for a, b in pairwise([(0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)])] == [21, 1]
