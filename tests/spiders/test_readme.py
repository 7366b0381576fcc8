"""spiders/README.md names every key that a profile may have."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from spiders import profile

README = (Path(profile.__file__).parent / "README.md").read_text(encoding="utf-8")
STRUCTS = [kind for kind in vars(profile).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
KEYS = sorted({name for kind in STRUCTS for name in kind.__struct_fields__})


@pytest.mark.parametrize("key", KEYS)
def test_key_is_explained(key: str) -> None:
    assert f"`{key}`" in README
