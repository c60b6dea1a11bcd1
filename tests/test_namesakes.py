"""Things of one name told apart: by country, by what stands around the name, by whom the article names."""

from __future__ import annotations

from typing import cast

import pytest

from kb.model.values import EntityKind
from kb.names.senses import Around, field_of, is_of_a_part, place_meant
from kb.resolve.keys.names import mention_keys, tentative_keys
from kb.resolve.things.groups import Member, groups
from tests.case_tables import cases


def around(sentence: str) -> list[Around]:
    before, _, rest = sentence.partition("[")
    return [(before, rest.partition("]")[2])]


def member(uid: str, kind: EntityKind, name: str, home: str | None, sentence: str) -> Member:
    keys = mention_keys(kind, name, (), home, around=around(sentence))
    return Member((uid,), keys, tentative=tentative_keys(kind, name, (), home, around(sentence)))


@pytest.mark.parametrize("case", cases("namesakes"))
def test_namesakes(case: dict[str, str]) -> None:
    kind = cast(EntityKind, case["kind"])
    members = [
        member(at, kind, case["name"], case[f"home_{at}"] or None, case[f"sentence_{at}"])
        for at in ("a", "b")
    ]
    assert len(groups(members)) == (1 if case["same"] == "yes" else 2)


def test_a_third_article_brings_the_doubt() -> None:
    untold = member("a", "person", "Peter Chandler", None, "[Peter Chandler] spoke.")
    ghana = member("b", "person", "Peter Chandler", "place:ghana", "[Peter Chandler] spoke.")
    norway = member("c", "person", "Peter Chandler", "place:norway", "[Peter Chandler] spoke.")
    assert len(groups([untold, ghana])) == 1
    assert len(groups([untold, ghana, norway])) == 3


def test_company_joins_whatever_the_countries() -> None:
    keys = [
        mention_keys("person", "Peter Chandler", (), home, ["organisation:gull harbour trust"])
        for home in ("place:ghana", "place:norway")
    ]
    assert keys[0] & keys[1]


def test_ones_own_name_is_no_company() -> None:
    assert not mention_keys("person", "Peter Chandler", (), None, ["person:peter chandler"])


@pytest.mark.parametrize(
    ("kind", "name", "surnames", "told"),
    [
        pytest.param("place", "West", {"west"}, False, id="a-region-and-a-rapper"),
        pytest.param("organisation", "Bloomberg", {"bloomberg"}, False, id="an-agency-and-a-mayor"),
        pytest.param("place", "Jordan", {"jordan"}, True, id="countries-are-countries"),
        pytest.param("place", "West", {"north"}, True, id="another-surname"),
    ],
)
def test_a_surname_of_the_article_makes_a_listed_word_doubtful(
    kind: EntityKind, name: str, surnames: set[str], told: bool
) -> None:
    assert bool(mention_keys(kind, name, (), "place:united states", surnames=surnames)) is told


def test_what_stands_around_is_told_in_one_way_or_not_at_all() -> None:
    mayor, governor = ("The mayor of ", "."), ("The governor of ", ".")
    assert place_meant("New York", [mayor]) == "New York City"
    assert place_meant("New York", [mayor, governor]) is None
    assert field_of([("The singer ", ", a physicist, came.")]) is None
    assert not is_of_a_part([("", " of the Republic"), ("Guests came. ", " sat.")])
