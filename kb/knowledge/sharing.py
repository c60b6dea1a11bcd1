"""What leaves a base for others: releases and single files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import UsageError
from kb.knowledge.opened import Opened, Source

if TYPE_CHECKING:
    from kb.export import Release


class Sharing(Opened):
    """What hands facts on."""

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
