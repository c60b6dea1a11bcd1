"""What people conclude from the figures of a series: their own, which is never a source."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kb import query
from kb.desk.assessments import Conclusion, assess, withdraw_assessment
from kb.knowledge.opened import Opened

if TYPE_CHECKING:
    from kb.desk.assessments import Assessed
    from kb.query import Answer, Assessment


class Concluding(Opened):
    """Figures of one's own for a series and a time; appended, and taken back by appending."""

    def assess(
        self,
        series: str,
        *,
        date: str,
        rule: str,
        low: float | None = None,
        best: float | None = None,
        high: float | None = None,
        used: Collection[str] = (),
        set_aside: Collection[str] = (),
        provisional: bool = False,
        place: str | None = None,
        by: str | None = None,
        note: str | None = None,
    ) -> Assessed:
        """Conclude on a series, named by its uid, that of a figure of it, or words of its measure.

        `date` is 2026, 2026-02 or 2026-02-28; `used` and `set_aside` are uids of figures: if only the
        one is given, the other figures of that time are in the other; if none is, all are used.

        Raises:
            UsageError: no series is meant, or several are; the values are in no order, the date is none,
                or a figure is not of the series; nothing of it is of that time.
            StoreError: the base cannot be written.
        """
        conclusion = Conclusion(date, rule, low, best, high, used, set_aside, provisional, note)
        return assess(self._store, series, conclusion, place=place, by=by)

    def withdraw_assessment(self, uid: str, *, by: str | None = None, note: str | None = None) -> Assessed:
        """Take an assessment back.

        Raises:
            UsageError: no assessment that stands has the uid.
            StoreError: the base cannot be written.
        """
        return withdraw_assessment(self._store, uid, by=by, note=note)

    def assessments(self) -> Answer[Assessment]:
        """What was concluded, the newest first, with what has made it stale and what was taken back."""
        return query.assessments(self._store)
