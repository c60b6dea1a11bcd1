"""Read, extract, store, resolve: the way of one article into a base, and of many, one after the other.

With several jobs the articles ahead of the one that is stored are extracted meanwhile, in processes of
their own. Whatever their number, articles are stored by one writer in the order of their sources, and
each as if nothing ran beside it: what was extracted from what is known differently by now is extracted
again.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kb.errors import IntegrityError, ReadError, UsageError
from kb.extract import VERSION, extract
from kb.gather import Gathered, Gatherer, Standing
from kb.model.fetched import Fetched
from kb.model.values import Article, Facts
from kb.read import Given, read_article
from kb.resolve import Kinship, origins_of, regroup, settle, trace
from kb.store import Store
from kb.workers import Begun, Pool, ahead

if TYPE_CHECKING:
    from kb.fetch import Settings

TOOL = "kb"
Outcome = Literal["loaded", "unchanged", "revised", "failed"]
OUTCOMES: tuple[Outcome, ...] = ("loaded", "revised", "unchanged", "failed")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of one source: how many figures, events and names it has, or why it failed.

    `place` is the file or address that it came by, `part` how much of that was read, as a part of
    1, where that is known. `origins` says which articles (by key) turned out to
    have their text from another one, or from an agency, now that this one is in. Of what failed, `again`
    is a row of JSON Lines that `load` takes again: the place with what was said of it.
    """

    source: str
    outcome: Outcome
    figures: int = 0
    events: int = 0
    names: int = 0
    origins: Mapping[int, Kinship] = field(default_factory=dict)
    reason: str | None = None
    place: str = ""
    part: float | None = None
    again: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.reason:
            return f"failed     {self.reason}"
        found = f" ({self.figures} figures, {self.events} events, {self.names} names)"
        return f"{self.outcome:<9}  {self.source}{'' if self.outcome == 'unchanged' else found}"


def load(
    store: Store,
    sources: Iterable[str | Path],
    given: Given,
    fetching: Settings | None = None,
    jobs: int = 1,
) -> Generator[Loaded, None, None]:
    """Load files, folders of them and pages, telling of each one when it is stored.

    A source that cannot be read is told as failed, and the next one follows; a base that cannot be
    written ends it all. Whatever ends it, each article is in as a whole or not at all. A page that is
    in is not fetched again.

    Args:
        store: the base.
        sources: paths, "-" for standard input, and addresses of pages, feeds and other lists.
        given: what the user says of the sources.
        fetching: how pages are asked for.
        jobs: how many articles are extracted at once; with more than one, in as many processes.

    Raises:
        StoreError: the base cannot be written.
        UsageError: what is said of the sources is no date, or belongs to one article and there are more;
            or there is no job at all.
    """
    names = [str(source) for source in sources]
    if (given.url or given.title) and (len(names) != 1 or Path(names[0]).is_dir()):
        raise UsageError("a URL or a title belongs to one article: give one file, or leave it out")
    if jobs < 1:
        raise UsageError(f"{jobs} jobs load nothing: give 1 or more")
    run_id = store.start_run(TOOL, VERSION)
    with (
        Gatherer(given, lambda url: _standing(store, url), fetching, stored=store.read_from) as gatherer,
        Pool(jobs) if jobs > 1 else nullcontext() as pool,
    ):
        gathered = (one for name in names for one in gatherer.gather(name))
        if pool is None:
            for one in gathered:
                yield from _attempts(store, one, run_id)
        else:
            for one, begun in ahead(gathered, lambda one: _begun(store, one, pool), _size, jobs):
                yield from _attempts(store, one, run_id, begun)


def _begun(store: Store, gathered: Gathered, pool: Pool) -> Begun | None:
    """Let a process extract an article, if it seems new."""
    if gathered.article is None:
        return None
    try:
        known = store.known(gathered.article, fetched=gathered.fetched is not None)
    except IntegrityError:
        return None  # it is told when it is stored
    return None if known.unchanged else Begun(pool, known.article)


def _size(gathered: Gathered) -> int:
    """The bytes that wait with what was gathered."""
    article = gathered.article
    return len(article.raw) + len(article.text) if article is not None else 0


def load_article(
    store: Store,
    article: Article,
    run_id: int,
    fetched: Fetched | None = None,
    note: str | None = None,
    read: Callable[[Article], Facts] | None = None,
) -> Loaded:
    """One article into the base, with all its facts and the groups they belong to, in one transaction.

    An article that is in, and says nothing new of itself, is not read again.

    Args:
        store: the base.
        article: what was read.
        run_id: the run that reads.
        fetched: the answer that it was read from; it is stored with it.
        note: what the log should say of this source.
        read: what extracts its facts; `extract` unless given.

    Raises:
        StoreError: the base cannot be written.
        IntegrityError: a fact is not in the words it points at; nothing of the article is stored.
        ReadError: `read` cannot read it.
    """
    known = store.known(article, fetched=fetched is not None)
    while True:
        facts = None if known.unchanged else (read or extract)(known.article)
        with store.transaction() as connection:
            # Others may have written since: then what is known of the article may be more.
            known = store.known(article, fetched=fetched is not None)
            if known.unchanged:
                store.attempt(run_id, article.source, "unchanged", note)
                store.answered(run_id, fetched, known.uid)
                return Loaded(article.source, "unchanged")
            if facts is None or facts.article != known.article:
                continue
            outcome = store.add(facts, run_id, fetched=fetched is not None, retrieved_at=article.retrieved_at)
            origins: Mapping[int, Kinship] = {}
            if outcome.revision_id is not None:
                moved = trace(connection, outcome.revision_id, run_id)
                regroup(connection, outcome.revision_id, moved)
                settle(connection, outcome.revision_id, known.uid)
                origins = origins_of(connection, moved)
            store.attempt(run_id, article.source, outcome.status, note)
            store.answered(run_id, fetched, outcome.article_uid)
        counts = len(facts.claims), len(facts.reports), len(facts.entities)
        return Loaded(article.source, outcome.status, *counts, origins=origins)


def read_and_extract(source: Path, given: Given) -> Facts:
    """What one file states, without a database.

    Raises:
        ReadError: it cannot be read.
        UsageError: what is said of it is no date.
    """
    return extract(read_article(source, given))


class Tally:
    """How many sources ended how, and how many articles were found to have the texts of others.

    >>> tally = Tally()
    >>> tally.add(Loaded("a.txt", "loaded"))
    >>> tally.add(Loaded("b.txt", "loaded", origins={1: "reprint"}))
    >>> tally.add(Loaded("c.txt", "failed"))
    >>> str(tally)
    '2 loaded (1 reprint), 1 failed'
    """

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self._origins: dict[int, Kinship] = {}

    def add(self, step: Loaded) -> None:
        """Count one more."""
        self.outcomes[step.outcome] += 1
        self._origins.update(step.origins)

    @property
    def origins(self) -> Counter[Kinship]:
        """The number of articles of each kind; one that comes by several sources counts once."""
        return Counter(self._origins.values())

    def __str__(self) -> str:
        kinds = (f"{number} {kind}{'s' if number > 1 else ''}" for kind, number in self.origins.items())
        others = ", ".join(sorted(kinds))
        found = (
            f"{self.outcomes[outcome]} {outcome}{f' ({others})' if others and outcome == 'loaded' else ''}"
            for outcome in OUTCOMES
            if self.outcomes[outcome]
        )
        return ", ".join(found) or "no articles"


def summary(done: Iterable[Loaded]) -> str:
    """How many sources ended how, in a line: `10 loaded, 1 failed`."""
    tally = Tally()
    for step in done:
        tally.add(step)
    return str(tally)


def _attempts(
    store: Store, gathered: Gathered, run_id: int, read: Callable[[Article], Facts] | None = None
) -> Iterator[Loaded]:
    """What came of one place; nothing is told of a list, only of what it leads to."""
    source, fetched = gathered.source, gathered.fetched
    if gathered.article is not None:
        try:
            loaded = load_article(store, gathered.article, run_id, fetched, gathered.note, read)
            yield dataclasses.replace(loaded, place=gathered.place, part=gathered.part)
        except (IntegrityError, ReadError) as error:
            yield _failed(store, gathered, run_id, error)
    elif gathered.error is not None:
        store.answered(run_id, fetched)
        yield _failed(store, gathered, run_id, gathered.error)
    elif gathered.is_in:
        uid = store.page_at(fetched.final_url if fetched else source)
        withdrawn = store.why_withdrawn(uid) if uid is not None else None
        store.answered(run_id, fetched, uid)
        if withdrawn is not None:
            refused = f"{source}: this article was withdrawn and is not taken in again; {withdrawn}"
            yield _failed(store, gathered, run_id, IntegrityError(refused))
        else:
            store.attempt(run_id, source, "unchanged", "is in already: kb refresh asks for it again")
            yield Loaded(source, "unchanged", place=gathered.place, part=gathered.part)
    else:
        store.answered(run_id, fetched)


def _standing(store: Store, url: str) -> Standing | None:
    """Whether the base has the page of a URL, or had it."""
    uid = store.page_at(url)
    if uid is None:
        return None
    return "withdrawn" if store.why_withdrawn(uid) is not None else "in"


def _failed(store: Store, gathered: Gathered, run_id: int, error: Exception) -> Loaded:
    store.attempt(run_id, gathered.source, "failed", str(error))
    told = Loaded(gathered.source, "failed", reason=str(error), place=gathered.place, part=gathered.part)
    return dataclasses.replace(told, again=gathered.again)
