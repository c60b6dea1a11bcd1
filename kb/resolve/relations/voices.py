"""Who speaks in a claim, and whether it stands in the speaker's own publication.

Five outlets that quote one speaker are one voice. A claim is primary where its speaker published it:
where the publisher is the speaker, by the entity or by a name; and where the text says in its own voice
what others of the series quote its publisher for. A page that names no publisher has the site's: the
one who is called as the address is ("hrw.org").
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from sqlalchemy import Connection, RowMapping, text

from kb.names.keys import body_key
from kb.resolve.keys.names import folded_name

_NAMES = text("""
    SELECT name.entity_id, name.key FROM json_each(:keys) AS asked
    CROSS JOIN name ON name.entity_id = asked.value""")
_ARTICLES = frozenset(["the", "a", "an"])
_LABEL = 3  # letters; shorter ones are countries and abbreviations of many


Said: TypeAlias = Mapping[str, Any] | RowMapping  # a row of a claim


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim's speaker as a key that his other claims share, None where nobody is quoted; see the module."""

    speaker: str | None
    primary: bool


def voices(connection: Connection, rows: Iterable[Said]) -> dict[int, Voice]:
    """The voices of claims by their keys.

    `rows` are all the claims of one series or more: `id`, `series_id`, `speaker`, `voice`, `publisher`
    with `speaker_entity` and `publisher_entity`, which are keys of entities or None.
    """
    rows = list(rows)
    return heard(rows, names_in(connection, rows))


def names_in(connection: Connection, rows: Iterable[Said]) -> dict[int, frozenset[str]]:
    """The names of all who speak or publish in these rows, as keys, by their entities."""
    return _names(
        connection,
        {row[column] for row in rows for column in ("speaker_entity", "publisher_entity")} - {None},
    )


def heard(rows: Collection[Said], names: Mapping[int, frozenset[str]]) -> dict[int, Voice]:
    """As `voices`, with the `names` of `names_in`."""
    speakers = {row["id"]: _keys(row["speaker"], row["speaker_entity"], names) for row in rows}
    publishers = {row["id"]: _keys(row["publisher"], row["publisher_entity"], names) for row in rows}
    unnamed = [row for row in rows if not publishers[row["id"]]]
    sites = _sites(speakers.values()) if unnamed else {}
    for row in unnamed:
        page = row.get("url") or row.get("cites_url") or ""
        publishers[row["id"]] = next((sites[label] for label in _labels(page) if label in sites), frozenset())
    quoted: dict[int | None, set[str]] = defaultdict(set)
    for row in rows:
        if not speakers[row["id"]] & publishers[row["id"]]:
            quoted[row["series_id"]] |= speakers[row["id"]]
    found = {}
    joined = _joined({*speakers.values(), *publishers.values()})
    for row in rows:
        speaker, publisher = speakers[row["id"]], publishers[row["id"]]
        is_own = not speaker and row["voice"] == "own" and bool(publisher & quoted[row["series_id"]])
        who = speaker or (publisher if is_own else frozenset())
        one = min(joined[next(iter(who))]) if who else None
        found[row["id"]] = Voice(one, is_own or bool(speaker & publisher))
    return found


def _sites(speakers: Iterable[frozenset[str]]) -> dict[str, frozenset[str]]:
    """The speakers whose site may be called so: by a name in one word, or its initials; each of one alone."""
    called: dict[str, set[frozenset[str]]] = defaultdict(set)
    together = _joined(speakers)
    for key, names in together.items():
        words = key.split()
        for label in ("".join(words), "".join(word[0] for word in words)):
            if len(label) >= _LABEL:
                called[label].add(frozenset(names))
    return {label: next(iter(of)) for label, of in called.items() if len(of) == 1}


@lru_cache(maxsize=4096)
def _labels(page: str) -> tuple[str, ...]:
    """The parts of a page's host that may name its site: `hrw` of https://www.hrw.org/news."""
    try:
        host = urlsplit(page).hostname or ""
    except ValueError:
        return ()
    return tuple(label.replace("-", "") for label in host.split(".")[:-1] if label != "www")


def _joined(names: Iterable[frozenset[str]]) -> dict[str, set[str]]:
    """Every key -> those that are, by way of others, names of one."""
    sets: dict[str, set[str]] = {}
    for keys in names:
        together = set(keys).union(*(sets[key] for key in keys if key in sets))
        sets.update(dict.fromkeys(together, together))
    return sets


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
    asked = sorted(entities)
    for entity, key in connection.execute(_NAMES, {"keys": json.dumps(asked)}) if asked else ():
        found[entity].add(key)
    return {entity: frozenset(keys) for entity, keys in found.items()}
