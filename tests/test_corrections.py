"""What pages say of having been corrected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lexicon import read_table
from kb.read.documents.corrections import Notice, find_notices
from tests.case_tables import cases

BODY = "<p>Workers dug wells in the north, the board said.</p>"


@pytest.mark.parametrize("case", cases("corrections"))
def test_lines(case: dict[str, str]) -> None:
    expected = {Notice(case["kind"], case["line"])} if case["kind"] else set()  # type: ignore[arg-type]
    assert set(find_notices(case["line"])) == expected
    aside = f"<aside><p>{case['line']}</p></aside>"
    page = f"<!DOCTYPE html><html><body><article>{BODY}</article>{aside}</body></html>"
    assert set(find_notices(page)) == expected


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (
            "<h4>Correction</h4><p>The dam is in the north and not in the south.</p>",
            "Correction: The dam is in the",
        ),
        (
            "<p><b>Correction:</b> The dam is in <i>the north</i> and not in the south.</p>",
            "Correction: The dam is in the",
        ),
        ("<p>Correction</p><p>Menu</p>", None),
        ("<nav><a>Correction: how we mend what was wrong with it</a></nav>", None),
        ('<div class="comment-list"><p>Correction: you got all of this wrong, as usual.</p></div>', None),
        ("<script>var x = 'Correction: this is no text that anybody sees'</script>", None),
    ],
)
def test_pages(page: str, words: str | None) -> None:
    found = find_notices(f"<!DOCTYPE html><html><body>{BODY}{page}{BODY}</body></html>")
    assert [notice.words.startswith(words or "") for notice in found] == ([] if words is None else [True])


def test_what_a_page_states_for_machines() -> None:
    stated = '{"@type": "NewsArticle", "headline": "Wells", "correction": {"@type": "CorrectionComment", '
    stated += '"text": "The number of wells is eleven and not nine."}}'
    script = f'<script type="application/ld+json">{stated}</script>'
    page = f"<!DOCTYPE html><html><head>{script}</head><body>{BODY}</body></html>"
    assert find_notices(page) == (
        Notice("correction", "Correction: The number of wells is eleven and not nine."),
    )


def test_the_table_is_sound() -> None:
    rows = read_table("correction_notices")
    assert {row["class"] for row in rows} == {"label", "thing", "done", "past", "phrase"}
    assert {row["kind"] for row in rows} == {"correction", "clarification", "update", "retraction"}
    assert all(row["words"] == row["words"].lower() for row in rows)
    assert len({(row["class"], row["words"]) for row in rows}) == len(rows)


@given(st.text(max_size=300))
def test_any_text_has_notices_or_none(text: str) -> None:
    for notice in find_notices(text):
        assert notice.words == " ".join(notice.words.split())
