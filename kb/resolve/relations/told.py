"""The claims of series as they are read now, with who is behind them: what conflicts are looked for in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from sqlalchemy import Connection, RowMapping, TextClause, text

from kb.resolve.keys.names import folded_name
from kb.resolve.keys.telling import sorted_words, sorts_in, telling_words
from kb.resolve.relations.counting import SETTLED, Counts, counts_of, is_span, known_on
from kb.resolve.relations.pairs import Told
from kb.resolve.relations.voices import Said, Voice, voices

COUNTED = ("asserted", "alleged")  # stances in which a claim says what is; plans and suppositions do not
OPEN = ("estimate", "forecast")  # what is said to be no count is never set against one
OPENING = 1_500  # characters of an article by which two takes of one text are known
# One statement however many keys there are: to prepare it takes longer than to run it for a few.
_TOLD = """
    SELECT claim.id, claim.series_id, claim.measure_id, claim.part_of_id, figures.*,
        measure.kind AS measure_kind, measure.name AS measure_name,
        series.place_entity_id AS series_place_entity, series.place AS series_place,
        independent_source.root, speaker.entity_id AS speaker_entity,
        article.publisher_id AS publisher_entity,
        substr(revision.text, 1, :opening) AS opening
    FROM json_each(:keys) AS asked
    CROSS JOIN claim ON claim.{} = asked.value
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
    ORDER BY claim.id"""


def told_rows(connection: Connection, series: int) -> Sequence[RowMapping]:
    """The claims of a series as their newest reading and their reviews have them, with who is behind them."""
    return told_where(connection, "series_id", [series])


def told_where(connection: Connection, column: str, keys: Iterable[int]) -> Sequence[RowMapping]:
    """The claims, as in `told_rows`, whose column (a key) is one of these."""
    asked = sorted(set(keys))
    if not asked:
        return []
    values = {"keys": json.dumps(asked), "opening": OPENING}
    return connection.execute(_told_by(column), values).mappings().all()


@cache
def _told_by(column: str) -> TextClause:
    return text(_TOLD.format(column))


def counted_once(rows: Iterable[RowMapping]) -> list[RowMapping]:
    """The claims that say what is, none rejected; of articles of one text the first one published."""
    by_uid: dict[str, RowMapping] = {}
    for row in sorted(rows, key=lambda row: (row["published"] or "9999", row["article_uid"])):
        if row["stance"] in COUNTED and row["said_status"] not in OPEN and row["status"] != "rejected":
            by_uid.setdefault(row["uid"], row)
    return list(by_uid.values())


def told_claims(connection: Connection, rows: Collection[RowMapping]) -> dict[int, Told]:
    """The claims by their keys as far as they matter to others."""
    heard = voices(connection, rows)
    return {row["id"]: as_told(row, heard[row["id"]]) for row in rows}


def as_told(row: RowMapping, voice: Voice) -> Told:
    """A row as far as it matters to others."""
    return Told(
        uid=row["uid"],
        comparator=row["comparator"],
        low=row["low"],
        high=row["high"],
        earliest=day_of(row["earliest"]),
        latest=day_of(row["latest"]),
        approximate=any(sign in (row["date"] or "") for sign in "~?%"),
        published=row["published"],
        article=row["cites_url"] or row["article_uid"],
        root=row["root"],
        outlet=_outlet(row["publisher"]) if row["publisher"] else None,
        speaker=voice.speaker,
        opening=row["opening"],
        about=_about(row),
        primary=voice.primary,
        counts=_counts(row),
    )


def known_in(row: Said) -> dt.date | None:
    """The day up to which a row was told, as in `Told.known`."""
    return known_on(_counts(row), day_of(row["earliest"]), day_of(row["latest"]), row["published"])


def day_in(row: Said) -> dt.date | None:
    """The last day of a row's time, as in `Told.day`."""
    return known_on("up to", day_of(row["earliest"]), day_of(row["latest"]), row["published"])


def may_grow(row: Said) -> bool:
    """Whether a row's count may have grown since: not of a month that is over, nor long after a happening."""
    day, published = day_in(row), _published(row)
    if row["measure_kind"] != "cumulative" or day is None or published is None:
        return bool(row["measure_kind"] == "cumulative")
    is_span_over = _counts(row) == "within" and is_span(day_of(row["earliest"]), day) and published > day
    return not is_span_over and published - day < SETTLED


def _published(row: Said) -> dt.date | None:
    day = (row["published"] or "")[: len("2026-06-03")]
    return day_of(day) if len(day) == len("2026-06-03") else None


def _counts(row: Said) -> Counts:
    """How a row tells of its time: a count that grows, and what a happening left missing or homeless."""
    if row["measure_kind"] not in ("cumulative", "stock"):
        return "up to"
    if row["latest"] is None:
        return "undated" if row["earliest"] is None and row["measure_kind"] == "cumulative" else "up to"
    counts = counts_of(row["quote"], row["phrase"], of_its_day=_published(row) == day_of(row["latest"]))
    return counts if row["measure_kind"] == "cumulative" or counts == "after" else "up to"


def _about(row: Said) -> frozenset[str]:
    """The words of a row's sentence and title that tell which happening it is of.

    Where neither names any sort of happening ("52 people are dead"), the beginning of the article does.
    """
    told = _telling(row["title"] or "") | _telling(row["quote"])
    if row["measure_kind"] == "cumulative" and not sorts_in(told):
        told |= sorts_in(_telling(row["opening"]))
    return told - _telling(row["place"] or "")


@lru_cache(maxsize=8192)
def _outlet(publisher: str) -> str:
    return folded_name(publisher)


@lru_cache(maxsize=8192)
def _telling(words: str) -> frozenset[str]:
    return sorted_words(telling_words(words))


@lru_cache(maxsize=8192)
def day_of(said: str | None) -> dt.date | None:
    """The day of a column that holds one as ISO 8601, or None."""
    return dt.date.fromisoformat(said) if said else None
