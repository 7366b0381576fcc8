"""A drafted profile as TOML that people read: only what is said, and every doubt beside what it is about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from spiders.profile import Discovery, Profile, Rule

_HEAD = ("key", "name", "kind", "family", "scheme", "hosts", "province", "province_after", "district", "successor",
         "status", "cadence", "evidence", "confidence")  # fmt: skip
_ALWAYS = ("key", "name", "kind", "family", "hosts", "province", "status", "evidence", "confidence")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def written(profile: Profile, doubts: Sequence[tuple[str, str]]) -> str:
    """The profile as a file; doubts are named by the key or table they stand before."""
    ways = [_discovery(rule, doubts if n == 0 else ()) for n, rule in enumerate(profile.discover or ())]
    groups = [
        _head(profile, doubts),
        _articles(profile, doubts),
        *ways,
        _fields(profile, doubts),
        _body(profile, doubts),
    ]
    return "\n\n".join(filter(None, ("\n".join(group) for group in groups))) + "\n"


def _head(profile: Profile, doubts: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield "# A draft: nobody has looked at it. `danvan portals check` must pass before it crawls."
    yield from _doubts("", doubts)
    defaults = {"scheme": "https", "cadence": "1d"}
    for name in _HEAD:
        value = msgspec.to_builtins(getattr(profile, name))
        yield from _doubts(name, doubts)
        if name in _ALWAYS or (value is not None and value != defaults.get(name)):
            yield f"{name} = {_value(value)}"
        elif name == "district" and value is None:
            yield "# district: none said; --district where the portal is a district's"


def _articles(profile: Profile, doubts: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from _doubts("articles", doubts)
    if profile.articles is None:
        return
    yield "[articles]"
    yield from _pairs(msgspec.to_builtins(profile.articles))


def _discovery(rule: Discovery, doubts: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from _doubts("discover", doubts)
    yield "[[discover]]"
    values = msgspec.to_builtins(rule)
    api = values.pop("api", None)
    yield from _pairs(values)
    if api:
        yield "[discover.api]"
        yield from _pairs(api)


def _fields(profile: Profile, doubts: Sequence[tuple[str, str]]) -> Iterator[str]:
    rows = []
    for name in profile.fields.__struct_fields__:
        rows += list(_doubts(f"fields.{name}", doubts))
        if rules := getattr(profile.fields, name):
            rows.append(f"{name} = [{', '.join(map(_rule, rules))}]")
    if any(not row.startswith("#") for row in rows):
        yield "[fields]"
    yield from rows


def _rule(rule: Rule) -> str:
    return _value(msgspec.to_builtins(rule))


def _body(profile: Profile, doubts: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from _doubts("body", doubts)
    if profile.body is not None and (values := msgspec.to_builtins(profile.body)):
        yield "[body]"
        yield from _pairs(values)


def _pairs(values: dict[str, Any]) -> Iterator[str]:
    return (f"{name} = {_value(value)}" for name, value in values.items())


def _doubts(about: str, doubts: Sequence[tuple[str, str]]) -> Iterator[str]:
    return (f"# unsure: {_CONTROL.sub(' ', text)}" for place, text in doubts if place == about)


def _value(value: Any) -> str:
    """TOML of a value; a text with backslashes or quotes stands as it is where it can.

    >>> print(_value(r"^/(?P<id>\\d+)$"), _value(["a", 'b"']), _value(True))
    '^/(?P<id>\\d+)$' ["a", 'b"'] true
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(_pairs(value)) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        is_literal = ("\\" in value or '"' in value) and "'" not in value and not _CONTROL.search(value)
        return f"'{value}'" if is_literal else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
