"""Facts that a person reads where the extractor missed them: a figure, an event, a name.

The same rules hold as for extracted ones: the exact words of a stored text, and the uid that the extractor
would give these words. The run that read it is the person. An addition survives every later reading of
the text; where a later one finds the same words, the person's reading shows and the other does not. It
stands as long as somebody's review of it does, the first being that of the person who added it: `undo`
takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Connection, RowMapping, text

from kb.desk.corrections import NOUNS
from kb.desk.found import Fact
from kb.desk.given import FactKind, Reading, given_fact
from kb.desk.person import person
from kb.desk.reviews import append_accepted, with_replaced
from kb.desk.wording import quoted
from kb.errors import UsageError
from kb.model.plain import folded
from kb.model.uids import fact_uid, text_sha256
from kb.model.values import Facts, Span
from kb.resolve import regroup_facts
from kb.store import Store
from kb.store.facts import Named, insert_reading
from kb.store.lookup import Stored, find_articles

_TABLES = {"figure": "claim", "event": "report", "name": "mention"}
_SPANS = {"claim": "phrase_span_id", "report": "trigger_span_id", "mention": "span_id"}


@dataclass(frozen=True, slots=True)
class Added:
    """An addition: its uid, what it is, and the exact words that it rests on."""

    uid: str
    kind: FactKind
    words: str
    start_char: int
    end_char: int
    article_uid: str
    by: str


@dataclass(frozen=True, slots=True)
class _Text:
    """The newest text of an article, with its sentences."""

    stored: Stored
    text: str
    sentences: tuple[Span, ...]


def add(
    store: Store,
    where: str,
    quote: str,
    kind: FactKind,
    reading: Reading,
    *,
    at: int | None = None,
    by: str | None = None,
    note: str | None = None,
) -> Added:
    """Add a fact that an article (by URL or uid) states in just these words.

    `quote` are the words of the number, of the happening, or of the name; for a figure a whole sentence
    will do where the number tells itself. `at` is the offset where they begin, if they stand there more
    than once. `reading` has the fields of a correction: of a figure `value`, `unit` and `measure` are read
    from the words where they are not given; an event has `who` took part too, a name its `kind`.

    Raises:
        UsageError: there is no such article, the words are not in it just once, they are read there
            already, or what is said cannot be their reading.
        StoreError: the base cannot be written.
    """
    if kind not in get_args(FactKind):
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(get_args(FactKind))}")
    table, who = _TABLES[kind], person(by)
    with store.transaction() as connection:
        source, span = _found(connection, where, quote, at)
        phrase, facts = given_fact(kind, source.text, source.sentences, span, reading)
        uid = fact_uid(text_sha256(source.text), table, phrase.start_char, phrase.end_char)
        _refuse_read(connection, table, source.stored.revision_id, phrase, facts)
        run = store.start_run(None, person=who)
        insert_reading(connection, facts, source.stored.revision_id, run, _named(connection, source))
        append_accepted(connection, Fact(uid, table), who, note)
        regroup_facts(connection, table, with_replaced(connection, table, [uid]))
    words = folded(phrase.words)
    return Added(uid, kind, words, phrase.start_char, phrase.end_char, source.stored.uid, who)


def _found(connection: Connection, where: str, quote: str, at: int | None) -> tuple[_Text, Span]:
    """The article and the place of the words; of several articles of one URL the one that has them."""
    texts = [
        _text(connection, stored)
        for stored in find_articles(connection, where)
        if stored.withdrawn_at is None
    ]
    if not texts:
        raise UsageError(f"{where} was withdrawn: its text is gone")
    found: list[tuple[_Text, Span]] = []
    wrong: list[UsageError] = []
    for source in texts:
        try:
            found.append((source, quoted(source.text, quote, source.stored.name, at)))
        except UsageError as error:
            wrong.append(error)
    if not found:
        raise wrong[0]
    if len(found) > 1:
        uids = ", ".join(source.stored.uid for source, _ in found)
        raise UsageError(f"{where} names {len(found)} articles that say so, name one by its uid: {uids}")
    return found[0]


def _text(connection: Connection, stored: Stored) -> _Text:
    words = connection.execute(
        text("SELECT text FROM revision WHERE id = :revision"), {"revision": stored.revision_id}
    ).scalar_one()
    rows = connection.execute(
        text("""
            SELECT start_char, end_char FROM passage
            WHERE revision_id = :revision AND start_char IS NOT NULL ORDER BY start_char"""),
        {"revision": stored.revision_id},
    )
    sentences = tuple(Span(start, end, words[start:end]) for start, end in rows)
    return _Text(stored, words, sentences)


def _refuse_read(connection: Connection, table: str, revision: int, phrase: Span, facts: Facts) -> None:
    """Refuse what is read in these words already: correcting it keeps both readings in sight.

    Raises:
        UsageError: it is.
    """
    number = "fact.low, fact.high" if table == "claim" else "NULL AS low, NULL AS high"
    query = text(f"""
        SELECT fact.uid, span.start_char, span.end_char, {number}, fact_status.status
        FROM corrected_{table} AS fact
        JOIN current_reading USING (revision_id, run_id)
        JOIN span ON span.id = fact.{_SPANS[table]}
        LEFT JOIN fact_status ON fact_status.fact = fact.uid
        WHERE fact.revision_id = :revision AND span.start_char < :end AND span.end_char > :start
        ORDER BY span.start_char, fact.uid""")
    asked = {"revision": revision, "start": phrase.start_char, "end": phrase.end_char}
    for row in connection.execute(query, asked).mappings():
        if _is_same(row, phrase, facts):
            status = f" ({row['status']})" if row["status"] else ""
            raise UsageError(
                f"this {NOUNS[table]} is read there already, as {row['uid']}{status}: "
                f"kb review --uid {row['uid']} accepts or corrects it"
            )


def _is_same(row: RowMapping, phrase: Span, facts: Facts) -> bool:
    start, end = row["start_char"], row["end_char"]
    if (start, end) == (phrase.start_char, phrase.end_char):
        return True
    if row["status"] == "rejected":
        return False
    within = start >= phrase.start_char and end <= phrase.end_char
    around = start <= phrase.start_char and end >= phrase.end_char
    numbers = [(claim.low, claim.high) for claim in facts.claims]
    return (within or around) and (not numbers or (row["low"], row["high"]) in numbers)


def _named(connection: Connection, source: _Text) -> list[Named]:
    """The mentions that stand in the text, for what refers to them by name."""
    query = text("""
        SELECT mention.id, mention.name, span.folded, span.start_char, span.end_char
        FROM corrected_mention AS mention
        JOIN current_reading USING (revision_id, run_id)
        JOIN span ON span.id = mention.span_id
        WHERE mention.revision_id = :revision ORDER BY mention.id""")
    rows = connection.execute(query, {"revision": source.stored.revision_id}).mappings()
    return [
        Named(
            row["id"],
            Span(row["start_char"], row["end_char"], source.text[row["start_char"] : row["end_char"]]),
            (row["name"], row["folded"]),
        )
        for row in rows
    ]
