"""What in the claims of a series does not fit together, with the words that say so."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, RowMapping, text

from kb.model.uids import uid_of
from kb.resolve.explain import explanation, multiple_explained, parts_explained
from kb.resolve.keys import folded_name
from kb.resolve.measures import part_named, telling_words
from kb.resolve.multiples import bounds_on, misfit
from kb.resolve.relations import Relation, Told, clashes
from kb.resolve.voices import Voice, voices
from kb.resolve.wholes import Part, is_listed, misfits
from kb.store import parts

ClashKind = Relation | Literal["other measure", "parts", "baseline"]

COUNTED = ("asserted", "alleged")  # stances in which a claim says what is; plans and suppositions do not
OPEN = ("estimate", "forecast")  # what is said to be no count is never set against one
OPENING = 1_500  # characters of an article by which two takes of one text are known
_TOLD = """
    SELECT claim.id, claim.series_id, claim.measure_id, claim.part_of_id, figures.*,
        measure.kind AS measure_kind, measure.name AS measure_name,
        series.place_entity_id AS series_place_entity, series.place AS series_place,
        independent_source.root, speaker.entity_id AS speaker_entity,
        article.publisher_id AS publisher_entity,
        substr(revision.text, 1, :opening) AS opening
    FROM claim
    JOIN revision ON revision.id = claim.revision_id
    JOIN article ON article.id = revision.article_id
    JOIN current_reading ON current_reading.revision_id = claim.revision_id
        AND current_reading.run_id = claim.run_id
    JOIN figures ON figures.uid = claim.uid AND figures.article_uid = article.uid
    JOIN measure ON measure.id = claim.measure_id
    JOIN series ON series.id = claim.series_id
    JOIN independent_source ON independent_source.article_id = article.id
    LEFT JOIN mention AS speaker ON speaker.id = claim.speaker_mention_id
        AND figures.speaker IS figures.extracted_speaker
    WHERE {}
    ORDER BY claim.id"""


@dataclass(frozen=True, slots=True)
class Clash:
    """Claims that do not fit together: uid of them, what they are to each other, why, their rows."""

    uid: str
    kind: ClashKind
    explanation: str
    claims: tuple[int, ...]


def conflicts_in(connection: Connection, rows: Sequence[RowMapping]) -> list[Clash]:
    """What in the claims of one series, and in the parts that are told of them, somebody should look at.

    In order of uids. `rows` are all of the series, of `told_rows`.
    """
    counted = counted_once(rows)
    told = told_claims(connection, counted)
    by_uid = {row["uid"]: row for row in counted}
    kind = next((row["measure_kind"] for row in counted), None)
    found = []
    for earlier, later, what in clashes(list(told.values()), kind):
        a, b = by_uid[earlier.uid], by_uid[later.uid]
        own = a if earlier.primary else b
        uid = uid_of("conflict", *sorted((earlier.uid, later.uid)))
        found.append(Clash(uid, what, explanation(what, a, b, own), (int(a["id"]), int(b["id"]))))
    found += _parts_of(connection, counted)
    found += _multiples_of(connection, counted, told)
    return sorted({clash.uid: clash for clash in found}.values(), key=lambda clash: clash.uid)


def counted_once(rows: Iterable[RowMapping]) -> list[RowMapping]:
    """The claims that say what is, none rejected; of articles of one text the first one published."""
    by_uid: dict[str, RowMapping] = {}
    for row in sorted(rows, key=lambda row: (row["published"] or "9999", row["article_uid"])):
        if row["stance"] in COUNTED and row["said_status"] not in OPEN and row["status"] != "rejected":
            by_uid.setdefault(row["uid"], row)
    return list(by_uid.values())


def told_rows(connection: Connection, series: int) -> Sequence[RowMapping]:
    """The claims of a series as their newest reading and their reviews have them, with who is behind them."""
    query = text(_TOLD.format("claim.series_id = :series"))
    return connection.execute(query, {"series": series, "opening": OPENING}).mappings().all()


def told_where(connection: Connection, column: str, keys: Iterable[int]) -> list[RowMapping]:
    """The claims, as in `told_rows`, whose column (a key) is one of these."""
    found: list[RowMapping] = []
    for part in parts(sorted(keys)):
        values = {f"value_{i}": key for i, key in enumerate(part)}
        condition = f"claim.{column} IN ({', '.join(f':{name}' for name in values)})"
        found += connection.execute(text(_TOLD.format(condition)), {**values, "opening": OPENING}).mappings()
    return found


def told_claims(connection: Connection, rows: Sequence[RowMapping]) -> dict[int, Told]:
    """The claims by their keys as far as they matter to others."""
    heard = voices(connection, [dict(row) for row in rows])
    return {row["id"]: _told(row, heard[row["id"]]) for row in rows}


def _parts_of(connection: Connection, wholes: Sequence[RowMapping]) -> list[Clash]:
    """The parts told in one article that do not fit into one of these claims."""
    by_key = {int(row["id"]): row for row in wholes}
    of_whole: dict[int, list[RowMapping]] = defaultdict(list)
    for row in counted_once(told_where(connection, "part_of_id", by_key)):
        if row["relation"] == "value" and row["unit"] not in ("%", "share"):
            of_whole[row["part_of_id"]].append(row)
    found = []
    for key, rows in of_whole.items():
        whole = by_key[key]
        parts_told = {row["uid"]: row for row in rows}
        said = [
            Part(
                _told(row, Voice(None, primary=False)),
                part_named(row["unit"] or ""),
                is_listed(row["quote"], whole["phrase"], row["phrase"]),
            )
            for row in parts_told.values()
        ]
        for what, wrong in misfits(_told(whole, Voice(None, primary=False)), said):
            those = [parts_told[part.told.uid] for part in wrong]
            uid = uid_of("parts", whole["uid"], *(row["uid"] for row in those))
            sentence = parts_explained(what, whole, those)
            found.append(Clash(uid, "parts", sentence, (key, *(int(row["id"]) for row in those))))
    return found


def _multiples_of(
    connection: Connection, rows: Sequence[RowMapping], told: Mapping[int, Told]
) -> Iterator[Clash]:
    """The figures of a series that do not fit what a multiple of another makes of them."""
    if not rows:
        return
    first, by_uid = rows[0], {row["uid"]: row for row in rows}
    series, place = first["series_id"], first["series_place_entity"]
    for bound in bounds_on(connection, series, first["measure_id"], place):
        wrong = misfit(bound, list(told.values()))
        said = {row["id"]: row for row in told_where(connection, "id", (bound.ratio, bound.level))}
        if wrong is not None and len(said) == 2:
            figure, ratio, level = by_uid[wrong.uid], said[bound.ratio], said[bound.level]
            uid = uid_of("baseline", ratio["uid"], figure["uid"])
            sentence = multiple_explained(bound.said, ratio, level, figure)
            keys = dict.fromkeys((int(ratio["id"]), int(level["id"]), int(figure["id"])))
            yield Clash(uid, "baseline", sentence, tuple(keys))


def _told(row: RowMapping, voice: Voice) -> Told:
    return Told(
        uid=row["uid"],
        comparator=row["comparator"],
        low=row["low"],
        high=row["high"],
        earliest=_day(row["earliest"]),
        latest=_day(row["latest"]),
        approximate=any(sign in (row["date"] or "") for sign in "~?%"),
        published=row["published"],
        article=row["cites_url"] or row["article_uid"],
        root=row["root"],
        outlet=folded_name(row["publisher"]) if row["publisher"] else None,
        speaker=voice.speaker,
        opening=row["opening"],
        about=telling_words(f"{row['title'] or ''} {row['quote']}") - telling_words(row["place"] or ""),
        primary=voice.primary,
    )


def _day(said: str | None) -> dt.date | None:
    return dt.date.fromisoformat(said) if said else None
