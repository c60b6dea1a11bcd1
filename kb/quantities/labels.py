"""Numbers that are no figures: parts of names, ordinals, clock times, scores, phone numbers, idioms."""

from __future__ import annotations

from functools import cache

from kb.lexicon import read_words
from kb.quantities.lexer import Token, tokens_of
from kb.quantities.operands import Operand

_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_BEFORE_HYPHEN = frozenset({"sub", "minus", "mid", "magnitude", "to", "now"})
_NO_ADJECTIVE = frozenset({"plus", "odd", "ish", "to", "or", "a", "an", "per"})  # $40-a-barrel
_QUOTES = frozenset("\"“”'‘’")
_JOINTS = (",", "and", "or", "the")
_DIALLED = 6  # groups of digits in a number to dial
_CLOCK = frozenset({"o'clock", "oclock", "a.m.", "p.m.", "am", "pm", "gmt", "utc"})


@cache
def _class(name: str) -> frozenset[str]:
    return read_words("not_figures", **{"class": name})


@cache
def _idioms() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in _class("idiom"):
        pieces = tuple(token.low for token in tokens_of(words))
        found[pieces[0]] = (*found.get(pieces[0], ()), pieces)
    return found


def is_label(tokens: list[Token], i: int, operand: Operand) -> bool:
    """Whether the number at token `i` is no figure, as far as the words beside it tell."""
    return (
        _is_joined(tokens, i, operand)
        or _is_idiom(tokens, i)
        or (operand.unit is None and _is_named(tokens, i, operand))
        or _is_score(tokens, i, operand)
    )


def _is_joined(tokens: list[Token], i: int, operand: Operand) -> bool:
    """Joined to letters, digits or signs as in "SF90", "21st", "5G", "1430/2019", "10:30", "555-1234-567"."""
    if i > 1 and tokens[i - 1].text in "+-−" and tokens[i - 2].low in _CLOCK:
        return True  # UTC+0900
    token, end = tokens[i], operand.end
    if token.kind == "number" and _is_dialled(tokens, i):
        return True
    if token.kind == "number" and _is_enumerator(tokens, i):
        return True
    if token.kind == "number":
        if operand.start == i and i and token.glued:
            before = tokens[i - 1]
            if before.kind == "word" or before.text in "_#№@&":
                return True
            if before.text in "'’‘" and len(token.text) == 2 and not before.glued:
                return True  # '69
            if before.text == "/" and i > 1 and before.glued and tokens[i - 2].low == "f":
                return True  # f/1.8
            if before.text in "/:" and i > 1 and before.glued and tokens[i - 2].kind == "number":
                return True
            if before.is_hyphen and before.glued and i > 1 and tokens[i - 2].low not in _BEFORE_HYPHEN:
                return True
        if i and tokens[i - 1].text in "#№":
            return True
        after = tokens[end] if end < len(tokens) else None
        if after and after.glued and operand.unit is None and not operand.hyphened:
            if after.kind != "sign" or after.text in "_@":
                return True
            follower = tokens[end + 1] if end + 1 < len(tokens) and tokens[end + 1].glued else None
            if after.text in ":/" and follower and follower.kind == "number":
                return True
            if after.is_hyphen and follower and _is_chain(tokens, end):
                return True
    elif i and token.glued and tokens[i - 1].is_hyphen and tokens[i - 1].glued and operand.start == i:
        return (
            i > 1 and tokens[i - 2].kind == "word" and tokens[i - 2].low not in ("sub", "minus", "mid", "to")
        )
    if end < len(tokens) and tokens[end].low in _ORDINAL and tokens[end].glued:
        return True
    if end == operand.number.end and _makes_adjective(tokens, end):
        return True
    return _is_clock(tokens, operand.number.end, operand.number.low or 99)


def _is_clock(tokens: list[Token], end: int, value: float) -> bool:
    """Whether a word of the clock follows: "9 a.m.", not "five AM radio stations"."""
    if end >= len(tokens) or tokens[end].low not in _CLOCK or value >= 2400:
        return False
    return not _is_band(tokens, end)


def _is_band(tokens: list[Token], end: int) -> bool:
    """Whether "AM" at token `end` is a band of radio."""
    return tokens[end].text == "AM" and end + 1 < len(tokens) and tokens[end + 1].low in _class("band")


def _is_dialled(tokens: list[Token], i: int) -> bool:
    """Whether the number is a part of one to dial: "+48 22 555 01 99", "020 7946 0958"."""
    first = i
    while first and i - first < _DIALLED and tokens[first - 1].kind == "number":
        first -= 1
    last = i
    while last + 1 < len(tokens) and last - i < _DIALLED and tokens[last + 1].kind == "number":
        last += 1
    if first == last:
        return False
    leads = tokens[first].text
    return (first > 0 and tokens[first - 1].text == "+" and tokens[first].glued) or (
        leads[0] == "0" and len(leads) > 1 and leads.replace(" ", "").isdecimal()
    )


def _makes_adjective(tokens: list[Token], end: int) -> bool:
    """Whether the number is the first half of a word that counts nothing: "two-legged", "one-way"."""
    if end + 1 >= len(tokens) or not (tokens[end].is_hyphen and tokens[end].glued and tokens[end + 1].glued):
        return False
    return tokens[end + 1].kind == "word" and tokens[end + 1].low not in _NO_ADJECTIVE


def _is_enumerator(tokens: list[Token], i: int) -> bool:
    """A note or the sign of a list: "[3]", "1) ..., 2) ...", "(1)"; a name before "(49)" makes it an age."""
    if i + 1 >= len(tokens) or not tokens[i].text.isdecimal() or not tokens[i + 1].glued:
        return False
    before = tokens[i - 1] if i else None
    after = tokens[i + 2] if i + 2 < len(tokens) else None
    if tokens[i + 1].text == "." and (before is None or before.text in ".:?!"):
        return after is not None and after.text[0].isupper() and not after.glued  # 2. The second point
    if before is not None and before.text in _QUOTES and tokens[i + 1].text in _QUOTES:
        return True
    if tokens[i + 1].text == "]":
        return before is not None and before.text == "[" and before.end == tokens[i].start
    if tokens[i + 1].text != ")" or len(tokens[i].text) > 2:
        return False
    if before is None or before.text != "(":
        return before is None or before.text in (".", ",", ";", ":", "and", "—", "–")
    if i < 2 or not tokens[i - 2].text[0].isupper():
        return True
    return int(tokens[i].text) < 10 and not _is_in_row(tokens, i)


def _is_in_row(tokens: list[Token], i: int) -> bool:
    """Whether the number stands in brackets after one of several names: "Texas (12), Ohio (9)"."""
    first = i - 2
    while first > 0 and tokens[first - 1].text[0].isupper():
        first -= 1
    lead = [token.low for token in tokens[max(0, first - 3) : first]]
    while lead and lead[-1] in _JOINTS:
        lead.pop()
    if first and lead[-1:] == [")"] and tokens[first - 1].low in _JOINTS:
        return True
    j = i + 2
    while j < len(tokens) and tokens[j].low in _JOINTS:
        j += 1
    joined = j > i + 2
    while j < len(tokens) and tokens[j].text[0].isupper():
        j += 1
    return joined and j + 1 < len(tokens) and tokens[j].text == "(" and tokens[j + 1].kind == "number"


def _is_chain(tokens: list[Token], end: int) -> bool:
    """Whether numbers go on after two hyphens, or letters after one: phone numbers, codes."""
    j, numbers = end, 0
    while j + 1 < len(tokens) and tokens[j].is_hyphen and tokens[j].glued and tokens[j + 1].glued:
        if tokens[j + 1].kind != "number":
            return numbers > 1
        numbers, j = numbers + 1, j + 2
    return numbers > 1


def _is_idiom(tokens: list[Token], i: int) -> bool:
    low = tokens[i].low
    for pieces in _idioms().get(low, ()):
        if all(i + k < len(tokens) and tokens[i + k].low == piece for k, piece in enumerate(pieces)):
            return True
    return low == "zero" and i + 1 < len(tokens) and tokens[i + 1].low in _class("zero")


def _is_named(tokens: list[Token], i: int, operand: Operand) -> bool:
    """A bare number after a word that labels ("Article 5", "No. 7"), or before one ("71 Elm Street")."""
    end = operand.end
    if end < len(tokens):
        after = tokens[end]
        if (
            not _is_band(tokens, end)
            and after.low in _class("after")
            and ((after.kind == "word" and after.text[0].isupper()) or after.low != after.text)
        ):
            return True
        if operand.number.digits and _is_address(tokens, end):
            return True
    if operand.start != i or not i or operand.number.scaled or operand.number.vague or operand.number.share:
        return False
    j = i - 1
    if tokens[j].text == "." and tokens[j].glued:
        j -= 1
        return j >= 0 and tokens[j].low + "." in _class("label")
    if tokens[j].low in _class("label"):
        return True
    if (
        j
        and tokens[j].low == "of"
        and tokens[j - 1].low in _class("label_of")
        and tokens[j - 1].text.istitle()
    ):
        return True
    capital = tokens[j].text[0].isupper() and not (j and tokens[j - 1].text == ".")
    return tokens[j].low in _class("label_weak") and (capital or not _noun_follows(tokens, end))


def _is_address(tokens: list[Token], j: int) -> bool:
    """Whether capitalised words follow of which the last is a kind of street."""
    for k in range(j, min(j + 5, len(tokens))):
        if not (tokens[k].text[0].isupper() or tokens[k].text[0].isdigit() or tokens[k].glued):
            return False
        if k > j and tokens[k].low in _class("after") and tokens[k].text[0].isupper():
            return True
    return False


def _noun_follows(tokens: list[Token], end: int) -> bool:
    """Whether a word that can be counted follows: "in case 3 people" has no label."""
    return end < len(tokens) and tokens[end].kind == "word" and len(tokens[end].text) > 3


def _is_score(tokens: list[Token], i: int, operand: Operand) -> bool:
    """A result of a match: "2-1", "6-4 6-3", with equal or falling ends or a word of sport beside it."""
    end = operand.end
    if not operand.number.digits or operand.unit or end + 1 >= len(tokens) or not tokens[end].is_hyphen:
        return False
    if tokens[end + 1].kind != "number" or not (tokens[end].glued and tokens[end + 1].glued):
        return False
    left, right = tokens[i].text, tokens[end + 1].text
    if not (left.isdecimal() and right.isdecimal()):
        return False
    if len(left) == 4 and 1000 <= int(left) <= 2100 and (len(right) == 2 or 1900 <= int(right) <= 2100):
        return True
    near = [token.low for token in (*tokens[max(0, i - 5) : i], *tokens[end + 2 : end + 4])]
    sport = any(low in _class("score") for low in near)
    return int(left) >= int(right) or (sport and int(right) < 200 and not _unit_follows(tokens, end + 2))


def _unit_follows(tokens: list[Token], j: int) -> bool:
    from kb.quantities.units import read_money_after, read_unit

    return j < len(tokens) and (read_unit(tokens, j) or read_money_after(tokens, j)) is not None
