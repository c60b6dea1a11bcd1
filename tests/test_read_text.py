"""Texts as people save pages: the body alone, and what the page says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.read import read_text
from tests.case_tables import cases

PIECES = [
    "June 3, 2026",
    "By Ann Doe",
    "[a](#)",
    "<b>",
    "&amp;",
    "Don't Miss",
    "Leave a Reply",
    "2 mins read",
    "* ",
    "https://a.example.org/(",
    "The minister said on Monday that nothing had changed.",
    "\n\n",
    "# ",
    "---",
    "title: Rain",
    "©",
]


@pytest.mark.parametrize("case", cases("read_text"))
def test_saved_text(case: dict[str, str]) -> None:
    article = read_text(case["text"])
    found = {
        "title": article.title or "",
        "published": article.published or "",
        "modified": article.modified or "",
        "authors": "; ".join(article.authors),
        "url": article.url or "",
        "publisher": article.publisher or "",
        "genre": article.genre or "",
        "body": article.text,
    }
    assert found == {key: case[key] for key in found}


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=12))
def test_no_text_raises_and_nothing_is_added(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    article = read_text(text)
    assert "\n\n\n" not in article.text
    assert article.text == article.text.strip()
    assert len("".join(article.text.split())) <= len("".join(text.split()))


def test_a_title_that_is_known_is_no_part_of_the_body() -> None:
    text = "Rain in Riga\n\nIt has rained in Riga for nine days, and the river is rising, the city says."
    assert read_text(text, title="Rain in Riga").text == text.split("\n\n")[1]
    assert read_text(text, title="Another").text == text.split("\n\n")[1] or "Rain" in read_text(text).text
