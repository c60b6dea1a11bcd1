"""The desk: what there is to review, and the verdicts of people on facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb import query
from kb.desk import add, reviews, tags
from kb.desk.answers import answer
from kb.desk.person import person
from kb.knowledge.opened import Opened

if TYPE_CHECKING:
    from kb.desk import Added, Reviewed
    from kb.desk.given import FactKind
    from kb.desk.tags import Tagged
    from kb.query import Answer, Entry, Filed, LastAnswer, Pending, Tag


class Reviewing(Opened):
    """Accepting, rejecting and correcting facts; every answer is appended, and can be taken back."""

    def review(
        self,
        measure: str | None = None,
        *,
        place: str | None = None,
        tag: str | None = None,
        url: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        uids: Collection[str] = (),
        second: str | None = None,
        by: str | None = None,
        limit: int | None = None,
    ) -> Answer[Pending]:
        """What people judge differently, then what nobody reviewed: in conflict, uncertain, the rest.

        `url` is the address (or uid) of an article, `kind` one of figure, event and name, `uids` are just
        these facts, reviewed or not; with `second` (a person) what others reviewed and this one did not.
        What is disputed and `by` (a person) said the last word on waits for the others.

        Raises:
            UsageError: a date is none, or there is no such kind or fact.
        """
        return query.pending(
            self._store,
            measure,
            place=place,
            tag=tag,
            url=url,
            kind=kind,
            since=since,
            until=until,
            uids=uids,
            second=second,
            by=by,
            limit=limit,
        )

    def accept(
        self, uid: str, *, by: str | None = None, note: str | None = None, alone: bool = False
    ) -> Reviewed:
        """Accept a fact (by uid) as it reads now; of a name all mentions in its article, unless `alone`.

        A second person's review makes it double-checked. `by` is by default the user of this machine.

        Raises:
            UsageError: no fact has the uid.
            StoreError: the base cannot be written.
        """
        return reviews.accept(self._store, uid, by=by, note=note, alone=alone)

    def reject(
        self, uid: str, *, by: str | None = None, note: str | None = None, alone: bool = False
    ) -> Reviewed:
        """Reject a fact: it shows as rejected, and falls out of series, conflicts, events and entities."""
        return reviews.reject(self._store, uid, by=by, note=note, alone=alone)

    def correct(
        self,
        uid: str,
        corrections: Mapping[str, str | None],
        *,
        by: str | None = None,
        note: str | None = None,
        alone: bool = False,
    ) -> Reviewed:
        """Correct how a fact reads: field -> its right reading in words, None where the source does not say.

        A figure has value ("over 800"), comparator, unit, measure, date, place, speaker, stance, voice,
        subject, baseline, relation and direction; an event title, kind, date, place and stance; a name
        name, kind and entity (a uid or a name).

        Raises:
            UsageError: no fact has the uid, or what is said cannot be its reading.
            StoreError: the base cannot be written.
        """
        return reviews.correct(self._store, uid, corrections, by=by, note=note, alone=alone)

    def undo(self, uid: str, *, by: str | None = None, note: str | None = None) -> Reviewed:
        """Take back an answer (by its uid), or the last one of this person on a fact (by its uid).

        Raises:
            UsageError: there is none that stands.
            StoreError: the base cannot be written.
        """
        return reviews.undo(self._store, uid, by=by, note=note)

    def add(
        self,
        where: str,
        quote: str,
        kind: FactKind = "figure",
        *,
        at: int | None = None,
        by: str | None = None,
        note: str | None = None,
        **reading: str | Sequence[str] | None,
    ) -> Added:
        """Add a figure, an event or a name that an article (by URL or uid) states in just these words.

        `reading` are the fields of a correction: `value`, `unit`, `measure`, `date`, `place`, `speaker` of
        a figure; `title`, `event_kind`, `date`, `place` and `who` took part of an event; `name` and
        `name_kind` of a name. `at` is the offset where the words begin, if they stand there several times.

        Raises:
            UsageError: the article is unknown, the words are not in it just once, or are read already.
            StoreError: the base cannot be written.
        """
        kinds = {name: reading.pop(name, None) for name in ("event_kind", "name_kind")}
        said = {**reading, "kind": next((words for words in kinds.values() if words), None)}
        return add(self._store, where, quote, kind, said, at=at, by=by, note=note)

    def tag(self, word: str, *targets: str, by: str | None = None, note: str | None = None) -> list[Tagged]:
        """File articles (by URL or uid) and facts (by uid) under a word.

        Raises:
            UsageError: there is no such article or fact, or no word.
            StoreError: the base cannot be written.
        """
        return tags.tag(self._store, word, targets, by=by, note=note)

    def untag(self, word: str, *targets: str, by: str | None = None, note: str | None = None) -> list[Tagged]:
        """Take articles and facts out of what is filed under a word; without a target all of them.

        Raises:
            UsageError: one is not filed under it.
            StoreError: the base cannot be written.
        """
        return tags.untag(self._store, word, targets, by=by, note=note)

    def is_fact(self, uid: str) -> bool:
        """Whether some fact has the uid."""
        return query.is_fact(self._store, uid)

    def decided(self, uid: str) -> Answer[Entry]:
        """What was read and decided of a fact (by uid), in order: by whom, when, why, and what stands.

        Raises:
            UsageError: no fact has the uid.
        """
        return query.decided(self._store, uid)

    def last_answer(self, by: str | None = None) -> LastAnswer | None:
        """What a person (by default the user of this machine) decided last of all that stands."""
        return query.last_answer(self._store, person(by))

    def tags(self) -> Answer[Tag]:
        """The tags in use, each with how much is filed under it."""
        return query.tags(self._store)

    def filed(self, tag: str) -> Answer[Filed]:
        """What is filed under a tag.

        Raises:
            UsageError: nothing is.
        """
        return query.filed(self._store, tag)

    def answer(self, answers: Iterable[Mapping[str, Any]], *, by: str | None = None) -> list[Reviewed]:
        """Append many answers, all or none: mappings with `uid`, `verdict`, `corrections`, `note`, `by`.

        Raises:
            UsageError: one of them cannot be.
            StoreError: the base cannot be written.
        """
        return answer(self._store, answers, by=by)
