"""Bases brought together: whatever happened in each of them, and in whatever order, the same comes of it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.check import check
from kb.desk import accept, decide, reject, withdraw
from kb.desk.assessments import Conclusion, assess, withdraw_assessment
from kb.desk.definitions import define, withdraw_definition
from kb.desk.names import add_names, remove_name
from kb.desk.tags import tag, untag
from kb.errors import IntegrityError, StoreError, UsageError
from kb.merge import Merged, merge
from kb.model.uids import uid_of
from kb.model.values import Article
from kb.query.pages import article_page
from kb.resolve import opposed
from kb.store import Store
from kb.store.lookup import find_articles
from tests.command import Command
from tests.conftest import ARTICLES
from tests.store_facts import empty_base
from tests.test_any_sequence import SENTENCES, STEP, URLS, Base, page, picture, put

FEW = settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
PEOPLE = ("Eve", "Adam")
NONE_NEW = {"new": 0, "more": 0, "withdrawn": 0, "answers": 0, "decisions": {}}


@contextmanager
def bases(number: int) -> Iterator[list[Store]]:
    """Some empty bases."""
    with TemporaryDirectory() as folder:
        stores = []
        for one in range(number):
            (Path(folder) / str(one)).mkdir()
            stores.append(empty_base(Path(folder) / str(one)))
        try:
            yield stores
        finally:
            for store in stores:
                store.close()


@contextmanager
def together(stores: Sequence[Store]) -> Iterator[Store]:
    """The first one's copy, with the others brought in, in order."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kb.db"
        with sqlite3.connect(path) as copy:
            stores[0].driver.backup(copy)
        copy.close()
        with Store.open(path) as store:
            for other in stores[1:]:
                merge(store, other.path)
            yield store


def is_nothing_new(merged: Merged) -> bool:
    return {name: getattr(merged, name) for name in NONE_NEW} == NONE_NEW


def rows(store: Store, *tables: str) -> dict[str, list[Any]]:
    """All rows of tables, as they are."""
    return {one: list(store.connection.exec_driver_sql(f"SELECT * FROM {one}")) for one in tables}


def said(store: Store) -> list[Any]:
    """Who decided what, and when, in no order; uids and what they take back aside."""
    tables = {
        "identity_decision": "kind, min(uid_a, uid_b), max(uid_a, uid_b), verdict, note",
        "review": "fact, verdict, field, value, note, accepted_as",
        "tag": "target, tag, verdict, note",
        "withdrawal": "article, reason, note",
        "alias": "kind, name, spelling, source, withdraws IS NULL",
        "measure_definition": "measure, definition, withdraws IS NULL",
        "assessment": "date, low, best, high, rule, withdraws IS NULL, note",
    }
    return sorted(
        map(
            repr,
            [
                row
                for table, columns in tables.items()
                for row in store.connection.exec_driver_sql(
                    f"SELECT '{table}', {columns}, \"by\", recorded_at FROM {table}"
                )
            ],
        )
    )


def evidence(store: Store) -> dict[str, list[Any]]:
    """What is kept of every article: its states, and by what it is known; no row numbers."""
    queries = {
        "article": "SELECT uid, kind, url, cites_url, genre, language, recorded_at FROM article",
        "known": """
            SELECT known.uid, article.uid FROM article_uid AS known
            JOIN article ON article.id = article_id""",
        "revision": """
            SELECT revision.uid, article.uid, seq, cause, title, publisher, published, raw_sha256, text,
                revision.recorded_at
            FROM revision JOIN article ON article.id = article_id""",
        "raw": "SELECT sha256, size, length(bytes) FROM raw",
        "span": """
            SELECT revision.uid, start_char, end_char, words FROM span
            JOIN revision ON revision.id = revision_id""",
        "tagged": "SELECT target, tag, target_kind FROM standing_tag",
        "withdrawn": "SELECT article.uid, reason FROM withdrawn JOIN article ON article.id = article_id",
    }
    return {name: sorted(map(repr, store.connection.exec_driver_sql(q))) for name, q in queries.items()}


def answers(store: Store) -> list[Any]:
    """What the questions of a desk answer, in their order."""
    with KnowledgeBase(store.path, read_only=True) as base:
        asked = (
            *(base.figures(), base.timeline(), base.entities(), base.series(), base.conflicts()),
            *(base.candidates(), base.names(), base.tags()),
        )
        told = [answer.to_dicts() for answer in asked]
    for one in told[5] + told[6]:  # decisions of one moment and person have another uid in another base
        for name in ("uid", "uid_a") if one.get("kind") == "spelling" or "spelling" in one else ():
            one.pop(name, None)
    return told


def released(store: Store, folder: Path) -> dict[str, bytes]:
    """A release, by the names of its files."""
    with KnowledgeBase(store.path, read_only=True) as base:
        base.export(folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


NAMES = ("Anna Novak", "Petr Svoboda", "The EU", "Anna Nowak", "P. Svoboda")
LIVING = (
    "tag",
    "untag",
    "gone",
    "bare",
    "note",
    "assess",
    "unassess",
    "list",
    "unlist",
    "define",
    "undefine",
)
FILING = st.tuples(st.sampled_from(LIVING), st.integers(0, 10**6), st.integers(0, 10**6))


def state(content: int) -> str:
    """One of few texts, so that they stand at several addresses, and at none."""
    return page(0, content % 5).text


def live(store: Store, steps: Sequence[tuple[str, int, int]], folder: Path) -> None:
    """Let anything happen to a base."""
    base = Base(store)
    for what, a, b in steps:
        if what == "load":
            base.step(what, a, b % 5)
        elif what in LIVING:
            with suppress(UsageError, IntegrityError):  # not there (yet), or not any more
                _more(base, what, a, b, folder)
        else:
            base.step(what, a, b)


def _more(base: Base, what: str, a: int, b: int, folder: Path) -> None:
    store, by = base.store, PEOPLE[a % 2]
    url = URLS[b % len(URLS)]
    claims = [uid for uid, _ in base.facts("claim")]
    if what == "gone":
        withdraw(store, url, reason=f"reason {a}", by=by, note=None)
    elif what in ("tag", "untag"):
        articles = store.connection.exec_driver_sql("SELECT uid FROM article ORDER BY uid").scalars()
        targets = [*URLS, *articles, *claims]
        file = tag if what == "tag" else untag
        file(store, ("boats", "Boats", "harbour")[a % 3], [targets[b % len(targets)]], by=by)
    elif what == "bare":
        put(store, Article(state(b), title=(None, "Harbours", "Boats")[a % 3], publisher="Brno Daily"))
    elif what == "note":
        cites = (None, *URLS)[a % 5]
        put(store, Article(state(b), kind=("note", "quote")[a % 2], cites_url=cites))
    elif what == "assess" and claims:
        conclusion = Conclusion(
            "2024", f"rule {a % 3}", best=float(40 + b % 3), used=[claims[b % len(claims)]]
        )
        assess(store, claims[b % len(claims)], conclusion, by=by)
    elif what == "define" and claims:
        define(store, claims[b % len(claims)], ("afloat", "at anchor")[a % 2], by=by)
    elif what == "undefine" and claims:
        withdraw_definition(store, claims[b % len(claims)], by=by)
    elif what == "list":
        lines = folder / "names.csv"
        lines.write_text(f"name,spelling\n{NAMES[a % 5]},{NAMES[b % 5]}\n", encoding="utf-8")
        add_names(store, lines, by=by)
    elif what == "unlist":
        remove_name(store, NAMES[b % 5], by=by)
    elif what == "unassess":
        query = "SELECT uid FROM assessment WHERE withdraws IS NULL ORDER BY id"
        made = store.connection.exec_driver_sql(query).scalars().all()
        if made:
            withdraw_assessment(store, made[b % len(made)], by=by)


def shown(store: Store, folder: Path) -> list[Any]:
    """All that a base tells, in whatever way."""
    told = [picture(store), said(store), sorted(map(str, opposed(store.connection)))]
    return [*told, evidence(store), answers(store), released(store, folder)]


@FEW
@given(st.lists(st.lists(STEP | FILING, min_size=3, max_size=9), min_size=3, max_size=3))
def test_any_bases_in_any_order(lives: list[list[tuple[str, int, int]]]) -> None:
    with bases(3) as stores, TemporaryDirectory() as folder:
        for store, steps in zip(stores, lives, strict=True):
            live(store, steps, Path(folder))
        first: list[Any] = []
        for turn, order in enumerate(permutations(stores)):
            with together(order) as whole:
                assert [str(problem) for problem in check(whole)] == []
                now = shown(whole, Path(folder) / str(turn))
                for one, other in zip(now, first or now, strict=True):
                    assert one == other
                first = now
                assert all(is_nothing_new(merge(whole, store.path)) for store in order)


def test_the_newest_state_of_a_page_is_the_one_had_last() -> None:
    with bases(2) as (one, other):
        put(one, page(0, 1))
        put(other, page(0, 2))
        put(one, page(0, 3))
        put(other, page(0, 1))  # which the other had before, and counts from then
        with together((one, other)) as whole, together((other, one)) as same:
            states = "SELECT seq, text FROM revision ORDER BY seq"
            numbered = whole.connection.exec_driver_sql(states).fetchall()
            assert numbered == same.connection.exec_driver_sql(states).fetchall()
            assert [text for _, text in numbered] == [page(0, n).text for n in (1, 2, 3)]
            assert picture(whole) == picture(same)
            assert check(whole) == check(same) == []


def test_decisions_keep_their_authors_and_contradictions_show() -> None:
    with bases(2) as (one, other):
        for store in (one, other):
            put(store, Article(f"{SENTENCES[0]} {SENTENCES[4]}", url=URLS[0]))
        named = "SELECT uid FROM mentions WHERE entity IN ('Anna Novak', 'Petr Svoboda') ORDER BY uid"
        facts = list(one.connection.exec_driver_sql(named).scalars())
        claim = one.connection.exec_driver_sql("SELECT uid FROM figures").scalar_one()
        decide(one, facts[0], facts[-1], "same", by="Anna", note="the same spelling")
        decide(other, facts[-1], facts[0], "different", by="Boris", note=None)
        accept(one, claim, by="Anna")
        accept(other, claim, by="Boris")  # two decisions of one uid
        reject(other, claim, by="Cyril")
        tag(other, "harbour", [claim], by="Boris")
        with together((one, other)) as whole, together((other, one)) as same:
            assert said(whole) == said(same) == sorted(said(one) + said(other))
            found = merge(whole, other.path)
            assert [str(x).split(": ", 1)[1] for x in found.opposed] == [
                "Anna: same; Boris: different",
                "Anna: accepted; Boris: accepted; Cyril: rejected",
            ]
            assert is_nothing_new(found)
            assert picture(whole) == picture(same)
            with KnowledgeBase(whole.path) as base:
                assert [{pair.uid_a, pair.uid_b} for pair in base.candidates()] == [set(facts), {claim, None}]


def test_what_was_withdrawn_in_one_is_withdrawn_in_both() -> None:
    with bases(3) as (one, other, third):
        for store in (one, other):
            put(store, page(0, 1))
            put(store, page(1, 2))
        put(third, page(2, 3))
        withdraw(other, page(0, 1).url or "", reason="a court said so", by="Eve", note=None)
        secret = page(0, 1).text
        for order in ((one, other), (other, one), (third, other, one)):
            with together(order) as whole:
                assert check(whole) == []
                told = whole.connection.exec_driver_sql('SELECT reason, "by", recorded_at FROM withdrawal')
                there = other.connection.exec_driver_sql('SELECT reason, "by", recorded_at FROM withdrawal')
                assert told.fetchall() == there.fetchall()
                texts = [row[0] for row in whole.connection.exec_driver_sql("SELECT text FROM revision")]
                assert secret not in texts
                assert "" in texts
                again = merge(whole, one.path)
                assert (again.left_out, is_nothing_new(again)) == (1, True)


def test_an_article_that_one_base_has_without_its_address() -> None:
    text = f"{SENTENCES[0]} {SENTENCES[4]}"
    with bases(3) as (one, other, third):
        put(one, Article(text, publisher="Brno Daily"))
        put(other, Article(text, url=URLS[0], publisher="The EU"))
        put(other, Article(text, url=URLS[1], title="Boats", publisher="Brno Daily"))
        put(third, page(2, 1))
        bare = one.connection.exec_driver_sql("SELECT uid FROM article").scalar_one()
        tag(one, "harbour", [bare], by="Anna")
        tag(other, "boats", [URLS[0]], by="Boris")
        tag(other, "boats", [URLS[1]], by="Boris")
        query = "SELECT uid FROM entity WHERE name = ?"
        daily, union = (
            other.connection.exec_driver_sql(query, (name,)).scalar_one() for name in ("Brno Daily", "The EU")
        )
        decide(other, daily, union, "different", by="Boris", note=None)
        filed = """SELECT url, tag FROM standing_tag JOIN article ON article.uid = target ORDER BY url, tag"""
        for order in permutations((one, other, third)):
            with together(order) as whole:
                assert check(whole) == []
                # Of two at which its text stands it is the one of the smaller uid.
                here = whole.connection.exec_driver_sql(filed).fetchall()
                assert here == [(URLS[0], "boats"), (URLS[1], "boats"), (URLS[1], "harbour")]
                states = """
                    SELECT seq, title FROM revision JOIN article ON article.id = article_id
                    WHERE article.url = ? ORDER BY seq"""
                found = whole.connection.exec_driver_sql(states, (URLS[1],)).fetchall()
                assert found == [(1, None), (2, "Boats")]
                # Whichever base came first: what an article is called in any of them finds it.
                called = {bare: URLS[1], **{uid_of("article", "page", url): url for url in URLS[:2]}}
                assert {uid: find_articles(whole.connection, uid)[0].url for uid in called} == called
                assert {uid: article_page(whole, uid).source.url for uid in called} == called
                assert all(is_nothing_new(merge(whole, store.path)) for store in order)


def test_an_article_that_both_withdrew() -> None:
    with bases(2) as (one, other):
        for store, who in ((one, "Anna"), (other, "Boris")):
            put(store, page(0, 1))
            withdraw(store, URLS[0], reason=f"{who} was asked to", by=who, note=None)
        for order in permutations((one, other)):
            with together(order) as whole:
                assert check(whole) == []
                assert said(whole) == sorted(said(one) + said(other))
                assert all(is_nothing_new(merge(whole, store.path)) for store in order)
                with KnowledgeBase(whole.path) as base:
                    steps = [(step.who, step.reason) for step in base.article_history(URLS[0]) if step.reason]
                assert steps == [("Anna", "Anna was asked to"), ("Boris", "Boris was asked to")]
                with pytest.raises(IntegrityError, match="the reason given: Anna was asked to"):
                    put(whole, page(0, 1))
                again = withdraw(whole, URLS[0], reason="once more", by="Boris", note=None)
                assert again.reason == "Boris was asked to"
                assert said(whole) == sorted(said(one) + said(other))
                withdraw(whole, URLS[0], reason="the family asked", by="Cyril", note="a letter")
                assert len(said(whole)) == 3
                with together((order[0], whole)) as back:
                    assert said(back) == said(whole)
                    assert check(back) == []


def test_reads_a_base_that_is_written_meanwhile() -> None:
    with bases(2) as (one, other):
        put(other, page(0, 1))
        with Store.open(other.path) as writer, writer.transaction() as connection:
            connection.exec_driver_sql("UPDATE article SET language = 'xx'")
            assert merge(one, other.path).new == 1
        assert rows(one, "article") != rows(other, "article")


@pytest.mark.parametrize("ended", [KeyboardInterrupt, StoreError])
def test_goes_on_after_an_interruption(ended: type[BaseException]) -> None:
    with bases(2) as (one, other):
        for number in range(4):
            put(other, page(number, number))

        def told(done: int, _: int) -> None:
            if done == 2:
                raise ended

        with pytest.raises(ended):
            merge(one, other.path, told)
        assert check(one) == []
        assert len(rows(one, "article")["article"]) == 2
        assert (merge(one, other.path).new, picture(one)) == (2, picture(other))


def test_what_it_refuses(tmp_path: Path) -> None:
    with bases(1) as (store,):
        with pytest.raises(UsageError, match="this base itself"):
            merge(store, store.path)
        with pytest.raises(StoreError, match="no database at"):
            merge(store, tmp_path / "none.db")
        (tmp_path / "text.db").write_text("no database")
        with pytest.raises(StoreError, match="is not a database"):
            merge(store, tmp_path / "text.db")
        with sqlite3.connect(tmp_path / "other.db") as plain:
            plain.execute("CREATE TABLE cats (name)")
        plain.close()
        with pytest.raises(StoreError, match="not a database of kb"):
            merge(store, tmp_path / "other.db")
        with sqlite3.connect(shutil.copy(store.path, tmp_path / "old.db")) as old:
            old.execute("UPDATE alembic_version SET version_num = '0009'")
        old.close()
        with pytest.raises(StoreError, match=r"older kb: run kb migrate --db .*old.db"):
            merge(store, tmp_path / "old.db")
        with sqlite3.connect(tmp_path / "old.db") as newer:
            newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.close()
        with pytest.raises(StoreError, match="newer kb"):
            merge(store, tmp_path / "old.db")


def test_two_halves_are_the_whole(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kb = Command(capsys)
    found = sorted(path for path in ARTICLES.iterdir() if path.name != "README.md")
    halves = found[::2], found[1::2]
    for name, half in zip(("one.db", "other.db"), halves, strict=True):
        with KnowledgeBase(tmp_path / name) as base:
            base.load(*half)
    merged = kb("merge", tmp_path / "other.db", "--db", tmp_path / "one.db")
    assert (merged.code, merged.out.splitlines()[0]) == (0, f"articles: {len(halves[1])} new")
    assert f"{len(halves[1])} of {len(halves[1])} articles" in merged.err
    again = json.loads(kb("merge", tmp_path / "other.db", "--db", tmp_path / "one.db", "--json").out)
    assert (again["new"], again["known"]) == (0, len(halves[1]))
    with Store.open(tmp_path / "one.db") as both, Store.open(demo, read_only=True) as whole:
        assert picture(both) == picture(whole)
        assert check(both) == []
