"""What figures count, and how two of them stand to each other: tables of cases, and what holds for any."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dates.edtf import interval_of
from kb.model.values import Comparator
from kb.resolve.keys.measures import MeasureKind, measured
from kb.resolve.relations.pairs import Told, clashes, relation
from kb.resolve.texts.takes import one_text
from kb.resolve.things.subjects import Context, by_headline, in_context, needs_context
from tests.case_tables import cases

Case = dict[str, str]

STORM = (
    "The count has risen to {} after the storm that hit the coast, the ministry said in a statement. Most of"
    " those who were found had sought shelter in the cellars of the old town, which the water reached first."
)
OPENINGS = {
    "A": STORM.format(0),
    "A2": STORM.format(1),
    "A3": "By noon the tally stood higher.",
    "B": "Officials spoke of another number on the same day.",
}
COMPARATORS: tuple[Comparator, ...] = ("=", "~", ">", ">=", "<", "<=", "between")


@pytest.mark.parametrize("case", cases("measures"))
def test_measure(case: Case) -> None:
    whole = measured(*case["whole"].split("|")) if case["whole"] else None
    found = measured(
        case["measure"], case["unit"], relation=case["relation"], since=bool(case["since"]), whole=whole
    )
    assert found.name == case["name"]


@pytest.mark.parametrize("case", cases("subjects"))
def test_where_a_figure_stands(case: Case) -> None:
    what = measured(case["measure"], case["unit"])
    low = float(case["low"])
    context = Context(low, low, case["quote"], case["title"] or None, case["url"] or None)
    if needs_context(what, case["unit"], "value", since=False):
        what = in_context(what, case["measure"], case["unit"], context)
    assert what.name == case["name"]


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 5000))
def test_any_headline_is_read(title: str, url: str, number: int) -> None:
    found = by_headline(Context(float(number), float(number), "", title, url))
    assert found is None or found.state is not None


def test_parts_and_states_are_measures_of_their_own() -> None:
    held = measured("political prisoners", "political prisoners")
    assert held.key == measured("people held as political prisoners", "people").key
    others = [
        measured("women", "women", whole=held),
        measured("political prisoners released", "political prisoners"),
        measured("prisoners of conscience", "prisoners of conscience"),
        measured("political prisoners", "%"),
        measured("political prisoners", "political prisoners", relation="change"),
    ]
    assert len({held.key, *(other.key for other in others)}) == 1 + len(others)


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_words_are_a_measure(measure: str, unit: str) -> None:
    found = measured(measure, unit)
    assert found == measured(measure, unit)
    assert measured(measure.upper(), unit).key == found.key or not measure.isascii()


@pytest.mark.parametrize("case", cases("relations"))
def test_relation(case: Case) -> None:
    kind: MeasureKind = case["kind"]  # type: ignore[assignment]
    a, b = told(case, "a"), told(case, "b")
    assert relation(a, b, kind) == (case["relation"] or None)
    assert relation(b, a, kind) == relation(a, b, kind)


def told(case: Case, side: str) -> Told:
    said, source = case[side], case[f"{side}_from"]
    comparator = next(sign for sign in sorted(COMPARATORS, key=len, reverse=True) if said.startswith(sign))
    numbers = [float(number) for number in said.removeprefix(comparator).split()]
    interval = interval_of(case[f"{side}_date"]) if case[f"{side}_date"] else None
    return Told(
        uid=side,
        comparator=comparator,
        low=None if comparator.startswith("<") else numbers[0],
        high=None if comparator.startswith(">") else numbers[-1],
        earliest=interval.earliest if interval else None,
        latest=interval.latest if interval else None,
        approximate="~" in case[f"{side}_date"],
        published=case[f"{side}_published"],
        article=source,
        root=f"article {source}",
        outlet=source[0].lower() if source != "A2" else None,
        speaker=None,
        opening=OPENINGS[source],
    )


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 3, 1))
CLAIMS = st.lists(st.tuples(DAYS, st.integers(0, 50), st.sampled_from("AB")), max_size=12)


@given(CLAIMS, st.sampled_from(["stock", "flow", "cumulative", "level", None]))
def test_clashes_are_the_pairs_that_relate_so(
    rows: list[tuple[dt.date, int, str]], kind: MeasureKind | None
) -> None:
    claims = [
        Told(
            uid=f"{i:02}",
            comparator="=",
            low=float(number),
            high=float(number),
            earliest=day,
            latest=day,
            approximate=False,
            published=day.isoformat(),
            article=f"{source}{i}",
            root=source,
            outlet=None,
            speaker=None,
            opening=OPENINGS[source],
            about=frozenset({"storm"}),
        )
        for i, (day, number, source) in enumerate(rows)
    ]
    found = list(clashes(claims, kind))
    assert all(relation(a, b, kind) == what for a, b, what in found)
    assert len({(a.uid, b.uid) for a, b, _ in found}) == len(found)
    assert {(a.uid, b.uid, what) for a, b, what in clashes(claims[::-1], kind)} == {
        (a.uid, b.uid, what) for a, b, what in found
    }
    unrelated = [replace(claim, about=frozenset([claim.uid])) for claim in claims]
    assert kind != "cumulative" or not list(clashes(unrelated, kind))


def test_beginnings_of_one_text() -> None:
    assert one_text(OPENINGS["A"], OPENINGS["A2"])
    assert not one_text(OPENINGS["A"], OPENINGS["B"])
    assert not one_text("Too short to tell.", "Too short to tell.")
