"""Every command as its user types it, with --json where it prints data."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.end_to_end.running import Danvan

PAGES = Path(__file__).parents[1] / "data" / "pages"


def test_search_by_locality_date_and_official(crawled: Danvan) -> None:
    by_place = crawled.json("search", "--locality", "huyện Định Hóa")
    assert {"Định Hóa: Mỗi xóm một việc khéo"} <= {hit["title"] for hit in by_place["hits"]}
    by_day = crawled.json("search", "dan van", "--from", "7/2025", "--sort", "newest")
    days = [hit["published"]["value"] for hit in by_day["hits"]]
    assert days == sorted(days, reverse=True)
    assert all(day >= "2025-07-01" for day in days)
    by_person = crawled.json("search", "--official", "Ma Đình Khoát")
    assert all("Ma Đình Khoát" in hit["officials"] for hit in by_person["hits"])
    assert by_person["total"] >= 1


def test_search_prints_hits_and_facets_for_people(crawled: Danvan) -> None:
    said = crawled.run("search", '"dân vận khéo"', "--facets").stdout
    assert "tones as typed" in said
    assert "province:" in said
    assert crawled.run("search", "khôngcótừnày").stdout.startswith("0 hits")


def test_show_by_number_and_by_address(crawled: Danvan) -> None:
    hit = crawled.json("search", "--official", "Ma Đình Khoát")["hits"][0]
    by_number = crawled.json("show", str(hit["id"]))
    by_address = crawled.json("show", hit["url"])
    assert by_number == by_address
    assert by_number["officials"][0]["titles"]
    said = crawled.run("show", str(hit["id"]), "--versions").stdout
    assert ".warc.gz at" in said
    assert "sha1:" in said


def test_exports_hold_the_same_articles(crawled: Danvan, tmp_path: Path) -> None:
    jsonl, table = tmp_path / "a.jsonl", tmp_path / "a.csv"
    crawled.run("export", "--output", str(jsonl))
    crawled.run("export", "--format", "csv", "--excel", "--output", str(table))
    articles = [json.loads(line) for line in jsonl.read_text().splitlines()]
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert [str(article["id"]) for article in articles] == [row["id"] for row in rows]
    assert [article["title"] for article in articles] == [row["title"] for row in rows]
    some = crawled.run("export", '"dân vận khéo"').stdout.splitlines()
    assert 0 < len(some) < len(articles)


def test_export_to_nowhere_is_one_line(crawled: Danvan) -> None:
    done = crawled.run("export", "--output", "/nowhere/at/all.jsonl", code=3)
    assert "cannot be written" in done.stderr


def test_changes_can_be_followed(crawled: Danvan) -> None:
    everything = [json.loads(line) for line in crawled.run("changes", "--json").stdout.splitlines()]
    first = [json.loads(line) for line in crawled.run("changes", "--limit", "5", "--json").stdout.splitlines()]
    rest = [
        json.loads(line)
        for line in crawled.run("changes", "--since", first[-1]["cursor"], "--json").stdout.splitlines()
    ]
    assert first + rest == everything


def test_describe_prints_the_contract_object(crawled: Danvan) -> None:
    url = "https://baoyenbaionline.test/11/246318/Van_Yen.aspx"
    found = crawled.json("describe", str(PAGES / "d11.html"), "--url", url, "--province", "Yên Bái")
    assert set(found) >= {
        "is_article", "reason", "title", "sapo", "body", "captions", "authors", "published", "modified", "tags",
        "canonical_url", "language", "family", "dan_van", "primary_locality", "localities", "officials", "figures",
        "documents", "method",
    }  # fmt: skip
    assert found["published"]["value"] == "2022-08-05T09:05:12+07:00"
    assert found["family"] == "aspnet_num_slug"
    for official in found["officials"]:
        for span, cited in zip(official["evidence"], official["cited_as"], strict=False):
            text = found["captions"][span["index"]] if span["field"] == "caption" else found[span["field"]]
            assert text[span["start"] : span["end"]] == cited


def test_describe_of_a_soft_404_gives_a_reason_and_no_values(crawled: Danvan) -> None:
    found = crawled.json(
        "describe", str(PAGES / "d32.html"), "--url", "https://damrong.lamdong.test/tin-tuc/x-7741.html"
    )
    assert found["is_article"] is False
    assert found["reason"]
    assert (found["title"], found["body"], found["officials"], found["dan_van"]) == (None, None, [], None)


def test_evaluate_writes_what_the_reference_scorer_reads(crawled: Danvan, tmp_path: Path) -> None:
    import subprocess
    import sys

    out = tmp_path / "predictions.jsonl"
    ours = crawled.json("evaluate", str(PAGES / "gold.json"), "--predictions", str(out))
    command = [sys.executable, str(PAGES / "score.py"), str(out), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["metrics"]
    for name in ("body F1", "title exact", "published day exact", "locality F1", "official F1", "author exact"):
        assert ours[name] == pytest.approx(theirs[name], abs=0.003), name
    assert ours["official F1"] >= 0.85
    assert ours["locality F1"] >= 0.85


def test_schedule_shows_the_plan_and_tick_runs_what_is_due(danvan: Danvan) -> None:
    (danvan.home / "profiles" / "demo-giavien.toml").unlink()
    before = {row["portal"]: row for row in danvan.json("schedule", "status")}
    assert before["demo-yenbai"]["due"] is True
    assert "portals check" in before["baothainguyen"]["next"]
    reports = danvan.json("schedule", "tick")
    assert {report["portal"] for report in reports} == {key for key in before if key.startswith("demo-")}
    after = {row["portal"]: row for row in danvan.json("schedule", "status")}
    assert after["demo-yenbai"]["due"] is False
    assert after["demo-yenbai"]["verdict"] == "ok"
    assert danvan.json("crawl", "--due") == []


def test_coverage_counts_what_was_crawled_and_sums_up(crawled: Danvan) -> None:
    months = [month for portal in crawled.json("coverage") for month in portal["months"]]
    assert sum(month["archived"] for month in months) == crawled.json("stats")["articles"]
    parts = ("rejected", "failed", "skipped")
    for month in months:
        reasons = sum(sum(month[part].values()) for part in parts)
        assert month["seen"] == month["archived"] + month["off_topic"] + month["waiting"] + reasons
    assert sum(month["seen"] for month in months) > sum(month["archived"] for month in months) > 0
    assert crawled.run("coverage", "demo-yenbai", "--csv").stdout.count("demo-yenbai,") > 3


def test_check_lets_an_unverified_profile_crawl(danvan: Danvan) -> None:
    path = danvan.home / "profiles" / "demo-binhphuoc.toml"
    path.write_text(path.read_text().replace('status = "demo"', 'status = "unverified"'))
    refused = danvan.run("crawl", "demo-binhphuoc", code=2)
    assert "portals check demo-binhphuoc" in refused.stderr
    found = danvan.json("portals", "check", "demo-binhphuoc")
    assert found["passed"] is True
    assert {sample["family"] for sample in found["articles"]} == {"nukeviet"}
    assert danvan.json("stats")["articles"] == 0
    danvan.run("crawl", "demo-binhphuoc")
    assert danvan.json("stats")["articles"] > 5


def test_check_of_a_portal_that_does_not_fit_fails(danvan: Danvan) -> None:
    path = danvan.home / "profiles" / "demo-yenbai.toml"
    path.write_text(path.read_text().replace("/11/Xay_dung_Dang.aspx", "/khong-co.aspx").replace("/16/Van_hoa.aspx", "/x.aspx")
                    .replace("/12/Kinh_te.aspx", "/y.aspx"))  # fmt: skip
    found = danvan.json("portals", "check", "demo-yenbai", code=1)
    assert (found["passed"], found["links"]) == (False, 0)


def test_portals_list_and_show(crawled: Danvan) -> None:
    keys = {row["key"] for row in crawled.json("portals", "list")}
    assert {"baothainguyen", "giavien", "baobacgiang", "baoyenbai", "demo-yenbai"} <= keys
    assert "evidence" in crawled.run("portals", "show", "giavien").stdout


def test_index_can_be_verified_and_rebuilt(danvan: Danvan) -> None:
    danvan.run("crawl", "demo-giavien")
    assert danvan.json("index", "verify", code=1)["problems"]
    danvan.run("index", "update")
    assert danvan.json("index", "verify")["problems"] == []
    assert "articles indexed" in danvan.run("index", "rebuild").stdout


def test_empty_archive_is_no_error(danvan: Danvan) -> None:
    assert danvan.json("search", "dân vận")["total"] == 0
    assert danvan.run("export").stdout == ""
    assert danvan.run("changes", "--json").stdout == ""
    assert danvan.json("stats")["articles"] == 0
