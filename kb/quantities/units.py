"""Units and currencies beside a number: which words and signs name one, and the name that figures carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.lexicon import read_table, read_words
from kb.quantities.lexer import Token, tokens_of

_APART = frozenset("gslthdLWVATJNCK")  # symbols of one letter that are written apart, too
_BEFORE_SENTENCE = frozenset(".!?:;\"'“‘—()")
_NEAR = 10  # tokens on either side
LONGEST = 6  # tokens in the longest form of a unit or a currency


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the lexicon has it: `name` in the plural (`%`, `kilometres`, an ISO 4217 code for money)."""

    name: str
    singular: str
    kind: str
    factor: float = 1.0


Forms = dict[str, list[tuple[tuple[str, ...], Unit]]]


def _add(forms: Forms, words: str, unit: Unit) -> None:
    pieces = tuple(token.text for token in tokens_of(words))
    if pieces:
        forms.setdefault(pieces[0], []).append((pieces, unit))


def _sorted(forms: Forms) -> Forms:
    return {first: sorted(rest, key=lambda form: -len(form[0])) for first, rest in forms.items()}


def _alternatives(cell: str) -> Iterator[str]:
    return (part for part in cell.split("|") if part)


def plural(noun: str) -> str:
    """The regular English plural of a noun: "day" days, "body" bodies, "box" boxes."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


@cache
def _words() -> Forms:
    forms: Forms = {}
    for row in read_table("units"):
        unit = Unit(row["name"], row["singular"], row["kind"])
        for form in _alternatives(row["words"]):
            head, _, tail = form.partition(" ")
            first_plural = f"{plural(head)} {tail}" if tail else plural(head)
            for spelling in {
                form,
                plural(form),
                first_plural,
                form.replace(" ", "-"),
                plural(form.replace(" ", "-")),
            }:
                _add(forms, spelling.lower(), unit)
    return _sorted(forms)


@cache
def _symbols(column: str) -> Forms:
    forms: Forms = {}
    for row in read_table("units"):
        unit = Unit(row["name"], row["singular"], row["kind"])
        for form in _alternatives(row[column]):
            _add(forms, form, unit)
    return _sorted(forms)


@cache
def _money_words() -> Forms:
    forms: Forms = {}
    for row in read_table("currencies"):
        unit = Unit(row["code"], row["name"], "money")
        for form in _alternatives(row["names"]):
            for spelling in {form, plural(form)}:
                _add(forms, spelling, unit)
    for row in read_table("subunits"):
        unit = Unit(row["code"], row["name"], "money", float(row["factor"]))
        for form in _alternatives(row["words"]):
            _add(forms, form, unit)
    return _sorted(forms)


@cache
def _money_symbols() -> Forms:
    forms: Forms = {}
    for row in read_table("currencies"):
        for form in _alternatives(row["symbols"]):
            _add(forms, form, Unit(row["code"], row["name"], "money"))
        _add(forms, f"M{row['code']}", Unit(row["code"], row["name"], "money", 1e6))
    return _sorted(forms)


@cache
def _money_symbols_by_last() -> Forms:
    forms: Forms = {}
    for rest in _money_symbols().values():
        for pieces, unit in rest:
            forms.setdefault(pieces[-1], []).append((pieces, unit))
    return _sorted(forms)


def money_factor(words: str) -> float:
    """What one of the words of money is worth in whole units: 0.01 for "cents" and "p", else 1."""
    pieces = words.lower().split()
    return next(
        (
            float(row["factor"])
            for row in read_table("subunits")
            if pieces and pieces[0] in row["words"].split("|")
        ),
        1.0,
    )


@cache
def unit_singular(name: str) -> str | None:
    """The British singular of a unit by its name, None where the lexicon has no such unit."""
    return next((row["singular"] for row in read_table("units") if row["name"] == name), None)


@cache
def currency_name(code: str) -> str | None:
    """The English name of a currency in the singular, by its ISO 4217 code."""
    return next((row["name"] for row in read_table("currencies") if row["code"] == code), None)


def _match(
    forms: Forms, tokens: list[Token], i: int, low: bool, joined: bool = False
) -> tuple[Unit, int] | None:
    key = tokens[i].low if low else tokens[i].text
    for pieces, unit in forms.get(key, ()):
        j = i + len(pieces)
        if j > len(tokens):
            continue
        words = [token.low if low else token.text for token in tokens[i:j]]
        if (
            words == list(pieces)
            and _ends_word(tokens, j)
            and (not joined or all(t.glued for t in tokens[i:j]))
        ):
            return unit, j
    return None


def _ends_word(tokens: list[Token], j: int) -> bool:
    """Whether the form stops where a word stops: "m" is no metre in "m4", "F" no farad in "F-16"."""
    if j + 1 < len(tokens) and tokens[j].is_hyphen and tokens[j].glued and tokens[j + 1].kind == "number":
        return len(tokens[j - 1].text) > 1
    if j >= len(tokens) or not tokens[j].glued or tokens[j].kind == "sign":
        return True
    return tokens[j - 1].kind == "sign" or tokens[j - 1].text[-1] in "²³"


def read_unit(tokens: list[Token], i: int) -> tuple[Unit, int] | None:
    """The unit whose words or symbol begin at token `i`, and the token after it."""
    if i >= len(tokens):
        return None
    found = _match(_words(), tokens, i, low=True)
    letter = tokens[i].text != "K" if tokens[i].glued else _is_letter_apart(tokens, i)  # 4K video
    joined = _match(_symbols("glued"), tokens, i, low=False, joined=tokens[i].glued) if letter else None
    capitals = tokens[i].text != tokens[i].low  # "Nm" is no "nm"
    for symbol in (joined, _match(_symbols("symbols"), tokens, i, low=False)):
        if symbol and (found is None or symbol[1] > found[1] or (capitals and symbol[1] == found[1])):
            found = symbol
    if found and found[1] > i + 1 and tokens[found[1] - 1].text == "." and _ends_sentence(tokens, found[1]):
        return found[0], found[1] - 1
    return found


def _is_letter_apart(tokens: list[Token], i: int) -> bool:
    """Whether a single letter after digits and a space is a unit: "120 g of salt", "230 V", "8.9 s."

    A noun after it, or a stop before a name ("12 N. Main St"), makes it a word of its own.
    """
    token = tokens[i]
    if not i or tokens[i - 1].kind != "number" or token.text not in _APART:
        return False
    if token.text == "A" and not is_electric(tokens, i):
        return False
    if i + 1 >= len(tokens):
        return True
    after = tokens[i + 1]
    if after.text == ".":
        return token.text not in "NW" or i + 2 >= len(tokens)
    if after.kind == "sign":
        return after.text in ",;:)(/·-–" and (after.text not in "-–" or not after.glued)
    return not after.glued and after.low in read_words("not_figures", **{"class": "after_letter"})


def is_electric(tokens: list[Token], i: int) -> bool:
    """Whether words of electricity stand near, so that "F" is a farad and "A" an ampere."""
    near = {token.low for token in (*tokens[max(0, i - _NEAR) : i], *tokens[i + 1 : i + _NEAR])}
    return bool(near & read_words("not_figures", **{"class": "electric"}))


def _begins_sentence(tokens: list[Token], i: int) -> bool:
    return i == 0 or tokens[i - 1].text in _BEFORE_SENTENCE


def _ends_sentence(tokens: list[Token], j: int) -> bool:
    return j >= len(tokens) or tokens[j].text[0].isupper()


def read_money_after(tokens: list[Token], i: int) -> tuple[Unit, int] | None:
    """The currency named or signed after a number at token `i`: "dollars", "zloty", "€", "USD"."""
    if i >= len(tokens):
        return None
    found = _match(_money_words(), tokens, i, low=True)
    if symbol := _match(_money_symbols(), tokens, i, low=False):
        if tokens[i].kind == "word" and len(tokens[i].text) < 3 and not tokens[i].text.endswith("¥"):
            symbol = symbol if symbol[1] > i + 1 or tokens[i].text in ("zł", "Ft", "元", "円", "TL") else None
        if symbol:
            found = max(found or symbol, symbol, key=lambda hit: hit[1])
    return found


def read_money_before(tokens: list[Token], i: int) -> tuple[Unit, int] | None:
    """The currency signed right before token `i` (a numeral), and the token that it begins with."""
    if i == 0:
        return None
    for pieces, unit in _money_symbols_by_last().get(tokens[i - 1].text, ()):
        start = i - len(pieces)
        if start < 0 or any(tokens[start + k].text != piece for k, piece in enumerate(pieces)):
            continue
        if tokens[start].glued and start and tokens[start - 1].kind != "sign":
            continue
        if pieces[0] == "A" and not tokens[start + 1].glued and _begins_sentence(tokens, start):
            continue  # "A $5 fine"
        letters = pieces[-1].isalpha() and pieces[-1].isascii()
        if (
            letters
            and len(pieces[-1]) < 3
            and not tokens[i].glued
            and pieces[-1] not in ("Rs", "Rp", "Tk", "RM")
        ):
            continue
        if letters and len(pieces[-1]) == 1 and tokens[i].text == "0":
            continue  # the R0 of an illness
        return unit, start
    return None
