"""Calendar units, EDTF, holidays, what a user types, and the table of rules."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dates import Period, find_matches, interval_of, parse_interval
from kb.dates.holidays import easter, holiday, weekday_of_month
from kb.dates.modifiers import part_of
from kb.dates.parsing import parse_foreign
from kb.dates.periods import Grain
from kb.dates.readers import READERS
from kb.dates.rules import rules
from kb.errors import ParseError
from kb.lexicon import read_table

GRAINS: tuple[Grain, ...] = (
    "millennium", "century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day",
)  # fmt: skip
grains = st.sampled_from(GRAINS)
days = st.dates(dt.date(1000, 1, 15), dt.date(2999, 12, 15))


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("2014-02", "2014-02-01", "2014-02-28"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2014-03-08", "2014-03-08", "2014-03-08"),
        ("2014-03-08T10:30:00Z", "2014-03-08", "2014-03-08"),
        ("2026-W11", "2026-03-09", "2026-03-15"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2024-24", "2024-12-01", "2025-02-28"),
        ("2025-21", "2025-03-01", "2025-05-31"),
        ("2025-33", "2025-01-01", "2025-03-31"),
        ("2025-36", "2025-10-01", "2025-12-31"),
        ("2025-38", "2025-05-01", "2025-08-31"),
        ("2025-40", "2025-01-01", "2025-06-30"),
        ("2025-41", "2025-07-01", "2025-12-31"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2014-XX", "2014-01-01", "2014-12-31"),
        ("2014-02-XX", "2014-02-01", "2014-02-28"),
        ("2014~", "2014-01-01", "2014-12-31"),
        ("1984~/1986~", "1984-01-01", "1986-12-31"),
        ("2008/2010", "2008-01-01", "2010-12-31"),
        ("2022/..", "2022-01-01", None),
        ("../2026", None, "2026-12-31"),
        ("2022/", "2022-01-01", None),
        ("/2022", None, "2022-12-31"),
        ("-0479", None, None),
        ("2026-03~/2026-06-03", "2026-03-01", "2026-06-03"),
    ],
)
def test_bounds_of_edtf(edtf: str, earliest: str | None, latest: str | None) -> None:
    interval = interval_of(edtf)
    assert interval.date == edtf
    assert (interval.earliest and interval.earliest.isoformat()) == earliest
    assert (interval.latest and interval.latest.isoformat()) == latest


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "..",
        "../..",
        "/",
        "2014-13",
        "2014-00",
        "2014-02-30",
        "2014-W54",
        "2015/2014",
        "14",
        "May",
        "2014-1-1",
    ],
)
def test_what_is_no_edtf_is_refused(edtf: str) -> None:
    with pytest.raises(ParseError):
        interval_of(edtf)


@given(grain=grains, day=days)
def test_a_period_has_the_bounds_of_its_edtf(grain: Grain, day: dt.date) -> None:
    period = Period.containing(grain, day)
    interval = interval_of(period.edtf())
    assert (interval.earliest, interval.latest) == (period.first, period.last)
    if grain != "weekend":
        assert period.first is not None
        assert period.last is not None
        assert period.first <= day <= period.last


@given(grain=grains, day=days, count=st.integers(-50, 50))
def test_counting_there_and_back(grain: Grain, day: dt.date, count: int) -> None:
    period = Period.containing(grain, day)
    assert period.shift(count).shift(-count) == period
    assert period.add(count, grain) == period.shift(count)
    first, following = period.last, period.shift(1).first
    assert first is not None
    assert following is not None
    assert grain == "weekend" or following - first == dt.timedelta(1)


@given(grain=grains, day=days, part=st.sampled_from(["start", "early", "mid", "late", "end", "whole", ""]))
def test_a_part_lies_in_its_period(grain: Grain, day: dt.date, part: str) -> None:
    period = Period.containing(grain, day)
    interval = interval_of(part_of(period, part))
    assert interval.earliest is not None
    assert interval.latest is not None
    assert period.first is not None
    assert period.last is not None
    assert period.first <= interval.earliest <= interval.latest <= period.last


@pytest.mark.parametrize(
    ("grain", "year", "value", "edtf"),
    [
        ("year", -479, "BC0480", "-0479"),
        ("decade", -479, "BC048", "-0488/-0479"),
        ("century", -399, "BC03", "-0400/-0301"),
        ("century", 1000, "10", "10XX"),
    ],
)
def test_eras(grain: Grain, year: int, value: str, edtf: str) -> None:
    assert (Period.of(grain, year).timex(), Period.of(grain, year).edtf()) == (value, edtf)


def test_the_calendar_has_no_such_day() -> None:
    assert Period.day(2014, 2, 30) is None
    assert Period.day(2014, 13, 1) is None


@pytest.mark.parametrize(
    ("key", "year", "day"),
    [
        ("thanksgiving", 1999, "1999-11-25"),
        ("labor", 2026, "2026-09-07"),
        ("memorial", 2026, "2026-05-25"),
        ("easter", 2024, "2024-03-31"),
        ("good-friday", 2024, "2024-03-29"),
        ("christmas", 1963, "1963-12-25"),
        ("black-friday", 2025, "2025-11-28"),
        ("ramadan", 2025, None),
    ],
)
def test_holidays(key: str, year: int, day: str | None) -> None:
    found = holiday(key, year)
    assert (found and found.isoformat()) == day


def test_easter_is_a_sunday_between_its_limits() -> None:
    for year in range(1600, 2400):
        assert (3, 22) <= (easter(year).month, easter(year).day) <= (4, 25)
        assert easter(year).isoweekday() == 7


def test_last_weekday_of_a_month() -> None:
    assert weekday_of_month(2026, 5, 1, -1) == dt.date(2026, 5, 25)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2014", "2014"),
        (" 2014-03-08 ", "2014-03-08"),
        ("2014-W11", "2014-W11"),
        ("2008/2010", "2008/2010"),
        ("2015-20", "2015/2020"),
        ("March 2014", "2014-03"),
        ("8 March 2014", "2014-03-08"),
        ("mid-1980s", "1984~/1986~"),
        ("Q3 2019", "2019-35"),
    ],
)
def test_what_a_user_types(text: str, date: str) -> None:
    assert parse_interval(text).date == date


def test_words_that_count_from_today_need_it() -> None:
    assert parse_interval("last month", dt.date(2026, 6, 3)).date == "2026-05"
    with pytest.raises(ParseError, match="give a date like"):
        parse_interval("last month")


@pytest.mark.parametrize("text", ["", "soonish", "2014-02-30", "in March 2014", "31/04/2020", "x" * 10_000])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="give a date like"):
        parse_interval(text)


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("19 janvier 2026", "fr", "2026-01-19"),
        ("3 марта 2024 г.", "ru", "2024-03-03"),
        ("marzo 2024", "it", "2024-03"),
        ("03.04.2026", "de", "2026-04-03"),
    ],
)
def test_dates_of_other_languages_are_as_exact_as_written(text: str, language: str, date: str) -> None:
    assert parse_foreign(text, (language,)).date == date


def test_a_relative_date_of_another_language_is_refused() -> None:
    with pytest.raises(ParseError):
        parse_foreign("hier", ("fr",))


@pytest.mark.parametrize(
    "row", [r for r in read_table("time_rules") if r["reader"] != "macro"], ids=lambda r: r["name"]
)
def test_each_rule_finds_its_example(row: dict[str, str]) -> None:
    assert row["reader"] in READERS
    assert row["name"] in [match.rule for _, match in find_matches(row["example"])]


def test_every_reader_is_used() -> None:
    assert set(READERS) == {reader for _, reader, _ in rules()}
