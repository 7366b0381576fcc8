"""The API driven by its own description: schemathesis makes cases, sends them in process and checks every answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from search.web.app import create_app
from tests.archive import build
from tests.archive.places import saved

# Left out: whether well-formed data is accepted (a query may be refused all the same) and whether ill-formed data is
# refused (in an address `false` and `1` are texts, so what breaks the description as JSON does not break it there).
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]


@contextmanager
def described(folder: Path) -> Iterator[Any]:
    """The description of an application over a small archive."""
    with build.new_archive(folder) as archive:
        saved.filled(archive)
        app = create_app(archive.home)
        yield schemathesis.openapi.from_asgi("/api/openapi.json", app)
        app.state.archive.close()


def drive(operation: Any, cases: int) -> None:
    """Send so many cases that keep the description, and as many that break it; raises what is not as described."""
    modes = [GenerationMode.POSITIVE]
    if operation.definition.raw.get("parameters"):
        modes.append(GenerationMode.NEGATIVE)
    for mode in modes:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=cases, suppress_health_check=list(HealthCheck))
        def send(case: Any) -> None:
            case.call_and_validate(checks=CHECKS)

        send()
