"""What lists on pages show: the first rows by index, and what belongs to one thing by key.

The questions of `questions` and `lines` read all that a filter could keep; a page shows a hundred rows, and
asks for no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping

from kb.errors import UsageError
from kb.lexicon import read_words
from kb.model.values import EntityKind
from kb.names.keys import listed as known_name
from kb.query.filters import Filter
from kb.query.lines import CONFLICTS
from kb.query.page_rows import ConflictHead, EntityHead, EventHead, SeriesHead
from kb.query.rows import Figure
from kb.query.select import columns_of, selected, typed
from kb.resolve import candidates
from kb.resolve.doubts.candidates import Named
from kb.resolve.keys.names import folded_name
from kb.store import Store

# Of an event what its reports tell of it, as in the view `timeline`, which groups all events for one.
_TOLD = """
    SELECT event.uid, event.date, event.earliest, event.latest, event.title, event.kind, event.place,
        (
            SELECT group_concat(name, '; ') FROM (
                SELECT DISTINCT coalesce(entity.name, participant.name) AS name
                FROM report AS told
                JOIN current_reading ON current_reading.revision_id = told.revision_id
                    AND current_reading.run_id = told.run_id
                JOIN participant ON participant.report_id = told.id AND participant.role <> 'place'
                LEFT JOIN mention ON mention.id = participant.mention_id
                LEFT JOIN entity ON entity.id = mention.entity_id
                WHERE told.event_id = event.id ORDER BY name
            )
        ) AS participants,
        (
            SELECT count(DISTINCT independent_source.root) FROM report AS told
            JOIN current_reading ON current_reading.revision_id = told.revision_id
                AND current_reading.run_id = told.run_id
            JOIN independent_source ON independent_source.article_id = current_reading.article_id
            WHERE told.event_id = event.id
        ) AS sources
    FROM event WHERE {0}"""
# A LIMIT within has SQLite sort first, and look at the reports of the first ones alone.
_FIRST = """
    SELECT sorted.uid FROM (
        SELECT event.id, event.uid FROM event WHERE {0}
        ORDER BY coalesce(event.earliest, event.latest) IS NULL, coalesce(event.earliest, event.latest),
            event.latest IS NOT NULL, event.latest DESC, event.uid LIMIT {1}
    ) AS sorted
    WHERE EXISTS (
        SELECT 1 FROM report
        JOIN current_reading ON current_reading.revision_id = report.revision_id
            AND current_reading.run_id = report.run_id
        WHERE report.event_id = sorted.id AND report.stance IN ('asserted', 'alleged', 'planned')
    )"""
# Reports in which an entity takes part, or at which it is the place.
_OF_ENTITY = """
    event.id IN (
        SELECT report.event_id FROM mention JOIN participant ON participant.mention_id = mention.id
        JOIN report ON report.id = participant.report_id WHERE mention.entity_id IN ({0})
        UNION SELECT report.event_id FROM mention JOIN report ON report.place_mention_id = mention.id
        WHERE mention.entity_id IN ({0})
    )"""
_MORE = 3  # events that are looked at for one that is shown
_SAME_NAME = "SELECT entity_id FROM name WHERE key = {0} UNION SELECT id FROM entity WHERE uid = {1}"
_SOURCES = """
    SELECT count(DISTINCT independent_source.root) FROM claim
    JOIN revision ON revision.id = claim.revision_id
    JOIN independent_source ON independent_source.article_id = revision.article_id
    WHERE claim.series_id = series.id"""


def event_heads(
    store: Store,
    *,
    entity: str | None = None,
    place: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    skip: int = 0,
    limit: int,
) -> tuple[EventHead, ...]:
    """The first events in the order of `timeline`; `entity` and `place` are names, or an entity's uid.

    So many as `skip` says are left out before them.

    Raises:
        UsageError: a date is none, or there is no such kind.
    """
    kinds = sorted(read_words("event_kinds", "kind"))
    if kind not in (None, *kinds):
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(kinds)}")
    asked = Filter()
    for name in (entity, place):
        if name is not None:
            same = _SAME_NAME.format(asked.value(folded_name(name)), asked.value(name))
            asked.conditions.append(_OF_ENTITY.format(same))
    asked.equal("event.kind", kind)
    asked.overlap(since, until, "event.")
    first: list[str] = []
    wanted = skip + limit
    for looked_at in (wanted * _MORE, -1):  # more are looked at where many are told otherwise than as fact
        if len(first) < wanted:
            query = _FIRST.format(asked.where, looked_at)
            first = [row["uid"] for row in selected(store, query, asked, wanted)]
    first = first[skip:]
    found = {row["uid"]: row for row in _told(store, first)}
    return tuple(typed(EventHead, found[uid]) for uid in first if uid in found)


def event_head(store: Store, uid: str) -> EventHead | None:
    """An event (by uid) in a line; None if there is none."""
    for row in _told(store, [uid]):
        return typed(EventHead, row)
    return None


def _told(store: Store, uids: Sequence[str]) -> Sequence[RowMapping]:
    asked = Filter()
    asked.among("event.uid", uids)
    return selected(store, _TOLD.format(asked.where), asked) if uids else ()


def series_heads(
    store: Store, words: str | None = None, *, place: str | None = None, skip: int = 0, limit: int
) -> tuple[SeriesHead, ...]:
    """The series with the most figures, whose measure has all the words, at a place of this name.

    So many as `skip` says are left out before them.
    """
    asked = Filter()
    asked.words("measure.name", words)
    if place is not None:
        same = _SAME_NAME.format(asked.value(folded_name(place)), asked.value(place))
        asked.conditions.append(f"series.place_entity_id IN ({same})")
    among = "claim.series_id IS NOT NULL"
    if asked.conditions:
        among = f"""claim.series_id IN (
                SELECT series.id FROM series JOIN measure ON measure.id = series.measure_id
                WHERE {asked.where})"""
    query = f"""
        SELECT series.uid, measure.name AS measure, series.place, counted.figures,
            (SELECT count(*) FROM conflict WHERE conflict.series_id = series.id) AS clashes,
            ({_SOURCES}) AS sources
        FROM (
            SELECT claim.series_id, count(*) AS figures FROM claim
            WHERE {among}
            GROUP BY claim.series_id ORDER BY figures DESC, claim.series_id
            LIMIT {int(limit)} OFFSET {int(skip)}
        ) AS counted
        JOIN series ON series.id = counted.series_id JOIN measure ON measure.id = series.measure_id
        ORDER BY counted.figures DESC, series.id"""
    return tuple(typed(SeriesHead, row) for row in selected(store, query, asked))


def entity_heads(
    store: Store, words: str | None = None, *, skip: int = 0, limit: int
) -> tuple[EntityHead, ...]:
    """The entities that are named most, of which one name has all the words; `skip` of them are left out."""
    asked = Filter()
    if words is not None:
        has_words = asked.has_words("(spelling || ' ' || key)", words)
        asked.conditions.append(f"entity.id IN (SELECT entity_id FROM name WHERE {has_words})")
        first = f"""
            SELECT entity.id AS entity_id,
                (SELECT count(*) FROM mention WHERE mention.entity_id = entity.id) AS mentions
            FROM entity WHERE {asked.where}"""
    else:
        first = """
            SELECT entity_id, count(*) AS mentions FROM mention WHERE entity_id IS NOT NULL
            GROUP BY entity_id"""
    query = f"""
        SELECT entity.uid, entity.name, entity.kind, first.mentions,
            (SELECT count(DISTINCT revision_id) FROM mention WHERE entity_id = entity.id) AS articles,
            (SELECT count(*) FROM article WHERE publisher_id = entity.id) AS published
        FROM ({first} ORDER BY mentions DESC, entity_id LIMIT {int(limit)} OFFSET {int(skip)}) AS first
        JOIN entity ON entity.id = first.entity_id
        ORDER BY first.mentions DESC, entity.id"""
    return tuple(typed(EntityHead, row) for row in selected(store, query, asked))


def conflict_heads(
    store: Store, kind: str | None = None, *, skip: int = 0, limit: int
) -> tuple[ConflictHead, ...]:
    """The first clashes, of one kind if it is given; `skip` of them are left out.

    Raises:
        UsageError: there is no such kind.
    """
    if kind not in (None, *CONFLICTS):
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(CONFLICTS)}")
    asked = Filter()
    asked.equal("kind", kind)
    query = f"""
        SELECT uid, kind, explanation FROM conflict WHERE {asked.where}
        ORDER BY kind, explanation, uid LIMIT {int(limit)} OFFSET {int(skip)}"""
    return tuple(typed(ConflictHead, row) for row in selected(store, query, asked))


def figures_of_entity(store: Store, uid: str, role: str, *, limit: int) -> tuple[Figure, ...]:
    """The newest figures of which an entity (by uid) is the `speaker` or the `place`."""
    assert role in ("speaker", "place")
    asked = Filter()
    query = f"""
        SELECT DISTINCT claim.uid FROM entity JOIN mention ON mention.entity_id = entity.id
        JOIN claim ON claim.{role}_mention_id = mention.id
        WHERE entity.uid = {asked.value(uid)} AND claim.series_id IS NOT NULL
        ORDER BY claim.latest DESC, claim.uid"""
    return _figures(store, [row["uid"] for row in selected(store, query, asked, limit)])


def newest_figures(store: Store, words: str | None, *, limit: int) -> tuple[Figure, ...]:
    """The figures that were published last, whose measure has all the words."""
    asked = Filter()
    asked.words("coalesce(claim.measure, '')", words)
    query = f"""
        SELECT claim.uid FROM (
            SELECT id, published FROM revision WHERE published IS NOT NULL ORDER BY published DESC LIMIT -1
        ) AS newest
        JOIN claim ON claim.revision_id = newest.id
        WHERE {asked.where}"""
    found = _figures(store, [row["uid"] for row in selected(store, query, asked, limit)])
    return tuple(sorted(found, key=lambda figure: (figure.published or "", figure.uid), reverse=True))


def _figures(store: Store, uids: Sequence[str]) -> tuple[Figure, ...]:
    if not uids:
        return ()
    asked = Filter()
    asked.among("uid", dict.fromkeys(uids))
    query = f"SELECT {columns_of(Figure)} FROM figures WHERE {asked.where}"
    return tuple(typed(Figure, row) for row in selected(store, query, asked))


def alike(store: Store, uid: str, *, limit: int) -> tuple[tuple[str, str], ...]:
    """Uid and name of entities that may be the same as one (by uid), the likeliest first.

    Only those are looked at that share a word of a name; `kb candidates` compares all with all.
    """
    asked = Filter()
    own = selected(
        store,
        f"""SELECT entity.kind, entity.name, name.key FROM entity JOIN name ON name.entity_id = entity.id
            WHERE entity.uid = {asked.value(uid)}""",
        asked,
    )
    words = {word for row in own for word in row["key"].split() if len(word) > 2}
    if not words or known_name(own[0]["kind"], own[0]["name"]) is not None:
        return ()
    near = Filter()
    shared = " OR ".join(
        near.has_words("(' ' || name.key || ' ')", word) for word in sorted(words, key=len)[-2:]
    )
    rows = selected(
        store,
        f"""SELECT entity.uid, entity.kind, entity.name, group_concat(name.spelling, char(10)) AS spellings
            FROM name JOIN entity ON entity.id = name.entity_id
            WHERE entity.kind = {near.value(own[0]["kind"])} AND ({shared}) GROUP BY entity.id""",
        near,
        500,
    )
    things = [
        Named(row["uid"], _kind(row), row["name"], frozenset(row["spellings"].split("\n"))) for row in rows
    ]
    pairs = (pair for pair in candidates(things, _decided(store)) if uid in (pair.a.uid, pair.b.uid))
    others = (pair.b if pair.a.uid == uid else pair.a for pair in pairs)
    return tuple((other.uid, other.name) for other in others)[:limit]


def _kind(row: RowMapping) -> EntityKind:
    kind: EntityKind = row["kind"]
    return kind


def _decided(store: Store) -> set[frozenset[str]]:
    """Pairs of entities on which somebody decided."""
    query = """
        SELECT a.uid AS a, b.uid AS b FROM identity_decision AS made
        JOIN mention AS of_a ON of_a.uid = made.uid_a JOIN entity AS a ON a.id = of_a.entity_id
        JOIN mention AS of_b ON of_b.uid = made.uid_b JOIN entity AS b ON b.id = of_b.entity_id
        WHERE made.kind = 'entity' AND made.verdict <> 'withdrawn' AND NOT EXISTS (
            SELECT 1 FROM identity_decision AS later WHERE later.withdraws = made.uid)"""
    return {frozenset((row["a"], row["b"])) for row in selected(store, query, Filter())}
