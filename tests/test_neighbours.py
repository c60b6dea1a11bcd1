"""What a claim that comes in changes is found among its neighbours, and is what all claims together tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.model.values import Article, Claim, Facts, Interval, Reference, Span
from kb.resolve import regroup
from kb.resolve.series.clashing import conflict_differences
from kb.resolve.series.naming import misnamed
from kb.store import Store

FIRST = dt.date(2024, 1, 1)


class Said(NamedTuple):
    """A figure of an article: how many, on which day after `FIRST` (None: since then), by whom, of what."""

    number: int
    day: int | None
    published: int
    outlet: str
    what: str


SAID = st.builds(
    Said,
    st.sampled_from([120, 969, 970, 1500, 1510, 3085]),
    st.sampled_from([None, 0, 0, 1, 20, 31, 32, 50, 90]),
    st.sampled_from([0, 1, 40, 95]),
    st.sampled_from(["Daily North", "Daily South"]),
    st.sampled_from(["miners", "killed", "held"]),
)


def facts(said: Said, number: int) -> Facts:
    """An article of one sentence."""
    words = f"{said.number} {'people' if said.what != 'miners' else 'miners'}"
    after = {"miners": "worked", "killed": "were killed", "held": "were held"}[said.what]
    sentence = f"In Freedonia {words} {after} in the storm of the north."
    at = sentence.index(words)
    end = FIRST + dt.timedelta(said.day) if said.day is not None else None
    begin = end or FIRST
    claim = Claim(
        Span(at, at + len(words), words),
        Span(0, len(sentence), sentence),
        "=",
        float(said.number),
        float(said.number),
        words.split(" ")[1],
        f"{words.split(' ')[1]} {said.what}",
        place=Reference("Freedonia", Span(3, 12, "Freedonia")),
        interval=Interval(begin.isoformat() if end else f"{begin.isoformat()}/..", begin, end),
    )
    article = Article(
        sentence,
        title=f"Storm {number}",
        published=(FIRST + dt.timedelta(said.published)).isoformat(),
        url=f"https://example.org/{number}",
        publisher=said.outlet,
        language="en",
    )
    return Facts(article, (claim.sentence,), (), (), (claim,), ())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SAID, min_size=2, max_size=14))
def test_neighbours_tell_what_all_claims_tell(told: Sequence[Said]) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "kb.db") as store:
        run_id = store.start_run("test")
        for number, said in enumerate(told):
            with store.transaction() as connection:
                revision_id = store.add(facts(said, number), run_id).revision_id
                assert revision_id is not None
                regroup(connection, revision_id)
        with store.transaction() as connection:
            series = list(connection.exec_driver_sql("SELECT id FROM series").scalars())
            assert list(conflict_differences(connection, series)) == []
            assert list(misnamed(connection, series)) == []
