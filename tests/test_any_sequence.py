"""Whatever happens to a base, in whatever order: it holds, and what people decided can be taken back.

Random sequences of loading, changed pages, newer extractors, reviews, identities and withdrawals over
small texts. `kb check` holds after each step; when all decisions are taken back, the base shows what it
would without them; and bases that read the same texts in another order show the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kb.check import check
from kb.desk import accept, add, correct, decide, reject, undo, withdraw, withdraw_decision
from kb.desk.given import FactKind
from kb.errors import IntegrityError, UsageError
from kb.model.values import Article
from kb.reread import Rules, choose, reread
from kb.resolve import regroup, settle, trace
from kb.store import Store
from tests.store_facts import empty_base
from tests.toy_extract import toy_extract

SENTENCES = (
    "Anna Novak said about 40 boats lay in Brno in 2024.",
    "Over all, over 45 boats lay in Brno in 2024.",
    "In 2024 45 boats lay in Brno.",
    "BRNO: the fleet had 48 boats in 2024.",
    "Petr Svoboda opened the harbour of Ostrava in 2023.",
    "Anna Nováková opened the harbour of Ostrava in 2023.",
    "The EU closed the harbour in 2024.",
    "In 2024 the European Union counted a dozen clocks in Brno.",
    "There were 14 clocks in Brno in 2024.",
    "Petr Svoboda said there were 3 cats in Ostrava.",
    "It rained on the long way home from the town hall to the old harbour, and nobody there had an umbrella.",
)
URLS = tuple(f"https://example.org/{name}" for name in "abcd")
DAYS = (None, "2024-05-03", "2023-01-02")
CORRECTIONS: dict[str, tuple[dict[str, str | None], ...]] = {
    "claim": ({"value": "over 50"}, {"place": "Ostrava"}, {"date": "2022"}, {"speaker": None}),
    "report": ({"date": "2021-03"}, {"place": None}, {"title": "a harbour opened"}),
    "mention": ({"name": "Anna Svobodova"}, {"kind": "organisation"}),
}
ADDITIONS: tuple[tuple[str, FactKind, dict[str, str | None]], ...] = (
    ("a dozen clocks", "figure", {}),  # which the second version reads too
    ("45 boats", "figure", {"value": "over 45"}),  # in words that are read
    ("an umbrella", "figure", {"value": "1", "measure": "umbrellas"}),
    ("rained", "event", {"title": "rain", "date": "2024-05"}),
    ("town hall", "name", {"kind": "organisation"}),
)
VIEWS = {
    "figures": "SELECT * FROM figures",
    "reports": "SELECT * FROM reports",
    "mentions": "SELECT * FROM mentions",
    "timeline": "SELECT * FROM timeline",
    "conflicts": "SELECT * FROM conflicts",
    "names": "SELECT entity.uid, entity.name, spelling FROM name JOIN entity ON entity.id = entity_id",
    "series": """
        SELECT series.uid, measure.uid, measure.name, series.place FROM series
        JOIN measure ON measure.id = measure_id""",
}


def _no_reader(stored: Article, _raw: bytes, _charset: str | None) -> Article:
    return stored


FIRST, SECOND = (
    Rules(version, partial(toy_extract, version=version), {}, _no_reader) for version in ("1", "another")
)
# Sequences are costly to run and hardly get shorter: a failing one is shown as it is.
FEW = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
KINDS = (
    *["load"] * 6,
    *["reread", "correct", "same", "different", "undo", "add"] * 2,
    *["accept", "reject", "withdraw"],
)
STEP = st.tuples(st.sampled_from(KINDS), st.integers(0, 10**6), st.integers(0, 10**6))


def page(url: int, content: int) -> Article:
    """One of many states of a page: some sentences in some order, under some day."""
    chosen = random.Random(content).sample(SENTENCES, 3)
    return Article(
        " ".join(chosen),
        url=URLS[url % len(URLS)],
        published=DAYS[content % len(DAYS)],
        publisher=("The EU", "Brno Daily")[url % 2],
        raw=f"{url} {content}".encode(),
    )


def put(store: Store, article: Article) -> None:
    """Fetch a page, as the first version of the rules reads it."""
    known = store.known(article, fetched=True)
    with store.transaction() as connection:
        run = store.start_run("kb", FIRST.version)
        outcome = store.add(FIRST.extract(known.article), run, fetched=True)
        if outcome.revision_id is not None:
            regroup(connection, outcome.revision_id, trace(connection, outcome.revision_id, run))
            settle(connection, outcome.revision_id, known.uid)


def read_again(store: Store, rules: Rules) -> None:
    done = list(reread(store, choose(store, [], everything=False, rules=rules), rules=rules))
    assert all(one.outcome == "read" for one in done)


def picture(store: Store) -> dict[str, list[Any]]:
    """All that the views show, and what groups are called; no row numbers, no moments."""
    return {name: sorted(map(repr, store.connection.exec_driver_sql(query))) for name, query in VIEWS.items()}


class Base:
    """A base to which anything may happen; `taking_back` undoes what people decided, the last one last."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.taking_back: list[Callable[[], object]] = []
        self.kept: list[tuple[str, Callable[[Store], object]]] = []  # what cannot be taken back

    def facts(self, *tables: str) -> list[tuple[str, str]]:
        """The facts that stand, of some tables, by uid."""
        found = set()
        for table in tables:
            query = f"SELECT uid FROM {'figures' if table == 'claim' else table + 's'}"
            found |= {(uid, table) for (uid,) in self.store.connection.exec_driver_sql(query)}
        return sorted(found)

    def step(self, what: str, a: int, b: int) -> None:
        """Do something, if it can be done to the base as it is."""
        if what == "undo":
            if self.taking_back:
                self.taking_back.pop(a % len(self.taking_back))()
        elif what == "load":
            self._keep(partial(put, article=page(a, b)))
        elif what == "reread":
            read_again(self.store, (FIRST, SECOND)[a % 2])
        elif what == "withdraw":
            url = URLS[a % len(URLS)]
            self._keep(lambda store: withdraw(store, url, reason="a test", by="Eve", note=None))
        elif what == "add":
            self._add(a, b)
        elif what in ("same", "different"):
            self._decide(what, a, b)
        else:
            self._review(what, a, b)

    def _keep(self, act: Callable[[Store], object]) -> None:
        with suppress(IntegrityError, UsageError):  # withdrawn before; not there yet
            act(self.store)
            self.kept.append(("", act))

    def _add(self, a: int, b: int) -> None:
        quote, kind, reading = ADDITIONS[a % len(ADDITIONS)]
        with suppress(UsageError):  # not there, not there just once, or read already
            made = add(self.store, URLS[b % len(URLS)], quote, kind, reading, by="Eve")
            self.taking_back.append(lambda: undo(self.store, made.uid, by="Eve"))

    def _decide(self, verdict: str, a: int, b: int) -> None:
        facts = self.facts(("claim", "report", "mention")[a % 3])
        if len(facts) < 2:
            return
        one, other = random.Random(b).sample(facts, 2)
        made = decide(self.store, one[0], other[0], verdict, by="Eve", note=None, across_kinds=True)  # type: ignore[arg-type]
        self.taking_back.append(lambda: withdraw_decision(self.store, made.uid, by="Eve", note=None))

    def _review(self, verdict: str, a: int, b: int) -> None:
        facts = self.facts("claim", "report", "mention")
        if not facts:
            return
        uid, table = facts[a % len(facts)]
        by = ("Eve", "Adam")[b % 2]
        if verdict == "correct":
            made = correct(self.store, uid, CORRECTIONS[table][b % len(CORRECTIONS[table])], by=by)
        else:
            made = (accept if verdict == "accept" else reject)(self.store, uid, by=by)
        self.taking_back.append(lambda: undo(self.store, made.uid, by=by))


def _holds(store: Store, after: object) -> None:
    assert [str(problem) for problem in check(store)] == [], after


def _anything(steps: Sequence[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder, empty_base(Path(folder)) as store:
        base = Base(store)
        for step in steps:
            base.step(*step)
            _holds(store, step)
        while base.taking_back:
            base.taking_back.pop()()
        _holds(store, "all taken back")
        read_again(store, FIRST)
        shown = picture(store)
        with TemporaryDirectory() as other, empty_base(Path(other)) as plain:
            for _, act in base.kept:
                act(plain)
            assert picture(plain) == shown


@FEW
@given(st.lists(STEP, min_size=4, max_size=14))
def test_any_sequence_holds_and_can_be_taken_back(steps: list[tuple[str, int, int]]) -> None:
    _anything(steps)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_long_sequences(seed: int) -> None:
    dice = random.Random(seed)
    kinds = ["load", "reread", "accept", "reject", "correct", "same", "different", "undo", "withdraw"]
    weights = [8, 2, 2, 2, 3, 3, 3, 3, 1]
    _anything(
        [(dice.choices(kinds, weights)[0], dice.randrange(10**6), dice.randrange(10**6)) for _ in range(60)]
    )


@FEW
@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4), st.randoms(use_true_random=False))
def test_any_order_shows_the_same(contents: list[int], dice: random.Random) -> None:
    pages = [page(url, content) for url, content in enumerate(contents)]
    with TemporaryDirectory() as folder, empty_base(Path(folder)) as store:
        for one in pages:
            put(store, one)
        shown = picture(store)
        _holds(store, "loading")
    dice.shuffle(pages)
    with TemporaryDirectory() as folder, empty_base(Path(folder)) as store:
        for one in pages:
            put(store, one)
        assert picture(store) == shown
