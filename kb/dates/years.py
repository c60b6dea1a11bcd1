"""Which year: the one that stands there, or for a bare month, day or season the one that the context gives."""

from __future__ import annotations

from kb.dates.periods import Period
from kb.dates.reading import Context, Match
from kb.dates.tokens import Token
from kb.model.values import DateBasis

_NUMBERS = ("YEAR", "YEARWORD")
_AHEAD = ("UNTIL", "BY")  # "by August": the time that is still to come
_HALF_YEAR = 6  # months


def year_of(tokens: tuple[Token, ...], context: Context) -> int | None:
    """The year that the tokens name, astronomical (480 BC is -479), or None."""
    era = next((t for t in tokens if t.kind == "ERA"), None)
    if era:
        before = tokens[: tokens.index(era)]
        number = next((t for t in reversed(before) if t.kind in ("YEAR", "THREE", "TWO", "DAY")), None)
        if number is None:
            return None
        return 1 - int(number.value) if era.value == "-1" else int(number.value)
    number = next((t for t in tokens if t.kind in _NUMBERS), None)
    return int(number.value) if number else None


def full_year(two_digits: int, context: Context) -> int:
    """`26` as a year: the one nearest to the article's, within fifty years before and after."""
    now = context.published.year if context.published else (context.anchor.year if context.anchor else 2000)
    year = now // 100 * 100 + two_digits
    return year - 100 if year > now + 49 else year + 100 if year < now - 50 else year


def choose_year(month: int, day: int | None, match: Match, context: Context) -> tuple[int | None, DateBasis]:
    """The year of a bare month or day, and from where: of the story in a narrative, else by tense.

    In news the past is the latest such month that had begun on the day of publication, the future the
    next one; without a tense it is the nearest.
    """
    if context.narrative and context.anchor:
        return _story_year(month, context.anchor), "text"
    if context.published is None:
        return (_story_year(month, context.anchor), "text") if context.anchor else (None, "text")
    now = context.published
    ahead = bool(match.before) and match.before[-1].kind in _AHEAD
    tense = context.tense or (1 if ahead else 0)
    this = (month, day) if day else (month,)
    today = (now.month, now.day) if day else (now.month,)
    if tense > 0:
        return now.year + (this < today), "publication"
    if tense < 0:
        return now.year - (this > today), "publication"
    distance = month - now.month
    if distance > _HALF_YEAR:
        return now.year - 1, "publication"
    return now.year + (distance < -_HALF_YEAR), "publication"


def _story_year(month: int, anchor: Period) -> int:
    """A story goes forward: a month far back in its year is one of the next."""
    if anchor.grain in ("millennium", "century", "decade", "year"):
        return anchor.year
    year = anchor.first.year if anchor.first else anchor.year
    back = anchor.month - month
    if back > _HALF_YEAR:
        return year + 1
    return year
