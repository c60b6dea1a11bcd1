"""The grammar of quantities: [comparator] number [to number] [unit] [per base] [or more], over tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.lexicon import read_table, read_words
from kb.model.values import Comparator, Direction, Quantity, QuantityKind, Relation, Span
from kb.quantities.articles import read_article
from kb.quantities.comparators import comparator_after, comparator_before
from kb.quantities.compounds import with_smaller_units
from kb.quantities.labels import is_label
from kb.quantities.lexer import Token, tokens_of
from kb.quantities.multiples import read_multiple
from kb.quantities.operands import MAGNITUDE, Operand, read_operand
from kb.quantities.ranges import read_range
from kb.quantities.rates import read_rate
from kb.quantities.units import Unit, plural

_KINDS: dict[str, QuantityKind] = {
    "money": "money", "percent": "percent", "points": "percent", "time": "duration", "times": "times",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A quantity in the making, in token positions."""

    start: int
    end: int
    first: Operand
    last: Operand
    comparator: Comparator | None
    levels: bool = False


def find_quantities(text: str) -> Iterator[Quantity]:
    """The number expressions of a text in order, with comparator, bounds and unit as the words alone tell.

    Counted nouns are left to whoever has a parse: their `unit` is empty and their kind `bare`, except for
    a noun joined by a hyphen ("ten-storey"). Numbers inside labels, clock times, scores and names are
    left out; dates are not told from counts. Takes time in proportion to the text.
    """
    tokens = tokens_of(text)
    waiting: list[Quantity] = []
    i = 0
    while i < len(tokens):
        quantities, j = _read(text, tokens, i)
        for quantity in quantities:
            if quantity is not None and text[quantity.span.end_char - 1] in "-‐‑" and quantity.unit == "":
                waiting.append(quantity)
                continue
            for earlier in waiting:
                near = quantity.span.start_char - earlier.span.end_char < 40
                unit = quantity.unit if near else ""
                yield replace(
                    earlier,
                    unit=unit,
                    kind=quantity.kind if unit else "bare",
                    noun=quantity.noun if unit else None,
                )
            waiting.clear()
            yield quantity
        i = max(j, i + 1)
    yield from waiting


def find_rate(text: str, char: int) -> tuple[str, int] | None:
    """The base of a rate right after a noun that ends at `char` ("a day"), and where it ends."""
    tokens = tokens_of(text[char : char + 60])
    if tokens and (rate := read_rate(tokens, 0)):
        return rate[0], char + tokens[rate[2] - 1].end
    return None


def _read(text: str, tokens: list[Token], i: int) -> tuple[list[Quantity], int]:
    """The quantities whose first numeral begins at token `i`, and the token to go on with."""
    if multiple := read_multiple(tokens, i):
        return [_multiplied(text, tokens, i, multiple)], multiple[1]
    operand = read_operand(tokens, i) or read_article(tokens, i)
    if operand is None:
        return [], i + 1
    if operand.number.low is None or is_label(tokens, i, operand):
        return [], _past_run(tokens, max(operand.end, operand.number.end))
    found = read_range(tokens, operand)
    if found and found.levels:
        first = _finished(text, tokens, Draft(found.start, found.first.end, found.first, found.first, None))
        last = _finished(text, tokens, Draft(found.last.start, found.last.end, found.last, found.last, None))
        return [replace(first[0], level="before"), replace(last[0], level="after")], last[1]
    if found:
        draft = Draft(found.start, found.last.end, found.first, found.last, "between")
    else:
        draft = Draft(operand.start, operand.end, operand, operand, None)
    quantity, end = _finished(text, tokens, draft)
    if draft.comparator is None:
        quantity, end = with_smaller_units(text, tokens, quantity, end)
    return [quantity], end


def _multiplied(
    text: str, tokens: list[Token], i: int, multiple: tuple[float, int, Direction | None]
) -> Quantity:
    """A multiple in one word with what binds it: "more than doubled"."""
    value, end, direction = multiple
    comparator, start = comparator_before(tokens, i) or ("=", i)
    low = None if comparator in ("<", "<=") else value
    high = None if comparator in (">", ">=") else value
    span, word = _span(text, tokens, start, end), _span(text, tokens, i, end)
    return Quantity(span, word, None, comparator, low, high, "times", "times", "ratio", direction)


def _past_run(tokens: list[Token], j: int) -> int:
    """The token after the signs, digits and letters joined to a number that is none."""
    while j < len(tokens) and tokens[j].glued and (tokens[j].kind != "sign" or tokens[j].text in "-/:."):
        j += 1
    return j


def _span(text: str, tokens: list[Token], start: int, end: int) -> Span:
    first, last = tokens[start].start, tokens[end - 1].end
    return Span(first, last, text[first:last])


def _finished(text: str, tokens: list[Token], draft: Draft) -> tuple[Quantity, int]:
    """The quantity with what stands before and after it, and the token after it."""
    start, end, first, last = draft.start, draft.end, draft.first, draft.last
    unit, noun = last.unit or first.unit, last.noun or first.noun
    comparator: Comparator = draft.comparator or ("~" if first.number.vague else "=")
    if magnitude := _magnitude(tokens, start, end, last):
        unit, start, end = MAGNITUDE, *magnitude
        noun = None
    kind = _kind(unit, noun, last)
    end, kind, unit_name = _tail(tokens, end, unit, kind, noun, first)
    age_start = (
        start if tokens[start].low == "between" and "ages" in _lows(tokens, start) else _aged(tokens, start)
    )
    if age_start is not None and kind in ("bare", "duration"):
        start, kind, unit_name = age_start, "age", unit_name or "years"
    before = comparator_before(tokens, start)
    few = first.number.vague and first.low < 20
    if before and not (few and before[0] in (">", ">=")):
        start = before[1]
        comparator = _bound(comparator, before[0])
    if last.plus_after:
        comparator = _bound(comparator, ">=")
    if not _opens_line(text, tokens, end) and (after := comparator_after(tokens, end)):
        comparator, end = _bound(comparator, after[0]), after[1]
    low, high = _bounds(comparator, first, last, unit)
    share = first.number.share and unit is None
    relation = _relation(tokens, end, kind, first)
    quantity = Quantity(
        _span(text, tokens, start, end),
        _span(text, tokens, first.number.start, last.number.end),
        _span(text, tokens, *noun) if noun else None,
        comparator,
        low,
        high,
        "share" if share else unit_name,
        "share" if share else kind,
        relation,
        "up" if relation == "change" else None,
        first.number.vague,
        first.low > last.high,
    )
    return quantity, end


def _opens_line(text: str, tokens: list[Token], j: int) -> bool:
    """Whether token `j` begins a line as sentences do: "Toll passes 300" is over before "At least"."""
    if not 0 < j < len(tokens) or not tokens[j].text[0].isupper():
        return False
    return "\n" in text[tokens[j - 1].end : tokens[j].start]


def _lows(tokens: list[Token], start: int) -> list[str]:
    return [token.low for token in tokens[start : start + 3]]


def _kind(unit: Unit | None, noun: tuple[int, int] | None, last: Operand) -> QuantityKind:
    if unit is not None:
        return _KINDS.get(unit.kind, "measurement")
    return "count" if noun and last.hyphened else "bare"


def _bound(inner: Comparator, outer: Comparator) -> Comparator:
    """A comparator put before what has one already: a range stays a range, "=" adds nothing."""
    return inner if outer == "=" or inner == "between" else outer


def _bounds(
    comparator: Comparator, first: Operand, last: Operand, unit: Unit | None
) -> tuple[float | None, float | None]:
    factor = unit.factor if unit else 1.0
    values = [float(f"{v * factor:.15g}") for v in (first.low, first.high, last.low, last.high)]
    low, high = min(values), max(values)
    if comparator in (">", ">="):
        return low, None
    if comparator in ("<", "<="):
        return None, high
    return low, high


def _tail(
    tokens: list[Token],
    end: int,
    unit: Unit | None,
    kind: QuantityKind,
    noun: tuple[int, int] | None,
    first: Operand,
) -> tuple[int, QuantityKind, str]:
    """The end, kind and unit with the base of a rate, or "old" of an age."""
    name = unit.name if unit else ""
    if unit is None and noun:
        words = tokens[noun[0]].low
        words = "person" if words == "strong" else words  # a 30,000-strong crowd
        name = read_irregular().get(words) or plural(words)
    if kind == "duration" and (old := _old(tokens, end)):
        return old, "age", name
    if kind in ("times", "share") or first.number.share:
        return end, kind, name
    if rate := read_rate(tokens, end):
        base, _, rate_end = rate
        if name:
            return rate_end, kind, f"{name} per {base}"
        if base[0].isdigit():
            return rate_end, "rate", f"per {base}"
    return end, kind, name


def read_irregular() -> dict[str, str]:
    """Plurals of nouns that do not take -s, by their singular."""
    return {row["singular"]: row["plural"] for row in read_table("plurals")}


def _old(tokens: list[Token], j: int) -> int | None:
    """The end of "old", "-olds" or "of age" after a time."""
    k = j + 1 if j < len(tokens) and tokens[j].is_hyphen else j
    if k < len(tokens) and tokens[k].low in ("old", "olds", "older", "younger"):
        return k + 1 if tokens[k].low in ("old", "olds") else None
    if k + 1 < len(tokens) and (tokens[k].low, tokens[k + 1].low) in (("of", "age"), ("in", "age")):
        return k + 2
    return None


def _aged(tokens: list[Token], start: int) -> int | None:
    """Where "aged 25", "at age 25", "the age of 25", "ages 5 to 11" begins, up to the token `start`."""
    j = comparator[1] if (comparator := comparator_before(tokens, start)) else start
    if j and tokens[j - 1].low in ("aged", "age", "ages"):
        return start if j < start else j - 1
    if j >= 2 and tokens[j - 1].low == "of" and tokens[j - 2].low in ("age", "ages"):
        return start if j < start else j - 2
    return None


def _magnitude(tokens: list[Token], start: int, end: int, last: Operand) -> tuple[int, int] | None:
    """The span with "magnitude" before it, or with the name of a quake after a decimal."""
    if last.unit is not None:
        return None
    j = comparator[1] if (comparator := comparator_before(tokens, start)) and comparator[0] != "=" else start
    if j and tokens[j - 1].is_hyphen:
        j -= 1
    if j and tokens[j - 1].low == "of":
        j -= 1
    if j and tokens[j - 1].low in ("magnitude", "magnitudes"):
        return j - 1, end
    if end < len(tokens) and "." in tokens[last.number.end - 1].text and last.low < 10:
        if tokens[end].low.removesuffix("s") in read_words("not_figures", **{"class": "quake"}):
            return start, end + 1
        if [t.low for t in tokens[end : end + 4]] == ["on", "the", "richter", "scale"]:
            return start, end
    return None


def _relation(tokens: list[Token], end: int, kind: QuantityKind, first: Operand) -> Relation:
    if kind == "times" and end < len(tokens):
        low = tokens[end].low
        if low == "as":
            near = {token.low for token in tokens[end + 1 : end + 6]}
            return "ratio" if near & {"as", "much", "many", "likely", "high"} else "value"
        if low in ("the", "that", "what", "more", "less", "fewer", "worse", "its", "their", "than"):
            return "ratio"
        return (
            "ratio"
            if low.endswith("er") and low not in ("over", "after", "per", "under", "ever")
            else "value"
        )
    return "change" if first.plus and kind in ("percent", "money", "bare") else "value"
