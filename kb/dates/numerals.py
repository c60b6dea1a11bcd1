"""Runs of number words -> one token: "twenty-eight", "two hundred and thirty", "nineteen ninety-four"."""

from __future__ import annotations

from kb.dates.tokens import Token


def merge_numerals(found: list[Token]) -> list[Token]:
    """The tokens with every run of number words made one token of class WORDNUM, YEAR, ORD or DECADE."""
    merged: list[Token] = []
    index = 0
    while index < len(found):
        token = found[index]
        if token.kind in ("NUMWORD", "ORDWORD"):
            made, length = _numeral(found, index)
            merged.append(made)
            index += length
        elif token.kind == "SCALE":
            merged.append(Token("OTHER", token.text, token.start, token.end))
            index += 1
        else:
            merged.append(token)
            index += 1
    return merged


def _numeral(found: list[Token], start: int) -> tuple[Token, int]:
    """The longest number that begins here, and how many tokens it takes."""
    first = found[start]
    if first.kind == "ORDWORD":
        return _made("ORD", found, start, 1, int(first.value)), 1
    total, current, index = 0, int(first.value), start + 1
    used = index
    while index < len(found) and index - start < 12:
        token = found[index]
        joined = found[index - 1].kind == "DASH"
        if (
            token.kind == "DASH"
            and token.start == found[index - 1].end
            and current % 10 == 0
            and current % 100
        ):
            index += 1
            continue
        if token.kind == "AND" and found[index - 1].kind == "SCALE":
            index += 1
            continue
        number = int(token.value) if token.kind in ("NUMWORD", "ORDWORD", "SCALE") else 0
        if token.kind == "SCALE" and number == 100 and 1 <= current <= 99:
            current *= 100
        elif token.kind == "SCALE" and number >= 1000 and 1 <= current <= 999:
            total, current = total + current * number, 0
        elif token.kind == "ORDWORD" and number < 10 and current % 100 >= 20 and current % 10 == 0:
            return _made("ORD", found, start, index + 1 - start, total + current + number), index + 1 - start
        elif (token.kind == "NUMWORD" and number < 10 and current % 100 >= 20 and current % 10 == 0) or (
            token.kind == "NUMWORD" and not joined and found[index - 1].kind in ("SCALE", "AND")
        ):
            current += number
        elif token.kind == "NUMWORD" and not joined and used == start + 1 and number >= 10:
            return _spoken_year(found, start, index)
        else:
            break
        index += 1
        used = index
    return _made("WORDNUM", found, start, used - start, total + current), used - start


def _spoken_year(found: list[Token], start: int, index: int) -> tuple[Token, int]:
    """A year told as two numbers ("nineteen ninety-four"), else the first number alone."""
    century, rest = int(found[start].value), int(found[index].value)
    if not (11 <= century <= 20):
        return _made("WORDNUM", found, start, 1, century), 1
    length = index + 1 - start
    if rest >= 20 and rest % 10 == 0:
        after = index + 1
        if after < len(found) and found[after].kind == "DASH":
            after += 1
        if after < len(found) and found[after].kind == "NUMWORD" and int(found[after].value) < 10:
            rest += int(found[after].value)
            length = after + 1 - start
    return _made("YEAR", found, start, length, century * 100 + rest), length


def _made(kind: str, found: list[Token], start: int, length: int, value: int) -> Token:
    first, last = found[start], found[start + length - 1]
    text = " ".join(token.text for token in found[start : start + length])
    if kind == "WORDNUM" and 1100 <= value <= 2099 and length > 2 and value >= 2000:
        kind = "YEARWORD"
    return Token(kind, text, first.start, last.end, str(value))
