"""What in the claims of a series does not fit together, with the words that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, text

from kb.model.uids import uid_of
from kb.resolve.explain import explanation
from kb.resolve.keys import folded_name
from kb.resolve.measures import telling_words
from kb.resolve.relations import Relation, Told, clashes

COUNTED = ("asserted", "alleged")  # stances in which a claim says what is; plans and suppositions do not
OPEN = ("estimate", "forecast")  # what is said to be no count is never set against one
OPENING = 1_500  # characters of an article by which two takes of one text are known


@dataclass(frozen=True, slots=True)
class Clash:
    """Claims that do not fit together: uid of the pair, what they are to each other, why, their rows."""

    uid: str
    kind: Relation
    explanation: str
    claims: tuple[int, ...]


def conflicts_of(rows: Iterable[RowMapping]) -> list[Clash]:
    """What in the claims of one series somebody should look at, in order of uids."""
    by_uid: dict[str, RowMapping] = {}
    for row in sorted(rows, key=lambda row: int(row["id"])):
        if row["stance"] in COUNTED and row["said_status"] not in OPEN and row["status"] != "rejected":
            by_uid.setdefault(row["uid"], row)  # two articles of one text say one thing
    kind = next((row["measure_kind"] for row in by_uid.values()), None)
    found = []
    for earlier, later, what in clashes([_told(row) for row in by_uid.values()], kind):
        a, b = by_uid[earlier.uid], by_uid[later.uid]
        uid = uid_of("conflict", *sorted((earlier.uid, later.uid)))
        found.append(Clash(uid, what, explanation(what, a, b), (int(a["id"]), int(b["id"]))))
    return sorted({clash.uid: clash for clash in found}.values(), key=lambda clash: clash.uid)


def told_rows(connection: Connection, series: int) -> Sequence[RowMapping]:
    """The claims of a series as their newest reading and their reviews have them, with who is behind them."""
    query = text("""
        SELECT claim.id, figures.*, measure.kind AS measure_kind, measure.name AS measure_name,
            independent_source.root, speaker.uid AS speaker_uid,
            substr(revision.text, 1, :opening) AS opening
        FROM claim
        JOIN revision ON revision.id = claim.revision_id
        JOIN article ON article.id = revision.article_id
        JOIN current_reading ON current_reading.revision_id = claim.revision_id
            AND current_reading.run_id = claim.run_id
        JOIN figures ON figures.uid = claim.uid AND figures.article_uid = article.uid
        JOIN measure ON measure.id = claim.measure_id
        JOIN independent_source ON independent_source.article_id = article.id
        LEFT JOIN mention ON mention.id = claim.speaker_mention_id
        LEFT JOIN entity AS speaker ON speaker.id = mention.entity_id
        WHERE claim.series_id = :series
        ORDER BY claim.id""")
    return connection.execute(query, {"series": series, "opening": OPENING}).mappings().all()


def _told(row: RowMapping) -> Told:
    return Told(
        uid=row["uid"],
        comparator=row["comparator"],
        low=row["low"],
        high=row["high"],
        earliest=_day(row["earliest"]),
        latest=_day(row["latest"]),
        approximate=any(sign in (row["date"] or "") for sign in "~?%"),
        published=row["published"],
        article=row["article_uid"],
        root=row["root"],
        outlet=folded_name(row["publisher"]) if row["publisher"] else None,
        speaker=row["speaker_uid"] or (folded_name(row["speaker"]) if row["speaker"] else None),
        opening=row["opening"],
        about=telling_words(f"{row['title'] or ''} {row['quote']}") - telling_words(row["place"] or ""),
    )


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
