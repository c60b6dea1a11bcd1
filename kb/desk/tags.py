"""Tags: words under which articles and facts are filed, as dossiers. Appended, and taken off by appending.

A tag of an article holds for all that it states. Tags that differ in case alone are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, text

from kb.desk.called import decision_uid
from kb.desk.found import TABLES
from kb.desk.person import person
from kb.errors import UsageError
from kb.model.plain import folded
from kb.model.tables import TagRow, now, table_of
from kb.store import Store, insert_rows, next_id
from kb.store.lookup import find_articles

_TAG = table_of(TagRow)
_LONGEST = 80  # letters of a tag


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag put on an article or a fact, or taken off: the decision's uid, and the target's."""

    uid: str
    target: str
    target_kind: str
    tag: str
    verdict: Literal["tagged", "withdrawn"]
    by: str


def tag(
    store: Store, word: str, targets: Sequence[str], *, by: str | None = None, note: str | None = None
) -> list[Tagged]:
    """File articles (by URL or uid) and facts (by uid) under a word; what is there already is passed over.

    A URL stands for the page there, or else for all quotes and notes about it.

    Raises:
        UsageError: there is no such article or fact, or the word is empty or longer than 80 letters.
        StoreError: the base cannot be written.
    """
    word, who = _word(word), person(by)
    with store.transaction() as connection:
        made = []
        for uid, kind in _targets(connection, targets):
            if not _standing(connection, word, uid):
                made.append(_append(connection, word, (uid, kind), None, who, note))
        return made


def untag(
    store: Store, word: str, targets: Sequence[str], *, by: str | None = None, note: str | None = None
) -> list[Tagged]:
    """Take articles and facts out of what is filed under a word, or all of it if no target is given.

    Raises:
        UsageError: there is no such article or fact, or it is not filed under the word.
        StoreError: the base cannot be written.
    """
    word, who = _word(word), person(by)
    with store.transaction() as connection:
        there = list(_targets(connection, targets)) or _filed(connection, word)
        if not there:
            raise UsageError(f"nothing is filed under {word!r}: kb tags lists the tags")
        made = []
        for uid, kind in there:
            standing = _standing(connection, word, uid)
            if not standing:
                raise UsageError(f"{uid} is not filed under {word!r}: kb tags lists what is")
            made += [_append(connection, word, (uid, kind), one, who, note) for one in standing]
        return made


def _word(word: str) -> str:
    said = folded(word)
    if not said or len(said) > _LONGEST:
        raise UsageError(f"no tag {word!r}: a tag is a word or a few, of {_LONGEST} letters at most")
    return said


def _targets(connection: Connection, targets: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Uids and kinds of what the targets name, each once."""
    return dict.fromkeys(one for said in targets for one in _named(connection, said))


def _named(connection: Connection, said: str) -> list[tuple[str, str]]:
    for table in TABLES:
        if connection.execute(text(f"SELECT 1 FROM {table} WHERE uid = :uid"), {"uid": said}).first():
            return [(said, table)]
    return [(article.uid, "article") for article in find_articles(connection, said)]


def _filed(connection: Connection, word: str) -> list[tuple[str, str]]:
    query = text("""
        SELECT target, target_kind FROM standing_tag WHERE lower(tag) = lower(:tag)
        GROUP BY target, target_kind ORDER BY min(id)""")
    return [(row.target, row.target_kind) for row in connection.execute(query, {"tag": word})]


def _standing(connection: Connection, word: str, target: str) -> Sequence[str]:
    """The uids of the decisions that file a target under a word: several where bases came together."""
    query = text(
        "SELECT uid FROM standing_tag WHERE lower(tag) = lower(:tag) AND target = :target ORDER BY id"
    )
    return connection.execute(query, {"tag": word, "target": target}).scalars().all()


def _append(
    connection: Connection,
    word: str,
    target: tuple[str, str],
    withdraws: str | None,
    by: str,
    note: str | None,
) -> Tagged:
    verdict: Literal["tagged", "withdrawn"] = "withdrawn" if withdraws else "tagged"
    uid = decision_uid(connection, TagRow, "tag", word, target[0], verdict, by=by)
    row = {
        "id": next_id(connection, TagRow),
        "uid": uid,
        "target": target[0],
        "target_kind": target[1],
        "tag": word,
        "verdict": verdict,
        "withdraws": withdraws,
        "by": by,
        "recorded_at": now(),
        "note": note or None,
    }
    insert_rows(connection, TagRow, [row])
    return Tagged(uid, target[0], target[1], word, verdict, by)
