"""The API against its description, with many cases for each end point."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search.web import conforming
from tests.search.web.test_schema import PATHS, api  # noqa: F401 (a fixture)

pytestmark = pytest.mark.conformance


@pytest.mark.parametrize("path", PATHS)
def test_answers_are_as_described(api: Any, path: str) -> None:  # noqa: F811
    conforming.drive(api[path]["GET"], cases=1000)
