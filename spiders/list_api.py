"""The JSON answers by which some lists page: where they are asked for, and the items in them."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

from spiders.profile import Discovery
from spiders.selectors import select


def api_template(tree: Any, url: str, rule: Discovery) -> str | None:
    api = rule.api
    assert api is not None
    values = {}
    for name, css in (("site", api.site), ("category", api.category)):
        elements = select(tree, css=css) if css else []
        text = next((e.text_content().strip() or e.get("value") or "" for e in elements), "")
        if css and not re.fullmatch(r"[\w-]{1,64}", text):
            return None
        values[name] = text
    path = api.url.replace("{site}", values["site"]).replace("{category}", values["category"])
    return urljoin(url, path)


def api_url(template: str, first: int, size: int) -> str:
    return template.replace("{first}", str(first)).replace("{size}", str(size))


def api_items(text: str, name: str) -> list[Any]:
    """The items of a JSON or JSONP answer. ValueError where it has none."""
    try:
        items = json.loads(re.sub(r"^[\w.$]+\((.*)\);?$", r"\1", text, flags=re.DOTALL))[name] or []
    except RecursionError as error:
        raise ValueError("JSON nested too deeply") from error
    if not isinstance(items, list):
        raise ValueError(f"{name!r} is no list of articles")  # noqa: TRY004 (a wrong answer, not a wrong type)
    return items
