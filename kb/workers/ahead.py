"""Articles in their order, while those after them are being extracted already."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import TypeVar

from kb.errors import UsageError
from kb.model.values import Article, Facts
from kb.workers.pool import Pool

AHEAD = 4  # items for each job that are begun before the first of them is done
MOST_AHEAD = 64_000_000  # bytes of them, but for the last one

Item = TypeVar("Item")


class Begun:
    """The facts of an article that a process is reading; of the same one with more known of it, read anew.

    Calling it raises ReadError where the process ended before it was done.
    """

    def __init__(self, pool: Pool, article: Article) -> None:
        self._pool = pool
        self._article = article
        self.future: Future[Facts] = pool.start(article)

    def __call__(self, article: Article) -> Facts:
        return (self.future if article == self._article else self._pool.start(article)).result()


def ahead(
    items: Iterable[Item], begin: Callable[[Item], Begun | None], size: Callable[[Item], int], jobs: int
) -> Iterator[tuple[Item, Begun | None]]:
    """Each item in order with what was begun of it, as soon as that is done or enough are begun behind it.

    Args:
        items: taken one by one. Where taking one raises UsageError, those before it come first.
        begin: lets a process extract an item's article; None where there is nothing to extract.
        size: how many bytes an item holds.
        jobs: how many processes there are.
    """
    waiting: deque[tuple[Item, Begun | None]] = deque()
    try:
        for item in items:
            waiting.append((item, begin(item)))
            while waiting and _is_enough(waiting, size, jobs):
                yield waiting.popleft()
    except UsageError:
        yield from waiting
        raise
    yield from waiting


def _is_enough(waiting: deque[tuple[Item, Begun | None]], size: Callable[[Item], int], jobs: int) -> bool:
    """Whether the first one goes on before another is taken."""
    _, first = waiting[0]
    if first is None or first.future.done() or len(waiting) > AHEAD * jobs:
        return True
    return sum(size(item) for item, _ in waiting) > MOST_AHEAD
