"""Readers in other processes: one that dies costs the page that killed it, and no other."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime

import pytest

from archive.records import ArticlePage, PageKind
from crawler.reading import PageReading
from crawler.workers import Readers, end_pool
from spiders.registry import load_registry
from tests.crawler.deadly import Deadly

TEXT = "Tổ dân vận thôn Mẫu đến từng nhà vận động nhân dân hiến đất làm đường, việc gì cũng bàn bạc công khai. "


def page(number: int) -> ArticlePage:
    body = "".join(f"<p>{TEXT * 3} Bài {number}, đoạn {n}.</p>" for n in range(3))
    html = f"<html><body><h1>Dân vận khéo số {number}</h1><div>{body}</div></body></html>"
    return ArticlePage(url=f"https://mau.test/{number}.html", body=html.encode(), fetched_at=datetime.now(UTC))


def deadly_readers() -> Readers:
    shipped = load_registry()
    return Readers(2, Deadly(shipped.families, shipped.portals))


async def read_together(readers: Readers, portals: list[str]) -> list[PageReading]:
    return await asyncio.gather(*(readers.read(page(number), portal) for number, portal in enumerate(portals)))


def test_page_that_kills_its_reader_costs_no_page_that_was_under_way() -> None:
    portals = ["giavien"] * 8 + ["demo-yenbai"] + ["giavien"] * 8
    readers = deadly_readers()
    try:
        readings = asyncio.run(read_together(readers, portals))
        again = asyncio.run(readers.read(page(99), "giavien"))
    finally:
        readers.close()
    died = [number for number, reading in enumerate(readings) if reading.text.kind is not PageKind.ARTICLE]
    assert died == [8]
    assert readings[8].text.reason == "its reader died; the capture is kept"
    assert again.text.kind is PageKind.ARTICLE


def test_ended_pool_leaves_no_process_behind_though_one_was_killed() -> None:
    readers = deadly_readers()
    pool = readers._pool
    assert pool is not None
    pool.submit(os.getpid).result()
    with pytest.raises(BrokenProcessPool):
        pool.submit(os._exit, 1).result()
    processes = list((pool._processes or {}).values())
    end_pool(pool)
    assert not [process for process in processes if process.is_alive()]
    readers.close()
