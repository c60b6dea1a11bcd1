"""What people decided on who and what is one, and what is left to decide."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import get_args

from kb.errors import UsageError
from kb.model.values import EntityKind
from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.rows import Candidate, Decision, Listed
from kb.query.select import at_most, selected, typed
from kb.resolve import alike_measures, opposed, stored_candidates
from kb.store import Store
from kb.store.connection import explained

CANDIDATES: tuple[str, ...] = (*get_args(EntityKind), "event", "measure")


def decisions(store: Store) -> Answer[Decision]:
    """Every "same" and "different", the newest first, with what was taken back marked so."""
    query = f"""
        SELECT made.uid, made.kind, made.verdict, made.uid_a, made.uid_b, made."by", made.recorded_at,
            made.note, {_told("uid_a")} AS a, {_told("uid_b")} AS b,
            EXISTS (SELECT 1 FROM identity_decision AS later WHERE later.withdraws = made.uid) AS withdrawn
        FROM identity_decision AS made WHERE made.verdict <> 'withdrawn'
        ORDER BY made.recorded_at DESC, made.id DESC"""
    found = (typed(Decision, row) for row in selected(store, query, Filter()))
    return Answer((dataclasses.replace(made, withdrawn=bool(made.withdrawn)) for made in found), Decision)


def _told(column: str) -> str:
    """The SQL of how a fact reads: a name, a happening or what is measured; its uid where it is gone."""
    return f"""coalesce(
        (SELECT name FROM mention WHERE mention.uid = made.{column} LIMIT 1),
        (SELECT title FROM report WHERE report.uid = made.{column} LIMIT 1),
        (SELECT measure FROM claim WHERE claim.uid = made.{column} LIMIT 1),
        made.{column})"""


def candidates(
    store: Store, *, kind: str | None = None, limit: int | None = None, disputed: bool = False
) -> Answer[Candidate]:
    """What people contradict each other on, then pairs of things that may be one, the likeliest first.

    Nobody decided on these pairs yet. With `disputed` only what people contradict each other on; `kind`
    keeps the candidates of one of `CANDIDATES`.

    Raises:
        UsageError: there is no such kind.
    """
    at_most(limit)
    if kind not in (None, *CANDIDATES):
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(CANDIDATES)}")
    found = list(_disputed(store))
    if not disputed:
        entities = () if kind == "measure" else _alike(store)
        measures = _alike_measures(store) if kind in (None, "measure") else ()
        found += sorted((*entities, *measures), key=lambda pair: -pair.score)
    return Answer([one for one in found if kind in (None, one.kind)][:limit], Candidate)


def _alike_measures(store: Store) -> Iterator[Candidate]:
    with explained(store.path):
        found = alike_measures(store.connection)
    for pair in found:
        uids = pair.a.measure_uid, pair.b.measure_uid
        yield Candidate(
            pair.a.heading, pair.b.heading, "measure", pair.score, (), *uids, why=pair.explanation
        )


def _alike(store: Store) -> Iterator[Candidate]:
    with explained(store.path):
        found = stored_candidates(store.connection)
        named = {row["uid"]: row["name"] for row in selected(store, "SELECT uid, name FROM entity", Filter())}
    for pair in found:
        company = tuple(sorted(named[uid] for uid in pair.company))
        yield Candidate(
            pair.a.name, pair.b.name, pair.a.kind, round(pair.score, 3), company, pair.a.uid, pair.b.uid
        )


def _disputed(store: Store) -> Iterator[Candidate]:
    """What people contradict each other on, of all that shows."""
    with explained(store.path):
        found = opposed(store.connection)
    for one in found:
        about = [_told_of(store, one.kind, uid) for uid in (one.a, one.b) if uid is not None]
        if all(about):
            (kind, a), *rest = filter(None, about)
            b = rest[0][1] if rest else None
            yield Candidate(a, b, kind, 1.0, (), one.a, one.b, one.said)


def _told_of(store: Store, kind: str, uid: str) -> tuple[str, str] | None:
    """What a disputed uid is, and how a reader is told of it; None where it does not show (any more)."""
    for query in _TOLD[kind]:
        asked = Filter()
        for row in selected(store, query.format(uid=asked.value(uid)), asked, 1):
            return row["kind"], row["told"]
    return None


def names(store: Store) -> Answer[Listed]:
    """The spellings that users listed and nobody took back, by name."""
    query = """
        SELECT uid, kind, name, spelling, source, "by", recorded_at FROM alias AS made
        WHERE withdraws IS NULL
            AND NOT EXISTS (SELECT 1 FROM alias AS later WHERE later.withdraws = made.uid)
        ORDER BY name, spelling, uid"""
    return Answer((typed(Listed, row) for row in selected(store, query, Filter())), Listed)


_SHOWS = """
    JOIN current_reading
        ON current_reading.revision_id = {0}.revision_id AND current_reading.run_id = {0}.run_id"""
_FACTS: Mapping[str, str] = {
    "claim": f"""
        SELECT 'figure' AS kind, span.folded AS told FROM claim JOIN span ON span.id = claim.phrase_span_id
        {_SHOWS.format("claim")} WHERE claim.uid = {{uid}}""",
    "report": f"""
        SELECT 'event' AS kind, report.title AS told FROM report
        {_SHOWS.format("report")} WHERE report.uid = {{uid}}""",
    "mention": f"""
        SELECT 'name' AS kind, mention.name AS told FROM mention
        {_SHOWS.format("mention")} WHERE mention.uid = {{uid}}""",
    "article": """
        SELECT 'article' AS kind, coalesce(source.title, source.url, source.article_uid) AS told
        FROM source WHERE source.article_uid = {uid}""",
}
_MEASURE = """
    SELECT 'measure' AS kind, measure.name AS told FROM claim JOIN measure ON measure.id = claim.measure_id
    WHERE claim.uid = {uid}"""
_SERIES = """
    SELECT 'series' AS kind, measure.name || coalesce(' in ' || series.place, '') AS told
    FROM claim JOIN series ON series.id = claim.series_id JOIN measure ON measure.id = series.measure_id
    WHERE claim.uid = {uid}"""
_SPELLING = "SELECT 'spelling' AS kind, spelling AS told FROM alias WHERE uid = {uid}"
# What a disputed uid may be, by the kind of what people contradict each other on.
_TOLD: Mapping[str, tuple[str, ...]] = {
    **{kind: (query,) for kind, query in _FACTS.items()},
    "tag": tuple(_FACTS.values()),
    "definition": (_MEASURE,),
    "assessment": (_SERIES,),
    "spelling": (_SPELLING,),
    "measure": (_MEASURE,),
    "event": (_FACTS["report"],),
    "entity": (
        """
        SELECT entity.kind, entity.name AS told FROM mention JOIN entity ON entity.id = mention.entity_id
        WHERE mention.uid = {uid}""",
        """
        SELECT entity.kind, entity.name AS told FROM article JOIN entity ON entity.id = article.publisher_id
        WHERE article.uid = {uid}""",
    ),
}
