"""Read, extract, store, resolve: the way of one article into a base, and of many, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kb.errors import IntegrityError, ReadError, UsageError
from kb.extract import VERSION, extract
from kb.model.values import Article, Facts
from kb.read import Given, Pointer, find_files, read_article, read_source
from kb.resolve import regroup, trace
from kb.store import Store

TOOL = "kb"
Outcome = Literal["loaded", "unchanged", "revised", "failed"]
OUTCOMES: tuple[Outcome, ...] = ("loaded", "revised", "unchanged", "failed")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of one source: how many figures, events and names it has, or why it failed."""

    source: str
    outcome: Outcome
    figures: int = 0
    events: int = 0
    names: int = 0
    reason: str | None = None

    def __str__(self) -> str:
        if self.reason:
            return f"failed     {self.reason}"
        found = f" ({self.figures} figures, {self.events} events, {self.names} names)"
        return f"{self.outcome:<9}  {self.source}{'' if self.outcome == 'unchanged' else found}"


def load(store: Store, sources: Iterable[str | Path], given: Given) -> Iterator[Loaded]:
    """Load files and folders of them, telling of each one when it is stored.

    A source that cannot be read is told as failed, and the next one follows; a base that cannot be
    written ends it all. Whatever ends it, each article is in as a whole or not at all.

    Raises:
        StoreError: the base cannot be written.
        UsageError: what is said of the sources is no date, or belongs to one article and there are more.
    """
    sources = list(sources)
    if (given.url or given.title) and (len(sources) != 1 or Path(sources[0]).is_dir()):
        raise UsageError("a URL or a title belongs to one article: give one file, or leave it out")
    run_id = store.start_run(TOOL, VERSION)
    for source in sources:
        try:
            for path in find_files(Path(source)):
                yield from _attempts(store, path, given, run_id)
        except ReadError as error:
            yield _failed(store, source, run_id, error)


def load_article(store: Store, article: Article, run_id: int) -> Loaded:
    """One article into the base, with all its facts and the groups they belong to, in one transaction.

    An article that is in, and says nothing new of itself, is not read again.

    Raises:
        StoreError: the base cannot be written.
        IntegrityError: a fact is not in the words it points at; nothing of the article is stored.
    """
    known = store.known(article)
    if known.unchanged:
        store.attempt(run_id, article.source, "unchanged")
        return Loaded(article.source, "unchanged")
    facts = extract(known.article)
    with store.transaction() as connection:
        outcome = store.add(facts, run_id)
        if outcome.revision_id is not None:
            moved = trace(connection, outcome.revision_id, run_id)
            regroup(connection, outcome.revision_id, moved)
        store.attempt(run_id, article.source, outcome.status)
    return Loaded(article.source, outcome.status, len(facts.claims), len(facts.reports), len(facts.entities))


def read_and_extract(source: Path, given: Given) -> Facts:
    """What one file states, without a database.

    Raises:
        ReadError: it cannot be read.
        UsageError: what is said of it is no date.
    """
    return extract(read_article(source, given))


def summary(done: Iterable[Loaded]) -> str:
    """How many sources ended how, in a line: `10 loaded, 1 failed`."""
    counts = Counter(step.outcome for step in done)
    return (
        ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if counts[outcome]) or "no articles"
    )


def _attempts(store: Store, path: Path, given: Given, run_id: int) -> Iterator[Loaded]:
    """The articles of one file, one after the other."""
    try:
        for found in read_source(path, given):
            if isinstance(found, Pointer):
                found = found.content or ReadError(f"{found.source} points to {found.url}: save that page")
            if isinstance(found, ReadError):
                yield _failed(store, path, run_id, found)
            else:
                yield _attempt(store, found, run_id)
    except ReadError as error:
        yield _failed(store, path, run_id, error)


def _attempt(store: Store, article: Article, run_id: int) -> Loaded:
    try:
        return load_article(store, article, run_id)
    except IntegrityError as error:
        return _failed(store, Path(article.source), run_id, error)


def _failed(store: Store, source: str | Path, run_id: int, error: Exception) -> Loaded:
    store.attempt(run_id, str(source), "failed", str(error))
    return Loaded(str(source), "failed", reason=str(error))
