"""Groups: what shares a key is one thing, decisions go before keys, the order never counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.values import EntityKind
from kb.resolve.keys.names import folded_name, name_keys
from kb.resolve.things.groups import Decision, Member, groups

UIDS = st.sampled_from("abcdefghij")
MEMBERS = st.dictionaries(UIDS, st.frozensets(st.sampled_from("xyz"), max_size=2)).map(
    lambda made: [Member((uid,), keys) for uid, keys in made.items()]
)
DECISIONS = st.lists(st.builds(Decision, UIDS, UIDS, st.booleans(), st.integers(0, 3)), max_size=4)


def uids(members: list[Member], decisions: tuple[Decision, ...] = ()) -> list[str]:
    return ["".join(member.uid for member in group.members) for group in groups(members, decisions)]


def members(**keys: str) -> list[Member]:
    return [Member((uid,), frozenset(letters)) for uid, letters in keys.items()]


def test_shared_keys_join_also_by_way_of_a_third() -> None:
    assert uids(members(a="x", b="xy", c="y", d="z", e="", f="")) == ["abc", "d", "e", "f"]


def test_a_different_takes_all_keys_of_its_group_away() -> None:
    assert uids(members(a="x", b="x", c="x", d="z", e="z"), (Decision("a", "c", same=False),)) == [
        "a",
        "b",
        "c",
        "de",
    ]


def test_a_same_holds_where_keys_do_not() -> None:
    decisions = (Decision("a", "c", same=False), Decision("b", "c", same=True), Decision("c", "d", same=True))
    assert uids(members(a="x", b="x", c="x", d="")) == ["abc", "d"]
    assert uids(members(a="x", b="x", c="x", d=""), decisions) == ["a", "bcd"]


def test_the_last_word_on_two_things_counts_whichever_of_their_facts_it_names() -> None:
    facts = {"a": "x", "b": "x", "c": "y", "d": "y"}
    same, different = Decision("a", "c", same=True, turn=1), Decision("b", "d", same=False, turn=2)
    assert uids(members(**facts), (same, different)) == ["ab", "cd"]
    assert uids(members(**facts), (replace(same, turn=3), different)) == ["abcd"]
    namesakes = Decision("a", "b", same=False, turn=0)
    assert uids(members(**facts), (namesakes, same, different)) == ["ac", "b", "d"]


def test_a_fact_of_two_members_joins_them() -> None:
    assert uids([Member(("a", "b"), frozenset()), Member(("b", "c"), frozenset())]) == ["ab"]


@given(MEMBERS, DECISIONS, st.randoms())
def test_the_order_never_counts(made: list[Member], decisions: list[Decision], random: st.DataObject) -> None:
    expected = groups(made, decisions)
    random.shuffle(made)  # type: ignore[attr-defined]
    random.shuffle(decisions)  # type: ignore[attr-defined]
    assert groups(made, decisions) == expected
    assert sorted(member.uid for group in expected for member in group.members) == sorted(
        member.uid for member in made
    )


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("person", ("Łukasz Żak", "Żak"), ("Lukasz Zak",), True),
        ("person", ("Anna Novak", "Novak"), ("Novak",), False),
        ("person", ("Novak",), ("Novak",), False),
        ("person", ("Anna Novak",), ("Petr Novak",), False),
        ("place", ("Brest",), ("Brest's",), True),
        ("place", ("United States", "US"), ("U.S.",), True),
        ("organisation", ("EU",), ("European Union", "EU"), True),
        ("organisation", ("the Harbour Trust",), ("Harbour Trust",), True),
        ("organisation", ("Harbour Trust", "HT"), ("HT",), False),
    ],
)
def test_names_that_share_a_key(
    kind: EntityKind, one: tuple[str, ...], other: tuple[str, ...], same: bool
) -> None:
    assert bool(name_keys(kind, one[0], one) & name_keys(kind, other[0], other)) is same


def test_kinds_never_share_a_key() -> None:
    assert not name_keys("place", "Victoria Falls", ()) & name_keys("organisation", "Victoria Falls", ())


@given(st.text())
def test_any_name_folds_once_and_for_all(words: str) -> None:
    assert folded_name(folded_name(words)) == folded_name(words)
