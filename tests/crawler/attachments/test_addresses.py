"""What an article's page attaches: files and pictures of its body, never those around it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from archive.attachments.records import AttachedFile
from archive.records import ArticlePage
from crawler.attachments.addresses import MOST, attached_in
from crawler.extract import extract
from spiders.portal import Portal
from spiders.profile import Attachments
from spiders.registry import load_registry
from tests.end_to_end import attaching_site as site

URL = "http://kem.test/tin/mot.html"
BY_RULE, BY_FORM = "content", "khac"


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    site.write_profile(tmp_path, "kem.test", 'kinds = ["documents", "images"]\nhosts = ["tep.test"]')
    return load_registry((tmp_path,)).portals["kem-tep"]


def found(portal: Portal, more: str, after: str = "", box: str = BY_RULE) -> list[AttachedFile]:
    page = (
        f"<html><head><title>Dân vận khéo</title></head><body><div class='dau'><img src='/anh/dau-trang.jpg'>"
        f"<a href='/huong-dan.pdf'>Hướng dẫn</a></div><h1>Dân vận khéo</h1><span class='date'>05/03/2024 08:30</span>"
        f"<div class='{box}'>{site.BODY}{more}</div>{after}</body></html>"
    )
    asked = ArticlePage(url=URL, body=page.encode())
    text = extract(asked, portal, load_registry())
    assert text.is_article
    return list(attached_in(asked, text, portal))


def paths(files: list[AttachedFile]) -> list[str]:
    return [file.url.removeprefix("http://kem.test") for file in files]


@pytest.mark.parametrize("box", [BY_RULE, BY_FORM])
def test_links_and_pictures_of_the_body_are_attached_and_nothing_around_it(portal: Portal, box: str) -> None:
    more = "<p>Xem <a href='/a.pdf'>kế hoạch</a>.</p><p><img src='/anh/1.jpg' alt='Hội nghị'></p>"
    after = "<div class='ben'><img src='/anh/ben.jpg'><a href='/ben.pdf'>Văn bản</a></div>"
    assert [(file.role, file.label) for file in found(portal, more, after, box)] == [
        ("document", "kế hoạch"), ("image", "Hội nghị")]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ("<a href='../tep/b%E1%BA%A3n.docx'>x</a>", "/tep/b%E1%BA%A3n.docx"),
        ("<a href='/tep/bản số 1.DOC'>x</a>", "/tep/b%E1%BA%A3n%20s%E1%BB%91%201.DOC"),
        ("<a href='/tai.aspx?tep=a.xls&amp;so=2'>x</a>", "/tai.aspx?tep=a.xls&so=2"),
        ("<a href='http://KEM.test/a.pdf#trang=3'>x</a>", "/a.pdf"),
        ("<iframe src='/a.pdf'></iframe>", "/a.pdf"),
        ("<object data='/a.pdf'></object>", "/a.pdf"),
        ("<embed src='/a.pdf'>", "/a.pdf"),
        ("<iframe src='https://docs.google.com/viewer?url=http://kem.test/a.pdf&amp;embedded=true'></iframe>", "/a.pdf"),
        ("<img src='/cho.gif' data-src='/anh/1.jpg'>", "/anh/1.jpg"),
        ("<img data-original='/anh/1.jpg' src='data:image/gif;base64,R0'>", "/anh/1.jpg"),
        ("<img srcset='/anh/n.jpg 300w, /anh/l.jpg 900w'>", "/anh/l.jpg"),
        ("<figure><img src='/anh/1.jpg'><figcaption>Chú thích</figcaption></figure>", "/anh/1.jpg"),
    ],
)  # fmt: skip
def test_address_is_absolute_and_where_the_file_is(portal: Portal, more: str, path: str) -> None:
    assert paths(found(portal, more)) == [path]


@pytest.mark.parametrize(
    "more",
    [
        "<a href='/tin/hai.html'>bài khác</a>",
        "<a href='mailto:a.pdf@kem.test'>thư</a>",
        "<a href='javascript:mo(\"a.pdf\")'>mở</a>",
        "<a href='http://[::1/a.pdf'>hỏng</a>",
        "<img src='/anh/logo.png'>",
        "<img src='/anh/1.jpg' class='avatar'>",
        "<img src='/anh/1.jpg' width='32' height='32'>",
        "<img src='data:image/png;base64,AAAA'>",
        "<div class='share'><img src='/anh/nut.png'></div>",
        "<a href='/tin/hai.html'><img src='/anh/hai.jpg'></a>",
        "<p><b>Tin liên quan</b></p><ul><li><a href='/cu.pdf'>Văn bản cũ</a></li><li><img src='/anh/cu.jpg'></li></ul>",
        "<iframe src='https://www.youtube.com/embed/x'></iframe>",
    ],
)
def test_what_only_looks_like_a_file_of_the_article_is_none(portal: Portal, more: str) -> None:
    assert found(portal, more) == []


def test_file_on_a_host_that_is_not_named_has_the_reason(portal: Portal) -> None:
    own, named, other = found(
        portal, "<a href='/a.pdf'>1</a><a href='http://tep.test/a.pdf'>2</a><a href='http://la.test/a.pdf'>3</a>"
    )
    assert (own.skipped, named.skipped) == (None, None)
    assert other.skipped == "on la.test, which the profile's attachments do not name"


def test_each_file_once_and_no_more_than_an_article_has(portal: Portal) -> None:
    more = "".join(f"<a href='/t-{number % 80}.pdf'>x</a>" for number in range(160))
    assert len(set(found(portal, more))) == len(found(portal, more)) == MOST


def test_boxes_beside_the_body_where_the_profile_names_them(portal: Portal) -> None:
    after = "<div class='tep-dinh-kem'><a href='/a.pdf'>Tệp</a><img src='/anh/pdf.jpg'></div>"
    assert found(portal, "", after) == []
    wanted = Attachments(kinds=("documents", "images"), within=(".tep-dinh-kem",))
    changed = Portal(profile=msgspec.structs.replace(portal.profile, attachments=wanted), base=portal.base)
    assert paths(found(changed, "", after)) == ["/a.pdf"]


def test_only_the_kinds_that_the_profile_wants(portal: Portal) -> None:
    wanted = Attachments(kinds=("images",))
    changed = Portal(profile=msgspec.structs.replace(portal.profile, attachments=wanted), base=portal.base)
    assert paths(found(changed, "<a href='/a.pdf'>x</a><img src='/anh/1.jpg'>")) == ["/anh/1.jpg"]
