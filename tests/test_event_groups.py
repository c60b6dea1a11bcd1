"""By what reports are known to be of one event, and what an event is that several tell of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.resolve.keys.countries import home_of
from kb.resolve.keys.described import described_by
from kb.resolve.keys.reports import Told, event_keys

DAY = ("2020-08-09", "2020-08-09", "2020-08-09")
BY_DAY = ("../2020-08-09", None, "2020-08-09")
YEAR = ("2020", "2020-01-01", "2020-12-31")


def told(
    kind: str | None,
    when: tuple[str | None, str | None, str | None] = DAY,
    *,
    who: tuple[tuple[str, str], ...] = (),
    where: tuple[str, ...] = (),
    home: str | None = None,
    trigger: str = "happened",
    stance: str = "asserted",
    within: str = "t",
    title: str = "It happened",
) -> Told:
    date, earliest, latest = when
    return Told(
        kind, trigger, stance, date, earliest, latest, title, frozenset(who), frozenset(where), home, within
    )


MINSK, BELARUS, BREST = "place:minsk", "place:belarus", "place:brest"
ANNA, PETR = ("patient", "person:anna novak"), ("agent", "person:petr novak")
UN, EU = ("agent", "organisation:united nations"), ("agent", "organisation:european union")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(
            told("protest", YEAR, home=BELARUS),
            told("protest", YEAR, where=(MINSK,)),
            True,
            id="country-of-town",
        ),
        pytest.param(
            told("protest", YEAR, home=BELARUS),
            told("protest", YEAR, home="place:chile"),
            False,
            id="other-home",
        ),
        pytest.param(
            told("protest", YEAR, home=BELARUS), told("election", YEAR, home=BELARUS), False, id="other-kind"
        ),
        pytest.param(
            told("protest", YEAR, home=BELARUS), told("protest", DAY, home=BELARUS), False, id="other-grain"
        ),
        pytest.param(
            told("disaster", where=(MINSK,), trigger="hit", title="A quake hit Minsk"),
            told("disaster", where=(MINSK,), trigger="earthquakes"),
            True,
            id="words-for-one-sort",
        ),
        pytest.param(
            told("disaster", where=(MINSK,), trigger="fire"),
            told("disaster", where=(MINSK,), trigger="flood"),
            False,
            id="two-sorts-of-disaster",
        ),
        pytest.param(
            told("protest", where=(MINSK,)), told("protest", where=(BREST,)), False, id="two-towns-of-a-day"
        ),
        pytest.param(told("disaster", where=(MINSK,)), told("disaster", where=(MINSK,)), True, id="place"),
        pytest.param(
            told("disaster", where=(MINSK,)),
            told("disaster", where=("place:gomel",)),
            False,
            id="other-place",
        ),
        pytest.param(
            told("disaster", YEAR, where=(MINSK,)),
            told("disaster", YEAR, where=(MINSK,)),
            False,
            id="floods-of-a-year",
        ),
        pytest.param(
            told("killed", BY_DAY, where=(MINSK,), title="Storm had killed 80"),
            told("killed", BY_DAY, where=(MINSK,), title="Storm had killed 80"),
            True,
            id="same-words-by-a-day",
        ),
        pytest.param(
            told("killed", BY_DAY, where=(MINSK,), title="Storm had killed 80"),
            told("killed", BY_DAY, where=(MINSK,), title="Fire had killed 20"),
            False,
            id="other-words-by-a-day",
        ),
        pytest.param(
            told("killed", BY_DAY, title="Storm had killed 80"),
            told("killed", BY_DAY, title="Storm had killed 80"),
            False,
            id="same-words-nowhere",
        ),
        pytest.param(told("detained", who=(ANNA, PETR)), told("detained", who=(ANNA,)), True, id="patient"),
        pytest.param(
            told("detained", who=(PETR,)), told("detained", who=(PETR,)), False, id="who-arrests-often"
        ),
        pytest.param(
            told("died", DAY, who=(ANNA,)), told("died", YEAR, who=(ANNA,)), True, id="once-in-a-life"
        ),
        pytest.param(
            told("killed", where=(MINSK,)), told("killed", where=(MINSK,)), True, id="unnamed-victims"
        ),
        pytest.param(
            told("killed", who=(ANNA,), where=(MINSK,)),
            told("killed", where=(MINSK,)),
            False,
            id="named-victim",
        ),
        pytest.param(told("meeting", who=(UN, EU)), told("meeting", who=(EU, UN, ANNA)), True, id="pair"),
        pytest.param(told("meeting", who=(UN,)), told("meeting", who=(UN,)), False, id="meets-often"),
        pytest.param(
            told(None, trigger="signed", who=(UN,)), told(None, trigger="signing", who=(UN,)), True, id="stem"
        ),
        pytest.param(
            told(None, YEAR, who=(UN,)), told(None, YEAR, who=(UN,)), False, id="one-name-in-a-year"
        ),
        pytest.param(
            told("agreement", YEAR, who=(UN, EU)),
            told("agreement", YEAR, who=(UN, EU)),
            True,
            id="two-names-in-a-year",
        ),
        pytest.param(told("attack"), told("attack", within="u"), False, id="nobody-nowhere"),
        pytest.param(
            told("meeting", who=(UN, EU)), told("meeting", who=(UN, EU), stance="planned"), True, id="planned"
        ),
        pytest.param(
            told("meeting", who=(UN, EU)), told("meeting", who=(UN, EU), stance="denied"), False, id="denied"
        ),
        pytest.param(
            told("died", (None, None, None), who=(ANNA,)), told("died", who=(ANNA,)), False, id="no-date"
        ),
    ],
)
def test_reports_of_one_event(one: Told, other: Told, same: bool) -> None:
    other = replace(other, within="u")
    assert bool(event_keys(one) & event_keys(other)) is same


def test_reports_of_one_text_without_names_are_of_one_event() -> None:
    assert event_keys(told("attack")) == event_keys(told("attack", title="They struck")) != frozenset()
    assert event_keys(told(None)) == event_keys(told(None)) != event_keys(told(None, title="They struck"))


def test_home_is_where_most_places_lie() -> None:
    assert home_of({MINSK: 3, BELARUS: 1, "place:paris": 2}) == BELARUS
    assert home_of({MINSK: 1, "place:paris": 1, "place:rome": 1}) is None
    assert home_of({}) is None


DESCRIPTIONS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Protests", "Mass protests", "x" * 100]),
        "kind": st.sampled_from([None, "protest", "strike"]),
        "place": st.sampled_from([None, "Minsk", "Belarus"]),
    }
).flatmap(
    lambda rest: st.sampled_from([YEAR, DAY, (None, None, None), ("2020/..", "2020-01-01", None)]).map(
        lambda when: {**rest, **dict(zip(("date", "earliest", "latest"), when)), "date_basis": "stated"}
    )
)


@given(st.lists(DESCRIPTIONS, min_size=1, max_size=5), st.randoms(), st.integers(0, 5))
def test_an_event_is_described_the_same_in_any_order_and_parts(
    reports: list[dict[str, str | None]], random: st.DataObject, cut: int
) -> None:
    whole = described_by(reports)
    random.shuffle(reports)  # type: ignore[attr-defined]
    first, rest = reports[: cut + 1], reports[cut + 1 :]
    assert described_by([described_by(first), *rest]) == whole


def test_an_event_has_the_narrowest_interval_and_a_line_for_a_title() -> None:
    def one(title: str, when: tuple[str, str, str]) -> dict[str, str | None]:
        interval = dict(zip(("date", "earliest", "latest"), when))
        return {"title": title, "kind": "protest", "place": None, "date_basis": "stated", **interval}

    event = described_by([one("Protests", DAY), one("Mass protests in Minsk", YEAR), one("x" * 200, YEAR)])
    assert (event["title"], event["date"]) == ("Mass protests in Minsk", "2020-08-09")
