"""CDXJ: a line a capture, sorted; keys as other archives make them. tests/conformance compares with their tool."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from archive import cdxj
from archive.command import run
from archive.frames.members import Torn
from archive.url_key import surt
from archive.warc import WarcFile
from tests.archive import build
from tests.archive.fixity.filled import exchange


@pytest.mark.parametrize(
    ("url", "key"),
    {
        "http://www.mau.vn/": "vn,mau)/",
        "https://mau.vn:443/x": "vn,mau)/x",
        "http://mau.vn:443/x": "vn,mau:443)/x",
        "http://nguoi:mat@MAU.vn:80/X//y/./../": "vn,mau)/x",
        "http://ww.mau.vn/x": "vn,mau,ww)/x",
        "http://www.vn/x": "vn)/x",
        "http://mau.vn/?": "vn,mau)/",
        "http://mau.vn/x?b=2&a=10&a=2&A=1&a-b=0#z": "vn,mau)/x?a=1&a=10&a=2&a-b=0&b=2",
        "http://mau.vn/Dân%20vận": "vn,mau)/d%c3%a2n%20v%e1%ba%adn",
        "http://mau.vn/%2541": "vn,mau)/a",
        "http://mau.vn/a?sid=0123456789abcdef0123456789ABCDEF&y=2": "vn,mau)/a?y=2",
        "http://mau.vn/a?sid=0123456789&y=2": "vn,mau)/a?sid=0123456789&y=2",
        "http://mau.vn/(S(4hqa0555fwsecu455xqckv45))/tin.aspx": "vn,mau)/tin.aspx",
        "http://mau.vn/(S(4hqa0555))/tin.aspx": "vn,mau)/(s(4hqa0555))/tin.aspx",
        "http://báo.vn/a": "vn,xn--bo-mia)/a",
        "http://2130706433/x": "1,0,0,127)/x",
        "http://[::1]:80/x": "::1)/x",
        "urn:uuid:1": "urn:uuid:1",
    }.items(),
)
def test_address_has_the_key_of_other_archives(url: str, key: str) -> None:
    assert surt(url) == key


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    writer = WarcFile(tmp_path)
    for number in (3, 1, 2):
        at = build.NOON + timedelta(minutes=number)
        writer.write(exchange(f"https://mau.test/{number}.html", b"Kheo", at))
    writer.close()
    [path] = tmp_path.glob("*.warc.gz")
    return path


def lines(*paths: Path) -> tuple[list[str], list[Torn]]:
    torn: list[Torn] = []
    return list(cdxj.index_lines(paths, lambda _, part: torn.append(part))), torn


def test_lines_are_sorted_and_lead_to_their_records(warc: Path) -> None:
    found, torn = lines(warc)
    assert torn == []
    assert [line.split(" ")[0] for line in found] == [f"test,mau)/{number}.html" for number in (1, 2, 3)]
    entry = json.loads(found[2].split(" ", 2)[2])
    assert (entry["mime"], entry["status"], entry["filename"]) == ("text/html", "200", warc.name)
    assert json.loads(found[0].split(" ", 2)[2])["mime"] == "warc/revisit"


def test_sorting_in_parts_gives_the_same(warc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = lines(warc, warc)
    monkeypatch.setattr(cdxj, "_SORTED_TOGETHER", 2)
    assert lines(warc, warc) == whole
    assert len(whole[0]) == 3


def test_damaged_record_is_left_out_and_told(warc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = json.loads(lines(warc)[0][1].split(" ", 2)[2])
    packed = bytearray(warc.read_bytes())
    packed[int(entry["offset"]) + 60] ^= 1
    warc.write_bytes(packed)
    assert run(["warc", "cdxj", str(warc)]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert f"{warc.name} at {entry['offset']}" in err


def test_index_is_written_whole_or_not_at_all(warc: Path, tmp_path: Path) -> None:
    output = tmp_path / "index.cdxj"
    assert run(["warc", "cdxj", str(warc), "-o", str(output)]) == 0
    assert len(output.read_text().splitlines()) == 3
    assert run(["warc", "cdxj", str(warc), "-o", str(tmp_path / "no" / "index.cdxj")]) == 3
    assert list(tmp_path.glob("*.part")) == []


def test_other_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert run(["warc", "cdxj", str(tmp_path / "a.txt")]) == 2
    assert run(["warc", "cdxj"]) == 2
    assert "a.txt: no .warc.gz file" in capsys.readouterr().err
