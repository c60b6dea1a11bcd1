"""Quantities in the form of news benchmarks: a line `{id, text}` in, `{id, quantities: [...]}` out.

The values are the product's own; what is here maps them to the benchmark's conventions: a bound has two signs, a trend
wins over a bound, units are singular British names, vague numbers have other ends, and so on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kb.extract.concepts import concept_words
from kb.extract.counted import number_root
from kb.extract.document import Document, analyse
from kb.extract.quantities import find_quantities, phrase_tokens
from kb.extract.times import find_times
from kb.extract.trends import trend_of
from kb.lexicon import read_table
from kb.model.values import Article, Quantity
from kb.quantities.units import currency_name, unit_singular

CHANGES = {"=": "=", "~": "~", ">": ">", ">=": ">", "<": "<", "<=": "<", "between": "="}
VAGUE = {(24, 99): [12, 120], (20, 99): [10, 100]}


def predict(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            document = analyse(Article(row["text"]))
            found = find_quantities(document, find_times(document))
            out.write(json.dumps({"id": row["id"], "quantities": rows(document, found)}, ensure_ascii=False) + "\n")


def rows(document: Document, quantities: tuple[Quantity, ...]) -> list[dict[str, Any]]:
    """The quantities of one text; two levels of one change ("from 5 to 7") are one range there."""
    plain: list[dict[str, Any]] = []
    for position, quantity in enumerate(quantities):
        if is_left_out(document, quantity):
            continue
        row = plain_quantity(document, quantity, quantities)
        before = quantities[position - 1] if position else None
        if before and before.level == "before" and quantity.level == "after" and joined(document, before, quantity):
            row["value"] = [plain.pop()["value"], row["value"]]
        plain.append(row)
    return plain


def joined(document: Document, before: Quantity, after: Quantity) -> bool:
    """Whether "from A ... to B" stand beside each other, in this order, in one unit."""
    between = document.text[before.span.end_char : after.span.start_char]
    return len(between) < 25 and between.rstrip().endswith("to") and before.unit == after.unit


def is_left_out(document: Document, quantity: Quantity) -> bool:
    """What the benchmark does not mark: "several", "a few", multiples in one word, ages in apposition."""
    if quantity.vague and quantity.low is not None and quantity.low < 20:
        return True
    if quantity.kind == "times" and quantity.noun is None:
        return True
    return quantity.kind == "age" and quantity.noun is None


def plain_quantity(document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]) -> dict[str, Any]:
    """One quantity as the benchmark writes it."""
    return {
        "value": value_of(quantity),
        "unit": unit_name(document, quantity),
        "change": change_of(document, quantity, quantities),
        "unit_surface": quantity.noun.words if quantity.noun else "-",
        "concept": list(concept_words(document, quantity, quantities)),
    }


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


def unit_name(document: Document, quantity: Quantity) -> str:
    """The unit as a singular British name, for counts the noun phrase with its lemmas."""
    unit, _, base = quantity.unit.partition(" per ")
    if quantity.unit in ("share", ""):
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
        name = lemmas(document, quantity)
    else:
        name = unit
    return f"{name} per {base}" if base else name


def lemmas(document: Document, quantity: Quantity) -> str:
    """The words of the noun counted without determiners and prepositions, the nouns in the singular."""
    if quantity.noun is None:
        return quantity.unit
    noun = number_root(document.doc, quantity.noun.start_char, quantity.noun.end_char)
    words = [
        "people" if token.lower_ == "people" else token.lemma_
        for token in noun
        if not token.is_stop and not token.is_punct or token.lower_ in ("other", "people", "side")
    ]
    return " ".join(words).lower() or "-"


def change_of(document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]) -> str:
    """One of = ~ > < up down; a trend told by a verb or by "up" and "down" wins over a bound."""
    if quantity.relation == "change" and quantity.direction and quantity.number.words:
        phrases = [phrase_tokens(document.doc, other) for other in quantities]
        trend = trend_of(
            phrase_tokens(document.doc, quantity), {phrase.end - 1: phrase.start for phrase in phrases}
        )
        if trend is None or trend.source != "noun":
            return quantity.direction
    return CHANGES[quantity.comparator]
