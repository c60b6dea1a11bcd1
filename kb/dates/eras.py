"""Readers of years, decades and centuries: `2019`, `the mid-1980s`, `the 4th century BC`, `FY2024`."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.dates.absolute import YEARS
from kb.dates.modifiers import half_of, modified
from kb.dates.periods import Period
from kb.dates.reading import Context, Match, Reading, dated
from kb.dates.years import year_of

_LAST_CENTURY = 1800  # "the 1800s" are a century; of the 1900s and 2000s more often a decade is meant


def read_year(match: Match, _context: Context) -> Reading | None:
    """A year, alone or with what part of it is meant."""
    year = year_of(match.tokens)
    return modified(Period.of("year", year), match.modifier, "stated") if year is not None else None


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


def read_fiscal_code(match: Match, _context: Context) -> Reading | None:
    """`FY2024`: as `fiscal 2024`; of two years ("FY2023-24") the range."""
    token = match.find("FISCALCODE")
    last = int(token.value) if token else 0
    if token is None or len(re.findall(r"\d+", token.text)) == 1:
        return dated(Period.of("year", last), "stated", edtf=f"{last:04d}~")
    edtf = f"{last - 1:04d}~/{last:04d}~"
    return Reading("DATE", f"{last - 1:04d}/{last:04d}", edtf, "stated", Period.of("year", last))


def read_decade(match: Match, context: Context) -> Reading | None:
    """`the 1980s`, `the '80s`, `the mid-1980s`, `the 470s BC`; `the 1700s` are a century."""
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
    elif start % 100 == 0 and start <= _LAST_CENTURY:
        return modified(Period.of("century", start), match.modifier, "stated")
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
    """`the 20th century`, `the 4th century BC`, the `15th centuries` of "the 14th and 15th centuries"."""
    named = match.has("UCENTURY") or any(t.kind == "UNITS" and t.value == "CE" for t in match.tokens)
    return _hundred(match, match.number("ORD") or 0) if named else None


def read_century_first(match: Match, _context: Context) -> Reading | None:
    """The `14th` of "the 14th and 15th centuries"."""
    to = match.parts.get("to", ())
    if not any(t.value == "CE" for t in to):
        return None
    number = match.number("ORD") or 0
    era = tuple(t for t in to if t.kind == "ERA")
    return _hundred(replace(match, tokens=(*match.tokens, *era)), number)


def _hundred(match: Match, number: int) -> Reading | None:
    """The century of a number, with the part of it that is meant."""
    if not 1 <= number <= 30:
        return None
    year = 1 - number * 100 if _before_christ(match) else (number - 1) * 100
    return modified(Period.of("century", year), match.modifier, "stated")


def _before_christ(match: Match) -> bool:
    era = match.find("ERA")
    return era is not None and era.value == "-1"


def read_half_century(match: Match, _context: Context) -> Reading | None:
    """`the second half of the 19th century`: the century, of which fifty years are meant."""
    century = _hundred(match, match.number("ORD") or 0)
    if century is None or century.period is None:
        return None
    return dated(century.period, "stated", edtf=half_of(century.period, match.number("FIRSTHALF") or 1))


def read_millennium(match: Match, _context: Context) -> Reading | None:
    """`the third millennium BC`; a fortnight has no number."""
    number = match.number("ORD") or 0
    if not any(t.value == "ML" for t in match.tokens) or not 1 <= number <= 9:
        return None
    year = 1 - number * 1000 if _before_christ(match) else (number - 1) * 1000
    return modified(Period.of("millennium", year), match.modifier, "stated")


def read_decade_of_century(match: Match, _context: Context) -> Reading | None:
    """`the first decade of the 21st century`."""
    ordinals = [int(t.value) for t in match.tokens if t.kind == "ORD"]
    decade, century = (10, ordinals[0]) if len(ordinals) == 1 else (ordinals[0], ordinals[1])
    if not (1 <= decade <= 10 and 2 <= century <= 30):
        return None
    return dated(Period.of("decade", (century - 1) * 100 + (decade - 1) * 10), "stated")
