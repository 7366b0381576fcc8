"""The API keeps what its description promises; `make conformance` sends more cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.search.web import conforming

PATHS = (
    "/api/articles/{article_id}", "/api/articles/{article_id}/differences", "/api/changes", "/api/contexts",
    "/api/coverage", "/api/figures", "/api/localities", "/api/localities/{unit_id}",
    "/api/localities/{unit_id}/figures", "/api/localities/{unit_id}/officials", "/api/officials",
    "/api/officials/{person_id}", "/api/portals", "/api/portals/{key}", "/api/search", "/api/suggest", "/api/trends",
)  # fmt: skip


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with conforming.described(tmp_path_factory.mktemp("schema")) as found:
        yield found


@pytest.mark.parametrize("path", PATHS)
def test_answers_are_as_described(api: Any, path: str) -> None:
    conforming.drive(api[path]["GET"], cases=8)


def test_description_names_every_end_point_and_no_other_refusal_than_400(api: Any) -> None:
    assert sorted(api.raw_schema["paths"]) == sorted(PATHS)
    assert {answer for path in PATHS for answer in api.raw_schema["paths"][path]["get"]["responses"]} == {
        "200", "4XX", "5XX",
    }  # fmt: skip
