"""One event told by its day in one report, by its week, month or year in another: tentative keys. Pure.

"She resigned in August" and "she resigned on 2 August" are of one event as long as nobody tells of a second
day in that month on which she did. So are the 2020 presidential election, that of August 2020 and that of 9
August, and an election that is told without what it is for, as long as there is one of that time. Who was
killed and who died is one death.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from kb.resolve.keys.reports import UNREAL, Told, office_of, persons_told, public_places, rule_of, sort_of
from kb.resolve.keys.tentative import Tentative, Trait

_MONTH = re.compile(r"\d{4}-\d{2}(?=[~?%]?$)")
_WEEK = re.compile(r"\d{4}-W\d{2}(?=[~?%]?$)")
_YEAR = re.compile(r"\d{4}(?=[~?%]?$)")
_DEATHS = ("died", "killed")


def tentative_event_keys(told: Told) -> frozenset[Tentative]:
    """The keys by which a report is of an event that others tell by a longer or shorter time."""
    if told.date is None or told.kind is None or told.stance in UNREAL:
        return frozenset()
    rule = rule_of(told)
    if rule.told_by == "country" and rule.grain == "year":
        return frozenset(_public(told)) if told.kind != "protest" else frozenset()
    return frozenset((*_personal(told, rule.told_by, rule.grain), *_deaths(told)))


def _personal(told: Told, told_by: str, grain: str) -> Iterator[Tentative]:
    """What befell somebody in a week or a month."""
    if grain == "day" and told_by in ("person", "patient", "victim"):
        for stretch, traits in _stretches(told):
            if len(stretch) > len("2020"):
                for who in persons_told(told_by, told):
                    yield Tentative(f"{sort_of(told)}|{stretch}|{who}", frozenset(traits))


def _deaths(told: Told) -> Iterator[Tentative]:
    if told.kind in _DEATHS:
        for role, key in told.who:
            if key.startswith("person:") and (role == "patient" or told.kind == "died"):
                yield Tentative(f"death|{key}", frozenset(_day(told)))


def _public(told: Told) -> Iterator[Tentative]:
    """What happens to a country in a year; an election also as one that is told without what it is for."""
    office = office_of(told).name if told.kind == "election" else ""
    for stretch, traits in _stretches(told):
        for place in public_places(told):
            yield Tentative(f"{sort_of(told)}|{stretch}|{place}", frozenset(traits))
            if office:
                yield Tentative(f"{told.kind}|{stretch}|{place}", frozenset({*traits, ("office", office)}))


def _stretches(told: Told) -> Iterator[tuple[str, Iterable[Trait]]]:
    """The time told and the longer ones around it, each with what is told more closely."""
    said = told.date or ""
    day = _day(told)
    if day:
        found = date.fromisoformat(day[0][1])
        year, week, _ = found.isocalendar()
        month = found.isoformat()[:7]
        yield found.isoformat(), ()
        yield f"{year}-W{week:02}", day
        yield month, day
        yield month[:4], (*day, ("month", month))
    elif in_month := _MONTH.match(said):
        yield in_month.group(), ()
        yield in_month.group()[:4], (("month", in_month.group()),)
    elif stretch := _WEEK.match(said) or _YEAR.match(said):
        yield stretch.group(), ()


def _day(told: Told) -> tuple[Trait, ...]:
    return (("day", told.earliest),) if told.earliest and told.earliest == told.latest else ()
