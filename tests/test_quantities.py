"""The pure grammar of quantities: whole strings, printing, and what no text may do to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import ParseError
from kb.lexicon import read_table
from kb.model.values import Article, Quantity
from kb.quantities import find_quantities, format_quantity, parse_quantity

WORDS = (
    "over 3 1,000 million - to between and $ € % km per a half of one in twenty dozens ( ) . / years old up "
    "from ’s ½ magnitude times fold 100,000 people zero + ~ ×10 ^ ٣ ² 𝟘 ±"
)
PIECES = [*WORDS.split(), "\u00a0", "\n"]
COMPARATORS = ["", "over ", "at least ", "under ", "up to ", "about ", "no fewer than "]
NOUNS = ["people", "political prisoners", "doses of vaccine", "houses", "deaths per 100,000 people"]


def fields(quantity: Quantity) -> tuple[object, ...]:
    return (
        quantity.comparator,
        quantity.low,
        quantity.high,
        quantity.unit,
        quantity.relation,
        quantity.direction,
    )


def assert_fits(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        for span in (quantity.span, quantity.number, quantity.noun):
            assert span is None or text[span.start_char : span.end_char] == span.words
        assert quantity.span.start_char <= quantity.number.start_char
        assert quantity.number.end_char <= quantity.span.end_char
        assert quantity.number.start_char >= end
        end = quantity.number.end_char
        assert quantity.low is not None or quantity.high is not None
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high


@given(st.text())
def test_any_text_gives_spans_that_fit(text: str) -> None:
    assert_fits(text)


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", " "]))
def test_any_words_of_numbers_give_spans_that_fit(pieces: list[str], between: str) -> None:
    assert_fits(between.join(pieces))


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_what_is_no_quantity_is_a_parse_error(pieces: list[str]) -> None:
    try:
        quantity = parse_quantity(" ".join(pieces))
    except ParseError:
        return
    assert quantity.low is not None or quantity.high is not None


@given(
    st.sampled_from(COMPARATORS),
    st.integers(0, 10**14) | st.decimals(0, 10**9, places=3, allow_nan=False).map(str),
    st.sampled_from(
        [row["name"] for row in read_table("units") if row["name"] not in ("magnitude", "points")] + NOUNS
    )
    | st.sampled_from([row["code"] for row in read_table("currencies")]),
    st.sampled_from(["", "up ", "down "]),
)
def test_printed_and_read_again_is_the_same(comparator: str, number: object, unit: str, lead: str) -> None:
    if lead and comparator == "up to ":
        lead = ""
    quantity = parse_quantity(f"{lead}{comparator}{number} {unit}")
    assert fields(parse_quantity(format_quantity(quantity))) == fields(quantity)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "dozens of people",
        "tens of thousands of doses",
        "several hundred people",
        "between 5 and 7 km/h",
        "between $5 and $7 million",
        "three times as much",
        "doubled",
        "two-thirds",
        "nearly a third",
        "one in ten",
        "25 years old",
        "18-month-old",
        "magnitude 5.5",
        "over magnitude 4.5",
        "a change of 15 days",
        "-5 yards",
        "minus 12 degrees Celsius",
        "63 cents",
        "1.99×10^-30 kilograms",
        "ten-storey",
        "half a mile",
        "2.5 million",
        "$98 a share",
        "5 barrels of oil per day",
    ],
)
def test_printing_keeps_every_form(text: str) -> None:
    quantity = parse_quantity(text)
    assert fields(parse_quantity(format_quantity(quantity))) == fields(quantity)


@pytest.mark.parametrize(
    "text", ["", "no number", "1234567890123456 people", "12 34-56 xx 7", "in 5 km", "5 km of"]
)
def test_a_string_that_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_quantity(text)


def test_a_number_of_too_many_digits_is_no_figure_of_a_text() -> None:
    assert list(find_quantities("The file has 1234567890123456 rows.")) == []


@pytest.mark.parametrize(
    "piece", ["7", "7,", "million ", "million million ", "one hundred and ", "$", "-", "5-5-", " ", "½"]
)
def test_a_megabyte_of_one_piece_is_read_once(piece: str) -> None:
    """No pattern and no loop begins again at each place: this would not end in a lifetime if one did."""
    text = piece * (1_000_000 // len(piece))
    for quantity in find_quantities(text):
        assert quantity.span.end_char <= len(text)


def test_every_unit_has_a_name_that_reads_as_itself() -> None:
    for row in read_table("units"):
        if row["name"] != "magnitude":
            assert parse_quantity(f"3 {row['name']}").unit == row["name"]


def test_every_currency_is_read_by_code_and_by_name() -> None:
    for row in read_table("currencies"):
        assert parse_quantity(f"1,234.5 {row['code']}").unit == row["code"]
        for name in filter(None, row["names"].split("|")):
            assert parse_quantity(f"2 million {name}").unit == row["code"], name


def test_analysis_is_fit_for_any_text() -> None:
    from kb.extract.document import analyse
    from kb.extract.quantities import find_quantities as find_in_document

    for text in (
        "",
        " ",
        "3",
        "(1)",
        "one of",
        "12 of",
        "half",
        "a third",
        "5 per 100,000",
        "up from 3",
        "𝟘 million",
        "3-",
    ):
        for quantity in find_in_document(analyse(Article(text)), ()):
            span = quantity.span
            assert text[span.start_char : span.end_char] == span.words


def test_cells_of_a_table_are_told_by_headings_and_no_sentence() -> None:
    from kb.extract.document import analyse
    from kb.extract.quantities import find_quantities as find_in_document
    from kb.extract.times import find_times

    text = (
        "The group counted 45 arrests.\n\n| Month | Fined |\n|---|---|\n| May | 7,200 |\n\nIt saw 12 trials."
    )
    document = analyse(Article(text, published="2026-07-01"))
    found = find_in_document(document, find_times(document))
    assert [quantity.number.words for quantity in found] == ["45", "12"]


def test_a_bound_at_the_beginning_of_a_line_is_of_the_next_sentence() -> None:
    first, second = find_quantities("Storm toll reaches 640\nAt least 10 towns are cut off.")
    assert (first.span.words, first.comparator, second.comparator) == ("640", "=", ">=")
    (wrapped,) = find_quantities("The club has 640\nor more members.")
    assert wrapped.comparator == ">="
