"""Read, extract, store, resolve: the way of one article into a base, and of many, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kb.errors import IntegrityError, UsageError
from kb.extract import VERSION, extract
from kb.gather import Gathered, Gatherer, Standing
from kb.model.fetched import Fetched
from kb.model.values import Article, Facts
from kb.read import Given, read_article
from kb.resolve import regroup, trace
from kb.store import Store

if TYPE_CHECKING:
    from kb.fetch import Settings

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


def load(
    store: Store, sources: Iterable[str | Path], given: Given, fetching: Settings | None = None
) -> Iterator[Loaded]:
    """Load files, folders of them and pages, telling of each one when it is stored.

    A source that cannot be read is told as failed, and the next one follows; a base that cannot be
    written ends it all. Whatever ends it, each article is in as a whole or not at all. A page that is
    in is not fetched again.

    Args:
        store: the base.
        sources: paths, "-" for standard input, and addresses of pages, feeds and other lists.
        given: what the user says of the sources.
        fetching: how pages are asked for.

    Raises:
        StoreError: the base cannot be written.
        UsageError: what is said of the sources is no date, or belongs to one article and there are more.
    """
    names = [str(source) for source in sources]
    if (given.url or given.title) and (len(names) != 1 or Path(names[0]).is_dir()):
        raise UsageError("a URL or a title belongs to one article: give one file, or leave it out")
    run_id = store.start_run(TOOL, VERSION)
    with Gatherer(given, lambda url: _standing(store, url), fetching) as gatherer:
        for name in names:
            for gathered in gatherer.gather(name):
                yield from _attempts(store, gathered, run_id)


def load_article(
    store: Store, article: Article, run_id: int, fetched: Fetched | None = None, note: str | None = None
) -> Loaded:
    """One article into the base, with all its facts and the groups they belong to, in one transaction.

    An article that is in, and says nothing new of itself, is not read again.

    Args:
        store: the base.
        article: what was read.
        run_id: the run that reads.
        fetched: the answer that it was read from; it is stored with it.
        note: what the log should say of this source.

    Raises:
        StoreError: the base cannot be written.
        IntegrityError: a fact is not in the words it points at; nothing of the article is stored.
    """
    known = store.known(article, fetched=fetched is not None)
    if known.unchanged:
        with store.transaction():
            store.attempt(run_id, article.source, "unchanged", note)
            store.answered(run_id, fetched, known.uid)
        return Loaded(article.source, "unchanged")
    facts = extract(known.article)
    with store.transaction() as connection:
        outcome = store.add(facts, run_id, fetched=fetched is not None, retrieved_at=article.retrieved_at)
        if outcome.revision_id is not None:
            moved = trace(connection, outcome.revision_id, run_id)
            regroup(connection, outcome.revision_id, moved)
        store.attempt(run_id, article.source, outcome.status, note)
        store.answered(run_id, fetched, outcome.article_uid)
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


def _attempts(store: Store, gathered: Gathered, run_id: int) -> Iterator[Loaded]:
    """What came of one place; nothing is told of a list, only of what it leads to."""
    source, fetched = gathered.source, gathered.fetched
    if gathered.article is not None:
        try:
            yield load_article(store, gathered.article, run_id, fetched, gathered.note)
        except IntegrityError as error:
            yield _failed(store, source, run_id, error)
    elif gathered.error is not None:
        store.answered(run_id, fetched)
        yield _failed(store, source, run_id, gathered.error)
    elif gathered.is_in:
        uid = store.page_at(fetched.final_url if fetched else source)
        withdrawn = store.why_withdrawn(uid) if uid is not None else None
        store.answered(run_id, fetched, uid)
        if withdrawn is not None:
            refused = f"{source}: this article was withdrawn and is not taken in again; {withdrawn}"
            yield _failed(store, source, run_id, IntegrityError(refused))
        else:
            store.attempt(run_id, source, "unchanged", "is in already: kb refresh asks for it again")
            yield Loaded(source, "unchanged")
    else:
        store.answered(run_id, fetched)


def _standing(store: Store, url: str) -> Standing | None:
    """Whether the base has the page of a URL, or had it."""
    uid = store.page_at(url)
    if uid is None:
        return None
    return "withdrawn" if store.why_withdrawn(uid) is not None else "in"


def _failed(store: Store, source: str, run_id: int, error: Exception) -> Loaded:
    store.attempt(run_id, source, "failed", str(error))
    return Loaded(source, "failed", reason=str(error))
