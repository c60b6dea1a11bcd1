"""What one reading of a text states, in rows that can be compared with those of another reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, bindparam, text

from kb.model.plain import measure_with_place
from kb.model.show import number_with_unit

FactKind = Literal["figure", "event", "name"]

_FIGURES = (
    *("measure", "subject", "place", "comparator", "low", "high", "unit", "relation", "direction"),
    *("baseline", "baseline_place", "baseline_date", "date", "earliest", "latest", "date_basis"),
    *("speaker", "voice", "stance", "status", "part_of"),
)
_VALUE = ("comparator", "low", "high", "unit", "direction")
_EVENTS = ("title", "kind", "stance", "date", "earliest", "latest", "date_basis", "place", "participants")
_NAMES = ("name", "kind", "stands_for")
_OFFSETS = """words.folded AS words, words.start_char, words.end_char, sentence.folded AS quote,
    sentence.start_char AS quote_start, sentence.end_char AS quote_end"""
_QUERIES = {
    "figure": f"""
        SELECT claim.uid, {_OFFSETS}, claim.measure, claim.subject, claim.place, claim.comparator,
            claim.low, claim.high, claim.unit, claim.relation, claim.direction, claim.baseline,
            claim.baseline_place, claim.baseline_date, claim.date, claim.earliest, claim.latest,
            claim.date_basis, claim.speaker, claim.voice, claim.stance, claim.status,
            whole_words.folded AS part_of
        FROM claim
        JOIN span AS words ON words.id = claim.phrase_span_id
        JOIN span AS sentence ON sentence.id = claim.sentence_span_id
        LEFT JOIN claim AS whole ON whole.id = claim.part_of_id
        LEFT JOIN span AS whole_words ON whole_words.id = whole.phrase_span_id
        WHERE claim.revision_id = :revision AND claim.run_id IN :runs
        ORDER BY words.start_char, words.end_char, claim.id""",
    "event": f"""
        SELECT report.uid, {_OFFSETS}, report.title, report.kind, report.stance, report.date,
            report.earliest, report.latest, report.date_basis, report.place,
            (
                SELECT group_concat(name || ' (' || role || ')', '; ') FROM (
                    SELECT name, role FROM participant WHERE report_id = report.id ORDER BY position
                )
            ) AS participants
        FROM report
        JOIN span AS words ON words.id = report.trigger_span_id
        JOIN span AS sentence ON sentence.id = report.sentence_span_id
        WHERE report.revision_id = :revision AND report.run_id IN :runs
        ORDER BY words.start_char, words.end_char, report.id""",
    "name": """
        SELECT mention.uid, words.folded AS words, words.start_char, words.end_char,
            coalesce(sentence.folded, words.folded) AS quote,
            coalesce(sentence.start_char, words.start_char) AS quote_start,
            coalesce(sentence.end_char, words.end_char) AS quote_end,
            mention.name, mention.kind, mention.stands_for
        FROM mention
        JOIN span AS words ON words.id = mention.span_id
        LEFT JOIN span AS sentence ON sentence.id = mention.sentence_span_id
        WHERE mention.revision_id = :revision AND mention.run_id IN :runs
        ORDER BY words.start_char, words.end_char, mention.id""",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as one reading of a text has it: its words, the sentence around them, and what was read.

    `words` and `quote` are on one line; offsets count code points of the revision's text, half-open.
    """

    kind: FactKind
    uid: str
    words: str
    start_char: int
    end_char: int
    quote: str
    quote_start: int
    quote_end: int
    reading: Mapping[str, Any] = field(hash=False)

    @property
    def about(self) -> str:
        """What is measured and where, what happened, or who is named."""
        if self.kind == "figure":
            return measure_with_place(self.reading["measure"], self.reading["place"])
        return str(self.reading["title" if self.kind == "event" else "name"])

    @property
    def value(self) -> str:
        """What is said of it: the number with its unit, the date of an event, the kind of a name."""
        if self.kind == "figure":
            return number_with_unit(*(self.reading[name] for name in _VALUE))
        return str(self.reading["date" if self.kind == "event" else "kind"] or "")

    @property
    def in_quote(self) -> tuple[str, str, int]:
        """The words in their sentence, wherever in a text that stands."""
        return self.quote, self.words, self.start_char - self.quote_start


def stated(connection: Connection, revision_id: int, runs: Collection[int]) -> Iterator[Stated]:
    """The facts that some runs read in a revision: figures, events and every mention of a name, in order."""
    fields: dict[FactKind, tuple[str, ...]] = {"figure": _FIGURES, "event": _EVENTS, "name": _NAMES}
    for kind, names in fields.items():
        query = text(_QUERIES[kind]).bindparams(bindparam("runs", expanding=True))
        for row in connection.execute(query, {"revision": revision_id, "runs": list(runs)}).mappings():
            yield _stated(kind, names, row)


def _stated(kind: FactKind, names: tuple[str, ...], row: RowMapping) -> Stated:
    where = ("uid", "words", "start_char", "end_char", "quote", "quote_start", "quote_end")
    reading = {name: row[name] for name in names}
    return Stated(kind=kind, reading=reading, **{name: row[name] for name in where})
