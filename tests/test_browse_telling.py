"""How pages tell dates and addresses, and Datasette's pages under kb's templates."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.browse import telling
from kb.browse.telling import address, when
from tests.browsing import Browser, tables_of


def test_the_examples_hold() -> None:
    assert doctest.testmod(telling).failed == 0


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024~", "about 2024"),
        ("1984~/1986", "about 1984 to 1986"),
        ("2024/", "since 2024"),
        ("2024-23/2025-21", "autumn 2024 to spring 2025"),
        (None, None),
        ("", None),
    ],
)
def test_dates_in_words(date: str | None, words: str | None) -> None:
    assert when(date) == words


@given(st.text())
def test_whatever_stands_for_an_address_is_told(url: str) -> None:
    assert len(address(url) or "") <= max(60, len(url))


def test_tables_are_told_to_screen_readers(demo: Path) -> None:
    browser = Browser(demo)
    for one in tables_of(demo):
        page = browser.get(f"/{demo.stem}{one}")
        assert page.status_code == 200, one
        assert '<html lang="en">' in page.text
        assert page.text.count("<main") == page.text.count("<h1") == 1, one
        assert "aria-label" in page.text
    missing = browser.get(f"/{demo.stem}/nothing")
    assert (missing.status_code, '<p class="message-error" role="alert">' in missing.text) == (404, True)
