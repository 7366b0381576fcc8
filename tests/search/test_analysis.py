"""Tokens: the same whether a text is read word by word or keyed as a whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.vietnamese import canonical
from search.analysis import Tones, located, tokens


@pytest.mark.parametrize("tones", ["exact", "folded"])
@given(text=st.text(max_size=60) | st.text("ưĐđoàOÀuỷUỶqQ İ̀’.'1 T", max_size=40))
@example(text="İstanbul và Huyện uỷ")
@example(text="Ñ q̃uả T.Ư K’ré")
def test_whole_text_has_the_tokens_of_its_words(text: str, tones: Tones) -> None:
    text = canonical(text)
    forms, places = located(text, tones)
    found = tokens(text)
    assert forms == [token.form(tones) for token in found]
    assert places == [(token.start, token.end) for token in found]
