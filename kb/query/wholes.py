"""What a series is told of beside its own figures: its whole, its subgroups, what other texts say."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import RowMapping, bindparam, text

from kb.query.beside import Implied, Lent, Linked
from kb.query.rows import Series
from kb.resolve.relations.multiples import Bound, bounds_of, bounds_on, is_of_time, told_as
from kb.resolve.series.lent import lent_in
from kb.resolve.series.relating import told_of
from kb.store import Store, parts
from kb.store.connection import explained

_AT = """
    SELECT series.id, series.measure_id, series.place_entity_id FROM json_each(:keys) AS asked
    CROSS JOIN series ON series.id = asked.value"""
_LINKED = """
    SELECT series.id AS series_id, other.uid, measure.name, other.place,
        series.part_of_id = other.id AS is_whole,
        (SELECT count(*) FROM claim WHERE claim.series_id = other.id) AS figures
    FROM series
    JOIN series AS other ON other.id = series.part_of_id OR other.part_of_id = series.id
    JOIN measure ON measure.id = other.measure_id
    WHERE series.id IN :keys
    ORDER BY series.id, figures DESC, other.uid"""


def linked(store: Store, keys: Iterable[int]) -> dict[int, tuple[Linked | None, tuple[Linked, ...]]]:
    """The whole of each series, and its subgroups, those with the most figures first."""
    keys = list(keys)
    wholes: dict[int, Linked] = {}
    subgroups: dict[int, list[Linked]] = defaultdict(list)
    query = text(_LINKED).bindparams(bindparam("keys", expanding=True))
    with explained(store.path):
        for part in parts(keys):
            for row in store.connection.execute(query, {"keys": part}).mappings():
                heading = f"{row['name']} in {row['place']}" if row["place"] else row["name"]
                other = Linked(row["uid"], heading, row["figures"])
                if row["is_whole"]:
                    wholes[row["series_id"]] = other
                else:
                    subgroups[row["series_id"]].append(other)
    return {key: (wholes.get(key), tuple(subgroups[key])) for key in keys}


def implied(store: Store, lines: Mapping[int, Series]) -> dict[int, tuple[Implied, ...]]:
    """What multiples of the figures of each series, or of such elsewhere, say of what no figure tells."""
    asked = {"keys": json.dumps(sorted(lines))}
    with explained(store.path):
        at = {key: (measure, place) for key, measure, place in store.connection.execute(text(_AT), asked)}
        told = {
            key: {bound.ratio: bound for bound in bounds}
            for key, bounds in bounds_on(store.connection, at).items()
        }
        for bound in bounds_of(store.connection, lines):
            told[bound.series][bound.ratio] = bound
        silent = {
            key: [bound for bound in bounds.values() if not _is_told(store, bound)]
            for key, bounds in told.items()
        }
    return {key: implied_by(store, silent[key], line.measure) for key, line in lines.items()}


def implied_by(store: Store, bounds: Iterable[Bound], measure: str) -> tuple[Implied, ...]:
    """Bounds on what a measure of this name counts, in words."""
    with explained(store.path):
        return tuple(_implied(_quoted(store, bound), bound, measure) for bound in bounds)


def _is_told(store: Store, bound: Bound) -> bool:
    """Whether a figure tells the number of the baseline's time."""
    return any(is_of_time(bound, claim) for claim in told_of(store.connection, bound))


def _implied(quoted: Mapping[int, RowMapping], bound: Bound, measure: str) -> Implied:
    ratio, level = quoted[bound.ratio], quoted[bound.level]
    place = f" in {bound.place}" if bound.place else ""
    when = f" ({bound.date})" if bound.date else ""
    multiple = f"“{level['words']}” is “{ratio['words']}” {told_as(bound.words)}"
    said = f"{multiple}, so there were {bound.said} {measure}{place}{when}"
    return Implied(bound.ratio_uid, bound.said, bound.place, bound.date, said)


def _quoted(store: Store, bound: Bound) -> dict[int, RowMapping]:
    """The words of a multiple and of its level."""
    query = text("""
        SELECT claim.id, span.folded AS words FROM claim JOIN span ON span.id = claim.phrase_span_id
        WHERE claim.id IN (:ratio, :level)""")
    asked = {"ratio": bound.ratio, "level": bound.level}
    return {row["id"]: row for row in store.connection.execute(query, asked).mappings()}


def lent(store: Store, lines: Mapping[int, Series]) -> dict[int, tuple[Lent, ...]]:
    """The figures of each series that tell no place themselves, and by what other telling they are there."""
    found: dict[int, list[Lent]] = {key: [] for key in lines}
    home = {figure.uid: key for key, line in lines.items() for figure in line.figures}
    with explained(store.path):
        placed = lent_in(store.connection, [key for key, line in lines.items() if line.place is not None])
        told = _sentences(store, {one.lender for one in placed})
    for one in placed:
        if one.uid in home:
            row = told[one.lender]
            who = row["publisher"] or row["url"] or row["title"] or row["uid"]
            day = f", {row['published'][:10]}" if row["published"] else ""
            said = f"the same sentence stands in another telling ({who}{day}), which tells of {one.place}"
            found[home[one.uid]].append(
                Lent(one.uid, one.lender_uid, one.place, f"“{row['phrase']}”: {said}: “{row['quote']}”")
            )
    return {key: tuple(dict.fromkeys(some)) for key, some in found.items()}


def _sentences(store: Store, claims: Iterable[int]) -> dict[int, RowMapping]:
    """Claims with their words and where these stand."""
    found: dict[int, RowMapping] = {}
    query = text("""
        SELECT claim.id, article.uid, phrase.folded AS phrase, sentence.folded AS quote, revision.publisher,
            revision.published, revision.title, coalesce(article.cites_url, article.url) AS url
        FROM claim
        JOIN span AS phrase ON phrase.id = claim.phrase_span_id
        JOIN span AS sentence ON sentence.id = claim.sentence_span_id
        JOIN revision ON revision.id = claim.revision_id
        JOIN article ON article.id = revision.article_id
        WHERE claim.id IN :keys""").bindparams(bindparam("keys", expanding=True))
    for part in parts(sorted(claims)):
        rows = store.connection.execute(query, {"keys": part}).mappings()
        found |= {row["id"]: row for row in rows}
    return found
