"""Whatever file is imported: it is laid over the gazetteer or refused in one line, and nothing stored is lost."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.authorities import Gazetteer
from archive.authorities.dated_list import read_list, read_map
from archive.authorities.units import FILE, read_units
from archive.command import run
from archive.errors import UsageError

HEAD = "level\tcode\tname\tparent\tvalid_from\tvalid_to"
SHIPPED = Gazetteer.load()
IDS = {unit.id for unit in read_units(FILE)}

cells = st.one_of(
    st.sampled_from(["P", "D", "W", "01", "001", "00001", "268", "28", "Tỉnh Hà Tây", "Xã Mới Tinh", "Huyện Đồi Mơ", "2004-08-31",
                     "2009-01-01", "0001-01-01", "9999-12-31", "", "Xã  Hai;Ba", "Xã A=B<C~", '"', "Phường 01"]),
    st.text(max_size=12),
)  # fmt: skip
lines = st.lists(st.lists(cells, max_size=8).map("\t".join), max_size=12)
files = st.one_of(
    st.binary(max_size=400),
    lines.map(lambda rows: "\n".join([HEAD, *rows]).encode("utf-8", "surrogatepass")),
    st.binary(max_size=60).map(lambda raw: b"\x1f\x8b" + raw),
    lines.map(lambda rows: gzip.compress("\n".join([HEAD, *rows]).encode("utf-8", "surrogatepass"))[:-3]),
)

levels = {"P": ("Tỉnh",), "D": ("Huyện", "Thị xã", "Quận"), "W": ("Xã", "Phường", "Thị trấn")}
known_codes = {
    "P": ["01", "28", "92", "99"],
    "D": ["001", "268", "911", "999"],
    "W": ["00001", "00736", "20821", "99999"],
}
days = st.dates().filter(lambda day: 1990 <= day.year <= 2025).map(str)


@st.composite
def likely_line(draw: st.DrawFn) -> str:
    level = draw(st.sampled_from(sorted(levels)))
    name = f"{draw(st.sampled_from(levels[level]))} {draw(st.sampled_from(['Hà Tây', 'Xà Phìn', 'Mới Tinh', 'Bình Định', '01']))}"
    parent = {"P": st.just(""), "D": st.sampled_from(known_codes["P"]), "W": st.sampled_from(known_codes["D"])}[level]
    cells = [level, draw(st.sampled_from(known_codes[level])), name, draw(parent), draw(days), draw(st.just("") | days)]
    return "\t".join(cells)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One archive for all files: what an earlier one stored must not be lost by a later one."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANVAN_HOME", os.path.join(folder, "home"))
        patch.delenv("DANVAN_DATABASE_URL", raising=False)
        assert run(["init"]) == 0
        yield Path(folder)


@settings(max_examples=300, deadline=None)
@given(files)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "units.tsv"
        file.write_bytes(raw)
        for refused in filter(None, (_refusal(read, file) for read in (read_list, read_map))):
            assert str(file) in refused
            assert "\n" not in refused


def _refusal(read: Callable[[Path], object], file: Path) -> str | None:
    try:
        read(file)
    except UsageError as error:
        return str(error)
    return None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        files, st.lists(likely_line(), min_size=1, max_size=6).map(lambda rows: "\n".join([HEAD, *rows]).encode())
    )
)
def test_import_keeps_every_unit_or_changes_nothing(
    home: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file, stored = home / "units.tsv", home / "home" / "gazetteer.tsv.gz"
    before = stored.read_bytes() if stored.exists() else None
    file.write_bytes(content)
    capsys.readouterr()
    code = run(["gazetteer", "import", str(file)])
    if code:
        assert code == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
        assert (stored.read_bytes() if stored.exists() else None) == before
        return
    units = read_units(stored)
    assert {unit.id for unit in units} >= IDS
    known = Gazetteer(units)
    assert all(id_.rstrip("~") in known.units for unit in units for id_ in (*unit.parents, *unit.successors))
    assert all(known.province_of(unit).level == "province" for unit in units if not unit.is_of_today)
    shipped = SHIPPED.units
    assert all(known.units[id_].valid_to == shipped[id_].valid_to for id_ in shipped if shipped[id_].valid_to)
