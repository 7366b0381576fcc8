"""A strict reader of Prometheus's text format, written from its description: what is not of the form is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\n|\\")*)"'
_SAMPLE = re.compile(rf"({_NAME})(?:\{{({_LABEL}(?:,{_LABEL})*)\}})? (-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)")
_META = re.compile(rf"# (HELP|TYPE) ({_NAME}) (.+)")


@dataclass(kw_only=True)
class Read:
    """One metric as read."""

    help: str
    type: str = ""
    samples: dict[tuple[tuple[str, str], ...], float] = field(default_factory=dict)


def read(text: str) -> dict[str, Read]:
    """Metrics by name; ValueError with the line for what breaks a rule of the format."""
    if text and not text.endswith("\n"):
        raise ValueError("the last line must end with a line feed")
    found: dict[str, Read] = {}
    current = ""
    for line in text.split("\n")[:-1]:
        if meta := _META.fullmatch(line):
            what, name, rest = meta.groups()
            if what == "HELP":
                if name in found:
                    raise ValueError(f"twice: {line}")
                found[name], current = Read(help=rest), name
            elif name != current or found[name].type or found[name].samples or rest != "gauge":
                raise ValueError(f"TYPE out of place: {line}")
            else:
                found[name].type = rest
            continue
        sample = _SAMPLE.fullmatch(line)
        if sample is None or sample[1] != current:
            raise ValueError(f"no sample of {current}: {line}")
        labels = tuple((name, _plain(value)) for name, value in re.findall(_LABEL, sample[2] or ""))
        if len(dict(labels)) < len(labels) or labels in found[current].samples:
            raise ValueError(f"twice: {line}")
        found[current].samples[labels] = float(sample[7])
    return found


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda escaped: {"n": "\n"}.get(escaped[1], escaped[1]), value)
