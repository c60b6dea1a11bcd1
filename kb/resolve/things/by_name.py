"""Places told by no mention of them: by persons, by an adjective ("Polish miners"), by a page's address.

Such a place is found by its name. It is the place that the same article names so, else the only one of the
base that has the name, else the words as they are.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, TextClause, bindparam, text

from kb.resolve.keys.names import folded_name, folded_place
from kb.store import parts

_IN_ARTICLE = """
    SELECT mention.revision_id, name.key, entity.uid, entity.id, entity.name
    FROM mention
    JOIN entity ON entity.id = mention.entity_id AND entity.kind = 'place'
    JOIN name ON name.entity_id = entity.id
    WHERE mention.revision_id IN :revisions AND name.key IN :keys"""
_ANYWHERE = """
    SELECT DISTINCT NULL AS revision_id, name.key, entity.uid, entity.id, entity.name
    FROM name JOIN entity ON entity.id = name.entity_id AND entity.kind = 'place'
    WHERE name.key IN :keys"""
_NAMES = """
    SELECT words.folded FROM mention JOIN span AS words ON words.id = mention.span_id
    WHERE mention.id IN :mentions
    UNION SELECT name FROM mention WHERE id IN :mentions
    UNION SELECT review.value FROM mention JOIN review ON review.fact = mention.uid AND review.field = 'name'
    WHERE mention.id IN :mentions"""
_BY_PERSONS = """
    SELECT claim.id, correction.place FROM correction CROSS JOIN claim ON claim.uid = correction.fact
    WHERE correction.place IS NOT NULL
    UNION SELECT id, (SELECT place FROM claim WHERE claim.id = added_fact.id) FROM added_fact
    WHERE kind = 'claim'"""

# Those at a place without a mention whose series is not at the one entity of that name.
_WRITTEN = """
    WITH named AS MATERIALIZED (
        SELECT name.spelling,
            CASE WHEN count(DISTINCT entity.id) = 1 THEN min(entity.id) END AS entity_id
        FROM (SELECT DISTINCT entity_id FROM mention WHERE id IN :mentions) AS here
        CROSS JOIN entity AS own ON own.id = here.entity_id AND own.kind = 'place'
        CROSS JOIN name ON name.entity_id = own.id
            AND name.spelling IN (SELECT value FROM json_each(:names))
        CROSS JOIN name AS same ON same.key = name.key
        CROSS JOIN entity ON entity.id = same.entity_id AND entity.kind = 'place'
        GROUP BY name.spelling
    ), asked AS MATERIALIZED (
        SELECT value AS place, (SELECT entity_id FROM named WHERE spelling = value) AS entity_id
        FROM json_each(:names)
    )
    SELECT claim.id FROM asked
    CROSS JOIN claim INDEXED BY ix_claim_named_place
        ON claim.place = asked.place AND claim.place_mention_id IS NULL
    CROSS JOIN series ON series.id = claim.series_id
    WHERE series.place_entity_id IS NOT asked.entity_id"""


def with_named_places(connection: Connection, rows: Iterable[RowMapping]) -> list[dict[str, Any]]:
    """The rows of claims, those `by_name` with the entity of their place.

    A row has `revision_id`, `place`, `by_name`, `place_entity_id` and `place_name`.
    """
    claims: list[dict[str, Any]] = [dict(row) for row in rows]
    told = [claim for claim in claims if claim["by_name"]]
    named = _Named(connection, told) if told else None
    for claim in told:
        one = named.place(claim["revision_id"], claim["place"]) if named else None
        claim |= {"place_entity_id": one and one["id"], "place_name": one and one["name"]}
    return claims


class _Named:
    """The places that have one of the names that persons used."""

    def __init__(self, connection: Connection, claims: Sequence[Mapping[str, Any]]) -> None:
        keys = {folded_place(claim["place"]) for claim in claims if claim["place"]}
        revisions = {claim["revision_id"] for claim in claims}
        self._near: dict[tuple[int, str], list[RowMapping]] = defaultdict(list)
        self._far: dict[str, list[RowMapping]] = defaultdict(list)
        for part in parts(sorted(keys)):
            for some in parts(sorted(revisions)):
                for row in _rows(connection, _IN_ARTICLE, revisions=some, keys=part):
                    self._near[row["revision_id"], row["key"]].append(row)
            for row in _rows(connection, _ANYWHERE, keys=part):
                self._far[row["key"]].append(row)

    def place(self, revision: int, words: str | None) -> RowMapping | None:
        """The one place that the words name in an article, else in the base."""
        key = folded_place(words or "")
        near, far = self._near.get((revision, key), []), self._far.get(key, [])
        if near:
            return min(near, key=lambda row: str(row["uid"]))
        return far[0] if len(far) == 1 else None


def claims_by_name(connection: Connection, mentions: Iterable[int]) -> set[int]:
    """The claims whose place is, or was, named as one of these mentions, and has no mention of its own."""
    told = list(_rows(connection, _BY_PERSONS))
    keys: set[str] = set()
    found: set[int] = set()
    for part in parts(sorted(mentions)):
        names = {row["folded"] for row in _rows(connection, _NAMES, mentions=part)}
        keys |= {folded_name(name) for name in names}
        asked = {"mentions": part, "names": json.dumps(sorted(names))}
        found |= set(connection.execute(_statement(_WRITTEN, ("mentions",)), asked).scalars())
    return found | {row["id"] for row in told if folded_name(row["place"] or "") in keys}


def _rows(connection: Connection, query: str, **values: Collection[Any]) -> Sequence[RowMapping]:
    asked = {name: list(some) for name, some in values.items()}
    return connection.execute(_statement(query, tuple(values)), asked).mappings().all()


@cache
def _statement(query: str, lists: tuple[str, ...]) -> TextClause:
    return text(query).bindparams(*(bindparam(name, expanding=True) for name in lists))


def named_facts(connection: Connection, spellings: Iterable[str]) -> set[str]:
    """A fact (by uid) of each entity that has one of these names."""
    query = text("""
        SELECT entity.uid FROM entity JOIN name ON name.entity_id = entity.id
        WHERE name.key = :key OR entity.name = :name""")
    return {
        uid
        for words in spellings
        for uid in connection.execute(query, {"key": folded_name(words), "name": words}).scalars()
    }
