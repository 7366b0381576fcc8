"""`danvan portals draft` as its user types it: files, wrong input, output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.command import run
from archive.errors import UsageError
from crawler.portals.drafting.basis import Asked, provisional
from spiders.registry import load_registry
from tests.crawler.portals.pairs import DATA, own_pairs

OWN = {pair.name: pair for pair in own_pairs()}
PAIR = OWN["kinh-xang"]
WHO = ("--province", "Hậu Giang", "--district", "Long Mỹ")


def files(*more: str) -> list[str]:
    """The arguments for a saved pair; its article says its own address."""
    return ["portals", "draft", str(PAIR.list_file), str(PAIR.article_file), "--list-url", PAIR.list_url, *WHO, *more]


def test_profile_goes_to_stdout_and_doubts_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files()) == 0
    out, err = capsys.readouterr()
    assert "[articles]" in out
    assert 'district = "Long Mỹ"' in out
    assert "unsure: only one article was seen" in err
    assert f"the address of {PAIR.article_file} was taken from its link rel=canonical" in err


def test_json_has_profile_doubts_and_the_article_as_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files("--json")) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["profile"]["hosts"] == ["longmy.haugiang.test"]
    assert said["by_rule"] is True
    assert said["article"]["published"] == PAIR.gold["published"]
    assert any(line.startswith("kind: ") for line in said["unsure"])


def test_file_is_named_like_its_key_and_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "long-my.toml"
    assert run(files("-o", str(path))) == 0
    text = path.read_text(encoding="utf-8")
    assert 'key = "long-my"' in text
    path.write_text("mine", encoding="utf-8")
    assert run(files("-o", str(path))) == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert "--force writes over it" in capsys.readouterr().err
    assert run(files("-o", str(path), "--force")) == 0
    assert path.read_text(encoding="utf-8") == text


def test_folder_takes_the_file_under_its_key(tmp_path: Path) -> None:
    assert run(files("-o", str(tmp_path))) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["longmy-haugiang.toml"]


def test_article_without_a_rule_for_its_text_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = PAIR.article_file.read_text(encoding="utf-8")
    for name in ('class="chi-tiet" itemprop="articleBody"', 'class="wrapper"', 'class="row"', 'class="col-md-8"'):
        bare = bare.replace(name, "")
    path = tmp_path / "bare.html"
    path.write_text(bare, encoding="utf-8")
    assert run(["portals", "draft", str(PAIR.list_file), str(path), "--list-url", PAIR.list_url, *WHO]) == 1
    assert "found by its form alone" in capsys.readouterr().err


def written(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


WRONG = {
    "missing file": (None, "cannot be read (No such file or directory); give a saved page or a URL"),
    "empty file": (b"", "an empty file; save the page again"),
    "blank page": (b"<html><body><div id='a'></div></body></html>", "a blank page"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "a PDF, no web page; save the page itself as HTML"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture, no web page"),
    "office file": (b"PK\x03\x04\x14\x00", "an archive or office file, no web page"),
    "binary": (b"\x7fELF\x02\x01\x01\x00", "a binary file, no web page"),
    "plain text": ("Tin tức trong tuần".encode(), "text without any markup, no web page"),
}


@pytest.mark.parametrize("is_list", [True, False], ids=["as list", "as article"])
@pytest.mark.parametrize(("content", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_no_web_page_is_refused_by_its_name(
    content: bytes | None, said: str, is_list: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = str(tmp_path / "nowhere.html") if content is None else written(tmp_path, "wrong.html", content)
    pair = (wrong, str(PAIR.article_file)) if is_list else (str(PAIR.list_file), wrong)
    assert run(["portals", "draft", *pair, "--list-url", PAIR.list_url, "--article-url", PAIR.articles[0], *WHO]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"danvan: {wrong}: {said}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((str(PAIR.list_file), str(PAIR.article_file)), "does not say its own address; give it with --list-url"),
        ((str(PAIR.list_file),), "from a saved list no article is fetched"),
        ((str(PAIR.list_file), str(PAIR.article_file), "--list-url", "longmy.vn"), "--list-url longmy.vn: no address"),
        ((str(PAIR.article_file), str(PAIR.article_file)), "list and article are the same page"),
        ((str(DATA / "pages" / "lists" / "nukeviet_rss.xml"), str(PAIR.article_file), "--list-url", PAIR.list_url), "a list without article links"),
        (("https://a.test/tin/", "https://b.test/mot-bai-12.html"), "https://b.test/mot-bai-12.html: not a host of"),
    ],
    ids=["no address", "no article", "half an address", "article as list", "feed as list", "two portals"],
)  # fmt: skip
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["portals", "draft", *arguments, *WHO]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert said in line


def test_article_page_that_is_a_soft_404_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = written(tmp_path, "gone.html", (DATA / "pages" / "d32.html").read_bytes())
    code = run(["portals", "draft", str(PAIR.list_file), gone, "--list-url", PAIR.list_url, "--article-url", PAIR.articles[1], *WHO])  # fmt: skip
    assert code == 2
    assert f"{gone}: no article (says " in capsys.readouterr().err


def test_live_pages_need_an_archive_and_a_contact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("DANVAN_HOME", str(home))
    command = ["portals", "draft", "https://portal.invalid/tin/", *WHO]
    assert run(command) == 3
    assert f"no archive in {home}" in capsys.readouterr().err
    assert not home.exists()
    assert run(["init"]) == 0
    assert run(command) == 2
    assert "set DANVAN_CONTACT to your mail or web address first" in capsys.readouterr().err


def test_page_may_be_fetched_with_and_without_www_and_nowhere_else() -> None:
    registry = load_registry()
    assert provisional("https://longmy.test/tin/", registry).hosts == ("longmy.test", "www.longmy.test")
    assert provisional("https://www.longmy.test/tin/", registry).hosts == ("www.longmy.test", "longmy.test")
    assert provisional("http://127.0.0.1:18801/", registry).hosts == ("127.0.0.1:18801",)
    with pytest.raises(UsageError, match="choose another with --key"):
        provisional("https://longmy.test/tin/", registry, Asked(key="giavien"))
