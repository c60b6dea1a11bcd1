"""Names: comparing them, their keys, and what the lexicon knows."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lexicon import read_table
from kb.model.values import EntityKind
from kb.names import compare_names
from kb.names.keys import folded_name, listed, person_key
from kb.names.known import known_names
from kb.names.sounds import sound_similarity
from kb.resolve.keys.names import mention_keys, tentative_keys
from kb.resolve.things.groups import Member, groups
from tests.case_tables import cases

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize("case", cases("names"))
def test_compare(case: dict[str, str]) -> None:
    assert compare_names(case["a"], case["b"]).verdict == case["verdict"]


@given(NAMES, NAMES)
def test_any_two_strings_compare(a: str, b: str) -> None:
    there, back = compare_names(a, b), compare_names(b, a)
    assert there.verdict == back.verdict
    assert there.score == pytest.approx(back.score)
    assert 0 <= there.score <= 1


@given(NAMES)
def test_any_string_sounds_like_itself(a: str) -> None:
    assert sound_similarity(a, a) in (0.0, 1.0)
    assert folded_name(folded_name(a)) == folded_name(a)


@pytest.mark.parametrize("case", cases("name_keys"))
def test_what_is_joined_across_articles(case: dict[str, str]) -> None:
    kind = cast(EntityKind, case["kind"])
    members = []
    for at in ("a", "b"):
        told = kind, case[at], (), case[f"home_{at}"] or None
        members.append(Member((at,), mention_keys(*told), tentative=tentative_keys(*told)))
    assert len(groups(members)) == (1 if case["same"] == "yes" else 2)


def test_a_bare_surname_has_no_key() -> None:
    assert person_key("Kolesnikova") is None
    assert person_key("President Kolesnikova") is None


@pytest.mark.parametrize("row", read_table("persons"), ids=lambda row: row["name"])
def test_all_spellings_of_a_person_have_one_key(row: dict[str, str]) -> None:
    assert row["source"]
    for spelling in (row["name"], *filter(None, row["spellings"].split("|"))):
        known = listed("person", spelling)
        assert known is None or known.name == row["name"], spelling


@pytest.mark.parametrize("table", ["countries", "places", "organisations", "persons", "cities"])
def test_tables_hold_no_name_twice(table: str) -> None:
    names = [row["name"] for row in read_table(table)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_countries_go_before_cities() -> None:
    assert known_names()["Luxembourg"].type == "country"
    assert known_names()["Minsk"].type == "capital"
