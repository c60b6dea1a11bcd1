"""The facts of one article as rows: spans, mentions, reports and claims, inserted in bulk."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from kb.model.plain import folded
from kb.model.tables import (
    ClaimRow,
    MentionRow,
    ParticipantRow,
    ReadingRow,
    ReportRow,
    now,
)
from kb.model.uids import fact_uid, text_sha256
from kb.model.values import Claim, Facts, Interval, Reference, Report, Span
from kb.store.rows import insert_rows, next_id
from kb.store.search import index_passages
from kb.store.spans import Sentences, insert_spans

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A mention that is stored: its key, where it stands, and the names it goes by."""

    key: int
    span: Span
    names: tuple[str, ...]


def insert_facts(connection: Connection, facts: Facts, revision_id: int, run_id: int) -> None:
    """Store what a run read in a revision, and index its passages; call it in a write transaction.

    Raises:
        IntegrityError: by way of the database, if words are not where their span says.
    """
    insert_reading(connection, facts, revision_id, run_id)
    index_passages(connection, facts.article, facts.sentences, revision_id)


def insert_reading(
    connection: Connection, facts: Facts, revision_id: int, run_id: int, named: Iterable[Named] = ()
) -> None:
    """Store what a run read in a revision, its index apart; call it in a write transaction.

    `named` are mentions that another run read there: references find them too.

    Raises:
        IntegrityError: by way of the database, if words are not where their span says.
    """
    spans = insert_spans(connection, facts, revision_id)
    rows = _Rows(facts, revision_id, run_id, spans)
    rows.know(named)
    rows.add_mentions(next_id(connection, MentionRow))
    rows.add_reports(next_id(connection, ReportRow), next_id(connection, ParticipantRow))
    rows.add_claims(next_id(connection, ClaimRow))
    insert_rows(connection, MentionRow, rows.mentions)
    insert_rows(connection, ReportRow, rows.reports)
    insert_rows(connection, ParticipantRow, rows.participants)
    insert_rows(connection, ClaimRow, rows.claims)
    reading = {"revision_id": revision_id, "run_id": run_id, "recorded_at": now()}
    insert_rows(connection, ReadingRow, [{"id": next_id(connection, ReadingRow), **reading}])


class _MentionsAt:
    """The keys of mentions, found by the words of a reference or by its name."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int, int]] = []
        self._named: dict[str, int] = {}

    def note(self, span: Span, names: tuple[str, ...], key: int) -> None:
        self._spans.append((span.start_char, span.end_char, key))
        for name in names:
            self._named.setdefault(name, key)

    def sort(self) -> None:
        self._spans.sort()

    def of(self, reference: Reference | None) -> int | None:
        """The mention that the reference's words overlap most, else the first one of its name."""
        if reference is None:
            return None
        span = reference.span
        if span:
            # Mentions rarely overlap each other: of those that begin before the reference ends, the last
            # few are all that can reach into it. Of one inside another, the one of fewer other words.
            end = bisect_right(self._spans, (span.end_char,))
            shared = [
                (min(stop, span.end_char) - max(start, span.start_char), start - stop, -start, key)
                for start, stop, key in self._spans[max(0, end - 8) : end]
                if stop > span.start_char and start < span.end_char
            ]
            if shared:
                return max(shared)[-1]
        return self._named.get(folded(reference.name))


@dataclass
class _Rows:
    """The rows of one article's facts on their way into the database."""

    facts: Facts
    revision_id: int
    run_id: int
    spans: dict[tuple[int, int], int]
    mentions: list[Record] = field(default_factory=list)
    reports: list[Record] = field(default_factory=list)
    participants: list[Record] = field(default_factory=list)
    claims: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._text_hash = text_sha256(self.facts.article.text)
        self._seen: Counter[tuple[str, int, int]] = Counter()
        self._at = _MentionsAt()

    def know(self, named: Iterable[Named]) -> None:
        """Let references find mentions that are there already."""
        for mention in named:
            self._at.note(mention.span, mention.names, mention.key)

    def _fact(self, kind: str, key: int, span: Span) -> Record:
        """The columns that every fact has. Facts of one kind on the same words are told by a count."""
        place = (kind, span.start_char, span.end_char)
        self._seen[place] += 1
        uid = fact_uid(self._text_hash, *place, self._seen[place])
        return {"id": key, "uid": uid, "revision_id": self.revision_id, "run_id": self.run_id}

    def _span(self, span: Span | None) -> int | None:
        return self.spans[span.start_char, span.end_char] if span else None

    def _reference(self, prefix: str, reference: Reference | None) -> Record:
        """The three columns of a place or a speaker."""
        return {
            prefix: folded(reference.name) if reference else None,
            f"{prefix}_span_id": self._span(reference.span) if reference else None,
            f"{prefix}_mention_id": self._at.of(reference),
        }

    def add_mentions(self, key: int) -> None:
        sentences = Sentences(self.facts.sentences)
        for entity in self.facts.entities:
            chain, name = None, folded(entity.name)
            for mention in entity.mentions:
                fact = self._fact("mention", key, mention.span)
                chain = chain or fact["uid"]
                self.mentions.append(
                    {
                        **fact,
                        "span_id": self._span(mention.span),
                        "sentence_span_id": self._span(sentences.around(mention.span)),
                        "chain": chain,
                        "name": name,
                        "kind": entity.kind,
                        "stands_for": mention.stands_for,
                    }
                )
                self._at.note(mention.span, (name, folded(mention.span.words)), key)
                key += 1
        self._at.sort()

    def add_reports(self, key: int, participant_key: int) -> None:
        for report in self.facts.reports:
            self.reports.append(self._report(key, report))
            for position, participant in enumerate(report.participants, 1):
                reference = participant.reference
                self.participants.append(
                    {
                        "id": participant_key,
                        "report_id": key,
                        "position": position,
                        "role": participant.role,
                        "name": folded(reference.name),
                        "span_id": self._span(reference.span),
                        "mention_id": self._at.of(reference),
                    }
                )
                participant_key += 1
            key += 1

    def _report(self, key: int, report: Report) -> Record:
        return {
            **self._fact("report", key, report.trigger),
            "trigger_span_id": self._span(report.trigger),
            "sentence_span_id": self._span(report.sentence),
            "title": folded(report.title),
            "kind": report.kind,
            "stance": report.stance,
            **self._reference("place", report.place),
            **interval_columns(report.interval),
        }

    def add_claims(self, key: int) -> None:
        for position, claim in enumerate(self.facts.claims):
            row = self._claim(key + position, claim)
            row["part_of_id"] = None if claim.part_of is None else key + claim.part_of
            self.claims.append(row)
        self.claims.sort(key=_parts_within({row["id"]: row["part_of_id"] for row in self.claims}))

    def _claim(self, key: int, claim: Claim) -> Record:
        baseline = claim.baseline
        return {
            **self._fact("claim", key, claim.phrase),
            "phrase_span_id": self._span(claim.phrase),
            "sentence_span_id": self._span(claim.sentence),
            "measure": folded(claim.measure),
            "subject": claim.subject and folded(claim.subject),
            "comparator": claim.comparator,
            "low": claim.low,
            "high": claim.high,
            "unit": folded(claim.unit),
            "relation": claim.relation,
            "direction": claim.direction,
            "baseline": folded(baseline.words) if baseline else None,
            "voice": claim.voice,
            "stance": claim.stance,
            "status": claim.status,
            **self._reference("place", claim.place),
            **self._reference("baseline_place", baseline.place if baseline else None),
            **self._reference("speaker", claim.speaker),
            **interval_columns(claim.interval),
            **interval_columns(baseline.interval if baseline else None, "baseline_"),
        }


def _parts_within(wholes: Mapping[int, int | None]) -> Callable[[Record], int]:
    """How many wholes a claim is within: what a row points at has to be there before it."""

    def depth(row: Record) -> int:
        found, whole = 0, wholes.get(row["id"])
        while whole is not None and found < len(wholes):
            found, whole = found + 1, wholes.get(whole)
        return found

    return depth


def interval_columns(interval: Interval | None, prefix: str = "") -> Record:
    """The four columns of an interval; all NULL where there is none."""
    earliest, latest = (interval.earliest, interval.latest) if interval else (None, None)
    return {
        f"{prefix}date": interval.date if interval else None,
        f"{prefix}earliest": earliest.isoformat() if earliest else None,
        f"{prefix}latest": latest.isoformat() if latest else None,
        f"{prefix}date_basis": interval.basis if interval else None,
    }
