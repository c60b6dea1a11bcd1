"""Stored texts read again by the present extractor; nothing that was read before is lost.

Each article is one transaction: a new reading, and the groups that follow from it. The old reading stays
beside it and counts no more. Decisions hang on uids and facts added by hand on their own readings: both
keep holding. Where an extractor of the same version reads the same, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kb.errors import IntegrityError, UsageError
from kb.extract import VERSION, extract
from kb.model.values import Article, Facts
from kb.resolve import Changes, State, compare_states, regroup, states
from kb.store import Store
from kb.store.facts import insert_facts
from kb.store.lookup import Stored, all_articles, find_articles, stored_article

TOOL = "kb"


@dataclass(frozen=True, slots=True)
class Extractor:
    """What reads a text, and the version of its rules."""

    version: str
    read: Callable[[Article], Facts]


PRESENT = Extractor(VERSION, extract)


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading one article again came to; `changes` is None where it failed.

    `outcome`: `read` where a new reading was kept (of a dry run: would be), `unchanged` where the same
    version read the same, `failed` with a reason.
    """

    uid: str
    source: str
    outcome: Literal["read", "unchanged", "failed"]
    changes: Changes | None = None
    reason: str | None = None


def choose(store: Store, named: Iterable[str], *, everything: bool, version: str) -> tuple[Stored, ...]:
    """The articles to read again: those named by URL or uid, else all, else those read by another version.

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
    return tuple(one for one in there if _newest(store, one).version != version)


def reextract(
    store: Store, articles: Iterable[Stored], *, dry_run: bool = False, extractor: Extractor = PRESENT
) -> Iterator[Reread]:
    """Read the newest text of each article again, telling what appeared, changed and vanished.

    An article whose facts cannot be stored is told as failed, and the next one follows. With `dry_run`
    nothing is kept.

    Raises:
        StoreError: the base cannot be written.
    """
    run_id: int | None = None
    for article in articles:
        before = _newest(store, article)
        facts = extractor.read(stored_article(store.connection, article.revision_id))
        try:
            with store.transaction() as connection:
                connection.exec_driver_sql("SAVEPOINT reading")
                run = store.start_run(TOOL, extractor.version) if run_id is None else run_id
                insert_facts(connection, facts, before.revision_id, run)
                changes = compare_states(connection, before, _newest(store, article))
                if _is_news(changes) and not dry_run:
                    regroup(connection, before.revision_id)
                    run_id = run
                else:
                    connection.exec_driver_sql("ROLLBACK TO reading")
        except IntegrityError as error:
            yield Reread(article.uid, article.name, "failed", reason=str(error))
        else:
            yield Reread(article.uid, article.name, "read" if _is_news(changes) else "unchanged", changes)


def _newest(store: Store, article: Stored) -> State:
    return states(store.connection, article.uid)[-1]


def _is_news(changes: Changes) -> bool:
    """Whether there is something to keep: other facts, or that another version found the same ones."""
    return bool(changes.facts) or changes.before.version != changes.after.version
