"""Public ids are cited for ever: what was one's uid once is so in every later version."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import uids

TEXT = uids.text_sha256("Ann saw 12 cats.")
PARTS = st.lists(st.text(max_size=3) | st.integers(), max_size=4)


@pytest.mark.parametrize(
    ("made", "uid"),
    [
        (uids.text_sha256("Łódź")[:16], "bc8847fc65f124d7"),
        (uids.article_uid("page", "https://example.org/cats", TEXT), "of6j63mwu7dvdn73"),
        (uids.article_uid("page", None, TEXT), "l6i2246e7g5huhcy"),
        (uids.article_uid("quote", "https://example.org/cats", TEXT), "dsk25ijkj3xzu57q"),
        (uids.fact_uid(TEXT, "claim", 8, 15), "grcb2fhzp646pd5y"),
        (uids.fact_uid(TEXT, "claim", 8, 15, 2), "agn52fpvvwfl4crt"),
    ],
)
def test_uids_never_change(made: str, uid: str) -> None:
    assert made == uid


def test_the_example_in_the_docstring() -> None:
    assert doctest.testmod(uids).failed == 0


@given(PARTS, PARTS)
def test_other_parts_have_another_uid(one: list[str | int], other: list[str | int]) -> None:
    same = [str(part) for part in one] == [str(part) for part in other]
    assert (uids.uid_of(*one) == uids.uid_of(*other)) == same


@given(PARTS)
def test_a_uid_is_16_letters_and_digits(parts: list[str | int]) -> None:
    uid = uids.uid_of(*parts)
    assert len(uid) == 16
    assert uid.isascii()
    assert uid.isalnum()
    assert uid == uid.lower()
