"""Hostile text in the archive stays text everywhere; hostile questions get an answer or a clear 400."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from lxml import html

from archive.records import OfficialTitle, PortalIdentity
from archive.repository import Archive
from search.web.app import create_app
from tests.archive import build
from tests.search.web import pages

EVIL = (
    '<script>alert(1)</script><img src=x onerror=alert(1)> &lt;script&gt; </title></script> "><svg onload=alert(1)> dân'
)
PATHS = (
    "/?q=d%C3%A2n", "/articles/1?q=d%C3%A2n", "/articles/1/versions", "/officials", "/officials/1",
    "/localities/n1", "/portals", "/portals/mau", f"/?q={quote(EVIL)}", f"/?locality={quote(EVIL)}",
    f"/?official={quote(EVIL)}", f"/officials?q={quote(EVIL[:150])}", f"/localities?q={quote(EVIL[:150])}",
    f"/coverage?portal={quote(EVIL[:150])}", f"/zz{quote(EVIL, safe='')}", f"/?lang={quote(EVIL)}", "/coverage?portal=mau",
)  # fmt: skip
QUERIES = (
    "", "*", "a" * 60_000, "(" * 2000, "(" * 1000 + ")" * 1000, " OR ".join(["a"] * 5000), '"dân vận', "zz:dân",
    "d:[2024 TO", "\x00", "\ud800", '"; DROP TABLE article; --', "dân AND", "NOT", "-", "ngày:", "ngày:[* TO *]", "~", "^",
    "dân~99", '"a b"~99999999', "a*", "*a*", "?" * 500, "nơi:" * 200, "tiêu đề:" + "(" * 100, "\\" * 999, "{{7*7}}",
    "%00", "\u202e dân", "dân\r\nSet-Cookie: a=b", "𝕕â𝕟", "́" * 900, "1e309", "ngày:0000", "ngày:99999",
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with build.new_archive(tmp_path_factory.mktemp("hostile")) as opened:
        opened.store_portals([PortalIdentity(key="mau", name=EVIL, kind=EVIL, province=EVIL, district=EVIL,
                                             hosts=("javascript:alert(1)", EVIL), successor=EVIL)])  # fmt: skip
        url = "javascript:alert(1)"
        title = OfficialTitle(printed=EVIL, post=EVIL, organisation=EVIL, level="district", locality=EVIL)
        official = replace(build.official(EVIL), titles=(title,), cited_as=(EVIL,))
        place = replace(build.locality(EVIL), cited_as=EVIL, district=EVIL, province=EVIL)
        for body in (EVIL, EVIL + EVIL):
            text = replace(
                build.text(title=body, body=body, url=url), captions=(EVIL,), authors=(EVIL,), tags=(EVIL,),
                section=EVIL, canonical_url=url, language=EVIL, method={EVIL: EVIL},
            )  # fmt: skip
            opened.save(build.entry(url), text, build.description((place,), (official,)))
        yield opened


@pytest.fixture(scope="module")
def client(archive: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(archive.home)) as opened:
        yield opened


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_nothing_stored_or_asked_can_run(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code in (200, 400, 404)
    assert pages.running(page.text) == []
    assert "alert(1)" not in "".join(html.document_fromstring(page.text).xpath("//@href[starts-with(., 'java')]"))
    assert "default-src 'self'" in page.headers["content-security-policy"]


def test_stored_text_reads_as_it_is(client: TestClient) -> None:
    tree = html.document_fromstring(client.get("/articles/1").text)
    assert tree.xpath("//h1")[0].text_content() == EVIL + EVIL
    assert pages.data_block(client.get("/articles/1").text)["author"][0]["name"] == EVIL
    assert "url" not in pages.data_block(client.get("/articles/1").text)


def test_stored_text_cannot_end_the_data_block(client: TestClient) -> None:
    page = client.get("/articles/1").text
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(block)["headline"] == EVIL + EVIL
    assert not {"<", ">", "&"} & set(block)


@pytest.mark.parametrize("path", ["/", "/api/search"])
@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_hostile_query_has_an_answer_or_a_clear_refusal(client: TestClient, path: str, query: str) -> None:
    answer = client.get(path, params={"q": query.encode("utf-8", "surrogatepass")})
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        said = answer.json()["error"] if path.startswith("/api") else pages.alert(answer.text)
        assert 5 < len(said) < 500
        assert "Traceback" not in said
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "field", ["locality", "official", "portal", "from", "to", "sort", "tones", "cursor", "size", "lang"]
)
@pytest.mark.parametrize("value", ["\x00", "\ud800", "'; DROP TABLE article; --", "9" * 40, "%", "_" * 150, "id="])
def test_hostile_filters_have_an_answer_or_a_clear_refusal(client: TestClient, field: str, value: str) -> None:
    answer = client.get("/api/search", params={field: value.encode("utf-8", "surrogatepass")})
    assert answer.status_code in (200, 400)
