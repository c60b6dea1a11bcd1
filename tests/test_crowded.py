"""The conflicts of a base are the same whichever claims are read to find them, and in which portions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kb.check import check
from kb.desk import correct, reject
from kb.model.values import Article, Claim, Facts, Interval, Reference, Span
from kb.resolve import regroup
from kb.resolve.series import clashing, neighbours
from kb.resolve.series.clashing import conflict_differences
from kb.store import Store
from tests.store_facts import empty_base

FIRST = dt.date(2024, 1, 1)
EVERY = 10**9
UNDATED = -1
VERBS = {"miners": "worked", "miners hurt": "were hurt", "boats": "lay", "people held": "were held"}
ANSWERS: tuple[dict[str, str | None] | None, ...] = (  # None: it is no fact
    None,
    {"value": "969"},
    {"date": "2024-02-01"},
    {"date": None},
    {"unit": "boats"},
    {"measure": "people held"},
    {"place": None},
)


class Said(NamedTuple):
    """A figure: of how many, of what, on which day, published when, by whom; the day may be `UNDATED`.

    A day that is None stands for all since the first one.

    Those of one number and kind stand in the same words, which were read with a part of them or without.
    """

    number: int
    what: str
    day: int | None
    published: int
    outlet: str
    part: bool


SAID = st.builds(
    Said,
    st.sampled_from([120, 180, 969, 3085]),
    st.sampled_from(sorted(VERBS)),
    st.sampled_from([None, 0, 0, 31, UNDATED]),
    st.sampled_from([0, 31, 31, 95]),
    st.sampled_from(["Daily North", "Daily South"]),
    st.booleans(),
)
ANSWERED = st.tuples(st.integers(0, 50), st.sampled_from(ANSWERS))


def facts(said: Said, number: int) -> Facts:
    """An article of one sentence, with a number and another one in it."""
    words, part = f"{said.number} {said.what.split()[0]}", "130 women"
    sentence = f"In Freedonia {words} {VERBS[said.what]}, {part} among them."
    whole = Span(0, len(sentence), sentence)
    at, of = sentence.index(words), sentence.index(part)
    end = FIRST + dt.timedelta(said.day) if said.day is not None else None
    begin = end or FIRST
    time = Interval(begin.isoformat() if end else f"{begin.isoformat()}/..", begin, end)
    claim = Claim(
        Span(at, at + len(words), words),
        whole,
        "=",
        float(said.number),
        float(said.number),
        said.what.split()[0],
        said.what,
        place=Reference("Freedonia", Span(3, 12, "Freedonia")),
        interval=time if said.day != UNDATED else None,
    )
    among = replace(
        claim, phrase=Span(of, of + len(part), part), low=130.0, high=130.0, unit="women", part_of=0
    )
    article = Article(
        sentence,
        title=f"Storm {number}",
        published=(FIRST + dt.timedelta(said.published)).isoformat(),
        url=f"https://example.org/{number}",
        publisher=said.outlet,
        language="en",
    )
    return Facts(article, (whole,), (), (), (claim, among) if said.part else (claim,), ())


def _hold(store: Store) -> None:
    with store.transaction() as connection:
        series = list(connection.exec_driver_sql("SELECT id FROM series").scalars())
        for few in (0, EVERY):
            for at_once in (1, EVERY):
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(neighbours, "_FEW", few)
                    patch.setattr(clashing, "_AT_ONCE", at_once)
                    assert list(conflict_differences(connection, series)) == [], (few, at_once)


def _tell(told: Sequence[Said], answers: Sequence[tuple[int, dict[str, str | None] | None]]) -> None:
    with TemporaryDirectory() as folder, empty_base(Path(folder)) as store:
        run_id = store.start_run("test")
        for number, said in enumerate(told):
            with store.transaction() as connection:
                revision_id = store.add(facts(said, number), run_id).revision_id
                assert revision_id is not None
                regroup(connection, revision_id)
        _hold(store)
        for at, answer in answers:
            uids = sorted(store.connection.exec_driver_sql("SELECT uid FROM figures").scalars())
            uid = uids[at % len(uids)] if uids else None
            if uid is not None and answer is None:
                reject(store, uid, by="Eve")
            elif uid is not None and answer is not None:
                correct(store, uid, answer, by="Eve")
        _hold(store)
        assert check(store) == []


@settings(
    max_examples=8,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(SAID, min_size=2, max_size=10), st.lists(ANSWERED, max_size=3))
def test_the_claims_read_make_no_difference(
    told: list[Said], answers: list[tuple[int, dict[str, str | None] | None]]
) -> None:
    _tell(told, answers)


def test_of_one_text_that_tells_of_two_days_the_first_counts() -> None:
    since = Said(120, "miners", None, 0, "Daily North", part=False)
    on = since._replace(day=31)
    _tell([*[since] * 8, on, Said(3085, "miners", 31, 95, "Daily North", part=False)], [])
    _tell([on, since, since._replace(number=969, published=31)], [])


def test_of_one_text_that_is_read_with_parts_and_without_the_first_counts() -> None:
    with_part = Said(120, "miners", 0, 31, "Daily North", part=True)
    _tell([with_part, with_part._replace(published=0, part=False)], [])
    _tell([with_part._replace(day=31), with_part, with_part._replace(part=False, day=31)], [])
