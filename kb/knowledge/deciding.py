"""The decisions of people: every method appends one, by name, and none is ever overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kb.desk import add_names, decide, define, remove_name, withdraw_decision, withdraw_definition
from kb.knowledge.opened import Opened, Source

if TYPE_CHECKING:
    from kb.desk import Alias, Decided, Definition


class Deciding(Opened):
    """What people decide about facts and things."""

    def same(
        self, a: str, b: str, *, by: str | None = None, note: str | None = None, across_kinds: bool = False
    ) -> Decided:
        """Decide that two entities, events or measures are one; their groups become one.

        `a` and `b` are uids of things or of their facts, or names of entities or measures; `by` is the
        person, by default the user of this machine. `across_kinds` if a person, an organisation and a place
        may become one: where one of them was read as what it is not.

        Raises:
            UsageError: one is unknown or names several things, or the two are not of one kind.
            StoreError: the base cannot be written.
        """
        return decide(self._store, a, b, "same", by=by, note=note, across_kinds=across_kinds)

    def different(self, a: str, b: str, *, by: str | None = None, note: str | None = None) -> Decided:
        """Decide that two things are not one: what links them by itself joins them no more. See `same`."""
        return decide(self._store, a, b, "different", by=by, note=note)

    def withdraw_decision(self, uid: str, *, by: str | None = None, note: str | None = None) -> Decided:
        """Take a "same" or a "different" back: just what it had joined or kept apart changes.

        Raises:
            UsageError: there is no such decision, or it is taken back already.
            StoreError: the base cannot be written.
        """
        return withdraw_decision(self._store, uid, by=by, note=note)

    def add_names(self, source: Source, *, by: str | None = None) -> list[Alias]:
        """List spellings from a CSV (columns name, spelling, kind, source): what they name is joined.

        Raises:
            ReadError: the file, or a line of it, cannot be read.
            StoreError: the base cannot be written.
        """
        return add_names(self._store, Path(source), by=by)

    def remove_name(self, said: str, *, by: str | None = None) -> Alias:
        """Take a listed spelling back, given by its uid or as it is written.

        Raises:
            UsageError: nothing that is listed has the uid or is spelled so, or several names are.
            StoreError: the base cannot be written.
        """
        return remove_name(self._store, said, by=by)

    def define(
        self, measure: str, words: str, *, by: str | None = None, note: str | None = None
    ) -> Definition:
        """Say in words what is counted under a measure; the last word on it is shown with its series.

        `measure` is its uid, that of one of its figures, or words that name it.

        Raises:
            UsageError: there is no such measure, its words fit several, or nothing is said of it.
            StoreError: the base cannot be written.
        """
        return define(self._store, measure, words, by=by, note=note)

    def withdraw_definition(self, said: str, *, by: str | None = None, note: str | None = None) -> Definition:
        """Take a definition back, by its uid or what names its measure; an earlier one counts again.

        Raises:
            UsageError: no definition that stands has the uid, and no such measure one.
            StoreError: the base cannot be written.
        """
        return withdraw_definition(self._store, said, by=by, note=note)
