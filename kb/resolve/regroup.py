"""Groups of a base brought up to date after an article came in, in the transaction that stores it.

First the things of each kind (`kb.resolve.things.regrouping`), then what rests on them: series with their
conflicts, and the definitions of measures.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

from sqlalchemy import Connection, select, text

from kb.model.tables import ClaimRow, table_of
from kb.resolve.series.aligned import align
from kb.resolve.things.by_name import claims_by_name
from kb.resolve.things.definitions import define_measures
from kb.resolve.things.groups import Member
from kb.resolve.things.members import KINDS, resting_on
from kb.resolve.things.placed import Placed, Pointing
from kb.resolve.things.regrouping import Regrouping
from kb.store import look_up, parts

_CLAIM = table_of(ClaimRow)
_READINGS = text("""
    SELECT reading.revision_id FROM revision AS newest
    JOIN revision ON revision.article_id = newest.article_id
    JOIN reading ON reading.revision_id = revision.id
    WHERE newest.id = :revision ORDER BY revision.seq, reading.recorded_at, reading.id""")
_OF_ARTICLES = text("""
    SELECT claim.id FROM json_each(:articles) AS asked
    CROSS JOIN revision ON revision.article_id = asked.value
    CROSS JOIN claim ON claim.revision_id = revision.id
    WHERE claim.series_id IS NOT NULL""")


def regroup(connection: Connection, revision_id: int, articles: Iterable[int] = ()) -> None:
    """Bring all groups up to date with the facts of a revision that was just stored or read again.

    `articles` are others of which something changed that their claims' conflicts depend on.
    """
    read_before = _read_before(connection, revision_id)
    regroupings = []
    for kind in KINDS:
        regroupings.append(Regrouping(connection, kind))
        regroupings[-1].of_revision(revision_id, read_before)
    _settle(connection, regroupings, _claims_of(connection, articles), redated=False)


def regroup_around(connection: Connection, kind: str, facts: Iterable[str]) -> None:
    """Bring the groups of some facts (by uid) up to date after a decision on them was appended."""
    (of_kind,) = (one for one in KINDS if one.name == kind)
    regrouping = Regrouping(connection, of_kind)
    regrouping.around(facts)
    _settle(connection, [regrouping], redated=False)


def regroup_facts(connection: Connection, table: str, uids: Collection[str]) -> None:
    """Bring all groups up to date after some facts of one table (by uid) were reviewed, or added by hand.

    What rests on them follows: the events that a name took part in, the parts of a figure.
    """
    regroupings = []
    for kind, source, where in resting_on(table, uids):
        regroupings.append(Regrouping(connection, kind))
        regroupings[-1].of_facts(source, where)
    claims: set[int] = set()
    if table == "claim":
        claims |= set(connection.execute(select(_CLAIM.c.id).where(_CLAIM.c.uid.in_(uids))).scalars())
    _settle(connection, regroupings, claims)


def members_of(connection: Connection, articles: Collection[int]) -> dict[str, list[Placed]]:
    """What stands in articles now, by kind of thing: what `regroup_articles` takes out of its things."""
    found: dict[str, list[Placed]] = {kind.name: [] for kind in KINDS}
    for kind, part in product(KINDS, list(parts(sorted(articles)))):
        found[kind.name] += kind.standing(connection, articles=part)
    return found


def regroup_articles(
    connection: Connection,
    articles: Collection[int],
    before: Mapping[str, Sequence[Placed]],
    decided: Mapping[str, Collection[str]],
    rooted: Iterable[int],
) -> None:
    """Bring all groups up to date after articles lost or got readings, or decisions on facts.

    `before` are their members as they were, `decided` the facts (uids by kind of thing) on which there
    are other decisions now, `rooted` articles whose text comes from elsewhere now.
    """
    after = members_of(connection, articles)
    regroupings = []
    for kind in KINDS:
        regroupings.append(Regrouping(connection, kind))
        regroupings[-1].of_members(before.get(kind.name, ()), after[kind.name], decided.get(kind.name, ()))
    _settle(connection, regroupings, _claims_of(connection, rooted))


def regroup_all(connection: Connection) -> None:
    """Compute all groups of a base anew: after a change of the rules by which they are made.

    Things keep their uids where their smallest fact is the same.
    """
    regroupings = []
    for kind in KINDS:
        regroupings.append(Regrouping(connection, kind))
        regroupings[-1].of_everything()
    _settle(connection, regroupings, connection.execute(select(_CLAIM.c.id)).scalars())


def hanging_together(connection: Connection, kind: str, facts: Iterable[str]) -> list[Member]:
    """All members that keys and decisions tie to some facts (by uid) of a kind of thing."""
    (of_kind,) = (one for one in KINDS if one.name == kind)
    return Regrouping(connection, of_kind).hanging_together(facts)


def _settle(
    connection: Connection,
    regroupings: Sequence[Regrouping],
    claims: Iterable[int] = (),
    *,
    redated: bool = True,
) -> None:
    """Bring up to date what rests on the groups of claims: series, their conflicts, definitions.

    `claims` are those that may be elsewhere now beside those that were moved; `redated` if claims may have
    had another time or number before.
    """
    moved = {row for regrouping in regroupings for row in regrouping.things.moved}
    concerned = {*claims, *_rows(moved, "claim"), *_claims_at(connection, _rows(moved, "mention"))}
    align(connection, concerned, redated=redated)
    for regrouping in regroupings:
        regrouping.things.bury()  # now that no series points at them
    define_measures(connection)


def _rows(moved: Iterable[Pointing], table: str) -> set[int]:
    return {row for name, row in moved if name == table}


def _read_before(connection: Connection, revision_id: int) -> list[int]:
    """The revisions of the same article, one a reading in their order; none if this is the first one."""
    readings = list(connection.execute(_READINGS, {"revision": revision_id}).scalars())
    return readings if len(readings) > 1 else []


def _claims_of(connection: Connection, articles: Iterable[int]) -> set[int]:
    """The claims of articles that are in a series."""
    asked = {"articles": json.dumps(sorted(articles))}
    return set(connection.execute(_OF_ARTICLES, asked).scalars())


def _claims_at(connection: Connection, mentions: Iterable[int]) -> set[int]:
    """The claims whose place or speaker is one of these mentions, or has a name of theirs from a person."""
    found = claims_by_name(connection, mentions)
    for part in parts(sorted(mentions)):
        for column in ("place_mention_id", "speaker_mention_id"):
            found |= {claim for (claim,) in look_up(connection, ClaimRow, ("id",), column, part)}
    return found
