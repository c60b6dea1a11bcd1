"""Who speaks in a claim, and whether it stands in the speaker's own publication.

Five outlets that quote one speaker are one voice. A claim is primary where its speaker published it:
where the publisher is the speaker, by the entity or by a name; and where the text says in its own voice
what others of the series quote its publisher for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from kb.names.keys import body_key
from kb.resolve.keys import folded_name
from kb.store import parts

_ARTICLES = frozenset(["the", "a", "an"])


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim's speaker as a key that his other claims share, None where nobody is quoted; see the module."""

    speaker: str | None
    primary: bool


def voices(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> dict[int, Voice]:
    """The voices of claims by their keys.

    `rows` are all the claims of one series or more: `id`, `series_id`, `speaker`, `voice`, `publisher`
    with `speaker_entity` and `publisher_entity`, which are keys of entities or None.
    """
    rows = list(rows)
    named = {row[column] for row in rows for column in ("speaker_entity", "publisher_entity")} - {None}
    names = _names(connection, named)
    speakers = {row["id"]: _keys(row["speaker"], row["speaker_entity"], names) for row in rows}
    publishers = {row["id"]: _keys(row["publisher"], row["publisher_entity"], names) for row in rows}
    quoted: dict[int | None, set[str]] = defaultdict(set)
    for row in rows:
        if not speakers[row["id"]] & publishers[row["id"]]:
            quoted[row["series_id"]] |= speakers[row["id"]]
    found = {}
    one = _joined([*speakers.values(), *publishers.values()])
    for row in rows:
        speaker, publisher = speakers[row["id"]], publishers[row["id"]]
        is_own = not speaker and row["voice"] == "own" and bool(publisher & quoted[row["series_id"]])
        who = speaker or (publisher if is_own else frozenset())
        found[row["id"]] = Voice(one[min(who)] if who else None, is_own or bool(speaker & publisher))
    return found


def _joined(names: Iterable[frozenset[str]]) -> dict[str, str]:
    """Every key -> the least of those that are, by way of others, names of one."""
    sets: dict[str, set[str]] = {}
    for keys in names:
        together = set(keys).union(*(sets[key] for key in keys if key in sets))
        sets.update(dict.fromkeys(together, together))
    return {key: min(together) for key, together in sets.items()}


def _keys(said: str | None, entity: int | None, names: Mapping[int, frozenset[str]]) -> frozenset[str]:
    """What names of one speaker or publisher share: its entity with its names, and the words themselves."""
    if said is None and entity is None:
        return frozenset()
    own = names.get(entity, frozenset()) if entity is not None else frozenset()
    return own | _said_keys(said) if said else own


@lru_cache(maxsize=4096)
def _said_keys(said: str) -> frozenset[str]:
    words = folded_name(said).split()
    whole = " ".join(words[1:] if words[:1] and words[0] in _ARTICLES else words)
    return frozenset((whole, body_key(said))) - {""}


def _names(connection: Connection, entities: Iterable[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for part in parts(sorted(entities)):
        values = {f"value_{i}": entity for i, entity in enumerate(part)}
        listed = ", ".join(f":{name}" for name in values)
        query = text(f"SELECT entity_id, key FROM name WHERE entity_id IN ({listed})")
        for entity, key in connection.execute(query, values):
            found[entity].add(key)
    return {entity: frozenset(keys) for entity, keys in found.items()}
