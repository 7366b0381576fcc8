"""Blocks that commands write into documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.marked import replaced, write

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"


def test_block_replaces_what_stands_between_the_markers(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write(path, "figures", "longer\nthan before\n")
    write(path, "figures", "new\n")
    assert path.read_text(encoding="utf-8") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


@pytest.mark.parametrize("text", ["", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}{BEGIN}{END}", f"{BEGIN}{END}{END}"])
def test_document_without_its_two_markers_is_left_alone(text: str) -> None:
    with pytest.raises(ValueError, match="needs one"):
        replaced(text, "figures", "new")
