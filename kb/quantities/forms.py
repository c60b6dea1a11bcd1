"""A whole string as a quantity, and a quantity as a string that reads the same."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kb.errors import ParseError
from kb.model.values import Direction, Quantity, Relation, Span
from kb.quantities.grammar import find_quantities
from kb.quantities.lexer import tokens_of
from kb.quantities.number_words import MAX_DIGITS
from kb.quantities.units import currency_name
from kb.quantities.vague import vague_words

_NOUN = re.compile(r"[^\W\d_][^\n]*")
_RATE = re.compile(r"(?P<noun>.*?)\s*\bper (?P<base>.+)")
_LEADS: dict[str, tuple[Relation, Direction | None]] = {
    "up ": ("change", "up"), "down ": ("change", "down"), "a change of ": ("change", None),
}  # fmt: skip
_RATIO = " as much"
_WORDS = {"=": "", "~": "about ", ">": "over ", ">=": "at least ", "<": "under ", "<=": "up to "}


def parse_quantity(text: str) -> Quantity:
    """The quantity that the whole string is: "over 800 political prisoners", "3.5 billion USD", "up 3%".

    What follows the number and is no unit is the noun counted, taken as written. "up", "down" and
    "a change of" before it make it a change, "as much" after "times" a ratio.

    Raises:
        ParseError: the string is no quantity, or a number has more than 15 digits.

    >>> parse_quantity("at least 12 people").low
    12.0
    """
    words = text.strip()
    _refuse_long_numbers(words)
    relation: Relation | None = None
    direction: Direction | None = None
    offset = 0
    for lead, (led_relation, led_direction) in _LEADS.items():
        if words.lower().startswith(lead) and not words.lower().startswith("up to"):
            relation, direction, offset = led_relation, led_direction, len(lead)
            break
    body = words[offset:]
    if body.endswith(_RATIO):
        body, relation = body[: -len(_RATIO)], "ratio"
    found = next(find_quantities(body), None)
    if found is None or found.span.start_char:
        raise ParseError(f"no quantity: {text!r}; write a number with its unit, as in 'over 800 people'")
    quantity = _with_rest(found, body[found.span.end_char :].strip(), body, text)
    if relation is not None:
        quantity = replace(quantity, relation=relation, direction=direction)
    return quantity


def _refuse_long_numbers(words: str) -> None:
    for token in tokens_of(words):
        if token.kind == "number" and sum(c.isdigit() for c in token.text.lstrip("0.,")) > MAX_DIGITS:
            raise ParseError(f"number of more than {MAX_DIGITS} digits: {token.text!r}; write it rounded")


def _with_rest(quantity: Quantity, rest: str, body: str, text: str) -> Quantity:
    """The quantity with the words after it as the noun that it counts."""
    if not rest:
        return quantity
    if quantity.kind not in ("bare", "count") or quantity.unit or not _NOUN.fullmatch(rest):
        raise ParseError(f"no quantity: {text!r}; what is {rest!r} after {quantity.span.words!r}?")
    span = Span(0, len(body), body)
    noun_start = len(body) - len(rest)
    noun = Span(noun_start, len(body), rest)
    if currency_name(rest):
        return replace(quantity, span=span, noun=noun, unit=rest, kind="money")
    if rest == "share":
        return replace(quantity, span=span, noun=noun, unit=rest, kind="share")
    words = rest.removeprefix("of ") if quantity.vague else rest
    kind = "rate" if _RATE.fullmatch(words) else "count"
    return replace(quantity, span=span, noun=noun, unit=words, kind=kind)  # type: ignore[arg-type]


def format_quantity(quantity: Quantity) -> str:
    """The quantity in words that `parse_quantity` reads as the same.

    The same are comparator, bounds, unit, relation and direction; spans and the words themselves are not.
    """
    lead = ""
    if quantity.direction:
        lead = f"{quantity.direction} "
    elif quantity.relation == "change":
        lead = "a change of "
    ending = _RATIO if quantity.relation == "ratio" else ""
    return f"{lead}{_number(quantity)}{_unit(quantity)}{ending}"


def _number(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    if quantity.unit == "magnitude":
        return f"{_WORDS.get(quantity.comparator, '')}magnitude {_digits(low if low is not None else high)}"
    if quantity.comparator == "between":
        return f"between {_digits(low)} and {_digits(high)}"
    if quantity.vague and low is not None and high is not None and (words := vague_words(low, high)):
        return words
    return f"{_WORDS[quantity.comparator]}{_digits(low if low is not None else high)}"


def _digits(value: float | None) -> str:
    """Plain digits with commas between thousands, never an exponent."""
    if value is None:
        raise ValueError("a quantity without a bound")
    return f"{Decimal(f'{value:.15g}'):,f}"


def _unit(quantity: Quantity) -> str:
    unit = quantity.unit
    if unit == "%":
        return "%"
    if quantity.kind == "age":
        return f" {unit} old"
    if not unit or unit == "magnitude":
        return ""
    if quantity.vague and quantity.kind in ("count", "rate") and not unit.startswith("per "):
        return f" of {unit}"
    return f" {unit}"
