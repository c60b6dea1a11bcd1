"""What changed in an article from one reading of it to the next, and through whom.

A page changes by its publisher; what kb has of it changes also by a newer reader of the same bytes, by
a newer extractor, and by what is said of it (a day of publication moves every "yesterday"). A fact
whose sentence stands in both texts was not changed by the publisher.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, RowMapping, text

from kb.model.plain import folded
from kb.resolve.changes.matching import Matched, fields_changed, match_by_uid, match_by_words
from kb.resolve.changes.stated import FactKind, Stated, stated

What = Literal["added", "dropped", "changed"]
Through = Literal["publisher", "metadata", "reader", "extractor", "person"]
METADATA = ("title", "publisher", "published", "modified", "url", "authors")


@dataclass(frozen=True, slots=True)
class State:
    """A revision of an article as one run of a tool read it; `version` is the extractor's.

    `revision_uid`, `seq`, `cause`, `reader` and the moments are the revision's; `read_at` the reading's.
    """

    article_uid: str
    revision_id: int
    revision_uid: str
    seq: int
    cause: str
    reader: str
    raw_sha256: str | None
    text_sha256: str
    run_id: int
    version: str | None
    recorded_at: str
    retrieved_at: str | None
    read_at: str
    said: tuple[str | None, ...]  # the columns of METADATA


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is there anew (`before` is None), no more (`after` is None), or reads otherwise.

    `fields` are what of it changed; the quotes are those of their own revisions.
    """

    what: What
    kind: FactKind
    through: Through
    about: str
    fields: tuple[str, ...]
    before: Stated | None
    after: Stated | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise in one state than in another before it; `kept` counts the facts that are not.

    `text` says that the body has other words, `metadata` what the source says otherwise of itself.
    """

    before: State
    after: State
    text: bool
    metadata: tuple[str, ...]
    facts: tuple[FactChange, ...]
    kept: int

    @property
    def kind(self) -> Literal["facts", "text", "metadata", "reader", "extractor", "nothing"]:
        """What this step of an article's history was, the weightiest first.

        `facts` only where the publisher's words of a fact changed, `text` where furniture or other
        prose did; a newer reader or extractor is named for what it is.
        """
        if any(change.through == "publisher" for change in self.facts):
            return "facts"
        if self.after.cause == "reread":
            return "reader"
        if self.text:
            return "text"
        if self.metadata:
            return "metadata"
        newer = self.before.run_id != self.after.run_id and self.before.seq == self.after.seq
        return "extractor" if newer else "nothing"


def states(connection: Connection, article_uid: str) -> tuple[State, ...]:
    """Everything that a tool read of an article, in order: its revisions, and newer readings of one."""
    query = text("""
        SELECT article.uid AS article_uid, revision.id AS revision_id, revision.uid AS revision_uid,
            revision.seq, revision.cause, revision.reader, revision.raw_sha256, revision.text_sha256,
            run.id AS run_id, run.version, revision.recorded_at, revision.retrieved_at,
            reading.recorded_at AS read_at, revision.title, revision.publisher, revision.published,
            revision.modified, revision.url,
            (
                SELECT group_concat(name, '; ') FROM (
                    SELECT name FROM author WHERE revision_id = revision.id ORDER BY position
                )
            ) AS authors
        FROM article
        JOIN revision ON revision.article_id = article.id
        JOIN reading ON reading.revision_id = revision.id
        JOIN run ON run.id = reading.run_id AND run.tool IS NOT NULL
        WHERE article.uid = :article
        ORDER BY revision.seq, reading.recorded_at, reading.id""")
    return tuple(_state(row) for row in connection.execute(query, {"article": article_uid}).mappings())


def compare_states(connection: Connection, before: State, after: State) -> Changes:
    """What is otherwise in a later state of an article than in an earlier one."""
    old = stated(connection, before.revision_id, [before.run_id])
    new = stated(connection, after.revision_id, [after.run_id])
    one_text = before.text_sha256 == after.text_sha256
    matched = match_by_uid(old, new) if one_text else match_by_words(old, new)
    metadata = tuple(name for name, a, b in zip(METADATA, before.said, after.said, strict=True) if a != b)
    texts = None if one_text else (_text(connection, before), _text(connection, after))
    return Changes(
        before,
        after,
        text=not one_text,
        metadata=metadata,
        facts=tuple(_facts(matched, _Blame(before, after, texts, bool(metadata)))),
        kept=len(matched.kept),
    )


@dataclass(frozen=True, slots=True)
class _Blame:
    """Through whom a fact changed between two states; `texts` are None where they are one."""

    before: State
    after: State
    texts: tuple[str, str] | None
    metadata: bool  # whether the source says otherwise of itself

    def of(self, old: Stated | None, new: Stated | None) -> Through:
        """By whom: who left the sentence as it was did not change what it states."""
        of_text: Through = "reader" if self.after.cause == "reread" else "publisher"
        if not self._stands(old, new):
            return of_text
        if self.before.version != self.after.version:
            return "extractor"
        if self.metadata:
            return "metadata"
        return of_text if self.texts else "extractor"  # the words around it; the same rules, other tables

    def _stands(self, old: Stated | None, new: Stated | None) -> bool:
        """Whether the sentences of a fact stand in both texts."""
        if self.texts is None:
            return True
        old_text, new_text = self.texts
        return (old is None or old.quote in new_text) and (new is None or new.quote in old_text)


def _facts(matched: Matched, blame: _Blame) -> Iterator[FactChange]:
    for fact in matched.dropped:
        yield FactChange("dropped", fact.kind, blame.of(fact, None), fact.about, (), fact, None)
    for old, new in matched.changed:
        fields = fields_changed(old, new)
        yield FactChange("changed", new.kind, blame.of(old, new), new.about, fields, old, new)
    for fact in matched.added:
        yield FactChange("added", fact.kind, blame.of(None, fact), fact.about, (), None, fact)


def _text(connection: Connection, state: State) -> str:
    query = text("SELECT text FROM revision WHERE id = :revision")
    return folded(connection.execute(query, {"revision": state.revision_id}).scalar_one())


def _state(row: RowMapping) -> State:
    own = {name: row[name] for name in State.__dataclass_fields__ if name != "said"}
    return State(**own, said=tuple(row[name] for name in METADATA))
