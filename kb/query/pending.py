"""What there is to review: facts judged differently, in conflict, uncertain, or seen by nobody yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import RowMapping

from kb.errors import UsageError
from kb.model.show import number_with_unit
from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.select import at_most, selected
from kb.resolve.doubts.judged import disputed_facts
from kb.store import Store
from kb.store.connection import explained

FactKind = Literal["figure", "event", "name"]
KINDS: tuple[FactKind, ...] = get_args(FactKind)
_WHY = ("disputed", "conflict", "uncertain", "new")
_TABLES: Mapping[FactKind, str] = {"figure": "claim", "event": "report", "name": "mention"}
_SOURCE = ("title", "publisher", "published", "url", "cites_url", "source_kind", "article_uid")
_WORDS = ("phrase", "start_char", "end_char", "quote", "quote_start", "quote_end")
_VALUE = ("comparator", "low", "high", "unit")
_READINGS: Mapping[FactKind, tuple[str, ...]] = {
    "figure": (
        *("value", *_VALUE, "relation", "direction", "measure", "place", "date", "speaker"),
        *("stance", "voice", "subject", "baseline"),
    ),
    "event": ("title", "kind", "date", "place", "stance", "participants"),
    "name": ("name", "kind", "mentions"),
}
_EXTRACTED: Mapping[FactKind, tuple[str, ...]] = {
    "figure": ("value", *_VALUE, "measure", "place", "date", "speaker"),
    "event": ("title", "kind", "date", "place", "stance"),
    "name": ("name", "kind"),
}


@dataclass(frozen=True, slots=True)
class Pending:
    """A fact that waits for review, with its words and its source.

    `why` is disputed, conflict, uncertain, new, or (where nobody has to look) reviewed; `reasons` say it in
    words.
    `reading` is how the fact reads now, by field; `extracted` are the fields that a tool read otherwise.
    """

    uid: str
    kind: FactKind
    why: str
    reasons: tuple[str, ...]
    status: str
    reading: Mapping[str, Any] = field(hash=False)
    extracted: Mapping[str, Any] = field(hash=False)
    phrase: str
    start_char: int
    end_char: int
    quote: str
    quote_start: int
    quote_end: int
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    cites_url: str | None
    source_kind: str
    article_uid: str


def pending(
    store: Store,
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
    """What people judge differently, then facts that nobody reviewed: in conflict, uncertain, the rest.

    `measure` are words of what is counted, `place` one of the names of a place, `tag` is a tag of the fact
    or its article, `url` the article's (or its uid), `kind` one of `KINDS`; `since` and `until` keep what
    reaches into that time. A name stands once an article, with its first mention. With `uids` just these
    facts are told, reviewed or not. With `second`, the name of a person, what others reviewed and this
    person did not. What is disputed and `by` (a person) said the last word on waits for the others.

    Raises:
        UsageError: a date is none, or there is no such kind or fact.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(KINDS)}")
    kinds = [one for one in KINDS if kind in (None, one)]
    disputed = _disputed(store, by, uids)
    found: list[tuple[tuple[Any, ...], Pending]] = []
    for one in kinds:
        if (one == "name" and (place or since or until)) or (one != "figure" and measure):
            continue  # of what has no measure, no place or no time, none is asked for
        asked = Filter()
        _narrow(asked, one, measure, place, since, until)
        asked.tagged(tag, "item.uid", "item.article_uid")
        if url is not None:
            asked.article(url, "article_uid", "url", "cites_url")
        _select_reviewed(asked, uids, second, disputed)
        rows = selected(store, f"SELECT * FROM ({_QUERIES[one]}) AS item WHERE {asked.where}", asked)
        found += _each_once(one, rows, disputed)
    missing = set(uids) - {item.uid for _, item in found}
    if missing and not (measure or place or tag or url or kind or since or until):
        raise UsageError(f"no fact that shows has the uid {min(missing)!r}: kb review --json lists them")
    at_most(limit)
    found.sort(key=lambda each: each[0])
    return Answer((item for _, item in found[:limit]), Pending)


def _narrow(
    asked: Filter,
    kind: FactKind,
    measure: str | None,
    place: str | None,
    since: str | None,
    until: str | None,
) -> None:
    if kind == "figure":
        asked.words("(coalesce(measure, '') || ' ' || phrase)", measure)
    if kind != "name":
        asked.names("place", place)
        asked.overlap(since, until)


def _disputed(store: Store, by: str | None, among: Collection[str]) -> Mapping[str, str]:
    """Facts (by uid) that people judge differently, without those of which `by` said the last word."""
    with explained(store.path):
        found = disputed_facts(store.connection, among)
    return {uid: one.said for one in found if one.last_by != by for uid in one.facts}


def _select_reviewed(
    asked: Filter, uids: Collection[str], second: str | None, disputed: Collection[str]
) -> None:
    if uids:
        asked.among("uid", uids)
    elif second is None:
        differing = ", ".join(map(asked.value, sorted(disputed)))
        asked.conditions.append(f"(reviews = 0 OR uid IN ({differing}))")
    else:
        mine = f'SELECT 1 FROM standing_review WHERE fact = item.uid AND "by" = {asked.value(second)}'
        asked.conditions.append(f"reviews > 0 AND status <> 'rejected' AND NOT EXISTS ({mine})")


def _each_once(
    kind: FactKind, rows: Sequence[RowMapping], disputed: Mapping[str, str]
) -> Iterator[tuple[tuple[Any, ...], Pending]]:
    """The facts, each once though several articles have its text, with what they are sorted by."""
    seen: set[str] = set()
    for row in rows:
        if row["uid"] in seen:
            continue
        seen.add(row["uid"])
        item = _item(kind, row, disputed.get(row["uid"]))
        clash = row["conflict"] or ""
        rank = _WHY.index(item.why) if item.why in _WHY else len(_WHY)
        # The newest articles first; what is in conflict stands beside what it conflicts with.
        newest = tuple(-ord(letter) for letter in (item.published or "")[:10])
        yield (rank, clash, not newest, newest, item.article_uid, item.start_char, kind, item.uid), item


def _item(kind: FactKind, row: RowMapping, differing: str | None) -> Pending:
    uncertain = list(_reasons(kind, row))
    why = "conflict" if row["conflict"] else "uncertain" if uncertain else "new"
    if row["reviews"]:
        why = "disputed" if differing else "reviewed"
    clash = [f"in conflict: {row['clash']}"] if row["conflict"] else []
    judged = [f"people differ: {differing}"] if differing else []
    read: dict[str, Any] = dict(row)
    extracted: dict[str, Any] = {name: row.get(f"extracted_{name}") for name in _EXTRACTED[kind]}
    if kind == "figure":
        for said in (read, extracted):
            said["value"] = number_with_unit(
                said["comparator"], said["low"], said["high"], said["unit"], row["direction"]
            )
    return Pending(
        uid=row["uid"],
        kind=kind,
        why=why,
        reasons=(*judged, *clash, *uncertain),
        status=row["status"],
        reading={name: read[name] for name in _READINGS[kind]},
        extracted={name: value for name, value in extracted.items() if value != read[name]},
        **{name: row[name] for name in (*_WORDS, *_SOURCE)},
    )


def _reasons(kind: FactKind, row: RowMapping) -> Iterator[str]:
    """What makes a reading uncertain."""
    if kind == "name":
        if row["kind"] == "person" and " " not in row["name"]:
            yield "a bare name"
        return
    if row["date"] is None:
        yield "no date"
    if row["stance"] != "asserted":
        yield str(row["stance"])
    if kind == "figure" and row["voice"] == "unnamed":
        yield "unnamed speaker"
    if kind == "event" and row["kind"] is None:
        yield "no kind"


def _query(table: str, words: str, columns: str, more: str = "") -> str:
    """The rows of facts of one table as they read now, in their order, with what a review looks at."""
    where = ", ".join(f"source.{name}" for name in _SOURCE)
    return f"""
        SELECT fact.id, fact.uid, {columns}, words.folded AS phrase, words.start_char, words.end_char,
            coalesce(sentence.folded, words.folded) AS quote,
            coalesce(sentence.start_char, words.start_char) AS quote_start,
            coalesce(sentence.end_char, words.end_char) AS quote_end, {where},
            coalesce(fact_status.status, 'machine') AS status,
            (SELECT count(*) FROM standing_review WHERE standing_review.fact = fact.uid) AS reviews
        FROM corrected_{table} AS fact
        JOIN source ON source.revision_id = fact.revision_id AND source.run_id = fact.run_id
        JOIN span AS words ON words.id = fact.{words}
        LEFT JOIN span AS sentence ON sentence.id = fact.sentence_span_id
        LEFT JOIN fact_status ON fact_status.fact = fact.uid
        {more} ORDER BY fact.id"""


def _columns(kind: FactKind, *without: str) -> str:
    names = [name for name in _READINGS[kind] if name not in without]
    extracted = [f"extracted_{name}" for name in _EXTRACTED[kind] if name not in without]
    return ", ".join(f'fact."{name}"' for name in (*names, *extracted))


_NO_CLASH = "NULL AS conflict, NULL AS clash"
_CLASH = """FROM conflict JOIN conflict_claim ON conflict_claim.conflict_id = conflict.id
    WHERE conflict_claim.claim_id = fact.id ORDER BY conflict.uid LIMIT 1"""
_PARTICIPANTS = """
    SELECT group_concat(name, '; ') FROM (
        SELECT name FROM participant WHERE report_id = fact.id AND role <> 'place' ORDER BY position)"""
# Of one chain the first mention of those that read the same.
_FIRST = """WHERE fact.id = (
    SELECT min(other.id) FROM corrected_mention AS other
    WHERE other.revision_id = fact.revision_id AND other.run_id = fact.run_id AND other.chain = fact.chain
        AND other.name = fact.name AND other.kind = fact.kind)"""
_CHAIN = """SELECT count(*) FROM mention AS other
    WHERE other.revision_id = fact.revision_id AND other.run_id = fact.run_id AND other.chain = fact.chain"""
_QUERIES: Mapping[FactKind, str] = {
    "figure": _query(
        "claim",
        "phrase_span_id",
        f"""{_columns("figure", "value")}, fact.earliest, fact.latest,
            (SELECT conflict.uid {_CLASH}) AS conflict, (SELECT conflict.explanation {_CLASH}) AS clash""",
    ),
    "event": _query(
        "report",
        "trigger_span_id",
        f"""{_columns("event", "participants")}, fact.earliest, fact.latest,
            ({_PARTICIPANTS}) AS participants, {_NO_CLASH}""",
    ),
    "name": _query(
        "mention",
        "span_id",
        f"""{_columns("name", "mentions")}, ({_CHAIN}) AS mentions, {_NO_CLASH}""",
        _FIRST,
    ),
}
