"""Another base brought into this one: decisions first, so that each article comes in as it was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from kb.errors import StoreError, UsageError
from kb.merge.articles import bring, bring_answers
from kb.merge.decisions import bring_decisions
from kb.merge.rows import Keys
from kb.model.tables import ArticleRow, table_of
from kb.resolve.doubts.opposed import Opposed, opposed
from kb.store import Store
from kb.store.connection import database_path, explained, snapshot
from kb.store.sweep import sweep

_ARTICLE = table_of(ArticleRow)
Told = Callable[[int, int], None]  # how many articles are done, of how many


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of another base: articles by what was new of them, decisions by table.

    Articles are `new`; `more` is known of them (a revision, a reading, an answer of a server, who else
    withdrew it); `known`; `withdrawn` there, and so here now; or `left_out`, because they were withdrawn
    here. `swept` is False where a reader kept words of withdrawn ones in the log beside the file:
    withdraw one again then.
    `urls` are the addresses that caches may have withdrawn ones under. `opposed` is where people say
    different things, in the whole base.
    """

    new: int
    more: int
    known: int
    withdrawn: int
    left_out: int
    answers: int
    decisions: Mapping[str, int]
    opposed: tuple[Opposed, ...]
    swept: bool = True
    urls: tuple[str, ...] = ()


def merge(store: Store, other: str | Path, told: Told | None = None) -> Merged:
    """Bring in all of another base that is not here yet; it is read as it is at this moment, never written.

    Decisions are one transaction, each article is one: whatever ends it, running it again goes on.
    Groups are computed as in loading. The log of attempts stays where it is.

    Raises:
        UsageError: it is this base itself.
        StoreError: there is no base of kb's of this version, it cannot be read, or this one not written.
        IntegrityError: the other base holds what this one refuses; see `kb check` there.
    """
    path = database_path(other)
    with Store.open(path, read_only=True) as theirs:
        if path.samefile(store.path):
            raise UsageError(f"{path} is this base itself: name another one")
        if store.read_only:
            raise StoreError(f"{store.path} is open for reading only")
        with explained(path), snapshot(theirs.connection):
            return _merge(store, theirs, told)


def _merge(store: Store, theirs: Store, told: Told | None) -> Merged:
    brought = bring_decisions(store, theirs.connection)
    swept = sweep(store) if brought.gone else True
    keys = Keys(store.connection, theirs.connection)
    # By uid, as a text without an address finds its article: so the order of two bases does not matter.
    articles = theirs.connection.execute(select(_ARTICLE.c.id).order_by(_ARTICLE.c.uid)).scalars().all()
    counts: Counter[str] = Counter()
    urls = [url for gone in brought.gone.values() for url in gone]
    before = len(urls)
    for done, article in enumerate(articles, 1):
        outcome, gone = bring(store, keys, article, brought.gone)
        counts[outcome] += 1
        urls += gone
        if told is not None:
            told(done, len(articles))
    answers = bring_answers(store, keys)
    return Merged(
        new=counts["new"],
        more=counts["more"],
        known=counts["known"],
        withdrawn=counts["withdrawn"],
        left_out=counts["left out"],
        answers=answers,
        decisions=brought.counts,
        opposed=opposed(store.connection),
        swept=swept and (sweep(store) if len(urls) > before else True),
        urls=tuple(urls),
    )
