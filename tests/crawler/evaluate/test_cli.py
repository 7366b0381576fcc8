"""`danvan evaluate`: figures with what they are shares of, tables, JSON, predictions, and wrong input."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive.command import run
from tests.crawler.evaluate.pages import DATA, ENTRY, gold, gold_path, reference

PAGES, FROZEN = str(gold_path("pages")), str(gold_path("frozen"))


@pytest.fixture
def evaluate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Run the command where there is no archive."""
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path / "no-archive"))

    def called(*arguments: object) -> tuple[int, str, str]:
        code = run(["evaluate", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


def small(folder: Path, *ids: str) -> Path:
    """A gold file of a few of the pages, under ids of its own."""
    folder.mkdir(parents=True)
    entries = [entry for entry in gold("pages") if entry["id"] in ids]
    for number, entry in enumerate(entries, start=1):
        shutil.copy(DATA / "pages" / entry["file"], folder)
        entries[number - 1] = entry | {"id": f"p{number}"}
    (folder / "gold.json").write_text(json.dumps(entries), encoding="utf-8")
    return folder / "gold.json"


def test_text_has_every_measure_of_the_reference_with_its_counts(evaluate: Any) -> None:
    code, out, _ = evaluate(PAGES)
    shares, counts, _, _ = reference().score([], gold("pages"))
    lines = {line[:38].strip(): line[38:].split() for line in out.splitlines()}
    assert code == 0
    assert set(lines) >= set(shares | counts)
    assert lines["is_article accuracy"][1] == "36/36"
    assert lines["title exact"][1].endswith("/34")
    assert lines["body recall"][1:] == ["mean", "of", "34"]
    assert lines["sapo kept"][1] == "33/33"


def test_tables_by_family_and_case_fit_a_hundred_columns(evaluate: Any) -> None:
    _, out, _ = evaluate(PAGES, FROZEN, "--by", "family", "--by", "case", "--per-page")
    assert [line for line in out.splitlines() if len(line) > 100 and str(DATA) not in line] == []
    for word in ("nukeviet", "5 no date anywhere", "43 related box in the body", "22 no article"):
        assert f"\n{word} " in out


def test_ids_may_repeat_between_files(evaluate: Any, tmp_path: Path) -> None:
    one, other = small(tmp_path / "one", "d01", "d05"), small(tmp_path / "other", "d07")
    out = tmp_path / "predictions.jsonl"
    code, said, _ = evaluate(one, other, "--json", "--predictions", out)
    found = json.loads(said)
    assert (code, found["pages"], found["predictions matched"]) == (0, 3, 3)
    assert found["title exact"] == 1
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["gold"]) for line in lines] == [("p1", str(one)), ("p2", str(one)), ("p1", str(other))]


def test_json_has_families_cases_and_what_shares_are_of(evaluate: Any) -> None:
    _, said, _ = evaluate(PAGES, "--json", "--family", "nukeviet")
    found = json.loads(said)
    assert found["pages"] == 2
    assert found["of"]["title exact"] == [2, 2]
    assert list(found["by_family"]) == ["nukeviet"]
    assert found["by_family"]["nukeviet"]["body F1"] == found["body F1"]
    assert found["by_case"]["19 two posts in one"]["pages"] == 1
    assert "wrong" not in found


def test_predictions_are_what_the_reference_scorer_reads(evaluate: Any, tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"
    _, said, _ = evaluate(PAGES, "--json", "--predictions", out)
    command = [sys.executable, str(DATA / "pages" / "score.py"), str(out), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = json.loads(said)
    for name, value in (theirs["metrics"] | theirs["extra"]).items():
        assert ours[name] == pytest.approx(value, abs=1e-9), name


def test_form_alone_is_told_apart_from_family_rules(evaluate: Any, tmp_path: Path) -> None:
    code, said, _ = evaluate(PAGES, "--no-profiles", "--json")
    assert code == 0
    assert json.loads(said)["pages"] == 36


@pytest.mark.parametrize(
    "folder", ["one", "a-folder-of-a-long-name-" * 5], ids=["short path", "path longer than a line"]
)
def test_per_page_says_what_is_wrong_where(evaluate: Any, tmp_path: Path, folder: str) -> None:
    path = small(tmp_path / folder, "d01", "d02")
    entries = json.loads(path.read_text(encoding="utf-8"))
    entries[1] |= {"title": "Một đầu đề khác", "officials": [{"name": "Ai Đó", "titles": []}]}
    path.write_text(json.dumps(entries), encoding="utf-8")
    _, out, _ = evaluate(path, "--per-page")
    page = out[out.index("p2  ") :]
    assert page.startswith(f"p2  {path.parent / 'd02.html'}")
    assert page.split()[2].startswith("mediasoft")
    assert "  title            expected  Một đầu đề khác" in page
    assert "  officials        missed    Ai Đó" in page
    _, said, _ = evaluate(path, "--per-page", "--json")
    (wrong,) = [one for one in json.loads(said)["wrong"] if one["id"] == "p2"]
    assert {"title", "officials"} <= {one["field"] for one in wrong["mistakes"]}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[", "is no JSON"),
        ("[]", "lists no page"),
        (json.dumps([ENTRY]), "x1.html: cannot be read"),
        ("[{}]", "page 1: "),
    ],
    ids=["no JSON", "no page", "page file missing", "keys missing"],
)
def test_wrong_gold_is_one_line_and_exit_code_2(evaluate: Any, tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(written, encoding="utf-8")
    code, out, err = evaluate(path)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert str(tmp_path) in err
    assert said in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.json"], "none.json: cannot be read"),
        ([PAGES, "--family", "nuke"], "no page of family 'nuke'; there are aspnet_num_slug, bbg"),
        ([PAGES, "--family", "bbg", "--predictions", "no/folder/x.jsonl"], "x.jsonl: cannot be written"),
        ([], "Missing argument"),
        ([PAGES, "--by", "day"], "Invalid value"),
    ],
    ids=["no file", "no family", "no folder", "no gold", "no grouping"],
)
def test_wrong_usage_is_exit_code_2(evaluate: Any, arguments: list[str], said: str) -> None:
    code, _, err = evaluate(*arguments)
    assert code == 2
    assert said in err
