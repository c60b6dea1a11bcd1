"""Single lines of saved pages: days, bylines, furniture, captions (`cases/read_lines.csv`), markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.read.lines.bylines import find_authors
from kb.read.lines.days import day_line, find_day
from kb.read.lines.furniture import furniture_class, is_caption
from kb.read.lines.labels import find_url
from kb.read.lines.paragraphs import join_broken, lines_of
from kb.read.lines.plain import strip_markup
from tests.case_tables import cases


@pytest.mark.parametrize("case", cases("read_lines"))
def test_line(case: dict[str, str]) -> None:
    line = case["line"]
    found = {
        "days": "; ".join(f"{role} {day}" for role, day in day_line(line)),
        "authors": "; ".join(find_authors(line)),
        "furniture": furniture_class(line) or "",
        "caption": "yes" if is_caption(line) else "",
    }
    assert found == {key: case[key] for key in found}


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("<https://a.example.org/b?c=1&d=2#e>", "https://a.example.org/b?c=1&d=2#e"),
        ("See https://a.example.org/b_(c).", "https://a.example.org/b_(c)"),
        ("[more](https://a.example.org/b)", "https://a.example.org/b"),
        ("https://localhost/x", None),
        ("https://[::1", None),
        ("ftp://a.example.org/b", None),
    ],
)
def test_url(line: str, url: str | None) -> None:
    assert find_url(line) == url


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[A man](#) and [a dog](https://a.example.org/x_(y))", "A man and a dog"),
        ("![A map](map.png) Riga", "Riga"),
        ("**Bold**, *slanted* and __underlined__", "Bold, slanted and underlined"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("## Why now ##", "Why now"),
        ("> He said no.", "He said no."),
        ("<p>One<br/>two</p>", "Onetwo"),
        ("a < b and c > d", "a < b and c > d"),
        ("---", ""),
        ("[1] A note", "[1] A note"),
        ("10\u202f000 and\u00a0more", "10\u202f000 and more"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_markup(line: str, words: str) -> None:
    assert strip_markup(line) == words


@given(st.text(max_size=300))
def test_no_line_raises(line: str) -> None:
    words = strip_markup(line)
    assert strip_markup(words).count("\n") == 0
    for _, day in day_line(words):
        assert len(day) == 10
    assert find_day(line) is None or find_day(line) is not None
    assert isinstance(find_authors(line), tuple)
    furniture_class(line)
    is_caption(line)
    find_url(line)


@given(st.lists(st.text(alphabet="aB .,\n", max_size=40), max_size=6))
def test_joining_loses_no_word(paragraphs: list[str]) -> None:
    lines = [line.text for line in lines_of("\n\n".join(paragraphs))]
    joined = join_broken(lines)
    assert " ".join(joined).split() == " ".join(lines).split()
    assert "".join(" ".join(lines).split()) == "".join(" ".join(paragraphs).split())


@pytest.mark.parametrize(
    "piece", ["1", ",", "million ", "[", "[a](", "*a ", "<a ", "&a", "June 3, ", "http://a.b/("]
)
def test_a_long_line_takes_no_time_to_speak_of(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    words = strip_markup(line)
    assert furniture_class(words) is None
    assert not list(day_line(words))
    assert find_authors(words) == ()
    assert not is_caption(words)
