"""Readers of years, decades and centuries: `2019`, `the mid-1980s`, `the 4th century BC`, `fiscal 2024`."""

from __future__ import annotations

import re

from kb.dates.absolute import YEARS
from kb.dates.modifiers import modified
from kb.dates.periods import Period
from kb.dates.reading import Context, Match, Reading, dated
from kb.dates.years import year_of


def read_year(match: Match, _context: Context) -> Reading | None:
    """A year, alone or with what part of it is meant."""
    year = year_of(match.tokens)
    return modified(Period.of("year", year), match.modifier, "stated") if year is not None else None


def read_bare_bc(match: Match, context: Context) -> Reading | None:
    """`499` in a text that counts its years before Christ."""
    if not context.before_christ:
        return None
    return dated(Period.of("year", 1 - (match.number("THREE") or 0)), "stated")


def read_bc_first(match: Match, _context: Context) -> Reading:
    """The `264` of "264 to 241 BC"."""
    return dated(Period.of("year", 1 - (match.number("THREE", "TWO") or 0)), "stated")


def read_year_word(match: Match, _context: Context) -> Reading | None:
    """`the year two thousand`."""
    year = match.number("WORDNUM", "YEARWORD") or 0
    return dated(Period.of("year", year), "stated") if 1000 <= year <= 2199 else None


def read_beyond(match: Match, _context: Context) -> Reading:
    """`1990 and beyond`: without an end."""
    year = match.number("YEAR") or 0
    return dated(Period.of("year", year), "stated", edtf=f"{year:04d}/..")


def read_prefixed(match: Match, _context: Context) -> Reading | None:
    """`post-1959`, `pre-1914`: open to one side."""
    year, prefix = match.number(*YEARS) or 0, match.find("PREFIX")
    after = prefix is not None and prefix.value == ">"
    return dated(Period.of("year", year), "stated", edtf=f"{year:04d}/.." if after else f"../{year:04d}")


def read_fiscal(match: Match, _context: Context) -> Reading | None:
    """`fiscal 1989`: named by a calendar year, whose bounds the text does not tell; `~` says so."""
    year = match.number(*YEARS) or 0
    return dated(Period.of("year", year), "stated", edtf=f"{year:04d}~")


def read_decade(match: Match, context: Context) -> Reading | None:
    """`the 1980s`, `the '80s`, `the mid-1980s`, `the 470s BC`."""
    token = match.find("DECADE")
    digits = re.sub(r"\D", "", token.text if token else "")
    if not digits:
        return None
    start = int(digits)
    if match.has("ERA") or (len(digits) == 3 and context.before_christ):
        return modified(Period.of("decade", 1 - start), match.modifier, "stated")
    if len(digits) == 2:
        start += 100 * _century_of(start, context)
    elif len(digits) == 3:
        return None
    return modified(Period.of("decade", start), match.modifier, "stated")


def _century_of(start: int, context: Context) -> int:
    """The century of a decade of two digits: the last one that had begun at the time of the text."""
    now = context.published.year if context.published else (context.anchor.year if context.anchor else 2000)
    return now // 100 if now // 100 * 100 + start <= now else now // 100 - 1


def read_decade_word(match: Match, context: Context) -> Reading | None:
    """`the eighties`, `the nineteen eighties`."""
    start = (match.number("DECADEWORD") or 0) * 10
    century = match.number("WORDNUM") or _century_of(start, context)
    return modified(Period.of("decade", century * 100 + start), match.modifier, "stated")


def read_century(match: Match, _context: Context) -> Reading | None:
    """`the 20th century`, `the 4th century BC`."""
    number = match.number("ORD") or 0
    era = match.find("ERA")
    if not 1 <= number <= 30:
        return None
    year = 1 - number * 100 if era and era.value == "-1" else (number - 1) * 100
    return modified(Period.of("century", year), match.modifier, "stated")
