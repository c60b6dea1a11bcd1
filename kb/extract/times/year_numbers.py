"""Whether a number of four digits is a year: what counts or measures something is none."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from kb.dates.reading import Match
from kb.dates.tokens import Token as Piece
from kb.extract.times.positions import TokenAt
from kb.lexicon import read_table, read_words

PREPOSITIONS = (
    "IN",
    "ON",
    "AT",
    "BY",
    "OF",
    "FROM",
    "TO",
    "SINCE",
    "UNTIL",
    "DURING",
    "AFTER",
    "BEFORE",
    "BETWEEN",
)
_YEAR_AFTER = (*(set(PREPOSITIONS) - {"ON", "AT"}), "OPEN", "COMMA", "THE", "DASH", "AND", "BREAK")
_DIGITS = 4
_NEAR_YEARS = ("about", "around", "approximately", "roughly", "circa", "ca")
_ARGUMENTS = ("nsubj", "nsubjpass", "nummod")


def is_count(match: Match, at: TokenAt) -> bool:
    """Whether a number of four digits counts something: "over 1100 prisoners", "an average of 1500".

    About a number words of comparison stand, about a year a preposition stands before them ("in about
    1850"). A plural that no article or preposition introduces is counted: "there were 2053 infections",
    but "the 2019 elections", "in 2019 elections were held".
    """
    number = match.tokens[-1]
    if number.kind != "YEAR" or len(number.text) != _DIGITS:
        return False
    before = match.before[-1] if match.before else None
    if match.has("APPROX", "OVER", "UNDER", "SOME"):
        if before is not None and before.kind in PREPOSITIONS:
            return _counts_plural(number, at)
        return match.tokens[0].text.lower() not in _NEAR_YEARS or _is_argument(number, at)
    words = " ".join(token.text.lower() for token in match.before)
    if words.endswith(("average of", "total of", "number of", "median of")):
        return True
    likely = _is_likely(number)
    if before is None or before.kind in ("DOT", "BREAK", "COMMA", "AND"):
        return _counts_plural(number, at, _event_nouns() if likely else ())  # "2019 elections showed it"
    if before.kind in ("OTHER", "SUBJECT"):
        return _counts_plural(number, at, () if before.text.islower() else _event_nouns())
    return before.kind == "OF" and not likely and _counts_plural(number, at)


def _is_argument(number: Piece, at: TokenAt) -> bool:
    """Whether the number is what a verb is said of: "about 1000 were hurt", "they held about 1500"."""
    token = at(number.start)
    roles = _ARGUMENTS if _is_likely(number) else (*_ARGUMENTS, "dobj")  # "a group founded about 1910"
    return token is not None and token.dep_ in roles


def _is_likely(number: Piece) -> bool:
    return 1900 <= int(number.value) <= 2100


def _counts_plural(number: Piece, at: TokenAt, years: Container[str] = ()) -> bool:
    """Whether the number is the quantity of a plural noun after it that is none of those told by years."""
    token = at(number.start)
    if token is None or token.dep_ != "nummod" or token.head.i < token.i or token.head.tag_ != "NNS":
        return False
    return token.head.lemma_.lower() not in years


@cache
def _event_nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("event_words") if row["pos"] == "noun")


def is_year(match: Match) -> bool:
    """A number of four digits is a year where nothing counted or measured follows it."""
    year = int(match.tokens[0].value)
    after = match.after[0] if match.after else None
    if after and after.start - match.end <= 1 and after.text.lower() in read_words("counted_nouns"):
        return False
    if after and after.start - match.end <= 1 and after.text in read_words("vehicle_makes"):
        return False  # the year of a model
    if after and after.start - match.end <= 1 and after.kind == "WEEKDAY":
        return False  # "(2053 Wednesday night, UTC)"
    if 1900 <= year <= 2100:
        return True
    before = match.before[-1] if match.before else None
    if before is not None and before.kind == "FOR":
        return after is None or after.kind in ("COMMA", "DOT", "AND", "BREAK")
    return before is not None and before.kind in _YEAR_AFTER
