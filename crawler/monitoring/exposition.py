"""Prometheus's text exposition format, version 0.0.4, as far as gauges need it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_ESCAPED = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})
_READABLE = 0o644  # by the exporter, which runs as another user


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One value and its labels."""

    value: float
    labels: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """A metric: its name, what it says, its samples."""

    name: str
    help: str
    samples: Sequence[Sample]


def text(gauges: Sequence[Gauge]) -> str:
    """The metrics as the exporter reads them; those without samples are left out."""
    return "".join(line + "\n" for gauge in gauges if gauge.samples for line in _lines(gauge))


def write(path: Path, written: str) -> None:
    """Put the file in its place at once, so that nobody reads half of it; OSError where that cannot be."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(written)
            os.fchmod(file.fileno(), _READABLE)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _lines(gauge: Gauge) -> list[str]:
    told = gauge.help.replace("\\", r"\\").replace("\n", r"\n")
    return [f"# HELP {gauge.name} {told}", f"# TYPE {gauge.name} gauge", *(_line(gauge, one) for one in gauge.samples)]


def _line(gauge: Gauge, sample: Sample) -> str:
    labels = ",".join(f'{name}="{value.translate(_ESCAPED)}"' for name, value in sample.labels.items())
    shown = f"{{{labels}}}" if labels else ""
    return f"{gauge.name}{shown} {sample.value:.15g}"
