"""What archive and search offer to others can be imported by its name."""

from __future__ import annotations

import pytest

import archive
import search

PUBLIC = [(package, name) for package in (archive, search) for name in package.__all__]


@pytest.mark.parametrize(("package", "name"), PUBLIC, ids=[f"{package.__name__}.{name}" for package, name in PUBLIC])
def test_public_name_is_there(package: object, name: str) -> None:
    assert getattr(package, name).__module__.startswith(package.__name__)  # type: ignore[attr-defined]


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = archive.Nothing
