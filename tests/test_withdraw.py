"""A withdrawn article: nothing of its words is left in the file, and everything else still holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.check import check
from kb.desk import decide
from kb.desk.withdrawals import resting_on, withdraw
from kb.errors import IntegrityError, UsageError
from kb.model.values import Article
from kb.resolve import regroup, trace
from kb.store import Store, find_passages
from tests.store_facts import empty_base
from tests.toy_extract import toy_extract

GONE = "https://example.org/gone"
TEXT = (
    "Anna Novak said about 40 boats lie in Ostrava in 2024. Petr Svoboda opened the aquarium in 2023.\n\n"
    "The mayor praised quixotic zeppelins. Nobody objected to marmalade. There were 12 clocks in Ostrava."
)
OTHER = "Anna Novak said 45 boats lie in Ostrava in 2024. Anna Novak opened the tower in 2022."


def put(store: Store, article: Article) -> None:
    with store.transaction() as connection:
        run = store.start_run("kb", "1")
        outcome = store.add(toy_extract(store.known(article).article), run)
        if outcome.revision_id is not None:
            regroup(connection, outcome.revision_id, trace(connection, outcome.revision_id, run))


def page(url: str, text: str, **said: object) -> Article:
    return Article(text, url=url, raw=f"<p>{text}".encode(), **said)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with empty_base(tmp_path) as opened:
        put(opened, page("https://example.org/kept", OTHER, publisher="The Example"))
        yield opened


def words_in_file(store: Store, *words: str) -> list[str]:
    """Which of the words stand anywhere in the bytes of the database and of the files beside it."""
    files = store.path.parent.glob(store.path.name + "*")
    held = b"".join(path.read_bytes() for path in files).lower()
    return [word for word in words if word.lower().encode() in held]


def test_nothing_of_its_words_is_left(store: Store) -> None:
    gone = page(GONE, TEXT, title="Harbour fantasies", authors=("Zdenka Writer",), publisher="Ghost Press")
    put(store, gone)
    telling = (
        *("zeppelin", "marmalad", "aquarium", "petr svoboda", "about 40 boats", "fantas", "zdenka"),
        *("ghost press", "12 clocks"),
    )
    assert words_in_file(store, *telling) == list(telling)
    done = withdraw(store, GONE, reason="asked for by the family", by="Eve", note=None)
    assert done.swept
    assert words_in_file(store, *telling) == ["ghost press"]  # who published it, as the revision states it
    assert check(store) == []
    assert not find_passages(store.connection, "zeppelins")
    (left,) = store.connection.exec_driver_sql(
        "SELECT reason, withdrawal.by, article.url FROM withdrawal JOIN article ON article.uid = article"
    )
    assert tuple(left) == ("asked for by the family", "Eve", GONE)
    hashes = "SELECT count(*) FROM revision WHERE length(text_sha256) = 64 AND raw_sha256 IS NOT NULL"
    assert store.connection.exec_driver_sql(hashes).scalar() == 2
    assert {row[0] for row in store.connection.exec_driver_sql("SELECT name FROM entity")} >= {
        "Anna Novak",
        "Ostrava",
    }


def test_it_is_not_taken_in_again(store: Store) -> None:
    gone = page(GONE, TEXT)
    put(store, gone)
    withdraw(store, GONE, reason="a court said so", by=None, note=None)
    for again in (gone, page(GONE, "Other words at the address."), Article(TEXT)):
        with pytest.raises(IntegrityError, match=r"was withdrawn on .*; the reason given: a court said so"):
            put(store, again)
    put(store, page("https://example.org/elsewhere", TEXT))  # another article
    assert check(store) == []


def test_what_rests_on_it_is_told(store: Store) -> None:
    text = f"{TEXT} It has been a long summer for the people who look after those boats and their ropes."
    put(store, page(GONE, text, published="2024-05-03"))
    put(store, page("https://example.org/copy", text + " It rained.", published="2024-05-04"))
    put(store, Article("Two words on boats.", kind="note", cites_url=GONE))
    query = "SELECT uid FROM claim WHERE unit = 'boats' ORDER BY id"
    kept, gone, _ = store.connection.exec_driver_sql(query).scalars()
    decide(store, kept, gone, "different", by="Eve", note=None)
    found = [(one.kind, one.what) for one in resting_on(store, GONE)]
    assert ("decision", "measure: different, by Eve") in found
    assert ("reprint", "https://example.org/copy: reprint") in found
    assert [kind for kind, _ in found][-1] == "note"
    assert ("series", "clocks in Ostrava: loses 1 of 2 figures") in found
    done = withdraw(store, GONE, reason="an error", by=None, note=None)
    assert [(one.kind, one.what) for one in done.dependents] == found
    assert check(store) == []


def test_bytes_stay_as_long_as_another_article_has_them(store: Store) -> None:
    shared = b"one file with two parts"
    for number in (1, 2):
        text = f"Petr Svoboda saw {number} boats in Brno in 2024."
        put(store, Article(text, url=f"https://example.org/{number}", raw=shared))
    sizes = "SELECT length(bytes) > 0 FROM raw ORDER BY id DESC LIMIT 1"
    withdraw(store, "https://example.org/1", reason="an error", by=None, note=None)
    assert store.connection.exec_driver_sql(sizes).scalar() == 1
    assert check(store) == []
    withdraw(store, "https://example.org/2", reason="an error", by=None, note=None)
    assert store.connection.exec_driver_sql(sizes).scalar() == 0
    assert check(store) == []


def test_bytes_that_are_gone_come_back_with_another_article(store: Store) -> None:
    blank = "SELECT count(*) FROM raw WHERE bytes = x''"
    put(store, page(GONE, TEXT))
    withdraw(store, GONE, reason="an error", by=None, note=None)
    assert store.connection.exec_driver_sql(blank).scalar() == 1
    put(store, page("https://example.org/again", TEXT))
    assert store.connection.exec_driver_sql(blank).scalar() == 0
    assert check(store) == []


def test_a_second_time_sweeps_what_was_in_the_way(store: Store) -> None:
    put(store, page(GONE, TEXT))
    with Store.open(store.path, read_only=True) as reader:
        reader.connection.exec_driver_sql("BEGIN")
        reader.connection.exec_driver_sql("SELECT count(*) FROM article").scalar()
        store.connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        assert not withdraw(store, GONE, reason="an error", by=None, note=None).swept
        reader.connection.exec_driver_sql("COMMIT")
        again = withdraw(store, GONE, reason="another word", by=None, note=None)
    assert again.swept
    assert again.reason == "an error"
    assert words_in_file(store, "zeppelin", "marmalad") == []
    assert store.connection.exec_driver_sql("SELECT count(*) FROM withdrawal").scalar() == 1


def test_all_revisions_go(store: Store) -> None:
    put(store, page(GONE, TEXT))
    put(store, page(GONE, TEXT.replace("zeppelins", "unicorns")))
    withdraw(store, GONE, reason="an error", by=None, note=None)
    assert words_in_file(store, "zeppelin", "unicorn", "aquarium") == []
    assert check(store) == []


def test_what_cannot_be_withdrawn(store: Store) -> None:
    with pytest.raises(UsageError, match="no article has"):
        withdraw(store, "https://example.org/none", reason="an error", by=None, note=None)
    with pytest.raises(UsageError, match="say why"):
        withdraw(store, "https://example.org/kept", reason=" ", by=None, note=None)


def test_a_word_that_was_left_is_found(store: Store) -> None:
    put(store, page(GONE, TEXT))
    connection = store.connection
    connection.exec_driver_sql(
        "INSERT INTO withdrawal (uid, article, reason, by, recorded_at)"
        f" SELECT 'w', uid, 'x', 'Eve', recorded_at FROM article WHERE url = '{GONE}'"
    )
    said = {problem.what for problem in check(store)}
    assert {f"was withdrawn, but its {table} has words" for table in ("revision", "span", "raw")} <= said
