"""The analysis of a text: nothing lost between tokens and characters, sentences where a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.extract.document import Document, analyse, chunks, trimmed
from kb.extract.sentences import LONGEST
from kb.extract.tokens import LONGEST_WORD
from kb.model.values import Article


def sentences(document: Document) -> list[str]:
    return [" ".join(trimmed(document.text, sentence).words.split()) for sentence in document.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Prices rose\n\nRents fell", ["Prices rose", "Rents fell"], id="a paragraph ends a sentence"
        ),
        pytest.param(
            'She called it "a start. And a good one." Nobody answered.',
            ['She called it "a start.', 'And a good one."', "Nobody answered."],
            id="a closing quotation mark stays with its words",
        ),
        pytest.param(
            "The works belongs to Danube Tools Kft. (DT Limited) since May.",
            ["The works belongs to Danube Tools Kft. (DT Limited) since May."],
            id="a bracket after an abbreviation",
        ),
        pytest.param(
            "The buyer is Danube Tools Kft. (Formerly DT) of Vienna. Nobody else bid.",
            ["The buyer is Danube Tools Kft. (Formerly DT) of Vienna.", "Nobody else bid."],
            id="a bracket in capitals after a legal form",
        ),
        pytest.param(
            "The buyer is Adria S.p.A. The price is low.",
            ["The buyer is Adria S.p.A.", "The price is low."],
            id="a legal form may end a sentence",
        ),
        pytest.param(
            "It grew by approx. three acres a year.",
            ["It grew by approx. three acres a year."],
            id="lower case",
        ),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(analyse(Article(text))) == expected


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_tokens_lose_nothing(text: str) -> None:
    document = analyse(Article(text))
    assert document.doc.text == text
    covered = [(s.start_char, s.end_char) for s in document.sentences]
    assert covered == sorted(covered)


@given(st.text(alphabet="ab .\n", max_size=400), st.integers(min_value=4, max_value=60))
def test_chunks_join_to_the_text(text: str, size: int) -> None:
    pieces = list(chunks(text, size))
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= size for piece in pieces)


def test_a_run_without_spaces_is_one_token() -> None:
    run = "," * (LONGEST_WORD * 50)
    document = analyse(Article(f"Dots {run} end here."))
    assert run in [token.text for token in document.doc]


def test_a_long_text_keeps_its_offsets() -> None:
    text = "\n\n".join(f"In year {n} the town counted {n} lamps." for n in range(1000, 1800))
    document = analyse(Article(text))
    assert document.doc.text == text
    assert len(document.sentences) == 800
    middle = text.index("counted 1500 lamps")
    assert "1500" in document.sentence_span(middle).words


def test_words_without_end_are_cut() -> None:
    document = analyse(Article("council of the town " * 1_000))
    assert max(len(sentence) for sentence in document.sentences) <= LONGEST
    prose = "The council of the town met again. " * 200
    assert len(analyse(Article(prose)).sentences) == 200
