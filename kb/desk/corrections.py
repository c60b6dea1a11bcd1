"""A correction as a person writes it, made into the columns that it sets. Pure.

Every field is checked the way extraction would read it: a value is a number with its comparator, a unit
has its one name, a date is EDTF or words. What belongs together is set together: a date with its first
and last day, a comparator with its bounds. Empty text says that the source does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from kb.dates import parse_interval
from kb.errors import ParseError, UsageError
from kb.lexicon import read_words
from kb.model import values
from kb.model.plain import folded
from kb.model.values import Comparator, Interval, Quantity
from kb.quantities import parse_quantity

Columns = dict[str, str]
Present = Mapping[str, Any]  # the columns of a fact as it reads now
_NUMBER = ("comparator", "low", "high")
_SOME = 2  # a number to read a unit with


def columns_of(table: str, said: Mapping[str, str | None], present: Present) -> Columns:
    """The columns that a correction of a fact sets, as text; `present` is how the fact reads now.

    Fields of a claim are value, comparator, unit, measure, date, place, speaker, stance, voice, subject,
    baseline, relation and direction; of a report title, kind, date, place and stance; of a mention name
    and kind.

    Raises:
        UsageError: nothing is said, there is no such field, or what is said cannot be its reading.
    """
    fields = FIELDS[table]
    unknown = [name for name in said if name not in fields]
    if unknown or not said:
        what = f"no field {unknown[0]!r}" if unknown else "no field to correct"
        raise UsageError(f"{what}: a {NOUNS[table]} has {', '.join(fields)}")
    words = {name: folded(value or "") for name, value in said.items()}
    found: Columns = {}
    for name in fields:  # in their order: a value brings a unit and a relation, which others may overrule
        if name in words and name not in _NUMBERS:
            found |= fields[name](name, words[name])
    if table == "claim" and words.keys() & set(_NUMBERS):
        found = _number(words, present) | found
    return found


def _number(words: Mapping[str, str], present: Present) -> Columns:
    """The columns of a value with its comparator."""
    found: Columns = {}
    number = {name: present[name] for name in _NUMBER}
    if "value" in words:
        quantity = parsed_value(words["value"])
        number = {name: getattr(quantity, name) for name in _NUMBER}
        if quantity.unit:
            found["unit"] = quantity.unit
        if quantity.relation != "value":
            found |= {"relation": quantity.relation, "direction": quantity.direction or ""}
    if "comparator" in words:
        number = _bound(_one_of(values.Comparator)("comparator", words["comparator"])["comparator"], number)
    return found | {name: "" if value is None else str(value) for name, value in number.items()}


def parsed_value(words: str) -> Quantity:
    """The number, comparator and unit of "more than 800", "800-900 people", "up 3%".

    Raises:
        UsageError: it is none.
    """
    try:
        return parse_quantity(words)
    except ParseError as error:
        raise UsageError(
            f"value {words!r} is no figure: write one like 'over 800', '800-900' or '3.5%'"
        ) from error


def parsed_date(words: str) -> Interval:
    """When: EDTF or English words that name a time.

    Raises:
        UsageError: it is no date.
    """
    try:
        return parse_interval(words)
    except ParseError as error:
        raise UsageError(str(error)) from error


def parsed_unit(words: str) -> str:
    """The one name of a unit: `km` is kilometres, `€` EUR; any other noun is counted as written.

    Raises:
        UsageError: it is no unit and no noun, or a number of its own.
    """
    try:
        quantity = parse_quantity(f"{_SOME} {words}" if words != "%" else f"{_SOME}%")
    except ParseError as error:
        raise UsageError(f"unit {words!r} is none: give a noun, %, a currency or a unit") from error
    if quantity.low != _SOME or not quantity.unit:
        raise UsageError(f"unit {words!r} is a number: give the whole as the value, as in '2 million EUR'")
    return quantity.unit


def _bound(comparator: str, number: Mapping[str, Any]) -> dict[str, Any]:
    """The bounds of a number under another comparator."""
    low, high = number["low"], number["high"]
    first, last = (high if low is None else low), (low if high is None else high)
    if comparator in (">", ">="):
        last = None
    elif comparator in ("<", "<="):
        first = None
    elif (comparator == "=" and first != last) or (comparator == "between" and first == last):
        raise UsageError(
            f"the comparator {comparator} does not go with {first} to {last}: give the value too"
        )
    return {"comparator": comparator, "low": first, "high": last}


def _words(name: str, words: str) -> Columns:
    return {name: words}


def _needed(name: str, words: str) -> Columns:
    if not words:
        raise UsageError(f"the {name} cannot be empty")
    return {name: words}


def _unit(name: str, words: str) -> Columns:
    return {name: parsed_unit(words)}


def _date(name: str, words: str) -> Columns:
    interval = parsed_date(words) if words else Interval(None, None, None)
    days = {"earliest": interval.earliest, "latest": interval.latest}
    return {name: interval.date or "", **{end: day.isoformat() if day else "" for end, day in days.items()}}


def _kind(name: str, words: str) -> Columns:
    kinds = sorted(read_words("event_kinds", "kind"))
    if words and words not in kinds:
        raise UsageError(f"no kind {words!r}: say one of {', '.join(kinds)}, or nothing")
    return {name: words}


def _one_of(literal: Any, *, empty: bool = False) -> Callable[[str, str], Columns]:
    known = get_args(literal)

    def check(name: str, words: str) -> Columns:
        if words not in known and (words or not empty):
            raise UsageError(f"no {name} {words!r}: say one of {', '.join(known)}")
        return {name: words}

    return check


_NUMBERS = ("value", "comparator")
NOUNS = {"claim": "figure", "report": "event", "mention": "name"}
FIELDS: Mapping[str, Mapping[str, Callable[[str, str], Columns]]] = {
    "claim": {
        "value": _words,
        "comparator": _one_of(Comparator),
        "unit": _unit,
        "measure": _needed,
        "date": _date,
        "place": _words,
        "speaker": _words,
        "stance": _one_of(values.Stance),
        "voice": _one_of(values.Voice),
        "subject": _words,
        "baseline": _words,
        "relation": _one_of(values.Relation),
        "direction": _one_of(values.Direction, empty=True),
    },
    "report": {
        "title": _needed,
        "kind": _kind,
        "date": _date,
        "place": _words,
        "stance": _one_of(values.Stance),
    },
    "mention": {"name": _needed, "kind": _one_of(values.EntityKind)},
}
