"""What becomes of articles once they are in: read again, looked back on, taken out."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from kb import query
from kb.desk import withdrawals
from kb.knowledge.opened import Opened

if TYPE_CHECKING:
    from kb.desk.dependents import Dependent
    from kb.desk.withdrawals import Withdrawn
    from kb.query import Answer, Entry, Step
    from kb.reread import Reread


class Keeping(Opened):
    """Articles over time. What was read of them stays, unless an article is withdrawn."""

    def reextract(
        self, *articles: str, everything: bool = False, dry_run: bool = False, jobs: int = 1
    ) -> Generator[Reread, None, None]:
        """Read stored articles (by URL or uid) again, telling of each what appeared, changed and vanished.

        Without any, those that another version of kb read; with `everything`, all. With `dry_run` nothing
        is kept. What a newer reader of pages makes of their bytes comes in the same way, told as such.
        `jobs` is the number of processes that extract, as `load` has them.

        Raises:
            StoreError: the base cannot be written.
            UsageError: nothing has the URL or uid, or it was withdrawn; or there is no job at all.
        """
        from kb.reread import choose, reread

        chosen = choose(self._store, articles, everything=everything)
        return reread(self._store, chosen, dry_run=dry_run, jobs=jobs)

    def history(self, said: str) -> Answer[Step] | Answer[Entry]:
        """What happened to an article (by URL or uid) or a fact (by uid), in order.

        Of an article its steps, as `article_history` tells them; of a fact who read it and what was decided.

        Raises:
            UsageError: nothing has the URL or uid.
        """
        if query.is_fact(self._store, said):
            return query.decided(self._store, said)
        return self.article_history(said)

    def article_history(self, article: str) -> Answer[Step]:
        """The revisions of an article (by URL or uid), and which facts each added, dropped and changed.

        Raises:
            UsageError: nothing has the URL or uid.
        """
        return query.article_history(self._store, article)

    def resting_on(self, article: str) -> tuple[Dependent, ...]:
        """What rests on an article (by URL or uid): what `withdraw` would touch.

        Raises:
            UsageError: nothing, or more than one thing, has the URL or uid.
        """
        return withdrawals.resting_on(self._store, article)

    def withdraw(
        self, article: str, *, reason: str, by: str | None = None, note: str | None = None
    ) -> Withdrawn:
        """Take the words of an article (by URL or uid) out of the base, its file and the cache of pages.

        Its address, uids, hashes and days stay with the reason, and it is not taken in again. This
        cannot be undone. Copies that were made before still have it.

        Raises:
            UsageError: nothing, or more than one thing, has the URL or uid; or there is no reason.
            StoreError: the base cannot be written.
            FetchError: the cache cannot be written; of the base it is gone.
        """
        from kb.fetch.cache import forget

        done = withdrawals.withdraw(self._store, article, reason=reason, by=by, note=note)
        forget(*done.urls)
        return done
