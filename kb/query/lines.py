"""Series and what clashes in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import RowMapping

from kb.errors import UsageError
from kb.query.answer import Answer
from kb.query.assessments import assessments
from kb.query.beside import Related
from kb.query.bounded import bounded
from kb.query.filters import Filter
from kb.query.near import near
from kb.query.rows import Conflict, Figure, Series
from kb.query.select import at_most, columns_of, selected, typed
from kb.query.sources import Behind, behind, with_sources
from kb.query.wholes import implied, lent, linked
from kb.resolve.series.relating import steps_of
from kb.store import Store, parts
from kb.store.connection import explained

CONFLICTS = (
    "conflict",
    "later take",
    "restatement",
    "quoted differently",
    "other measure",
    "parts",
    "baseline",
)


def series(
    store: Store,
    measure: str | None = None,
    *,
    uid: str | None = None,
    place: str | None = None,
    tag: str | None = None,
    primary: bool = False,
    relations: bool = False,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> Answer[Series]:
    """The series whose measure has all the words, at a place, those with most sources first; or one by uid.

    Last stand those of which no figure but a multiple told elsewhere says something. `since` and `until`
    keep the figures that overlap that time, `primary` those of a speaker's own publication. `relations` tells
    how each figure stands to the one before it, and what clashes. `place` may be given by any of its names.

    Raises:
        UsageError: `since` or `until` is no date.
    """
    asked = Filter()
    asked.words("(measure.name || ' ' || measure.unit)", measure)
    asked.equal("series.uid", uid)
    asked.names("series.place", place)
    query = f"""
        SELECT series.id AS series_id, series.uid AS series_uid, measure.name AS measure_name,
            measure.kind AS measure_kind, measure.uid AS counted_uid, measure.definition,
            series.place AS series_place, claim.uid AS claim_uid, article.uid AS article_uid
        FROM measure
        CROSS JOIN series ON series.measure_id = measure.id
        CROSS JOIN claim ON claim.series_id = series.id
        JOIN revision ON revision.id = claim.revision_id
        JOIN article ON article.id = revision.article_id
        WHERE {asked.where}"""
    home = {(row["claim_uid"], row["article_uid"]): row for row in selected(store, query, asked)}
    rows = _in_time(store, home, since, until, tag)
    whose = behind(store, rows)
    if primary:
        rows = [row for row in rows if whose[row["uid"], row["article_uid"]].voice.primary]
    found: dict[int, list[RowMapping]] = defaultdict(list)
    for row in rows:
        found[home[row["uid"], row["article_uid"]]["series_id"]].append(row)
    first = {row["series_id"]: row for row in home.values()}
    lines = {key: _series(first[key], members, whose) for key, members in found.items()}
    at_most(limit)
    best = sorted(lines, key=lambda key: (-lines[key].sources, -len(lines[key].figures), lines[key].uid))
    told = _completed(store, {key: lines[key] for key in best[:limit]}, relations=relations)
    is_found = uid is not None and bool(told)
    if not (primary or tag or is_found):  # what has no figure has nobody who speaks, nor is it filed
        told += bounded(store, measure, uid=uid, place=place, since=since, until=until)
    return Answer(told[:limit], Series)


def _in_time(
    store: Store,
    home: Mapping[tuple[str, str], RowMapping],
    since: str | None,
    until: str | None,
    tag: str | None,
) -> list[RowMapping]:
    """The figures of these claims (uids of claim and article) in order of the time for which they hold.

    They are asked for by uid: what that costs does not depend on the size of the base.
    """
    found: list[RowMapping] = []
    for uids in parts(sorted({uid for uid, _ in home})):
        asked = Filter()
        asked.among("uid", uids)
        asked.overlap(since, until)
        asked.tagged(tag, "figures.uid", "figures.article_uid")
        query = f"SELECT article_uid, {columns_of(Figure)} FROM figures WHERE {asked.where}"
        found += (row for row in selected(store, query, asked) if (row["uid"], row["article_uid"]) in home)
    return sorted(found, key=_time)


def _time(row: RowMapping) -> tuple[bool, str, str, str, str]:
    day = row["latest"] or row["earliest"]
    return day is None, day or "", row["published"] or "", row["uid"], row["article_uid"]


def _series(first: RowMapping, rows: list[RowMapping], whose: dict[tuple[str, str], Behind]) -> Series:
    sources = [whose[row["uid"], row["article_uid"]] for row in rows]
    return Series(
        uid=first["series_uid"],
        measure=first["measure_name"],
        kind=first["measure_kind"],
        place=first["series_place"],
        sources=len({source.root for source in sources}),
        voices=len({source.who for source in sources}),
        clashes=0,
        figures=tuple(
            typed(Figure, row, primary=source.voice.primary, chain=source.chain)
            for row, source in zip(rows, sources, strict=True)
        ),
        measure_uid=first["counted_uid"],
        definition=first["definition"],
    )


def _completed(store: Store, lines: dict[int, Series], *, relations: bool) -> list[Series]:
    """The series by their keys with what links them to others, and how many clashes they have."""
    clashes = _clashes(store, lines)
    links, multiples, places = linked(store, lines), implied(store, lines), lent(store, lines)
    neighbours = near(store, lines)
    concluded = assessments(store, series=lines, withdrawn=False)
    done = []
    for key, line in lines.items():
        part_of, subgroups = links[key]
        steps: tuple[Related, ...] = ()
        if relations:
            with explained(store.path):
                found = steps_of(store.connection, key)
            steps = tuple(Related(*step) for step in found) + clashes[key]
        done.append(
            replace(
                line,
                clashes=len(clashes[key]),
                part_of=part_of,
                parts=subgroups,
                implied=multiples[key],
                lent=places[key],
                near=neighbours[key],
                relations=steps,
                assessments=tuple(one for one in concluded if one.series == line.uid),
            )
        )
    return done


def _clashes(store: Store, keys: Iterable[int]) -> dict[int, tuple[Related, ...]]:
    """What does not fit together in each series, with others too, in order of uids."""
    found: dict[int, dict[str, tuple[str, str, list[str]]]] = {key: {} for key in keys}
    for part in parts(sorted(found)):
        asked = Filter()
        asked.among("claim.series_id", part)
        query = f"""
            SELECT DISTINCT claim.series_id, conflict.uid, conflict.kind, conflict.explanation,
                told.uid AS claim_uid, conflict_claim.position
            FROM claim
            JOIN conflict_claim AS own ON own.claim_id = claim.id
            JOIN conflict ON conflict.id = own.conflict_id
            JOIN conflict_claim ON conflict_claim.conflict_id = conflict.id
            JOIN claim AS told ON told.id = conflict_claim.claim_id
            WHERE {asked.where} ORDER BY conflict.uid, conflict_claim.position"""
        for row in selected(store, query, asked):
            said = (row["kind"], row["explanation"], list[str]())
            found[row["series_id"]].setdefault(row["uid"], said)[2].append(row["claim_uid"])
    return {
        key: tuple(Related(kind, why, tuple(uids)) for kind, why, uids in clashes.values())
        for key, clashes in found.items()
    }


def conflicts(
    store: Store,
    measure: str | None = None,
    *,
    place: str | None = None,
    kind: str | None = None,
    tag: str | None = None,
) -> Answer[Conflict]:
    """Claims that do not fit together, each with its figures; by series, the newest first.

    `measure` are words of what is counted, `kind` is one of `CONFLICTS`.

    Raises:
        UsageError: there is no such kind.
    """
    if kind not in (None, *CONFLICTS):
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(CONFLICTS)}")
    asked = Filter()
    asked.words("(measure.name || ' ' || measure.unit)", measure)
    asked.names("series.place", place)
    asked.equal("conflict.kind", kind)
    asked.clash_tagged(tag)
    query = f"""
        SELECT conflict.uid AS conflict_uid, conflict.kind AS conflict_kind, conflict.explanation,
            claim.uid AS claim_uid, article.uid AS article_uid
        FROM conflict
        JOIN series ON series.id = conflict.series_id
        JOIN measure ON measure.id = series.measure_id
        JOIN conflict_claim ON conflict_claim.conflict_id = conflict.id
        JOIN claim ON claim.id = conflict_claim.claim_id
        JOIN revision ON revision.id = claim.revision_id
        JOIN article ON article.id = revision.article_id
        WHERE {asked.where}
        ORDER BY series.uid, conflict.uid, conflict_claim.position"""
    told = selected(store, query, asked)
    rows = _in_time(store, {(row["claim_uid"], row["article_uid"]): row for row in told}, None, None, None)
    keys = ((row["uid"], row["article_uid"]) for row in rows)
    figures = dict(zip(keys, with_sources(store, rows), strict=True))
    found: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for row in told:
        figure = figures.get((row["claim_uid"], row["article_uid"]))
        if figure is not None:
            found[row["conflict_uid"], row["conflict_kind"], row["explanation"]].append(figure)
    return Answer((Conflict(*said, tuple(figures)) for said, figures in found.items()), Conflict)
