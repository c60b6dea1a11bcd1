"""Stored articles read again: their bytes by the present reader, their texts by the present extractor.

Each article is one transaction: a new reading, of a new revision where a newer reader finds another text,
and the groups that follow from it. The old reading stays beside it and counts no more. Decisions hang on
uids and facts added by hand on their own readings: both keep holding. Where kb's versions are the same
and read the same, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from kb.errors import IntegrityError, ReadError, UsageError
from kb.extract import VERSION, extract
from kb.model.values import Article, Facts
from kb.read.sources.again import READERS, read_again
from kb.resolve import Changes, State, compare_states, regroup, settle, states, trace
from kb.store import Store
from kb.store.facts import insert_facts
from kb.store.lookup import Stored, all_articles, find_articles, stored_article, stored_bytes
from kb.workers import Begun, Pool, ahead

TOOL = "kb"
Outcome = Literal["read", "unchanged", "failed"]
OUTCOMES: tuple[Outcome, ...] = ("read", "unchanged", "failed")


@dataclass(frozen=True, slots=True)
class Rules:
    """What reads: an extractor with its version, and readers of bytes by the first part of their names.

    `readers` are their present names, {"html": "html/2"}; `read` gives the article that a stored one is
    when its bytes are read now, with the encoding that a server stated for them.
    """

    version: str
    extract: Callable[[Article], Facts]
    readers: Mapping[str, str]
    read: Callable[[Article, bytes, str | None], Article]

    def are_newer(self, state: State) -> bool:
        """Whether an article in this state was read by others."""
        return self.version != state.version or self.read_otherwise(state)

    def read_otherwise(self, state: State) -> bool:
        """Whether another reader than the present one made its text of bytes that are there."""
        present = self.readers.get(state.reader.partition("/")[0], state.reader)
        return state.raw_sha256 is not None and present != state.reader


PRESENT = Rules(VERSION, extract, READERS, read_again)


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading one article again came to; `changes` is None where it failed.

    `outcome`: `read` where a new reading was kept (of a dry run: would be), `unchanged` where the same
    versions read the same, `failed`. `reason` says what could not be read.
    """

    uid: str
    source: str
    outcome: Outcome
    changes: Changes | None = None
    reason: str | None = None


def choose(
    store: Store, named: Iterable[str], *, everything: bool, rules: Rules = PRESENT
) -> tuple[Stored, ...]:
    """The articles to read again: those named by URL or uid, else all, else those read by other versions.

    A withdrawn article has no text to read.

    Raises:
        UsageError: nothing has the URL or uid, or it was withdrawn.
    """
    named = list(named)
    if named:
        found = {one.uid: one for said in named for one in find_articles(store.connection, said)}
        for one in found.values():
            if one.withdrawn_at:
                raise UsageError(f"{one.name} was withdrawn: there is no text left to read")
        return tuple(found.values())
    there = [one for one in all_articles(store.connection) if one.withdrawn_at is None]
    if everything:
        return tuple(there)
    return tuple(one for one in there if rules.are_newer(_newest(store.connection, one)))


def reread(
    store: Store,
    articles: Iterable[Stored],
    *,
    dry_run: bool = False,
    rules: Rules = PRESENT,
    jobs: int = 1,
) -> Generator[Reread, None, None]:
    """Read the newest revision of each article again, telling what appeared, changed and vanished.

    Bytes that cannot be read any more leave the text as it is. An article whose facts cannot be stored
    is told as failed, and the next one follows. With `dry_run` nothing is kept. With several jobs the
    present extractor reads in as many processes, and each article is stored as if nothing ran beside it.

    Raises:
        StoreError: the base cannot be written.
        UsageError: there is no job at all.
    """
    if jobs < 1:
        raise UsageError(f"{jobs} jobs read nothing: give 1 or more")
    return _reread(store, articles, rules, jobs, dry_run=dry_run)


def _reread(
    store: Store, articles: Iterable[Stored], rules: Rules, jobs: int, *, dry_run: bool
) -> Generator[Reread, None, None]:
    run_id: int | None = None
    with Pool(jobs) if jobs > 1 else nullcontext() as pool:
        for article, begun in _begun(store, articles, rules, pool):
            before, newer, reason = _state(store, article, rules)
            try:
                facts = (begun or rules.extract)(_wanted(store, before, newer))
                with store.transaction() as connection:
                    connection.exec_driver_sql("SAVEPOINT reading")
                    run = store.start_run(TOOL, rules.version) if run_id is None else run_id
                    changes = _stored(store, article, before, facts, newer, run)
                    if _is_news(changes) and not dry_run:
                        revision = changes.after.revision_id
                        moved = trace(connection, revision, run) if newer is not None else ()
                        regroup(connection, revision, moved)
                        settle(connection, revision, article.uid)
                        run_id = run
                    else:
                        connection.exec_driver_sql("ROLLBACK TO reading")
            except (IntegrityError, ReadError) as error:
                yield Reread(article.uid, article.name, "failed", reason=str(error))
            else:
                outcome: Outcome = "read" if _is_news(changes) else "unchanged"
                yield Reread(article.uid, article.name, outcome, changes, reason)


def _begun(
    store: Store, articles: Iterable[Stored], rules: Rules, pool: Pool | None
) -> Iterator[tuple[Stored, Begun | None]]:
    """The articles in order, each with what a process reads of it already, if there are any."""
    if pool is None:
        return ((article, None) for article in articles)

    wanted = ((article, _wanted(store, *_state(store, article, rules)[:2])) for article in articles)
    begun = ahead(
        wanted, lambda one: Begun(pool, one[1]), lambda one: len(one[1].text) + len(one[1].raw), pool.jobs
    )
    return ((article, facts) for (article, _), facts in begun)


def _state(store: Store, article: Stored, rules: Rules) -> tuple[State, Article | None, str | None]:
    """How an article stands, how a newer reader has it, if another does, and why none can read it."""
    before = _newest(store.connection, article)
    return before, *_read_bytes(store, before, rules)


def _wanted(store: Store, before: State, newer: Article | None) -> Article:
    """What is to be extracted: the article as a newer reader has it, else as it is stored."""
    return newer or stored_article(store.connection, before.revision_id)


def _stored(
    store: Store, article: Stored, before: State, facts: Facts, newer: Article | None, run_id: int
) -> Changes:
    """Store a reading, of a new revision where there is a newer text, and tell what it changes."""
    if newer is None:
        insert_facts(store.connection, facts, before.revision_id, run_id)
    else:
        store.add(facts, run_id, fetched=True, retrieved_at=newer.retrieved_at)
    return compare_states(store.connection, before, _newest(store.connection, article))


def _read_bytes(store: Store, before: State, rules: Rules) -> tuple[Article | None, str | None]:
    """The article as the present reader has it, if that is another one; or why it has none."""
    if not rules.read_otherwise(before):
        return None, None
    raw, charset = stored_bytes(store.connection, before.revision_id)
    if not raw:
        return None, None
    try:
        article = rules.read(stored_article(store.connection, before.revision_id), raw, charset)
        known = store.known(article, fetched=True)
    except (ReadError, IntegrityError) as error:
        return None, str(error)
    return (None if known.unchanged or known.uid != before.article_uid else known.article), None


def _newest(connection: Connection, article: Stored) -> State:
    return states(connection, article.uid)[-1]


def _is_news(changes: Changes) -> bool:
    """Whether there is something to keep: another text or other facts, or another version's same ones."""
    versions = changes.before.version != changes.after.version
    return versions or changes.text or bool(changes.facts or changes.metadata)
