"""Events told by their day in one report, by a longer time or without their office in another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.resolve.keys.described import described_by
from kb.resolve.keys.grains import tentative_event_keys
from kb.resolve.keys.reports import Told, event_keys
from kb.resolve.things.groups import Member, groups
from tests.test_event_groups import ANNA, BELARUS, DAY, MINSK, PETR, UN, YEAR, told

MONTH = ("2020-08", "2020-08-01", "2020-08-31")
WEEK = ("2020-W32", "2020-08-03", "2020-08-09")
NEXT_WEEK = ("2020-W33", "2020-08-10", "2020-08-16")
LATER = ("2020-08-20", "2020-08-20", "2020-08-20")
PRESIDENT, LINE = "presidential election", "Presidential election"


def events(*reports: Told) -> int:
    """How many events the reports are of, each in a text of its own."""
    members = [
        Member((str(number),), event_keys(report), {"title": None}, tentative=tentative_event_keys(report))
        for number, report in enumerate(reports)
    ]
    return len(groups(members))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(told("resigned", who=(ANNA,)), told("resigned", MONTH, who=(ANNA,)), True, id="month"),
        pytest.param(told("resigned", who=(ANNA,)), told("resigned", WEEK, who=(ANNA,)), True, id="week"),
        pytest.param(
            told("resigned", who=(ANNA,)), told("resigned", NEXT_WEEK, who=(ANNA,)), False, id="other-week"
        ),
        pytest.param(
            told("resigned", who=(ANNA,)), told("resigned", LATER, who=(ANNA,)), False, id="two-days"
        ),
        pytest.param(told("resigned", who=(ANNA,)), told("resigned", YEAR, who=(ANNA,)), False, id="year"),
        pytest.param(
            told("detained", who=(PETR,)), told("detained", MONTH, who=(PETR,)), False, id="who-arrests"
        ),
        pytest.param(
            told("protest", where=(MINSK,)), told("protest", MONTH, where=(MINSK,)), False, id="protests"
        ),
        pytest.param(told("killed", who=(ANNA,)), told("died", DAY, who=(ANNA,)), True, id="one-death"),
        pytest.param(told("killed", who=(PETR,)), told("died", DAY, who=(PETR,)), False, id="the-killer"),
        pytest.param(
            told("election", MONTH, home=BELARUS),
            told("election", home=BELARUS),
            True,
            id="of-august",
        ),
        pytest.param(
            told("election", YEAR, home=BELARUS, trigger=PRESIDENT, title=LINE),
            told("election", where=(BELARUS,), trigger=PRESIDENT, title=LINE),
            True,
            id="election-of-the-year",
        ),
        pytest.param(
            told("election", YEAR, home=BELARUS, trigger=PRESIDENT, title=LINE),
            told("election", YEAR, home=BELARUS, trigger="election", title="Election"),
            True,
            id="office-told-once",
        ),
        pytest.param(
            told("election", YEAR, home=BELARUS, trigger=PRESIDENT, title=LINE),
            told("election", YEAR, home=BELARUS, trigger="elections", title="Parliamentary elections"),
            False,
            id="two-offices",
        ),
        pytest.param(
            told("election", YEAR, home=BELARUS, trigger=PRESIDENT, title=LINE),
            told("election", YEAR, home=BELARUS, trigger="elections", title="Local elections"),
            False,
            id="a-part-of-the-country",
        ),
        pytest.param(
            told("election", YEAR, home=BELARUS, trigger=PRESIDENT, title=LINE),
            told("election", YEAR, where=("place:brest",), trigger="election", title="Election"),
            False,
            id="in-another-town",
        ),
        pytest.param(
            told("announced", who=(UN,), trigger="announced", title="UN announced a mission"),
            told("announced", who=(UN,), trigger="announced", title="UN announced a new mission"),
            True,
            id="announced-twice",
        ),
        pytest.param(
            told("announced", who=(UN,), trigger="announced", title="UN announced a mission"),
            told("announced", who=(UN,), trigger="announced", title="UN announced an appeal"),
            False,
            id="announced-two-things",
        ),
        pytest.param(
            told("announced", who=(UN,), trigger="announced", title="Announced"),
            told("announced", who=(UN,), trigger="announced", title="Announced"),
            False,
            id="announced-nothing-told",
        ),
    ],
)
def test_two_reports(one: Told, other: Told, same: bool) -> None:
    assert events(one, replace(other, within="u")) == (1 if same else 2)


def test_a_second_day_brings_the_doubt() -> None:
    month, day, later = (
        told("resigned", when, who=(ANNA,), within=str(when)) for when in (MONTH, DAY, LATER)
    )
    assert events(month, day) == 1
    assert events(month, day, later) == 3


def test_two_offices_leave_the_bare_election_alone() -> None:
    president, parliament, bare = (
        told("election", YEAR, home=BELARUS, trigger="election", title=title, within=title)
        for title in ("Presidential election", "Parliamentary election", "Election")
    )
    assert (events(president, bare), events(president, parliament, bare)) == (1, 3)


def test_a_seat_is_no_election_of_the_country() -> None:
    seat = told("election", YEAR, home=BELARUS, trigger="election", title="Election", within="u")
    seat = replace(seat, sentence="Her seat is due for election")
    whole = told("election", YEAR, home=BELARUS, trigger=PRESIDENT, title=LINE)
    assert events(seat, whole) == 2


def test_who_was_killed_did_not_only_die() -> None:
    kinds = [
        {
            "title": "x",
            "kind": kind,
            "place": None,
            "date": "2020",
            "earliest": None,
            "latest": None,
            "date_basis": None,
        }
        for kind in ("died", "killed")
    ]
    assert described_by(kinds)["kind"] == "killed"
