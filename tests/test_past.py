"""Past states: what was answered then is answered again, byte for byte, and rests on what was published."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.errors import UsageError
from kb.past import as_of, last_day, moment_of
from kb.resolve import differences
from kb.store import Store
from tests.command import Command
from tests.store_facts import empty_base
from tests.test_regroup import DECISIONS, STEPS, decide, facts_of, picture, put

ASKED = (
    ("series", "--json"),
    ("series", "--table"),
    ("conflicts", "--json"),
    ("figures", "--json"),
    ("timeline", "--json", "--all"),
)
FIRST = "At least 40 lamps were stolen in Riga on May 3, 2024, the mayor said. The museum has 12 clocks."
LATER = "Police said that 55 lamps were stolen in Riga on May 3, 2024. Two people were arrested there."
CHANGED = "At least 60 lamps were stolen in Riga on May 3, 2024, the mayor said. The museum has 13 clocks."
OTHER = "On May 3, 2024, 47 lanterns were taken in Riga, the police said. The museum lost 12 timepieces."


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()


def said(kb: Command, path: Path, *more: str) -> list[str]:
    """All that the questions print."""
    found = [kb(*question, *more, "--db", path) for question in ASKED]
    assert not any(ran.code for ran in found)
    return [ran.out for ran in found]


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_was_printed_after_each_step_is_printed_again(kb: Command, tmp_path: Path) -> None:
    path, made = tmp_path / "kb.db", dict[str, str]()
    base = KnowledgeBase(path)

    def uid(words: str) -> str:
        return base.figures(words)[0].uid

    def load(name: str, text: str, published: str | None = None, url: str | None = None) -> None:
        base.load(written(tmp_path, name, text), published=published, url=url)

    def note(key: str, of: str) -> None:
        made[key] = of

    spellings = tmp_path / "names.csv"
    with spellings.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("name", "spelling", "kind"), ("Riga", "Rīgas pilsēta", "place")])
    page = "2024-05-04", "https://example.org/a"
    steps: list[Callable[[], object]] = [
        lambda: load("a.txt", FIRST, *page),
        lambda: load("b.txt", LATER, published="2024-05-05"),
        lambda: load("c.txt", OTHER),
        lambda: note("same", base.same(uid("lamps"), uid("lanterns"), by="Eve").uid),
        lambda: note("different", base.different(uid("12 clocks"), uid("timepieces"), by="Eve").uid),
        lambda: load("a2.txt", CHANGED, *page),
        lambda: note("name", base.add_names(str(spellings), by="Eve")[0].uid),
        lambda: base.define(uid("lamps"), "lamps taken from the street", by="Eve"),
        lambda: note("reject", base.reject(uid("55"), by="Eve").uid),
        lambda: base.correct(uid("lanterns"), {"value": "48"}, by="Eve"),
        lambda: base.withdraw_decision(made["same"], by="Eve"),
        lambda: load("c.txt", OTHER, url="https://example.org/c", published="2024-05-06"),
        lambda: load("d.txt", "LONDON (Reuters) - " + LATER, published="2024-05-05"),
        lambda: base.remove_name(made["name"], by="Eve"),
        lambda: base.same(uid("lanterns"), uid("lamps"), by="Eve"),
    ]
    states = [(now(), said(kb, path))]
    for step in steps:
        step()
        states.append((now(), said(kb, path)))
    base.close()
    assert len({str(answers) for _, answers in states}) > 10  # most steps show
    for moment, answers in states:
        assert said(kb, path, "--known-by", moment) == answers
    with Store.open(path, read_only=True) as store:
        for moment, _ in states:
            with as_of(store, known_by=moment_of(moment)) as past:
                assert list(differences(past.connection)) == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, DECISIONS, st.lists(st.booleans(), min_size=9, max_size=9))
def test_any_past_is_what_its_facts_and_decisions_make(
    steps: list[tuple[list[int], int]], decisions: list[tuple[int, int, str]], same_page: list[bool]
) -> None:
    with TemporaryDirectory() as folder, empty_base(Path(folder)) as store:
        states = [(now(), picture(store))]
        for number, (names, date) in enumerate(steps):
            url = "https://example.org/page" if same_page[number] else None
            put(store, facts_of(number, names, date, url=url))
            states.append((now(), picture(store)))
        for a, b, verdict in decisions:
            query = "SELECT DISTINCT chain FROM mention ORDER BY chain"
            uids = [uid for (uid,) in store.connection.exec_driver_sql(query)]
            if uids[a % len(uids)] != uids[b % len(uids)]:
                decide(store, "entity", uids[a % len(uids)], uids[b % len(uids)], verdict)
                states.append((now(), picture(store)))
        for moment, then in states[::2]:
            with as_of(store, known_by=moment_of(moment)) as past:
                assert picture(past) == then
                assert list(differences(past.connection)) == []


def test_published_by_is_the_base_of_what_was_published(kb: Command, tmp_path: Path) -> None:
    agency = "LONDON (Reuters) - " + " ".join([LATER] * 3)
    articles = (
        ("a.txt", FIRST, "2024-05-04"),
        ("b.txt", agency.removeprefix("LONDON (Reuters) - "), "2024-05-05"),
        ("c.txt", agency, "2024-05-06"),
        ("d.txt", OTHER, "2024-05-31"),
        ("e.txt", CHANGED, None),
    )
    path = tmp_path / "kb.db"
    with KnowledgeBase(path) as base:
        for name, text, published in articles:
            base.load(written(tmp_path, name, text), published=published)
    assert kb("check", "--db", path).code == 0
    for day, count in (
        ("2024-05-03", 0),
        ("2024-05-04", 1),
        ("2024-05-05", 2),
        ("2024-05-30", 3),
        ("2024-05", 4),
    ):
        only = tmp_path / f"{day}.db"
        with KnowledgeBase(only) as base:
            for name, _, published in articles[:count]:
                base.load(tmp_path / name, published=published)
        assert said(kb, path, "--published-by", day) == said(kb, only)
    assert said(kb, path, "--published-by", "2024-05", "--known-by", "2020") == said(
        kb, path, "--known-by", "2020"
    )


def test_a_changed_page_was_not_published_before_it_was_seen_otherwise(tmp_path: Path) -> None:
    with empty_base(tmp_path) as store:
        for number, june in ((1, 1), (2, 5)):
            facts = facts_of(number, [0], 0, url="https://example.org/a")
            facts = replace(facts, article=replace(facts.article, published="2024-05-01"))
            seen = dt.datetime(2024, 6, june, tzinfo=dt.UTC)
            store.add(facts, store.start_run("test"), fetched=True, retrieved_at=seen)
        for day, text in (("2024-04-30", None), ("2024-05-31", "1. "), ("2024-06-01", "2. ")):
            with as_of(store, published_by=last_day(day)) as past:
                query = "SELECT max(substr(text, 1, 3)) FROM revision"
                assert past.connection.exec_driver_sql(query).scalar() == text


def test_nothing_later_is_the_base_itself(tmp_path: Path) -> None:
    with empty_base(tmp_path) as store:
        put(store, facts_of(1, [0], 0))
        with as_of(store, known_by=moment_of("2999")) as past:
            assert past is store
    with Store.open(tmp_path / "kb.db", read_only=True) as store:
        with as_of(store, known_by=moment_of("2020")) as past:
            assert past is not store
            assert picture(past)["entity"] == set()
        assert picture(store)["entity"]


def test_days_and_moments() -> None:
    end = dt.datetime(2024, 2, 29, 23, 59, 59, 999999, dt.UTC)
    assert moment_of("2024-02-29") == moment_of("2024-02") == moment_of(dt.date(2024, 2, 29)) == end
    assert moment_of("2024-02-29T12:00:00+02:00") == dt.datetime(2024, 2, 29, 10, tzinfo=dt.UTC)
    assert moment_of("2024-02-29 12:00") == dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)
    assert last_day("2024") == dt.date(2024, 12, 31)
    for wrong in ("soon", "2024-02-29T25:00", "2024/.."):
        with pytest.raises(UsageError):
            moment_of(wrong)


def test_what_is_no_date_is_wrong_usage(kb: Command, demo: Path) -> None:
    for option in ("--known-by", "--published-by"):
        ran = kb("series", option, "yesterdayish", "--db", demo)
        assert ran.code == 2
        assert "is no date" in ran.err


def test_a_text_was_an_article_of_its_own_until_it_stood_at_an_address(kb: Command, tmp_path: Path) -> None:
    path, page = tmp_path / "kb.db", "https://example.org/a"
    quote = {"quote": FIRST.partition(" The museum")[0]}
    quoted = (("q.jsonl", quote), ("q2.jsonl", {**quote, "url": page, "published": "2024-05-04"}))
    states = []
    with KnowledgeBase(path) as base:
        for name, text, url in (
            ("other.txt", OTHER, page),
            ("later.txt", LATER, None),
            ("same.txt", LATER, page),  # what came without an address is that page's now
            ("first.txt", CHANGED, None),
            ("new.txt", OTHER, "https://example.org/b"),
            ("again.txt", CHANGED, "https://example.org/b"),
        ):
            base.load(written(tmp_path, name, text), url=url, published="2024-05-04" if url else None)
            states.append((now(), said(kb, path)))
        for name, row in quoted:
            base.load(written(tmp_path, name, json.dumps(row)))
            states.append((now(), said(kb, path)))
    for moment, answers in states:
        assert said(kb, path, "--known-by", moment) == answers
    with Store.open(path, read_only=True) as store:
        for moment, _ in states:
            with as_of(store, known_by=moment_of(moment)) as past:
                assert list(differences(past.connection)) == []
        with as_of(store, known_by=moment_of(states[1][0])) as past:
            query = "SELECT uid, url FROM article ORDER BY url IS NULL"
            assert [url for _, url in past.connection.exec_driver_sql(query)] == [page, None]


def test_what_was_withdrawn_is_in_no_past_state(kb: Command, tmp_path: Path) -> None:
    path, other = tmp_path / "kb.db", tmp_path / "other.db"
    with KnowledgeBase(path) as base, KnowledgeBase(other) as without:
        for one in (base, without):
            one.load(written(tmp_path, "b.txt", LATER), url="https://example.org/b", published="2024-05-05")
        base.load(written(tmp_path, "a.txt", FIRST), url="https://example.org/a", published="2024-05-04")
        moment = now()
        base.withdraw("https://example.org/a", reason="it had to go", by="Eve")
    assert said(kb, path, "--known-by", moment) == said(kb, other)
