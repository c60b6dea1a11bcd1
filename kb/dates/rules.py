"""The rules of time expressions: patterns over token classes, from `time_rules.csv`, longest match first.

A pattern names token classes in capitals (`MONTH DAY`), macros in lower case (`{month}`), and parts by
`name:(...)`; everything else is a regular expression. Where a part is called `span`, that part alone is
the expression, and what stands around it is its context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.dates.lexer import letters, tokens
from kb.dates.reading import Match
from kb.dates.tokens import Token, letter
from kb.lexicon import read_table

_CLASS = re.compile(r"\b[A-Z]{2,}\b|\bA\b")
_PART = re.compile(r"([a-z_]+):\(")
_MACRO = re.compile(r"\{([a-z_]+)\}")
_NEIGHBOURS = 3  # tokens on either side that a reader may look at


@cache
def rules() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Name, reader and compiled pattern of every rule, in the order of the table."""
    macros: dict[str, str] = {}
    compiled = []
    for row in read_table("time_rules"):
        pattern = _MACRO.sub(lambda m: macros[m[1]], row["pattern"])
        if row["reader"] == "macro":
            macros[row["name"]] = f"(?:{pattern})"
            continue
        compiled.append((row["name"], row["reader"], re.compile(_translate(pattern))))
    return tuple(compiled)


def _translate(pattern: str) -> str:
    pattern = _PART.sub(r"(?P<\1>", pattern)
    pieces = re.split(r"(\(\?P<[a-z_]+>)", pattern)
    return "".join(
        piece if piece.startswith("(?P<") else _CLASS.sub(lambda m: letter(m[0]), piece).replace(" ", "")
        for piece in pieces
    )


# What a time of day with a dot is written like: "1,177 on Friday" and "3.5 on Friday" leave Friday to itself.
_CLOCK_DOT = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")


def find_matches(text: str) -> list[tuple[str, Match]]:
    """The time expressions of a text, none overlapping, each with the name of its reader.

    Of rules that match at the same place the one that takes most words wins, then the one that looks
    at most words around them, then the earlier one in the table. Offsets are those of the text.
    """
    found = tokens(text)
    classes = letters(found)
    candidates = []
    for order, (name, reader, pattern) in enumerate(rules()):
        for match in pattern.finditer(classes):
            first, last = match.span("span") if "span" in pattern.groupindex else match.span()
            if last > first and (name != "clockdot" or _CLOCK_DOT.fullmatch(found[first].text)):
                candidates.append(
                    (first, first - last, match.start() - match.end(), order, name, reader, match)
                )
    candidates.sort(key=lambda c: c[:4])
    return list(_chosen(candidates, found))


def _chosen(
    candidates: list[tuple[int, int, int, int, str, str, re.Match[str]]], found: list[Token]
) -> Iterator[tuple[str, Match]]:
    free = 0
    for first, length, _, _, name, reader, match in candidates:
        last = first - length
        if first < free:
            continue
        free = last
        parts = {
            part: tuple(found[match.start(part) : match.end(part)])
            for part in match.re.groupindex
            if part != "span" and match.start(part) >= 0
        }
        yield (
            reader,
            Match(
                name,
                found[first].start,
                found[last - 1].end,
                tuple(found[first:last]),
                parts,
                tuple(found[max(0, first - _NEIGHBOURS) : first]),
                tuple(found[last : last + _NEIGHBOURS]),
            ),
        )
