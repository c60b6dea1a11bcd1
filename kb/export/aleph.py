"""FollowTheMoney entities, one JSON object a line, for Aleph and the tools of OpenSanctions.

Persons, organisations and places as Person, Organization and Address; sources as Article; events as
Event; figures as Note with their words. Source: https://followthemoney.tech/explorer/.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from kb.export.tables import rows
from kb.export.values import Row, in_words
from kb.store import Store

_SCHEMATA = {"person": "Person", "organisation": "Organization", "place": "Address"}


def write_ftm(store: Store, out: TextIO) -> None:
    """All that goes out as FollowTheMoney entities; to be called within `released`."""
    for entity in _entities(store):
        out.write(json.dumps(entity, ensure_ascii=False) + "\n")


def _entities(store: Store) -> Iterator[dict[str, Any]]:
    yield from (_named(row) for row in rows(store, "entities"))
    yield from (_article(row) for row in rows(store, "sources"))
    yield from (_event(row) for row in rows(store, "events"))
    yield from (_note(row) for row in rows(store, "figures", "url"))


def _named(row: Row) -> dict[str, Any]:
    aliases = [name for name in (row["names"] or "").split("; ") if name and name != row["name"]]
    full = [row["name"]] if row["kind"] == "place" else []
    said = {"name": [row["name"]], "alias": aliases, "wikidataId": [row["wikidata"]], "full": full}
    return _entity(row["uid"], _SCHEMATA[row["kind"]], said)


def _article(row: Row) -> dict[str, Any]:
    said = {
        "title": [row["title"]],
        "sourceUrl": [row["url"] or row["cites_url"]],
        "publisher": [row["publisher"]],
        "author": (row["authors"] or "").split("; "),
        "publishedAt": [row["published"]],
        "modifiedAt": [row["modified"]],
        "retrievedAt": [row["retrieved"]],
        "language": [row["language"]],
    }
    return _entity(row["uid"], "Article", said)


def _event(row: Row) -> dict[str, Any]:
    said = {
        "name": [row["title"]],
        "keywords": [row["kind"]],
        "startDate": [row["earliest"]],
        "endDate": [row["latest"]],
        "location": [row["place"]],
        "namesMentioned": (row["participants"] or "").split("; "),
    }
    return _entity(row["uid"], "Event", said)


def _note(row: Row) -> dict[str, Any]:
    said = {
        "name": [f"{in_words(row)}: {row['measure']}"],
        "description": [row["quote"]],
        "sourceUrl": [row["url"]],
        "proof": [row["source"]],
        "keywords": [row["measure"]],
        "namesMentioned": [row["speaker"]],
    }
    return _entity(f"{row['uid']}-{row['source']}", "Note", said)


def _entity(uid: str, schema: str, said: dict[str, Any]) -> dict[str, Any]:
    """An entity with those properties that somebody says."""
    told = {name: [value for value in values if value] for name, values in said.items()}
    return {
        "id": uid,
        "schema": schema,
        "properties": {name: values for name, values in told.items() if values},
    }
