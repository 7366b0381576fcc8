"""The API against its description, with many cases for each end point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.search.web import conforming
from tests.search.web.test_schema import PATHS

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with conforming.described(tmp_path_factory.mktemp("schema")) as found:
        yield found


@pytest.mark.parametrize("path", PATHS)
def test_answers_are_as_described(api: Any, path: str) -> None:
    conforming.drive(api[path]["GET"], cases=1000)
