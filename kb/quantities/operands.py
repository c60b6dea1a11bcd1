"""One number with its sign, currency and unit: the operand of which ranges and rates are made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.lexicon import read_words
from kb.quantities.digits import INCH_MARKS
from kb.quantities.lexer import MINUS, Token
from kb.quantities.number_words import Numeral, scale_word
from kb.quantities.numerals import may_begin, read_numeral
from kb.quantities.units import Unit, is_electric, read_money_after, read_money_before, read_unit

_FAHRENHEIT = Unit("degrees Fahrenheit", "fahrenheit", "temperature")
_INCHES = Unit("inches", "inch", "length")
_QUOTED = 25  # tokens looked back over for the opening of a quotation
MAGNITUDE = Unit("magnitude", "magnitude", "magnitude")


@dataclass(frozen=True, slots=True)
class Operand:
    """A number in `tokens[start:end]`, sign, currency and unit included; `number` is the numeral alone.

    `noun` is the tokens of the unit (or of the noun after a hyphen), None where there is none;
    `hanging` tells that the number ends in a hyphen that waits for its noun ("seven- or eight-inch").
    """

    start: int
    end: int
    number: Numeral
    negative: bool = False
    plus: bool = False
    unit: Unit | None = None
    noun: tuple[int, int] | None = None
    hyphened: bool = False
    hanging: bool = False
    extra: float = 0.0
    plus_after: bool = False

    @property
    def low(self) -> float:
        assert self.number.low is not None
        return (-self.number.low if self.negative else self.number.low) + self.extra

    @property
    def high(self) -> float:
        assert self.number.high is not None
        return (-self.number.high if self.negative else self.number.high) + self.extra


def read_operand(tokens: list[Token], i: int) -> Operand | None:
    """The operand whose numeral begins at token `i`; its number has no value where it is no number."""
    if not may_begin(tokens[i]):
        return None
    money = read_money_before(tokens, i) or _money_before_sign(tokens, i)
    number = read_numeral(tokens, i, after_currency=money is not None)
    if number is None:
        return None
    if number.low is None:
        return Operand(i, number.end, number)
    start = money[1] if money else i
    start, negative, plus = _sign(tokens, i, start)
    end, noun, unit = number.end, None, money[0] if money else None
    hyphened = hanging = False
    extra = 0.0
    if unit is not None:
        noun = (money[1], i) if money else None
        end = _past_money(tokens, number, unit)
    else:
        at = number.end
        if at < len(tokens) and tokens[at].is_hyphen and tokens[at].glued and tokens[at].text != "—":
            if at + 1 < len(tokens) and tokens[at + 1].glued and tokens[at + 1].kind == "word":
                at, hyphened = at + 1, True
            elif (at + 1 < len(tokens) and not tokens[at + 1].glued and _waits(tokens, at + 1)) or (
                at + 1 < len(tokens) and tokens[at + 1].text == ","
            ):
                return Operand(start, at + 1, number, negative, plus, hanging=True)
        elif _is_apart(tokens, at):
            at, hyphened = at + 1, True
        after = _stands_between(tokens, number, at)
        found = _unit_after(tokens, number, at + after, hyphened)
        if found and not _is_clock(tokens, number, found[0], at) and not _is_ordinal(tokens, number):
            unit, end = found
            noun = (at + after, end)
            if unit.kind == "money" and unit.factor == 1:
                number, end = _scale_after(tokens, number, end)
                extra, end = _small_change(tokens, end)
        elif hyphened and _is_hyphen_noun(tokens, at):
            noun, end = (at, at + 1), at + 1
        else:
            hyphened = False
    plus_after = noun is not None and number.end < len(tokens) and tokens[number.end].text == "+"
    return Operand(start, end, number, negative, plus, unit, noun, hyphened, hanging, extra, plus_after)


def _is_apart(tokens: list[Token], at: int) -> bool:
    """Whether a hyphen between spaces joins a unit in the singular: "a 300 - foot tower"."""
    if at + 1 >= len(tokens) or tokens[at].text != "-" or tokens[at].glued or tokens[at + 1].glued:
        return False
    found = read_unit(tokens, at + 1) or read_money_after(tokens, at + 1)
    return found is not None and tokens[at + 1].low == found[0].singular.split()[-1].removesuffix("-mass")


def _unit_after(tokens: list[Token], number: Numeral, at: int, hyphened: bool) -> tuple[Unit, int] | None:
    """The currency or unit at token `at`; pounds are a weight unless the words near them tell of paying."""
    if _is_inch_mark(tokens, number, at):
        return _INCHES, at + 1
    money, unit = read_money_after(tokens, at), read_unit(tokens, at)
    if unit and tokens[at].text == "F" and not is_electric(tokens, at):
        unit = _FAHRENHEIT, unit[1]
    if money is None or unit is None:
        return money or unit
    if money[1] > unit[1]:
        return money
    near = {
        token.low for token in (*tokens[max(0, number.start - 8) : number.start], *tokens[at + 1 : at + 5])
    }
    weight = hyphened or (at + 1 < len(tokens) and tokens[at + 1].low == "of")
    return money if number.scaled or (not weight and near & read_words("paying")) else unit


def _is_inch_mark(tokens: list[Token], number: Numeral, at: int) -> bool:
    """Whether a quotation mark joined to the digits is one of inches: 5'7", 6.1" wide, a 55" screen."""
    if at >= len(tokens) or tokens[at].text not in INCH_MARKS or not tokens[at].glued or not number.digits:
        return False
    if "'" in tokens[number.start].text or "’" in tokens[number.start].text or tokens[at].text == "″":
        return True
    lead = range(max(1, number.start - _QUOTED), number.start)
    opened = any(tokens[k].text in ('"', "“") and tokens[k - 1].kind != "number" for k in lead)
    follows = at + 1 < len(tokens) and tokens[at + 1].kind == "word" and not tokens[at + 1].glued
    return not opened and (follows or "." in tokens[number.start].text)


def _stands_between(tokens: list[Token], number: Numeral, at: int) -> int:
    """How many tokens stand between a number and its unit: "30+ years", "50 previous years"."""
    if at >= len(tokens):
        return 0
    if tokens[at].low == "of" and number.vague:
        return 1
    if tokens[at].text == "+":
        return int(tokens[at].glued)
    if tokens[at].low == "of" and (number.share or 0 < (number.low or 0) < 1):
        unit = read_unit(tokens, at + 2)
        return 2 if unit and tokens[at + 1].low in ("a", "an") else 0
    if tokens[at].low in read_words("time_adjectives") and (unit := read_unit(tokens, at + 1)):
        return int(unit[0].kind == "time")
    return 0


def _waits(tokens: list[Token], i: int) -> bool:
    return tokens[i].low in ("or", "and", "to")


def _money_before_sign(tokens: list[Token], i: int) -> tuple[Unit, int] | None:
    """The currency before a sign: "$-50.8bn"."""
    if i >= 2 and tokens[i - 1].text in MINUS and tokens[i].glued and tokens[i - 1].glued:
        return read_money_before(tokens, i - 1)
    return None


def _sign(tokens: list[Token], i: int, start: int) -> tuple[int, bool, bool]:
    """Where the operand begins with its sign, whether it is negative, whether it has a plus."""
    if start < i and tokens[i - 1].text in MINUS:
        return start, True, False
    if not start:
        return start, False, False
    before = tokens[start - 1]
    free = (
        start < 2 or not before.glued or (tokens[start - 2].text in "([,;:/" and not tokens[start - 2].glued)
    )
    if before.text in MINUS and tokens[start].glued:
        if start >= 2 and tokens[start - 2].low == "minus":
            return start - 2, True, False
        if before.text != "–" and free and tokens[start].kind != "word":
            return start - 1, True, False
    if before.text == "+" and free:
        return start - 1, False, True
    if before.low in ("minus", "negative") and tokens[i].kind in ("number", "word"):
        return start - 1, True, False
    return start, False, False


def _past_money(tokens: list[Token], number: Numeral, unit: Unit) -> int:
    """The end of a sum with a sign before it: what repeats or narrows the currency belongs to it."""
    j = number.end
    if (
        j < len(tokens)
        and tokens[j].low in ("us", "u.s.", "usd", "cad", "aud", "nzd")
        and unit.name.endswith("D")
    ):
        return j if tokens[j].text == "us" else j + 1
    found = read_money_after(tokens, j)
    return found[1] if found and found[0].name == unit.name and found[0].factor == 1 else j


def _scale_after(tokens: list[Token], number: Numeral, j: int) -> tuple[Numeral, int]:
    """The scale after the currency: "75 USD million"."""
    if number.scaled or number.low is None or j >= len(tokens):
        return number, j
    factor = scale_word(tokens[j].low)
    if factor is None or factor < 1000:
        return number, j
    value = number.low * factor
    return replace(number, low=value, high=value, scaled=True), j + 1


def _small_change(tokens: list[Token], j: int) -> tuple[float, int]:
    """The hundredths after a sum in words: "3 dollars [and] 50 cents"."""
    k = j + 1 if j < len(tokens) and tokens[j].low == "and" else j
    if k == j and _is_last_number(tokens, k):
        return int(tokens[k].text) / 100, k + 1  # 15 dollars 50
    if (
        k < len(tokens)
        and (number := read_numeral(tokens, k))
        and number.low is not None
        and not number.vague
    ):
        found = read_money_after(tokens, number.end)
        if found and found[0].factor != 1 and number.low < 100:
            return round(number.low * found[0].factor, 10), found[1]
    return 0.0, j


def _is_last_number(tokens: list[Token], k: int) -> bool:
    """Whether two digits end a clause at token `k`."""
    if k >= len(tokens) or len(tokens[k].text) != 2 or not tokens[k].text.isdecimal() or tokens[k].glued:
        return False
    if k + 1 == len(tokens):
        return True
    return tokens[k + 1].text in (".", ",", ";", ")") and not _is_digit(tokens, k + 2)


def _is_digit(tokens: list[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].kind == "number" and tokens[i].glued


def _is_clock(tokens: list[Token], number: Numeral, unit: Unit, at: int) -> bool:
    """Whether the unit is none: "1990s", "3 m." of a clock, "a second" is left to the numeral."""
    token = tokens[at]
    value = number.low or 0
    if unit.kind == "times" and token.text in ("x", "X", "×"):
        return at + 1 < len(tokens) and tokens[at + 1].kind == "number"  # a room of 3 x 10 m
    if token.text == "p":
        return not (token.glued and number.digits) or value in (480, 576, 720, 1080, 1440, 2160)
    if token.text == "s" and token.glued and number.digits:
        return value >= 100 or value % 10 == 0
    if token.text == "MP" and not token.glued and (value == 1 or not number.digits):
        return True  # one member of parliament
    if token.text in ("a", "p", "d") and at + 1 < len(tokens) and tokens[at + 1].text == ".":
        return True
    return unit.kind == "data" and token.text == "b" and number.scaled is False and value < 100


def _is_ordinal(tokens: list[Token], number: Numeral) -> bool:
    """Whether the fraction is an ordinal before a unit: "a fourth year", not "a quarter mile"."""
    return (
        number.share and tokens[number.start].low in ("a", "an") and tokens[number.end - 1].low != "quarter"
    )


def _is_hyphen_noun(tokens: list[Token], at: int) -> bool:
    """Whether the word after the hyphen is a noun counted: "ten-storey", not "three-pronged"."""
    low = tokens[at].low
    if low in read_words("not_figures", **{"class": "hyphen"}) or len(low) < 3 or low != tokens[at].text:
        return False
    adjective = low.endswith(("ed", "ing", "th")) and not low.endswith("ooth")
    return not adjective or low in ("bed", "wing", "ring", "shed")
