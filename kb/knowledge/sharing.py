"""What bases and their users share: releases, single files, and what another base has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import UsageError
from kb.knowledge.opened import Opened, Source

if TYPE_CHECKING:
    from kb.export import Release
    from kb.merge import Merged


class Sharing(Opened):
    """What hands facts on, and takes them over."""

    def export(
        self,
        target: Source,
        *,
        form: str | None = None,
        series: str | None = None,
        place: str | None = None,
        tag: str | None = None,
        since: str | None = None,
        until: str | None = None,
        reviewed_only: bool = False,
        previous: Source | None = None,
        texts: bool = False,
        reviewers: bool = False,
    ) -> Release | None:
        """Write a release into a folder, or one file in a format of `kb.export.FORMATS`.

        Without `form` the file's ending tells it, and what has none is a folder. `series` are words of
        a measure or a series' uid, names and dates are given as in `figures`. What was rejected never
        goes out; article texts, and reviewers with their notes, only where asked for. `previous` is the
        folder of the release before, of which `CHANGES.csv` tells. The release that was written; None
        of a file. The same base and options give the same bytes.

        Raises:
            UsageError: no such format, no date, a folder that holds something else, or an option of a
                release for a file.
            StoreError: the base cannot be read, or the target cannot be written.
        """
        from kb.export import Selection, format_of, write_file, write_release

        selection = Selection(series, place, tag, since, until, reviewed_only, texts, reviewers)
        path = Path(target)
        said = format_of(path, form)
        if said is None:
            return write_release(self._store, path, selection, previous=Path(previous) if previous else None)
        if previous or texts or reviewers:
            raise UsageError(
                f"{said} is one file: texts, reviewers and changes belong to a release, a folder"
            )
        write_file(self._store, path, said, selection)
        return None

    def merge(self, other: Source, *, told: Callable[[int, int], None] | None = None) -> Merged:
        """Bring in what another base has and this one has not: articles, facts, and decisions of people.

        Each decision keeps its author and its moment; where people contradict each other both stay, the
        last one counts, and `opposed` of the answer names them. What was withdrawn in one of the two is
        withdrawn here. Doing it twice changes nothing, and the order of several bases does not matter.
        `told` is called after each article, with how many are done, of how many.

        Raises:
            UsageError: it is this base itself.
            StoreError: there is no base of this kb's version, or this one cannot be written.
            FetchError: the cache of pages cannot be written; from the base the withdrawn ones are gone.
        """
        from kb.fetch.cache import forget
        from kb.merge import merge

        merged = merge(self._store, str(other), told)
        if merged.urls:
            forget(*merged.urls)
        return merged
