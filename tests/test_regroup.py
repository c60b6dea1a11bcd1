"""Groups in a base: the same whatever came first, and what all facts and decisions together make."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.dates.edtf import interval_of
from kb.model.tables import IdentityDecisionRow, now
from kb.model.uids import uid_of
from kb.model.values import (
    Article,
    Claim,
    Entity,
    EntityKind,
    Facts,
    Mention,
    Participant,
    Reference,
    Report,
    Span,
)
from kb.resolve import differences, regroup, regroup_around
from kb.store import Store, insert_rows, next_id

NAMES: tuple[tuple[EntityKind, str, str], ...] = (
    ("person", "Anna Sedlak", "Sedlak"),
    ("person", "Ánna Sedlák", "Sedlák"),
    ("person", "Petr Sedlak", "Sedlak"),
    ("place", "Brno", "Brno"),
    ("organisation", "European Union", "EU"),
    ("organisation", "EU", "EU"),
    ("organisation", "Harbour Trust", "Trust"),
    ("organisation", "Lumen", "Lumen"),
    ("person", "Anna Novak", "Novak"),  # so many people have the name that it takes more than that
    ("place", "Denver", "Denver"),
    ("organisation", "U.S. Senate", "Senate"),
    ("organisation", "Congress", "Congress"),  # of the country that the article is about
)
PUBLISHERS = (None, "The Lumen", "EU", "Brno Herald")
HAPPENINGS = (None, "died", "protest", "meeting", "resigned", "election")  # each is told by something else
DATES = ("2020", "2020-05-04", "2021/..", "2020-05", "2020-05-09")


STEPS = st.lists(
    st.tuples(
        st.lists(st.integers(0, len(NAMES) - 1), min_size=1, max_size=3, unique=True), st.integers(0, 4)
    ),
    min_size=1,
    max_size=6,
)
DECISIONS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["same", "different"])), max_size=3
)


def facts_of(
    number: int,
    names: list[int],
    date: int,
    *,
    url: str | None = None,
    happening: str | None = None,
    publisher: str | None = None,
) -> Facts:
    """An article that names each of these twice, and has them all take part in one event with one figure."""
    text, entities = f"{number}. ", []
    for kind, full, short in (NAMES[i] for i in names):
        start = len(text)
        text += f"{full} or {short}, "
        spans = (
            Span(start, start + len(full), full),
            Span(start + len(full) + 4, start + len(full) + 4 + len(short), short),
        )
        entities.append(Entity(full, kind, tuple(Mention(span) for span in spans)))
    start = len(text)
    text += "met in 3 rooms."
    sentence, trigger, phrase = (
        Span(0, len(text), text),
        Span(start, start + 3, "met"),
        Span(start + 7, start + 14, "3 rooms"),
    )
    references = tuple(Participant(Reference(e.name, e.mentions[0].span), "agent") for e in entities)
    report = Report(
        trigger,
        sentence,
        f"envoys met {number}",
        happening,
        interval_of(DATES[date]),
        participants=references,
    )
    claim = Claim(
        phrase, sentence, "=", 3.0, 3.0, "rooms", ("Rooms in use", "rooms in use", "rooms kept")[date % 3]
    )
    return Facts(
        Article(text, url=url, publisher=publisher), (sentence,), (), tuple(entities), (claim,), (report,)
    )


def put(store: Store, facts: Facts) -> None:
    with store.transaction() as connection:
        outcome = store.add(facts, store.start_run("test", "1"))
        if outcome.revision_id is not None:
            regroup(connection, outcome.revision_id)


def decide(store: Store, kind: str, a: str, b: str, verdict: str, withdraws: str | None = None) -> str:
    with store.transaction() as connection:
        key = next_id(connection, IdentityDecisionRow)
        uid = uid_of("decision", key)
        said = {"kind": kind, "uid_a": a, "uid_b": b, "verdict": verdict, "withdraws": withdraws}
        row = {"id": key, "uid": uid, "by": "a tester", "recorded_at": now(), "note": None, **said}
        insert_rows(connection, IdentityDecisionRow, [row])
        regroup_around(connection, kind, [a, b])
    return uid


def picture(store: Store) -> dict[str, set[tuple[str, str]]]:
    """Which facts are in which thing, by uid, and what the things are called."""
    columns = {"entity": ("mention", "name"), "event": ("report", "title"), "measure": ("claim", "name")}
    found = {}
    for thing, (fact, name) in columns.items():
        joined = f"{fact} JOIN {thing} ON {thing}.id = {thing}_id"
        query = f"SELECT {fact}.uid, {thing}.uid || {thing}.{name} FROM {joined}"
        found[thing] = {(row[0], row[1]) for row in store.connection.exec_driver_sql(query)}
    found["publisher"] = set(publishers(store).items())
    return found


def publishers(store: Store) -> dict[str, str]:
    """Articles (by uid) -> uid and name of who published them."""
    query = "SELECT article.uid, entity.uid || name FROM article JOIN entity ON entity.id = publisher_id"
    return {row[0]: row[1] for row in store.connection.exec_driver_sql(query)}


def wrong(store: Store) -> list[str]:
    return list(differences(store.connection))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kb.db") as opened:
        yield opened


def things(store: Store, kind: str) -> list[str]:
    column = {"entity": "name", "event": "title", "measure": "name"}[kind]
    return sorted(name for (name,) in store.connection.exec_driver_sql(f"SELECT {column} FROM {kind}"))


def test_what_shares_a_key_is_one_thing(store: Store) -> None:
    put(store, facts_of(1, [0, 3, 4], 1))
    put(store, facts_of(2, [1, 2, 5], 1))
    assert len(things(store, "entity")) == 4  # Anna, Petr, Brno, the EU
    assert len(things(store, "event")) == 1  # envoys met on the same day, Anna and the EU both times
    assert len(things(store, "measure")) == 1
    assert wrong(store) == []


def test_a_common_name_is_one_person_by_country_or_company(store: Store) -> None:
    put(store, facts_of(1, [8, 3], 0))  # in Brno
    put(store, facts_of(2, [8, 9], 0))  # in Denver
    put(store, facts_of(3, [8], 0))
    assert things(store, "entity").count("Anna Novak") == 3
    put(store, facts_of(4, [8, 2, 3], 0))  # in Brno, with Petr Sedlak
    put(store, facts_of(5, [8, 2], 0))
    assert things(store, "entity").count("Anna Novak") == 3
    assert wrong(store) == []


def test_a_country_is_told_by_its_bodies_where_no_place_is(store: Store) -> None:
    put(store, facts_of(1, [10, 11], 0))
    put(store, facts_of(2, [10, 11], 0))
    assert things(store, "entity") == ["Congress", "U.S. Senate"]
    put(store, facts_of(3, [3, 11], 0))  # Brno
    assert things(store, "entity").count("Congress") == 2
    assert wrong(store) == []


def test_another_date_is_another_event(store: Store) -> None:
    put(store, facts_of(1, [0], 0))
    put(store, facts_of(2, [0], 1))
    assert len(things(store, "event")) == 2


def test_an_article_that_joins_two_things(store: Store) -> None:
    put(store, facts_of(1, [0], 1))
    put(store, facts_of(2, [2], 1))
    assert len(things(store, "event")) == 2
    put(store, facts_of(3, [0, 2], 1))  # both took part in it
    assert len(things(store, "event")) == 1
    assert wrong(store) == []


def test_decisions_and_their_withdrawal(store: Store) -> None:
    for number in (1, 2, 3):
        put(store, facts_of(number, [0], 0))
    before = picture(store)
    uids = sorted(uid for (uid,) in store.connection.exec_driver_sql("SELECT DISTINCT chain FROM mention"))
    apart = decide(store, "entity", uids[0], uids[1], "different")
    assert len(things(store, "entity")) == 3  # not joined by its name at all
    put(store, facts_of(4, [1], 0))
    assert len(things(store, "entity")) == 4  # nor is one that comes later
    decide(store, "entity", uids[1], uids[2], "same")
    assert len(things(store, "entity")) == 3
    assert wrong(store) == []
    decide(store, "entity", uids[0], uids[1], "withdrawn", withdraws=apart)
    assert len(things(store, "entity")) == 1
    assert wrong(store) == []
    assert before["entity"] <= picture(store)["entity"] or min(uids) not in uids


def test_a_new_revision_leaves_nothing_behind(store: Store) -> None:
    url = "https://example.org/a"
    put(store, facts_of(1, [0, 3], 0, url=url))
    put(store, facts_of(2, [3], 0))
    put(store, facts_of(3, [2], 1, url=url))  # the page says something else now
    assert things(store, "entity") == ["Brno", "Petr Sedlak"]
    assert wrong(store) == []


def test_a_new_reading_of_the_same_words_moves_its_facts(store: Store) -> None:
    url = "https://example.org/a"
    for number in (1, 2):
        put(store, facts_of(number, [0, 3], 0, url=f"{url}{number}"))
    read_again = facts_of(1, [0, 3], 1, url=f"{url}1")
    put(store, replace(read_again, article=replace(read_again.article, published="2026-01-01")))
    assert len(things(store, "event")) == 2
    assert len(things(store, "entity")) == 2
    assert wrong(store) == []
    put(store, replace(read_again, article=replace(read_again.article, published="2026-01-02")))
    assert wrong(store) == []


def test_who_publishes_is_who_is_named(store: Store) -> None:
    put(store, facts_of(1, [0], 0, publisher="The Lumen"))
    assert things(store, "entity") == ["Anna Sedlak", "The Lumen"]  # nobody names it yet
    put(store, facts_of(2, [7], 0, publisher="Brno Herald"))
    put(store, facts_of(3, [0], 0, publisher="Brno Herald"))
    assert len(things(store, "entity")) == 3
    assert len(set(publishers(store).values())) == 2
    assert wrong(store) == []


def test_a_publisher_of_many_countries_is_told_by_its_site(store: Store) -> None:
    for number, site in enumerate(("health.example", "health.example", "ministry.example")):
        url = f"https://{site}/{number}"
        put(store, facts_of(number, [0], 0, url=url, publisher="Ministry of Health"))
    assert len(set(publishers(store).values())) == 2


def test_a_page_that_says_another_publisher(store: Store) -> None:
    url = "https://example.org/a"
    put(store, facts_of(1, [0], 0, url=url, publisher="Brno Herald"))
    put(store, facts_of(2, [0], 0, url=url, publisher="Brno Herald"))  # another text
    assert wrong(store) == []
    put(store, facts_of(2, [0], 0, url=url, publisher="Lumen"))
    assert things(store, "entity") == ["Anna Sedlak", "Lumen"]
    assert wrong(store) == []


def test_publishers_are_parted_and_joined_by_decision(store: Store) -> None:
    put(store, facts_of(1, [0], 0, publisher="Brno Herald"))
    put(store, facts_of(2, [0], 0, publisher="Brno Herald"))
    one, other = sorted(publishers(store))
    apart = decide(store, "entity", one, other, "different")
    assert len(set(publishers(store).values())) == 2
    decide(store, "entity", one, other, "withdrawn", withdraws=apart)
    assert len(set(publishers(store).values())) == 1
    assert wrong(store) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, DECISIONS, st.integers(0, 1000))
def test_any_order_makes_the_same_groups(
    made: list[tuple[list[int], int]], decided: list[tuple[int, int, str]], seed: int
) -> None:
    pages = [
        facts_of(number, names, date, happening=HAPPENINGS[sum(names) % 6], publisher=PUBLISHERS[len(names)])
        for number, (names, date) in enumerate(made)
    ]
    with TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "one.db") as store:
            for page in pages:
                put(store, page)
                assert wrong(store) == []
            query = "SELECT DISTINCT uid FROM mention ORDER BY uid"
            uids = [uid for (uid,) in store.connection.exec_driver_sql(query)]
            pairs = [(uids[a % len(uids)], uids[b % len(uids)], verdict) for a, b, verdict in decided]
            for a, b, verdict in pairs:
                if a != b:
                    decide(store, "entity", a, b, verdict)
                    assert wrong(store) == []
            first = picture(store)
        random.Random(seed).shuffle(pages)
        with Store.open(Path(folder) / "two.db") as store:
            for a, b, verdict in pairs:  # decisions on what is not there yet
                if a != b:
                    decide(store, "entity", a, b, verdict)
            for page in pages:
                put(store, page)
                assert wrong(store) == []
            assert picture(store) == first
