"""Wikidata QuickStatements (version 1) of figures that a person accepted, each with its reference.

Only what Wikidata can hold goes out: one exact number, of a measure that has a property
(`wikidata_properties.csv`), at a place whose item somebody named, on a date that is known.
Source: https://www.wikidata.org/wiki/Help:QuickStatements.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TextIO

from kb.export.tables import rows
from kb.export.values import Row, bounds, is_exact
from kb.store import Store

_ACCEPTED = ("accepted", "corrected", "double-checked")
_PRECISION = {4: 9, 7: 10, 10: 11}  # characters of an ISO date -> Wikidata's precision: year, month, day
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def write_quickstatements(store: Store, out: TextIO) -> None:
    """A line a figure: item, property, value, point in time, reference; to be called within `released`."""
    items = dict(_items(store))
    for row in rows(store, "figures", "title", "published", "url", "cites_url"):
        if line := _statement(row, items):
            out.write(line + "\n")


def _items(store: Store) -> Iterator[tuple[str, str]]:
    for row in rows(store, "entities"):
        if row["wikidata"]:
            for name in (row["names"] or "").split("; "):
                yield name, row["wikidata"]


def _statement(row: Row, items: dict[str, str]) -> str | None:
    item, value = items.get(row["place"] or ""), bounds(row)[0]
    prop = property_of(row["measure"])
    when, url = _time(row["date"]), row["url"] or row["cites_url"]
    if row["status"] not in _ACCEPTED or not is_exact(row) or None in (item, prop, when, url):
        return None
    parts = [str(item), str(prop), str(value), "P585", str(when), "S854", _quoted(url)]
    for prefix, said in (("S1476", row["title"]), ("S577", _time((row["published"] or "")[:10]))):
        if said:
            parts += [prefix, f"en:{_quoted(said)}" if prefix == "S1476" else said]
    return "\t".join([*parts, "S1683", f"en:{_quoted(row['quote'])}"])


def property_of(measure: str) -> str | None:
    """The property that holds what is measured, or None."""
    said = set(re.findall(r"\w+", measure.lower()))
    for name, needed, without in _properties():
        if needed <= said and not without & said:
            return name
    return None


@cache
def _properties() -> tuple[tuple[str, set[str], set[str]], ...]:
    lines = files(__package__).joinpath("wikidata_properties.csv").read_text(encoding="utf-8").splitlines()
    table = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple((row["property"], set(row["words"].split()), set(row["without"].split())) for row in table)


def _time(said: str | None) -> str | None:
    """A year, month or day as Wikidata writes it, with its precision: `+2026-06-03T00:00:00Z/11`."""
    if not said or not _DATE.fullmatch(said):
        return None
    full = said + "-00-00"[: 10 - len(said)] if len(said) < 10 else said
    return f"+{full}T00:00:00Z/{_PRECISION[len(said)]}"


def _quoted(said: str) -> str:
    """A string: no tab, no line end, no quotation mark inside."""
    folded = " ".join(said.split())
    return '"' + folded.replace('"', "''") + '"'
