"""Quantities in the form of news benchmarks: a line `{id, text}` in, `{id, quantities: [...]}` out.

The values are the product's own; what is here maps them to the benchmark's conventions: a bound has two
signs, a trend wins over a bound, units are singular British names, vague numbers have other ends.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.extract.document import Document, analyse
from kb.extract.quantities import find_quantities
from kb.extract.quantities.concepts import concept_words
from kb.extract.quantities.counted import counted_noun, tokens_at
from kb.extract.quantities.partitives import find_members
from kb.extract.quantities.trends import trend_of
from kb.extract.times import find_times
from kb.lexicon import read_table, read_words
from kb.model.values import Article, Quantity
from kb.quantities.comparators import comparator_before
from kb.quantities.lexer import tokens_of
from kb.quantities.operands import read_operand
from kb.quantities.units import currency_name, unit_singular

CHANGES = {"=": "=", "~": "~", ">": ">", ">=": ">", "<": "<", "<=": "<", "between": "="}
VAGUE = {(24, 99): [12, 120], (20, 99): [10, 100]}


def predict(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            document = analyse(Article(row["text"]))
            found = find_quantities(document, find_times(document))
            found = tuple(sorted((*found, *find_members(document)), key=lambda q: q.span.start_char))
            out.write(
                json.dumps({"id": row["id"], "quantities": rows(document, found)}, ensure_ascii=False) + "\n"
            )


def rows(document: Document, quantities: tuple[Quantity, ...]) -> list[dict[str, Any]]:
    """The quantities of one text; two levels of one change ("from 5 to 7") are one range there."""
    plain: list[dict[str, Any]] = []
    for position, quantity in enumerate(quantities):
        if is_left_out(document, quantity):
            continue
        before = quantities[position - 1] if position else None
        if before and quantity.noun is None and quantity.kind == before.kind == "money":
            quantity = replace(quantity, noun=before.noun)  # the unit left out is that of the sum before
        row = plain_quantity(document, quantity, quantities)
        if units := units_of(quantity):
            plain.extend({**row, "value": value, "unit": unit} for value, unit in units)
            continue
        if (
            before
            and before.level == "before"
            and quantity.level == "after"
            and joined(document, before, quantity)
        ):
            first = plain.pop()
            row["value"], row["unit"] = [first["value"], row["value"]], first["unit"]
        plain.append(row)
    return plain


def units_of(quantity: Quantity) -> list[tuple[float, str]]:
    """Value and unit of each part of what is told in two units: kb has "6 feet 4 inches" as 76 inches."""
    if quantity.kind not in ("measurement", "duration") or quantity.low is None:
        return []
    tokens, found, i = tokens_of(quantity.span.words), [], 0
    while i < len(tokens):
        operand = read_operand(tokens, i)
        if operand is not None and operand.unit is not None and operand.number.low is not None:
            found.append((operand.low, operand.unit))
        i = operand.end if operand else i + 1
    if len(found) < 2 or found[0][1].name == quantity.unit or found[-1][1].name != quantity.unit:
        return []
    return [(value, unit.singular) for value, unit in found]


def joined(document: Document, before: Quantity, after: Quantity) -> bool:
    """Whether "from A ... to B" stand beside each other, in this order, in one unit."""
    between = document.text[before.span.end_char : after.span.start_char]
    return (
        len(between) < 25
        and between.rstrip().endswith("to")
        and before.unit.startswith(after.unit)
        and before.low == before.high
        and after.low == after.high
    )


def is_left_out(document: Document, quantity: Quantity) -> bool:
    """What it does not mark: "several", "a few", multiples in one word, "Ann Bell, 39,", "under a mile"."""
    if quantity.number.words.lower() in ("a", "an"):
        return True
    if quantity.vague and quantity.low is not None and quantity.low < 20:
        return True
    if quantity.kind == "times" and quantity.noun is None:
        return True
    bare_age = quantity.kind == "age" and quantity.noun is None
    return bare_age and document.text[: quantity.span.start_char].rstrip()[-1:] in (",", "(")


def plain_quantity(
    document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]
) -> dict[str, Any]:
    """One quantity as the benchmark writes it."""
    return {
        "value": value_of(quantity),
        "unit": unit_name(document, quantity, quantities),
        "change": change_of(document, quantity, quantities),
        "unit_surface": quantity.noun.words if quantity.noun else "-",
        "concept": []
        if quantity.unit == "share" or is_member(document, quantity)
        else list(concept_words(document, quantity, quantities)),
    }


def noun_of(document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]) -> Any:
    """The noun counted, for a share its whole, for a noun left out the one that another figure has."""
    number = tokens_at(document.doc, quantity.number.start_char, quantity.number.end_char)
    if quantity.unit == "share":
        return counted_noun(number, number.end, vague=True)
    same = [quantity, *(other for other in quantities if other.unit == quantity.unit)]
    spans = [other.noun for other in same if other.noun]
    return tokens_at(document.doc, spans[0].start_char, spans[0].end_char) if spans else None


def is_member(document: Document, quantity: Quantity) -> bool:
    """Whether the quantity is one of `find_members`, which the benchmark says of nothing."""
    return quantity.number.words.lower() == "one" and document.text[quantity.number.end_char :].startswith(
        " of "
    )


def value_of(quantity: Quantity) -> float | list[float]:
    low, high = quantity.low, quantity.high
    if quantity.vague and low is not None and high is not None and low != high:
        ends = VAGUE.get((int(low), int(high)))
        return [float(end) for end in ends] if ends else [low / 2, high + 1 if high >= 99 else high]
    factor = subunit(quantity)[1]
    low = low / factor if low is not None else None
    high = high / factor if high is not None else None
    if quantity.unit == "share":
        exact = {0.333: 1 / 3, 0.667: 2 / 3, 0.167: 1 / 6, 0.111: 1 / 9}
        low = exact.get(low or 0, low)
        high = exact.get(high or 0, high)
    if low is None or high is None or low == high:
        number = low if low is not None else high
        assert number is not None
        return round(number, 10) if abs(number) > 1e-6 else number
    return [high, low] if quantity.descending else [low, high]


def subunit(quantity: Quantity) -> tuple[str | None, float]:
    """The name and worth of the hundredth that a sum is written in: kb counts money in whole units."""
    words = quantity.noun.words.lower() if quantity.noun and quantity.kind == "money" else ""
    for row in read_table("subunits"):
        if words and words.split()[0].split("-")[0] in row["words"].split("|"):
            return row["name"], float(row["factor"])
    return None, 1.0


def unit_name(document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]) -> str:
    """The unit as a singular British name, for counts the noun phrase with its lemmas."""
    unit, _, base = quantity.unit.partition(" per ")
    if quantity.unit == "share":
        return "% " + lemmas(document, quantity, quantities)
    if quantity.unit == "":
        return "-"
    if quantity.kind == "age":
        return f"{unit_singular(quantity.unit)} of age"
    if quantity.kind == "money":
        name = subunit(quantity)[0] or currency_name(unit) or unit
    elif singular := unit_singular(quantity.unit):
        return singular
    elif singular := unit_singular(unit):
        name = singular
    elif quantity.kind in ("count", "rate"):
        name = lemmas(document, quantity, quantities)
    else:
        name = unit
    return f"{name} per {base}" if base else name


def lemmas(document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]) -> str:
    """The words of the noun counted in the singular, without determiners, hyphened words as they are."""
    noun = noun_of(document, quantity, quantities)
    if noun is None:
        return "-"
    words: list[str] = [
        lemma(part)
        for child in noun[-1].children
        if child.dep_ == "poss" and child.i < noun.start and child.pos_ == "PROPN"
        for part in (*(left for left in child.lefts if left.dep_ == "compound"), child)
    ]
    for token in noun:
        joined_on = words and not noun.doc[token.i - 1].whitespace_ and noun.doc[token.i - 1].text == "-"
        if token.text == "-" and words and not noun.doc[token.i - 1].whitespace_:
            words[-1] += "-"
        elif joined_on:
            words[-1] += token.text
        elif lemma(token).lower() in KEPT or not (token.is_stop or token.is_punct):
            words.append(lemma(token))
    return " ".join(words).lower() or "-"


KEPT = frozenset({"other", "people", "side", "front", "top", "bottom", "full", "empty", "serious"})


def lemma(token: Any) -> str:
    if token.lower_ == "people":
        return "people"
    return token.text.removesuffix("s") if token.tag_ == "NNPS" else str(token.lemma_)


def change_of(document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]) -> str:
    """One of = ~ > < up down; a trend of a verb or of "up" wins over a bound, vague words are "="."""
    phrases = [tokens_at(document.doc, q.span.start_char, q.span.end_char) for q in quantities]
    phrase = tokens_at(document.doc, quantity.span.start_char, quantity.span.end_char)
    trend = trend_of(phrase, {other.end - 1: other.start for other in phrases})
    if quantity.relation == "change" and quantity.direction and (trend is None or trend.source != "noun"):
        stated = CHANGES[quantity.comparator]
        wins = stated == "=" or trend is None or trend.lemma in read_words("trends", moves="yes", pos="verb")
        return quantity.direction if wins else stated
    if (
        quantity.level == "after"
        and trend
        and trend.source == "verb"
        and quantity.kind in ("money", "percent")
    ):
        return trend.direction
    before = document.text[quantity.span.start_char : quantity.number.start_char].split()
    noun = quantity.noun.start_char if quantity.noun else quantity.number.start_char
    plain = quantity.span.start_char == min(quantity.number.start_char, noun)
    if quantity.comparator == "~" and plain and document.text[: quantity.span.start_char].endswith("("):
        return "="  # a conversion is as exact as it is written
    if (before and before[0].lower() == "within") or (quantity.vague and quantity.comparator == "~"):
        return "="
    if quantity.comparator == "between" and (
        bound := comparator_before(tokens_of(" ".join(before)), len(before))
    ):
        return CHANGES[bound[0]]
    return CHANGES[quantity.comparator]
