"""Which year: the one that stands there, or for a bare month or day the one that the context gives."""

from __future__ import annotations

import datetime as dt

from kb.dates.periods import Period
from kb.dates.reading import Context, Match
from kb.dates.tokens import Token
from kb.model.values import DateBasis

_NUMBERS = ("YEAR", "YEARWORD", "FISCALCODE")
_COMPARED = ("contrast", "compared", "prior", "similar", "opposed", "due", "according", "relative")
_UNTIL_MONTHS = 7
_FORWARD = {-1: 1, 0: 3, 1: 9}  # by tense: so many months ahead, a bare month is one to come
_AHEAD_DAYS = {-1: 45, 0: 90}  # the same for a bare day
_BY_DAYS = 120  # the same for the end of a term, also in the past: "he promised to leave by October 31"
_FAR = 9999
_OVER = ("ended", "concluded")  # what follows these words has been, however near it lies ahead
_HALF_YEAR = 6  # months
_BESIDE_MONTHS = 2  # a month so near is of the same year
_DETOUR_MONTHS = 6
_HORIZON_MONTHS = 36  # a stated date farther off tells nothing of the story between


def year_of(tokens: tuple[Token, ...]) -> int | None:
    """The year that the tokens name, astronomical (480 BC is -479), or None."""
    era = next((t for t in tokens if t.kind == "ERA"), None)
    if era:
        at = tokens.index(era)
        beside = (*reversed(tokens[:at]), *tokens[at + 1 :])
        number = next((t for t in beside if t.kind in ("YEAR", "THREE", "TWO", "DAY")), None)
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
    if context.sentence_year is not None:
        return context.sentence_year, "text"
    if context.narrative and context.anchor:
        return _story_year(month, context.anchor, context.horizon), "text"
    if context.published is None:
        return (
            (_story_year(month, context.anchor, context.horizon), "text")
            if context.anchor
            else (None, "text")
        )
    now = context.published
    ahead = looks_ahead(match, context)
    tense = 1 if ahead else context.tense
    if day:
        over = bool(match.before) and match.before[-1].text.lower() in _OVER
        by = bool(match.before) and match.before[-1].kind == "BY"
        forward = 0 if over else _BY_DAYS if by and tense <= 0 else _AHEAD_DAYS.get(tense, 0)
        return _nearest_day(month, day, now, tense, forward), "publication"
    distance = (month - now.month) % 12  # months until the next one
    if distance == 0:
        return now.year, "publication"
    near = distance <= max(_UNTIL_MONTHS if ahead else 0, _FORWARD[context.tense])
    return now.year + (month < now.month if near else -(month > now.month)), "publication"


def looks_ahead(match: Match, context: Context) -> bool:
    """Whether the preposition looks ahead: "until August"; "by August", "through Friday" unless past."""
    before = match.before[-1].kind if match.before else ""
    if before == "TO" and len(match.before) > 1 and match.before[-2].text.lower() in _COMPARED:
        return False
    through = before == "TO" and match.before[-1].text.lower() == "through"
    if before == "BY" or (through and match.has("WEEKDAY")):
        return context.tense >= 0
    return before == "TO" or (before == "UNTIL" and not context.lapsed)


def _nearest_day(month: int, day: int, now: dt.date, tense: int, ahead: int) -> int:
    """The year of a bare day: of the last or the next one, a day of another year being named with it.

    `ahead` is how many days ahead it may lie where the clause does not speak of what is to come.
    """
    years = []
    for year in (now.year - 1, now.year, now.year + 1):
        period = Period.day(year, month, day)
        if period and period.first:
            years.append((year, (period.first - now).days))
    back = max((y for y in years if y[1] <= 0), key=lambda y: y[1], default=(now.year, -_FAR))
    forward = min((y for y in years if y[1] > 0), key=lambda y: y[1], default=(now.year, _FAR))
    if tense > 0:
        return forward[0] if forward[1] < -back[1] * 3 else back[0]
    return forward[0] if forward[1] <= ahead else back[0]


def choose_quarter(number: int, context: Context) -> tuple[int | None, DateBasis]:
    """The year of a bare quarter: results are told of quarters that have begun, plans of the next one."""
    if context.narrative and context.anchor:
        return context.anchor.year, "text"
    if context.published is None:
        return (context.anchor.year, "text") if context.anchor else (None, "text")
    current = (context.published.month - 1) // 3 + 1
    if context.tense > 0 and (number - current) % 4 == 1:
        return context.published.year + (number < current), "publication"
    return context.published.year - (number > current), "publication"


def _story_year(month: int, anchor: Period, horizon: Period | None) -> int:
    """The month that lies best between the time spoken of last and the next full date of the text.

    Without such a date a story goes forward: a month far back in its year is one of the next.
    """
    if anchor.grain in ("millennium", "century", "decade", "year"):
        return anchor.year
    year = anchor.first.year if anchor.first else anchor.year
    here = anchor.to("month").number
    if horizon is None or abs(horizon.number - here) > _HORIZON_MONTHS:
        return year + (anchor.month - month > _HALF_YEAR)
    if abs(anchor.month - month) <= _BESIDE_MONTHS:
        return year

    def detour(candidate: int) -> int:
        """The way from the story's time by this year's month to the horizon; another year must save much."""
        number = Period.of("month", candidate, month).number
        way = abs(number - here) + abs(number - horizon.number)
        return way + (_DETOUR_MONTHS if candidate != year else 0)

    return min((year, year + 1, year - 1), key=detour)
