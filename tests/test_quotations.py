"""Where quotations begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.quotations import quotation_at, quotations

CASES = {
    "straight": ('He said "it is late" and left.', ["it is late"]),
    "curly": ("He said “it is late” and left.", ["it is late"]),
    "two": ('"Yes," he said. "No."', ["Yes,", "No."]),
    "open at the end of the text": ("He said “it is late", ["it is late"]),
    "inches are none": ('a 5" nail and a 6" nail', []),
}


@pytest.mark.parametrize("case", CASES)
def test_quotations(case: str) -> None:
    text, expected = CASES[case]
    assert [text[q.start_char : q.end_char].strip('"“”') for q in quotations(text)] == expected


def test_a_quotation_over_paragraphs_keeps_its_number() -> None:
    text = "She said: “First part.\n\n“Second part.” Then she left.\n\n“Another,” he said."
    assert [quotation.number for quotation in quotations(text)] == [1, 1, 2]


def test_quotation_at() -> None:
    text = 'He said "late" today.'
    assert quotation_at(text, text.index("late")) is not None
    assert quotation_at(text, text.index("today")) is None


@given(st.text(alphabet='ab .\n"“”«»,', max_size=80))
def test_quotations_are_in_order_and_apart(text: str) -> None:
    found = quotations(text)
    assert all(0 <= q.start_char < q.end_char <= len(text) for q in found)
    assert all(a.end_char <= b.start_char for a, b in pairwise(found))
