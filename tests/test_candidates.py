"""Candidates: pairs of things that may be one, ranked by name and by the company they are named in."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kb.resolve.doubts.candidates import Named, candidates


def thing(uid: str, name: str, *company: str, kind: str = "person") -> Named:
    return Named(uid, kind, name, frozenset({name}), frozenset(company))  # type: ignore[arg-type]


def pairs(*things: Named, decided: set[frozenset[str]] | None = None) -> list[str]:
    return [f"{found.a.uid}{found.b.uid}" for found in candidates(things, decided or set())]


def test_names_that_may_be_one_are_found_across_spellings() -> None:
    assert pairs(thing("a", "Bill Harrison"), thing("b", "William Harrison"), thing("c", "Bill Morton")) == [
        "ab"
    ]


def test_another_given_name_is_a_veto() -> None:
    assert pairs(thing("a", "Maria Kolesnikova"), thing("b", "Olga Kolesnikova")) == []


def test_company_lifts_a_bare_surname() -> None:
    stranger, friend, name = (
        thing("a", "Petr Novak"),
        thing("b", "Anna Novak", "x", "y"),
        thing("c", "Novak", "x", "y"),
    )
    assert pairs(stranger, friend, name) == ["bc", "ac"]


def test_bodies_by_their_initials() -> None:
    union = thing("a", "Harbour Workers Union", kind="organisation")
    assert pairs(union, thing("b", "HWU", kind="organisation"), thing("c", "HWA", kind="organisation")) == [
        "ab"
    ]


def test_what_was_decided_is_not_asked_again() -> None:
    things = thing("a", "Bill Harrison"), thing("b", "William Harrison")
    assert pairs(*things, decided={frozenset("ab")}) == []


@given(
    st.lists(st.sampled_from(["Novak", "Anna Novak", "Ana Nowak", "A. Novak", "Petr Novak"]), max_size=6),
    st.integers(),
)
def test_the_order_never_counts(names: list[str], seed: int) -> None:
    things = [thing(str(number), name) for number, name in enumerate(names)]
    expected = candidates(things)
    random.Random(seed).shuffle(things)
    assert candidates(things) == expected
