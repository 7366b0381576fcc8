"""The reader's process: a file that kills it, hangs or swells costs nothing but its own text."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from archive.attachments.records import AttachmentText
from crawler.attachments.readers import AttachmentReaders
from tests.crawler.attachments import traps
from tests.end_to_end.attaching_site import FILES


@pytest.fixture(scope="module")
def readers() -> Iterator[AttachmentReaders]:
    opened = AttachmentReaders(is_apart=True, begin=traps.begin)
    yield opened
    opened.close()


def read(readers: AttachmentReaders, *bodies: bytes) -> list[AttachmentText]:
    async def all_at_once() -> list[AttachmentText]:
        return list(await asyncio.gather(*(readers.read(body, None) for body in bodies)))

    return asyncio.run(all_at_once())


def test_dead_hanging_and_swelling_readers_are_problems_of_their_files_alone(readers: AttachmentReaders) -> None:
    plan = (FILES / "plan.pdf").read_bytes()
    died, first, hung, second, swelled = read(readers, traps.DIES, plan, traps.HANGS, plan, traps.SWELLS)
    assert died.problem is not None
    assert died.problem.startswith("its reader died")
    assert hung.problem == died.problem
    assert swelled.problem == "needs more than 1 GiB of memory to read"
    assert first == second
    assert "Định Hóa" in (first.text or "")
