"""A drafted profile works: it links the list's articles and nothing else, and reads the article by rule."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.records import ArticlePage
from crawler.evaluate.scoring import bag_f1, normal
from crawler.portals.drafting.basis import Asked
from crawler.portals.drafting.draft import Draft, draft
from crawler.portals.drafting.written import written
from crawler.portals.source import Source, source_of
from spiders.discovery import parse_html
from spiders.links import article_links
from spiders.portal import Portal
from spiders.profile import Profile
from spiders.registry import load_registry
from tests.crawler.portals.pairs import DATA, FETCHED, Pair, gold_pairs, own_pairs, source

DAY = date(2026, 11, 27)
PAIRS = [*gold_pairs(), *own_pairs()]
OWN = {pair.name: pair for pair in own_pairs()}


def drafted(listing: Source, *articles: Source, **asked: str) -> Draft:
    return draft(listing, articles, Asked(province="Cao Bằng", **asked), load_registry(), DAY)


def portal_of(made: Draft) -> Portal:
    profile = msgspec.convert(tomllib.loads(made.toml), Profile)
    return Portal(profile=profile, base=load_registry().families[profile.family])


def page(body: str, url: str) -> Source:
    return source_of(url, ArticlePage(url=url, body=body.encode(), fetched_at=FETCHED))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda one: str(one.name))
def test_draft_is_a_working_profile(pair: Pair) -> None:
    made = drafted(pair.listing, pair.article)
    portal, reading, gold = portal_of(made), made.reading, pair.gold

    tree = parse_html(pair.list_file.read_bytes())
    found = [link.url for link in article_links(tree, pair.list_url, portal.in_scope("all"), portal.discover[0])]
    assert [url for url in pair.articles if url not in found] == []
    assert set(found) <= {*pair.articles, *pair.also}
    assert not set(found) & set(pair.must_not_follow)
    assert pair.next is None or portal.discover[0].next == pair.next

    assert portal.family == pair.family
    assert reading.method["layout"] == "current"
    assert normal(reading.title) == normal(gold["title"])
    assert normal(reading.sapo) == normal(gold["sapo"])
    assert bag_f1(reading.body, gold["body"]) >= 0.99
    assert [normal(name) for name in reading.authors] == [normal(name) for name in gold["authors"]]
    assert reading.published is not None
    assert reading.published.iso() == gold["published"]


@pytest.mark.parametrize("pair", own_pairs(), ids=lambda one: str(one.name))
def test_fields_of_an_unknown_markup_have_rules_of_their_own(pair: Pair) -> None:
    method = drafted(pair.listing, pair.article).reading.method
    assert not [rule for name, rule in method.items() if name in ("title", "body", "published") and "generic" in rule]


def test_draft_of_a_known_cms_states_only_what_differs() -> None:
    [pair] = [one for one in PAIRS if one.name == "content_fck"]
    said = tomllib.loads(drafted(pair.listing, pair.article).toml)
    assert not {"articles", "fields", "body", "byline", "http"} & set(said)


def test_draft_of_a_registered_portal_takes_who_it_is_from_its_row() -> None:
    pair = OWN["nang-mai"]
    row = next(one for one in load_registry().portals.values() if one.status == "needs-draft" and one.hosts)
    old, new = "giaothien.namdinh.test", row.hosts[0]
    moved = [
        page(one.page.body.decode().replace(old, new), one.url.replace(old, new))
        for one in (pair.listing, pair.article)
    ]
    made = draft(moved[0], moved[1:], Asked(), load_registry(), DAY)
    assert (made.profile.key, made.profile.name, made.profile.province) == (
        row.key,
        row.profile.name,
        row.profile.province,
    )
    assert made.profile.status == "unverified"
    assert made.profile.evidence.endswith("on 2026-11-27")


def test_portal_outside_the_registry_needs_its_province() -> None:
    pair = OWN["nang-mai"]
    with pytest.raises(UsageError, match="not in the registry; say whose it is with --province"):
        draft(pair.listing, [pair.article], Asked(), load_registry(), DAY)


def test_key_of_another_portal_is_refused() -> None:
    pair = OWN["nang-mai"]
    with pytest.raises(UsageError, match=r"giavien: is the key of .*; choose another with --key"):
        drafted(pair.listing, pair.article, key="giavien")


def swapped(pair: Pair, *, listing: tuple[str, str] = ("", ""), article: tuple[str, str] = ("", "")) -> Draft:
    """A draft of a pair in which something stands otherwise."""
    sources = []
    for one, (old, new) in ((pair.listing, listing), (pair.article, article)):
        text = one.page.body.decode()
        assert old in text
        sources.append(page(text.replace(old, new), one.url))
    return drafted(sources[0], *sources[1:])


def test_page_without_a_date_is_a_doubt() -> None:
    pair = OWN["bang-cu"]
    made = swapped(pair, article=("Cập nhật: 12/05/2016 - 15:20", "Chuyện ở bản"))
    assert made.reading.published is None
    assert any(line.startswith("fields.published: the page has no date") for line in made.unsure)


def test_selector_that_finds_two_elements_is_a_doubt() -> None:
    made = swapped(OWN["kinh-xang"], article=('class="in-an">', 'class="in-an"><h1>In trang này</h1>'))
    assert any("h1 finds 2 elements; the first counts" in line for line in made.unsure)
    assert made.reading.title == OWN["kinh-xang"].gold["title"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('href="/vi/tin-ban/p2/"', "href=\"javascript:__doPostBack('p','2')\"", "fetched by a script"),
        ('<a href="/vi/tin-ban/p2/">Tiếp theo »</a>', "", "no pager found"),
        ("/vi/tin-ban/p2/", "/vi/tin-ban-2.htm", "which `next` cannot say"),
    ],
    ids=["postback", "none", "another form"],
)
def test_paging_that_is_not_made_out_is_a_doubt(old: str, new: str, said: str) -> None:
    made = swapped(OWN["nha-san"], listing=(old, new))
    assert made.profile.discover is not None
    assert made.profile.discover[0].next is None
    assert [line for line in made.unsure if line.startswith("discover: ") and said in line]


def test_list_drawn_by_scripts_is_a_doubt_where_the_article_is_given() -> None:
    pair = OWN["nang-mai"]
    shell = page(
        '<html><body><div id="app">Đang tải nội dung của trang, xin chờ trong giây lát</div><script src="/a.js"></script></body></html>',
        pair.list_url,
    )
    made = drafted(shell, pair.article)
    assert any("shows no article links without its scripts" in line for line in made.unsure)
    assert made.is_by_rule


def test_made_up_class_names_are_used_last_and_are_a_doubt() -> None:
    pair = OWN["nha-san"]
    assert any("div.k5 looks made up by a template" in line for line in drafted(pair.listing, pair.article).unsure)
    named = swapped(pair, article=('<div class="k5">', '<div class="k5 bai-viet">'))
    assert not any("k5" in line for line in named.unsure)


def test_articles_of_another_form_than_the_first_are_a_doubt() -> None:
    pair = OWN["kinh-xang"]
    other = page(pair.article.page.body.decode().replace("articleBody", "text"), pair.articles[1])
    made = drafted(pair.listing, pair.article, other)
    assert any(f"the rules do not find the text of {other.url}" in line for line in made.unsure)
    assert not any("only one article" in line for line in made.unsure)


def test_addresses_taken_from_the_page_are_said() -> None:
    pair = OWN["kinh-xang"]
    made = drafted(pair.listing, replace(pair.article, address_from="link rel=canonical"))
    assert any("was taken from its link rel=canonical" in line for line in made.unsure)


def test_every_doubt_is_a_comment_of_the_file() -> None:
    for pair in own_pairs():
        made = drafted(pair.listing, pair.article)
        assert [text for _, text in made.doubts if f"# unsure: {text}" not in made.toml] == []


WRONG = {
    "an article as list": (OWN["kinh-xang"].article, OWN["kinh-xang"].article, "list and article are the same page"),
    "another article as list": (
        page(OWN["kinh-xang"].article.page.body.decode(), OWN["kinh-xang"].articles[1]),
        OWN["kinh-xang"].article,
        "an article, no list; give the page of the section",
    ),
    "no article links": (
        page("<html><body><h1>Liên hệ với ban biên tập của trang tin</h1><a href='/'>Trang chủ</a></body></html>", "https://longmy.haugiang.test/lien-he"),
        OWN["kinh-xang"].article,
        "a list without article links",
    ),
    "a list as article": (OWN["kinh-xang"].listing, OWN["kinh-xang"].listing, "no article"),
}  # fmt: skip


@pytest.mark.parametrize(("listing", "article", "said"), WRONG.values(), ids=WRONG.keys())
def test_wrong_pages_are_refused_in_one_line(listing: Source, article: Source, said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        drafted(listing, article)
    assert str(error.value).startswith((listing.name, article.name))
    assert "\n" not in str(error.value)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_of_a_page_breaks_out_of_the_file(name: str, doubt: str) -> None:
    profile = Profile(
        key="mau", name=name, kind="other", family="generic", hosts=("a.test",), province="Cao Bằng", status="unverified",
        evidence=doubt,
    )  # fmt: skip
    said = tomllib.loads(written(profile, [("name", doubt), ("", name)]))
    assert (said["name"], said["evidence"]) == (name, doubt)
    assert set(said) <= set(Profile.__struct_fields__)


GOLD = {one["id"]: one for one in json.loads((DATA / "pages" / "gold.json").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", ["d28", "d30", "d34", "d35"])
def test_gold_page_of_no_known_cms_gets_rules_that_read_its_text(name: str) -> None:
    entry = GOLD[name]
    article = source(DATA / "pages" / entry["file"], entry["url"])
    urls = [entry["url"], *(entry["url"].replace("-", f"-{word}-", 1) for word in ("hai", "ba"))]
    links = "".join(f'<p><a href="{url}">Tin trong tuần của xã ta</a></p>' for url in urls)
    base = "/".join(entry["url"].split("/")[:3])
    made = drafted(page(f'<div class="tin"><h2>Tin</h2>{links}</div>', f"{base}/tin-tuc-chung/"), article)
    assert made.is_by_rule
    assert made.reading.method["title"].startswith("css:")
    assert normal(made.reading.title) == normal(entry["title"])
    assert bag_f1(made.reading.body, entry["body"]) >= 0.99
    assert [normal(one) for one in made.reading.authors] == [normal(one) for one in entry["authors"]]
