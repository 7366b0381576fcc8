"""Logs as JSON: a line a record, with what is known of run, portal and address."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response

from archive.errors import UsageError
from crawler.logs import JsonFormatter, settings_for
from spiders.portals import spider_class
from spiders.registry import load_registry

ADDRESS = "https://mau.test/tin.html?trang=2"


def written(message: str, *args: Any, extra: dict[str, Any] | None = None, exc_info: Any = None) -> dict[str, Any]:
    logger = logging.getLogger("mau.test_logs")
    record = logger.makeRecord(logger.name, logging.WARNING, "f", 1, message, args, exc_info, extra=extra)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    return found


def test_plain_record_has_four_fields() -> None:
    found = written("Báo %s:\nđã đóng", "Mẫu")
    assert set(found) == {"time", "level", "logger", "message"}
    assert (found["level"], found["logger"], found["message"]) == ("WARNING", "mau.test_logs", "Báo Mẫu:\nđã đóng")
    assert found["time"].endswith("+00:00")


def test_record_of_a_spider_names_run_and_portal() -> None:
    spider = spider_class(load_registry().portal("baothainguyen"))()
    spider.run_id = 12
    found = written("closed", extra={"spider": spider})
    assert (found["run"], found["portal"]) == (12, "baothainguyen")


@pytest.mark.parametrize(
    "values", [{"request": Request(ADDRESS)}, {"response": Response(ADDRESS)}], ids=["asked", "got"]
)
def test_record_about_an_address_names_it(values: dict[str, Any]) -> None:
    name = next(iter(values))
    assert written(f"gave up %({name})s", values)["url"] == ADDRESS


def test_exception_is_in_its_own_field() -> None:
    try:
        raise ValueError("hỏng")
    except ValueError as error:
        found = written("failed", exc_info=(type(error), error, error.__traceback__))
    assert found["message"] == "failed"
    assert found["exception"].startswith("Traceback")
    assert found["exception"].endswith("ValueError: hỏng")


def test_unknown_form_is_refused() -> None:
    with pytest.raises(UsageError, match="DANVAN_LOG='xml': is not known; set it to text or json"):
        settings_for("xml")
