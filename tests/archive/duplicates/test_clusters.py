"""Clusters: found once texts are compared, kept in order as texts change, shown and exported, never merged."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from archive.command import run
from archive.duplicates.tables import TextBandRow, TextSignatureRow
from archive.records import PortalIdentity
from archive.repository import Archive
from tests.archive import build

OTHER = PortalIdentity(key="khac", name="Báo Khác", kind="gov", province="Yên Bái", hosts=("khac.test",))
BODY = " ".join(f"Xóm {n} của xã Tân Lập có {n + 2} hộ hiến đất làm đường trong năm." for n in range(12))
APART = " ".join(f"Chi hội {n} nhận đỡ đầu {n + 3} cháu mồ côi ở bản xa trung tâm." for n in range(12))
DAY = timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path))
    monkeypatch.delenv("DANVAN_DATABASE_URL", raising=False)
    with build.new_archive(tmp_path) as opened:
        opened.store_portals([OTHER])
        yield opened


def save(archive: Archive, name: str, body: str, portal: str = "mau", days: int = 0, title: str = "Khéo") -> int:
    url = f"https://{portal}.test/{name}.html"
    entry = replace(build.entry(url, build.NOON + days * DAY), portal=portal)
    text = build.text(url=url, body=body, title=title, day=date(2024, 7, 10) + days * DAY)
    return archive.save(entry, text, build.description()).article_id


def members(archive: Archive) -> list[list[int]]:
    return [[member.article_id for member in cluster.members] for cluster in archive.duplicates.clusters()]


def test_same_text_under_another_head_and_byline_is_one_cluster(archive: Archive) -> None:
    one = save(archive, "1", BODY, title="Hiến đất làm đường")
    other = save(archive, "2", BODY.upper() + " Theo Báo Mẫu.", portal="khac", title="Chuyện ở Tân Lập", days=1)
    apart = save(archive, "3", APART)
    assert members(archive) == []
    assert archive.duplicates.update() == (3, 1)
    assert members(archive) == [[one, other]]
    cluster = archive.duplicates.cluster_of(other)
    assert cluster is not None
    assert (cluster.id, cluster.portals) == (one, 2)
    assert archive.duplicates.cluster_of(apart) is None
    assert archive.counts()["articles"] == 3


def test_comparing_again_finds_nothing_to_do(archive: Archive) -> None:
    save(archive, "1", BODY)
    save(archive, "2", BODY)
    assert archive.duplicates.update() == (2, 1)
    assert archive.duplicates.update() == (0, 0)


def test_new_article_joins_and_a_changed_text_leaves(archive: Archive) -> None:
    first, second = save(archive, "1", BODY), save(archive, "2", BODY)
    archive.duplicates.update()
    third = save(archive, "3", BODY, portal="khac")
    archive.duplicates.update()
    assert members(archive) == [[first, second, third]]
    save(archive, "1", APART, days=1)
    archive.duplicates.update()
    assert members(archive) == [[second, third]]
    save(archive, "2", APART, days=1)
    archive.duplicates.update()
    assert members(archive) == [[first, second]]


def test_a_text_between_two_holds_them_together(archive: Archive) -> None:
    sentences = BODY.split(". ")
    others = APART.split(". ")
    ids = [save(archive, str(turn), ". ".join([*sentences[turn * 2 :], *others[: turn * 2]])) for turn in range(4)]
    archive.duplicates.update()
    assert members(archive) == [ids]
    assert archive.duplicates.resemblances(ids[0], [ids[1], ids[3]])[ids[3]] is None


def test_archive_of_before_is_signed_by_init(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    save(archive, "1", BODY)
    save(archive, "2", BODY)
    with archive._engine.begin() as connection:
        connection.execute(delete(TextBandRow))
        connection.execute(delete(TextSignatureRow))
    assert run(["init"]) == 0
    assert "texts of 2 articles signed; `danvan clusters update` finds near-duplicates" in capsys.readouterr().out
    assert archive.duplicates.update() == (2, 1)


def test_signature_of_another_method_is_made_anew(archive: Archive) -> None:
    save(archive, "1", BODY)
    archive.duplicates.update()
    with archive._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE text_signature SET method = 'rminhash1'")
        connection.execute(delete(TextBandRow))
    save(archive, "2", BODY)
    assert archive.duplicates.update() == (2, 1)


def test_show_names_the_others(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = save(archive, "1", BODY), save(archive, "2", BODY, portal="khac", title="Chuyện ở Tân Lập", days=1)
    archive.duplicates.update()
    assert run(["show", str(one)]) == 0
    out = capsys.readouterr().out
    assert "also published as: Báo Khác, 2024-07-11: Chuyện ở Tân Lập" in out
    assert f"https://khac.test/2.html (article {other}, 100% alike)" in out
    run(["show", str(other), "--json"])
    [found] = json.loads(capsys.readouterr().out)["also_published"]
    assert (found["article_id"], found["resemblance"], found["portal"]) == (one, 1.0, "mau")


def test_commands_on_an_empty_archive(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert [run(["clusters", *words]) for words in (["update"], ["list"], ["export"])] == [0, 0, 0]
    out = capsys.readouterr().out
    assert out == "0 texts compared, 0 pairs found, 0 articles moved without a redirect\nno clusters\n"
    assert run(["clusters", "show", "7"]) == 2
    assert "7: no such article" in capsys.readouterr().err


def test_commands_list_show_and_export(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = save(archive, "1", BODY), save(archive, "2", BODY, portal="khac", days=1)
    twins = [save(archive, name, APART) for name in ("3", "4")]
    assert run(["clusters", "list"]) == 0
    assert "4 texts are not compared yet" in capsys.readouterr().out
    run(["clusters", "update", "--json"])
    assert json.loads(capsys.readouterr().out) == {"compared": 4, "pairs": 2, "moved": 0}
    run(["clusters", "list", "--across", "--json"])
    assert [cluster["cluster"] for cluster in json.loads(capsys.readouterr().out)] == [one]
    run(["clusters", "show", str(other)])
    out = capsys.readouterr().out
    assert out.index("Báo Mẫu") < out.index("Báo Khác")
    run(["clusters", "export"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [len(line["articles"]) for line in lines] == [2, 2]
    run(["clusters", "export", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [int(row["article_id"]) for row in rows] == [one, other, *twins]
    assert {row["authors"] for row in rows} == {"Ngọc Trâm"}


def test_export_to_nowhere_is_one_line(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clusters", "export", "--output", "/nowhere/clusters.jsonl"]) == 3
    assert "/nowhere/clusters.jsonl: cannot be written" in capsys.readouterr().err


def test_views_hold_clusters_and_pairs(archive: Archive) -> None:
    one, other = save(archive, "1", BODY), save(archive, "2", BODY)
    archive.duplicates.update()
    with archive._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT cluster_id, article_id FROM v1_cluster ORDER BY 2").all() == [
            (one, one),
            (one, other),
        ]
        pairs = connection.exec_driver_sql("SELECT article_id, other_id, resemblance FROM v1_near_duplicate").all()
    assert pairs == [(one, other, 1.0)]
