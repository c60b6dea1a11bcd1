"""Where the words that somebody quotes stand in a text: just there, or not at all. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.dates import find_matches
from kb.errors import ParseError, UsageError
from kb.model.values import Quantity, Span
from kb.quantities import find_quantities, parse_quantity

_AROUND = 30  # characters shown on both sides of a place to choose
_MANY = 8  # places listed in a message


def quoted(text: str, quote: str, where: str, at: int | None = None) -> Span:
    """The one place of a text where the quoted words stand, white space aside; `at` is where they begin.

    Raises:
        UsageError: they stand nowhere, or in several places and `at` names none of them.
    """
    words = quote.split()
    if not words:
        raise UsageError("the quote is empty: give the words of the text that state it")
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = [Span(match.start(), match.end(), match[0]) for match in pattern.finditer(text)]
    if at is not None:
        found = [span for span in found if span.start_char == at]
    if not found:
        place = f" at {at}" if at is not None else ""
        raise UsageError(f"{where} does not say “{' '.join(words)}”{place}: quote its exact words")
    if len(found) > 1:
        listed = "; ".join(f"--at {span.start_char} “{_around(text, span)}”" for span in found[:_MANY])
        raise UsageError(f"{where} says so {len(found)} times, quote more words or choose: {listed}")
    return found[0]


def phrase_in(span: Span, value: Quantity | None) -> tuple[Span, Quantity | None]:
    """The words of a figure in a quote, and the quantity that they are: the whole, or the one number in it.

    `value` is what the number is, where there are several; without one that is it the quote is the phrase.

    Raises:
        UsageError: there are several numbers and no value, or several of that value.
    """
    try:
        return span, parse_quantity(" ".join(span.words.split()))
    except ParseError:
        found = _numbers(span.words)
    if value is not None:
        bounds = (value.low, value.high)
        equal = [one for one in found if (one.low, one.high) == bounds and one.comparator == value.comparator]
        found = equal or [one for one in found if bounds == (one.low, one.high)]
    if len(found) > 1:
        listed = ", ".join(f"“{one.span.words}”" for one in found[:_MANY])
        what = "give the --value of yours or quote less" if value is None else "quote less"
        raise UsageError(f"the quote has {len(found)} numbers ({listed}): {what}")
    if not found:
        return span, None
    return _with_noun(span, found[0], value), found[0]


def _numbers(words: str) -> list[Quantity]:
    """The quantities in the words, days and years left out."""
    times = [(match.start, match.end) for _, match in find_matches(words)]

    def is_time(one: Quantity) -> bool:
        return any(start < one.span.end_char and one.span.start_char < end for start, end in times)

    return [one for one in find_quantities(words) if one.kind != "bare" or not is_time(one)]


def _with_noun(span: Span, quantity: Quantity, value: Quantity | None) -> Span:
    """The number's words, with the counted noun where it follows."""
    start, end = quantity.span.start_char, quantity.span.end_char
    if value is not None and value.unit and not quantity.unit:
        follows = re.compile(r"\s+".join(("", *map(re.escape, value.unit.split()))) + r"\b")
        if noun := follows.match(span.words, end):
            end = noun.end()
    return Span(span.start_char + start, span.start_char + end, span.words[start:end])


def sentence_around(span: Span, sentences: Sequence[Span]) -> Span:
    """The sentence that holds the words, else the words themselves."""
    holding = [
        one for one in sentences if one.start_char <= span.start_char and one.end_char >= span.end_char
    ]
    return min(holding, key=lambda one: one.end_char - one.start_char, default=span)


def _around(text: str, span: Span) -> str:
    before, after = text[max(0, span.start_char - _AROUND) : span.start_char], text[span.end_char :][:_AROUND]
    return " ".join(f"{before}[[{span.words}]]{after}".split())
