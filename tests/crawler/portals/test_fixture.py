"""A fixture is the page with words of ours: same markup, addresses, dates and rules, no sentence of the page."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from archive.command import run
from archive.dates import parse_date
from archive.records import LOCAL_ZONE, ArticlePage
from crawler.extract.decode import decode
from crawler.portals.drafting.basis import provisional
from crawler.portals.fixtures.donors import Donors
from crawler.portals.fixtures.encodings import encoded
from crawler.portals.fixtures.fixture import Fixture, make_fixture
from crawler.portals.fixtures.markup import Run, rewritten
from crawler.portals.fixtures.wording import Wording
from spiders.portal import Portal
from spiders.profile import Fields, Rule
from spiders.registry import load_registry
from tests.crawler.portals.pairs import DATA

GOLD = [one for one in json.loads((DATA / "pages" / "gold.json").read_text(encoding="utf-8")) if one["is_article"]]
SEEN = datetime(2026, 11, 22, 12, tzinfo=LOCAL_ZONE)  # the day of the header clocks
LONGEST_DATE = 80  # "Hôm nay, Chủ Nhật, ngày 22 tháng 11 năm 2026"
# By these lines rules and form end a text.
LABELS = ("Xem các tin đã đưa ngày", "Các tin khác trong số này", "Tin: Đài ")
BY_ID = {one["id"]: one for one in GOLD}


def page_of(entry: dict[str, Any], *changes: tuple[str, str]) -> ArticlePage:
    body = (DATA / "pages" / entry["file"]).read_bytes()
    for old, new in changes:
        assert old.encode() in body
        body = body.replace(old.encode(), new.encode())
    return ArticlePage(url=entry["url"], body=body, fetched_at=SEEN)


def made_of(name: str, *changes: tuple[str, str]) -> Fixture:
    return make_fixture(page_of(BY_ID[name], *changes), None, load_registry())


def texts_of(source: str) -> list[str]:
    """The texts between tags that a reader sees."""
    tree = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    for element in tree.xpath("//script|//style"):
        element.drop_tree()
    return [" ".join(text.split()) for text in tree.itertext() if text.strip()]


def runs_of_six(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return {" ".join(words[n : n + 6]) for n in range(len(words) - 5)}


def addresses_of(source: str) -> list[str]:
    return list(
        map(
            str,
            html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8")).xpath(
                "//@href|//@src|//@action"
            ),
        )
    )


@pytest.mark.parametrize("entry", GOLD, ids=lambda one: f"{one['id']}-{one['family']}")
def test_fixture_holds_no_sentence_of_the_page_and_reads_by_the_same_rules(entry: dict[str, Any]) -> None:
    page = page_of(entry)
    made = make_fixture(page, None, load_registry())
    assert made.problems == ()
    old, new = decode(page.body), decode(made.body)
    assert new.encoding == old.encoding
    assert addresses_of(new.text) == addresses_of(old.text)
    assert made.reading.published is None or made.reading.published.iso()[:10] == entry["published"][:10]
    assert len(made.reading.authors) == len(entry["authors"])
    of_page = set[str]().union(*map(runs_of_six, texts_of(old.text)))
    left = [text for text in texts_of(new.text) if runs_of_six(text) & of_page]
    is_date = [bool(parse_date(text)) and len(text) <= LONGEST_DATE for text in left]
    assert [
        text for text, is_kept in zip(left, is_date, strict=True) if not is_kept and not text.startswith(LABELS)
    ] == []
    prose = " ".join(texts_of(new.text))
    assert [name for name in entry["authors"] if name in prose and name not in ("Hồng Hà",)] == []


def test_the_same_text_gets_the_same_words_everywhere() -> None:
    title = BY_ID["d05"]["title"]
    page = page_of(BY_ID["d05"])
    made = make_fixture(page, None, load_registry())
    old, new = page.body.decode(), made.body.decode()
    ours = made.reading.title
    assert ours
    assert new.count(ours) >= old.count(title) > 2  # heading, head, JSON-LD
    tree = html.document_fromstring(made.body)
    assert ours in tree.findtext(".//title")
    [description] = tree.xpath("//meta[@name='description']/@content")
    assert made.reading.sapo
    assert made.reading.sapo.startswith(description.rstrip(" .…")[:60])


def test_fixture_is_the_same_each_time() -> None:
    assert made_of("d09").body == made_of("d09").body


def test_length_of_paragraphs_stays_about_the_same() -> None:
    made = made_of("d13")
    old, new = (text.body.split("\n\n") for text in (made.original, made.reading))
    assert len(old) == len(new)
    assert all(0.7 * len(a) <= len(b) <= 1.3 * len(a) for a, b in zip(old, new, strict=True) if len(a) > 60)


def test_rule_that_hangs_on_the_pages_words_is_reported() -> None:
    entry = BY_ID["d09"]
    words = " ".join(entry["body"].split("\n\n")[1].split()[:6])
    base = provisional(entry["url"], load_registry())
    fields = Fields(sapo=(Rule(xpath=f"//*[starts-with(normalize-space(), '{words}')]"),))
    portal = Portal(profile=msgspec.structs.replace(base.profile, fields=fields), base=load_registry().families["bbg"])
    made = make_fixture(page_of(entry), portal, load_registry())
    assert any(problem.startswith("sapo: read by css:p.alead, on the page by xpath:") for problem in made.problems)


LETTERS = ["windows-1258", "tcvn3", "vni"]
TEXT = (
    "Hội nghị dân vận khéo ở huyện Vĩnh Cửu: đồng bào góp sức làm đường, trồng rừng, giữ nước; những việc nhỏ của các "
    "cán bộ xã được nhân dân tin yêu, ủng hộ. Ông Nguyễn Văn Sửu kể chuyện. "
) * 3


@pytest.mark.parametrize("encoding", LETTERS)
def test_legacy_page_is_written_in_its_own_letters(encoding: str) -> None:
    body = encoded(f"<html><body><p>{TEXT}</p></body></html>", encoding, b"")
    assert decode(body).encoding == encoding
    assert TEXT.strip() in decode(body).text


def test_marks_and_forms_of_unicode_stay() -> None:
    apart = unicodedata.normalize("NFD", TEXT)
    assert encoded(TEXT, "utf-8", apart.encode()) == apart.encode()
    assert encoded(TEXT, "utf-8", b"\xef\xbb\xbf<p>").startswith(b"\xef\xbb\xbf")
    assert encoded(TEXT, "utf-8", TEXT.encode()) == TEXT.encode()


def wording(**known: str) -> Wording:
    return Wording(donors=Donors("test", set()), known=dict(known), names={}, places=["Bắc Giang"])


@pytest.mark.parametrize(
    "text",
    ["Thứ hai, 4/3/2024 | 2:26:47 PM", "Ngày đăng 18/07/2024 | 11:39 | Lượt xem: 95", "Cập nhật lần cuối: 9h20, ngày 15/3/2023",
     "Chủ nhật, ngày 22 tháng 11 năm 2026", "Các tin khác", "Trang chủ", "Xây dựng Đảng", "Bắc Giang", "(Theo Báo Bắc Giang)", "1.759", "»"],
)  # fmt: skip
def test_dates_labels_and_menus_stay(text: str) -> None:
    assert wording().say(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Tác giả: Lường Thị Đào", "Tác giả: "),
        ("Hải Hằng 11:43, 10/07/2024", " 11:43, 10/07/2024"),
        ("Tin, ảnh: Vũ Kiều Oanh", "Tin, ảnh: "),
    ],
)
def test_names_beside_labels_and_dates_are_exchanged(text: str, kept: str) -> None:
    said = wording().say(text)
    assert kept in said
    assert said != text
    name = text.replace(kept, "")
    assert len(said.replace(kept, "").split()) == len(name.split())
    assert not set(name.split()) & set(said.split()) - {"Thị", "Văn"}


def test_cut_description_is_the_beginning_of_the_lead() -> None:
    lead = "Sáu tháng đầu năm, toàn huyện đăng ký nhiều việc nhỏ mà dân cần ngay"
    ours = "Hai vụ lúa liền, cánh đồng trước đình không còn một thửa nào bỏ hoang"
    said = wording(**{lead: ours}).say("Sáu tháng đầu năm, toàn huyện đăng ký…")
    assert said.endswith("…")
    assert ours.startswith(said.rstrip("…"))
    assert wording(**{lead: ours}).say(f"(QNO) - {lead} | Báo Mẫu") == f"(QNO) - {ours} | Báo Mẫu"


def test_bold_and_links_of_a_sentence_keep_their_places() -> None:
    runs = [Run(text="Đồng chí bí thư xã nói rằng", in_link=False), Run(text="việc khéo", in_link=True),
            Run(text="phải bắt đầu từ điều dân cần nhất hôm nay.", in_link=False)]  # fmt: skip
    said = wording().runs(runs)
    assert len(said) == 3
    assert all(said)
    assert len(said[1]) < len(said[0]) < len(said[2])
    assert said[2].endswith(".")


TAGS = ["p", "div", "b", "i", "a", "span", "h2", "li", "td", "em"]
WORDS = st.lists(
    st.sampled_from(
        ["dân", "vận", "khéo", "ở", "xã", "Ông", "12/3/2024", "&amp;", "&nbsp;", "&#272;", "5 < 6", "“hay”"]
    ),
    max_size=12,
)


@st.composite
def markup(draw: st.DrawFn, depth: int = 3) -> str:
    """Nested tags with texts, attributes in both quotes, comments, scripts, breaks."""
    parts = [" ".join(draw(WORDS))]
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["tag", "br", "comment", "script", "image", "text"]))
        if kind == "tag" and depth:
            tag = draw(st.sampled_from(TAGS))
            quote = draw(st.sampled_from("\"'"))
            value = " ".join(draw(WORDS)).replace("<", "").replace(quote, "")
            parts.append(f"<{tag} title={quote}{value}{quote} class=x>{draw(markup(depth=depth - 1))}</{tag}>")
        elif kind == "image":
            parts.append(f'<img src="/a b.jpg" alt="{" ".join(draw(WORDS)).replace("<", "")}"/>')
        else:
            parts.append(
                {
                    "br": "<br>",
                    "comment": "<!-- dân <b>vận --></b>"[:17] + "-->",
                    "script": "<script>if (a<b) {'</p>'}</script>",
                }.get(kind, "chữ")
            )
    return "".join(parts)


def tags_of(source: str) -> list[tuple[str, list[str]]]:
    tree = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    return [(str(element.tag), list(map(str, element.attrib))) for element in tree.iter()]


@given(markup())
def test_replacement_keeps_tags_and_attributes(body: str) -> None:
    source = f'<html><head><title>Tin</title></head><body class="a b"><p>x</p>{body}</body></html>'
    words = wording()
    changed = rewritten(source, words.runs, words.say)
    assert tags_of(changed) == tags_of(source)
    assert rewritten(source, lambda runs: [run.text for run in runs], lambda text: text).count("<") <= source.count("<")


@given(st.text("<>/!-=\"' apbr&;x\n", max_size=60))
def test_any_source_can_be_rewritten(source: str) -> None:
    same = rewritten(source, lambda runs: [run.text for run in runs], lambda text: text)
    assert re.sub(r"<!--.*?-->", "", same) == re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)


def test_files_have_the_form_of_the_families_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = BY_ID["d03"]
    command = ["portals", "fixture", str(DATA / "pages" / entry["file"]), "--url", entry["url"], "-o", str(tmp_path)]
    assert run(command) == 0
    assert "[css:#newscontents .content-fck]" in capsys.readouterr().out
    [page, expected] = sorted(tmp_path.iterdir())
    assert (page.name, expected.name) == ("baocantho-168207.html", "baocantho-168207.json")
    said = json.loads(expected.read_text(encoding="utf-8"))
    known = json.loads(next((DATA / "families").glob("*/*.json")).read_text(encoding="utf-8"))
    assert said.keys() == known.keys() | {"reviewed"}
    assert said["reviewed"] is False  # no terminal, nobody looked
    assert said["url"] == entry["url"]

    assert run(command) == 2
    assert "is there already; --force writes over it" in capsys.readouterr().err
    assert run([*command, "--name", "can-tho", "--reviewed", "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert (out["problems"], out["result"]["reviewed"]) == ([], True)
    assert json.loads((tmp_path / "can-tho.json").read_text(encoding="utf-8")) == out["result"]


def test_what_is_no_article_makes_no_fixture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = str(DATA / "pages" / "d32.html")
    assert (
        run(["portals", "fixture", page, "--url", "https://damrong.lamdong.test/x-7741.html", "-o", str(tmp_path)]) == 2
    )
    assert capsys.readouterr().err.startswith(f"danvan: {page}: no article (")
    assert list(tmp_path.iterdir()) == []


def test_article_that_is_not_archived_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path / "home"))
    assert run(["portals", "fixture", "12", "-o", str(tmp_path)]) == 3
    assert run(["init"]) == 0
    capsys.readouterr()
    assert run(["portals", "fixture", "12", "-o", str(tmp_path)]) == 2
    assert "12: no such article in" in capsys.readouterr().err
