"""Text -> tokens of time expressions, each with one letter for its class: a pattern reads the letters.

A word, a number, a clock time or a whole ISO date is one token. What no time expression contains is
`OTHER`; an empty line is `BREAK`, so that no expression runs across it. The tables are data:
`time_words.csv`, `ordinals.csv`, `numbers.csv`, `holidays.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kb.dates.numerals import merge_numerals
from kb.dates.tokens import Token, letter
from kb.lexicon import read_table

_TOKEN = re.compile(
    r"""
    (?P<ISO>(?<![\w.-])\d{4}-\d\d-\d\d
        (?:[T\ ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))
    |(?P<SLASHED>(?<![\w./-])\d{4}/\d\d/\d\d(?![\w/-]))
    |(?P<ISOWEEK>(?<![\w.-])\d{4}-W\d\d(?:-[1-7])?(?![\w-]))
    |(?P<NUMERIC>(?<![\w./-])\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d\d)(?![\w/-]|\.\d))
    |(?P<CLOCK>(?<![\w.:])\d{1,2}:\d\d(?::\d\d)?(?![\d:])|(?<![\w.:$£€])\d{1,2}\.\d\d(?=\s?[ap]\.?m\b))
    |(?P<YEARS>(?<![\w.,/$£€-])(?:1\d|20)\d\d[-–—/](?:(?:1\d|20)\d\d|\d\d)(?![\w%/-]|[.,]\d))
    |(?P<DECADE>(?<![\w.,$£€])[1-9]\d{1,2}0['’]?s\b|(?<![\w.,$£€])['’‘]?[1-9]0['’]?s\b)
    |(?P<FISCALCODE>(?<![\w.,-])FY\ ?['’]?(?:20)?\d\d(?:[-–/](?:20)?\d\d)?(?![\w%-]|[.,]\d))
    |(?P<ORD>(?<![\w.,])\d{1,4}(?:st|nd|rd|th)\b)
    |(?P<NUMBER>(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?)
    |(?P<WORD>[^\W\d_]+(?:['’](?=[cC]lock)[^\W\d_]+)?(?:\.(?=[^\W\d_]\b)[^\W\d_]){0,3})
    |(?P<POSSESSIVE>['’]s\b|(?<=s)['’])
    |(?P<BREAK>\n[^\S\n]*\n\s*)
    |(?P<COMMA>,)|(?P<DASH>[-–]|(?<!\s)—(?!\s))|(?P<DOT>\.)|(?P<SLASH>/)|(?P<OPEN>\()
    |(?P<PUNCTUATION>[^\s\w]|_)
    """,
    re.VERBOSE,
)


_LAST_CENTURY_FROM = 70  # two digits of a business year: FY99 is 1999
_LONGEST_NUMBER = 12  # characters: no time is counted in more


@dataclass(frozen=True, slots=True)
class Entry:
    """What the table says of a word or phrase."""

    kind: str
    value: str
    case: str


@cache
def phrases() -> dict[tuple[str, ...], Entry]:
    """Every word and phrase of the tables, lower case, split as the lexer splits."""
    table: dict[tuple[str, ...], Entry] = {}
    for row in read_table("holidays"):
        for phrase in row["phrases"].split("|"):
            table[_words(phrase)] = Entry("HOLIDAY", row["key"], "title")
    for row in read_table("time_words"):
        table[_words(row["phrase"])] = Entry(row["class"], row["value"], row["case"])
    for row in read_table("ordinals"):
        table[_words(row["word"])] = Entry("ORDWORD", row["value"], "")
    for row in read_table("numbers"):
        if row["kind"] != "vulgar":
            table[_words(row["word"])] = Entry("NUMWORD", row["value"], "")
    return table


@cache
def _longest() -> dict[str, int]:
    """For each first word the number of words of the longest phrase that begins with it."""
    longest: dict[str, int] = {}
    for words in phrases():
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(token.text.lower().replace("’", "'") for token in _raw(phrase))


def _raw(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "sep":
            kind = "NUMERIC"
        yield Token(kind, match.group(), match.start(), match.end())


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order, none overlapping; white space has none."""
    raw = list(_raw(text))
    found: list[Token] = []
    table, longest, index = phrases(), _longest(), 0
    while index < len(raw):
        token = raw[index]
        if token.kind == "NUMBER":
            coded = len(found) > 1 and found[-1].kind == "DASH" and found[-2].kind == "OTHER"
            code = coded and found[-1].end == token.start and found[-2].end == found[-1].start
            found.append(_other(token) if code else _number(token, text))
        elif token.kind == "ORD":
            found.append(Token("ORD", token.text, token.start, token.end, token.text[:-2]))
        elif token.kind == "FISCALCODE":
            found.append(_fiscal(token))
        elif token.kind != "WORD":
            found.append(token)
        else:
            lower = token.text.lower().replace("’", "'")
            for length in range(min(longest.get(lower, 0), len(raw) - index), 0, -1):
                run = raw[index : index + length]
                key = (lower,) if length == 1 else tuple(t.text.lower().replace("’", "'") for t in run)
                entry = table.get(key)
                if entry and _fits(run, entry, text):
                    found.append(
                        Token(
                            entry.kind, text[token.start : run[-1].end], token.start, run[-1].end, entry.value
                        )
                    )
                    index += length - 1
                    break
            else:
                found.append(_other(token))
        index += 1
    return merge_numerals(found)


def _fiscal(token: Token) -> Token:
    """A business year in a code, by the year in which it ends: "FY2023-24" is 2024."""
    last = re.findall(r"\d+", token.text)[-1]
    century = "19" if len(last) == 2 and int(last) >= _LAST_CENTURY_FROM else "20"
    return Token("FISCALCODE", token.text, token.start, token.end, f"{century}{last[-2:]}")


def _other(token: Token) -> Token:
    return Token("OTHER", token.text, token.start, token.end)


def _fits(run: list[Token], entry: Entry, text: str) -> bool:
    """Whether a phrase stands on one line, with or without the capital that its entry asks for."""
    if entry.case and run[0].text[0].isupper() != (entry.case == "title"):
        return False
    return all(b.start - a.end <= 1 or text[a.end : b.start].isspace() for a, b in pairwise(run))


def _number(token: Token, text: str) -> Token:
    """A number by what it can be: a day, a two-digit number, a year, another one, or none of these."""
    before = text[max(0, token.start - 2) : token.start]
    if before and (before[-1] in "$£€¥₹#§@_" or before[-1].isalpha()):
        return _other(token)
    if text[token.end : token.end + 1] in ("%", "°") or text[token.end : token.end + 1].isalpha():
        glued = text[token.end : token.end + 2].lower()
        if glued not in ("am", "pm", "a.", "p."):
            return _other(token)
    digits = token.text
    if len(digits) > _LONGEST_NUMBER:
        return _other(token)
    if not digits.isdigit():
        return Token("DECIMAL", digits, token.start, token.end, digits.replace(",", ""))
    number = int(digits[:9])
    if len(digits) <= 2:
        kind = "DAY" if 1 <= number <= 31 else "TWO"
    elif len(digits) == 3:
        kind = "THREE"
    elif len(digits) == 4 and 1000 <= number <= 2199:
        kind = "YEAR"
    else:
        kind = "INTEGER"
    return Token(kind, digits, token.start, token.end, str(number))


def letters(found: list[Token]) -> str:
    """One letter a token: what the patterns of the rules are matched against."""
    return "".join(letter(token.kind) for token in found)
