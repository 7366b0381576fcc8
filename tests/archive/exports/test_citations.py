"""Citations as independent readers see them."""

from __future__ import annotations

import io
import json
import re

import bibtexparser
import pytest
import rispy
from citeproc import Citation as Cite
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from archive.exports import bibtex, csl, ris, text
from archive.exports.citation import Citation
from tests.archive.exports.conftest import HOSTILE, HOSTILE_URL

PWID = "urn:pwid:danvan:2024-07-10T05:00:00Z:part:https://mau.test/1.html"


def _written(form: object, citations: list[Citation]) -> str:
    stream = io.StringIO(newline="")
    assert form.write(citations, stream) == 2  # type: ignore[attr-defined]
    return stream.getvalue()


def test_ris_is_read_by_rispy(citations: list[Citation]) -> None:
    first, second = rispy.loads(_written(ris, citations))
    assert first["type_of_reference"] == "NEWS"
    assert first["title"] == "Định Hóa: Khéo vận động, dân đồng lòng"
    assert first["authors"] == ["Ngọc Trâm"]
    assert first["secondary_title"] == "Báo Mẫu"
    assert (first["year"], first["date"], first["access_date"]) == ("2024", "2024/07/10/", "2024/07/10/")
    assert first["urls"] == ["https://mau.test/1.html"]
    assert first["accession_number"] == PWID
    assert second["title"] == " ".join(HOSTILE.split())
    assert "year" not in second


def test_bibtex_is_read_by_bibtexparser(citations: list[Citation]) -> None:
    library = bibtexparser.parse_string(_written(bibtex, citations))
    assert not library.failed_blocks
    first, second = library.entries
    assert (first.entry_type, first.key) == ("online", "mau2024-1")
    values = {field.key: field.value for field in first.fields}
    assert values["title"] == "{Định Hóa: Khéo vận động, dân đồng lòng}"
    assert values["author"] == "{Ngọc Trâm}"
    assert (values["date"], values["urldate"]) == ("2024-07-10", "2024-07-10")
    assert PWID.replace("_", r"\_") in values["note"]
    hostile = {field.key: field.value for field in second.fields}
    assert r"\{vận\}" in hostile["title"]
    assert r"\textbackslash{}evil \$x\_1\textasciicircum{}2\$ 50\% \#1" in hostile["title"]
    assert "{" not in hostile["url"].replace("%7B", "")
    assert "date" not in hostile


def test_csl_is_read_and_set_by_a_citation_processor(citations: list[Citation]) -> None:
    items = json.loads(_written(csl, citations))
    assert items[0]["issued"] == {"date-parts": [[2024, 7, 10]]}
    assert items[0]["archive_location"] == PWID
    assert items[1]["title"] == HOSTILE
    assert "issued" not in items[1]
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items[:1]), formatter.plain)
    bibliography.register(Cite([CitationItem(items[0]["id"].lower())]))
    set_by_it = str(bibliography.bibliography()[0])
    assert "Ngọc Trâm" in set_by_it
    assert "Định Hóa: Khéo vận động" in set_by_it
    assert "2024" in set_by_it


def test_reference_line_holds_what_proves_it(citations: list[Citation]) -> None:
    stream = io.StringIO()
    text.write_references(citations, stream)
    first, second = stream.getvalue().splitlines()
    assert first == (
        "Ngọc Trâm (10/07/2024). Định Hóa: Khéo vận động, dân đồng lòng. Báo Mẫu. https://mau.test/1.html "
        f"[danvan, 2024-07-10T05:00:00Z: {PWID}]"
    )
    assert "n.d." in second
    assert HOSTILE_URL in second


@pytest.mark.parametrize("one", [0, 1])
def test_keys_are_plain_and_their_own(citations: list[Citation], one: int) -> None:
    assert re.fullmatch(r"[a-z]+(\d{4})?-\d+", citations[one].key)
    assert len({each.key for each in citations}) == 2


def test_article_without_captures_is_cited_without_a_proof(citations: list[Citation]) -> None:
    from dataclasses import replace

    unproved = replace(citations[0], captured_at=None, pwid=None)
    assert "Y2" not in _written(ris, [unproved, citations[1]]).split("ER")[0]
    assert "urldate" not in _written(bibtex, [unproved, unproved])
    assert "accessed" not in csl.item(unproved)
