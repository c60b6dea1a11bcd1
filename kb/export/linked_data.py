"""JSON-LD with the words of schema.org: every figure a Claim about an Observation, every event an Event.

`isBasedOn` names the source; where in its text the words stand, a TextPositionSelector of the Web
Annotation vocabulary says. The context stands in the file: nothing has to be fetched to read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from kb.export.passages import text_fragment
from kb.export.tables import rows
from kb.export.values import Row, bounds, in_words
from kb.store import Store

_CONTEXT = {
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "isBasedOn": {"@type": "@id"},
    "url": {"@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}
_TYPES = {"person": "Person", "organisation": "Organization", "place": "Place"}


def write_json_ld(store: Store, out: TextIO) -> None:
    """All that goes out as one JSON-LD document, written node by node; to be called within `released`."""
    out.write(f'{{"@context": {json.dumps(_CONTEXT)},\n"@graph": [')
    first = True
    for node in _nodes(store):
        out.write(("" if first else ",") + "\n" + json.dumps(_told(node), ensure_ascii=False))
        first = False
    out.write("\n]}\n")


def _nodes(store: Store) -> Iterator[dict[str, Any]]:
    yield from (_source(row) for row in rows(store, "sources"))
    yield from (_entity(row) for row in rows(store, "entities"))
    yield from (_figure(row) for row in rows(store, "figures", "url"))
    yield from (_event(row) for row in rows(store, "events"))
    yield from (_report(row) for row in rows(store, "reports", "url"))


def _source(row: Row) -> dict[str, Any]:
    return {
        "@id": _id(row["uid"]),
        "@type": {"page": "Article", "quote": "Quotation", "note": "Comment"}[row["kind"]],
        "url": row["url"],
        "isBasedOn": row["cites_url"],
        "headline": row["title"],
        "publisher": row["publisher"],
        "author": row["authors"],
        "datePublished": row["published"],
        "dateModified": row["modified"],
        "inLanguage": row["language"],
        "sha256": row["raw_sha256"],
    }


def _entity(row: Row) -> dict[str, Any]:
    wikidata = f"http://www.wikidata.org/entity/{row['wikidata']}" if row["wikidata"] else None
    return {
        "@id": _id(row["uid"]),
        "@type": _TYPES[row["kind"]],
        "name": row["name"],
        "alternateName": [name for name in (row["names"] or "").split("; ") if name != row["name"]],
        "sameAs": wikidata,
    }


def _figure(row: Row) -> dict[str, Any]:
    low, high = bounds(row)
    value = {
        "@type": "QuantitativeValue",
        "value": low if row["comparator"] == "=" and low == high else None,
        "minValue": low,
        "maxValue": high,
        "unitText": row["unit"],
        "description": in_words(row),
    }
    observation = {
        "@id": _id(f"{row['uid']}:{row['source']}:observation"),
        "@type": "Observation",
        "measuredProperty": row["measure"],
        "value": value,
        "observationPeriod": row["date"],
        "observationAbout": {"@type": "Place", "name": row["place"]} if row["place"] else None,
    }
    return {
        "@id": _id(f"{row['uid']}:{row['source']}"),
        "@type": "Claim",
        "identifier": row["uid"],
        "text": row["quote"],
        "author": row["speaker"],
        "about": observation,
        **_based(row, row["phrase"]),
    }


def _event(row: Row) -> dict[str, Any]:
    return {
        "@id": _id(row["uid"]),
        "@type": "Event",
        "name": row["title"],
        "additionalType": row["kind"],
        "startDate": row["earliest"],
        "endDate": row["latest"],
        "temporalCoverage": row["date"],
        "location": {"@type": "Place", "name": row["place"]} if row["place"] else None,
        "attendee": (row["participants"] or "").split("; ") if row["participants"] else None,
    }


def _report(row: Row) -> dict[str, Any]:
    return {
        "@id": _id(f"{row['uid']}:{row['source']}"),
        "@type": "Claim",
        "identifier": row["uid"],
        "text": row["quote"],
        "about": {"@id": _id(row["event"])},
        **_based(row, row["trigger"]),
    }


def _based(row: Row, words: str) -> dict[str, Any]:
    """The source, the words in it, and the address of the words where it is a page."""
    url = row["url"]
    return {
        "isBasedOn": _id(row["source"]),
        "url": text_fragment(url, words) if url else None,
        "oa:hasSelector": {
            "@type": "oa:TextPositionSelector",
            "start": row["start_char"],
            "end": row["end_char"],
        },
    }


def _id(name: str) -> str:
    return f"urn:kb:{name}"


def _told(node: dict[str, Any]) -> dict[str, Any]:
    """A node without what nobody says."""
    return {
        name: _told(value) if isinstance(value, dict) else value
        for name, value in node.items()
        if value is not None and value != []
    }
