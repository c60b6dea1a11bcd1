"""PROV-O in Turtle: which figure was derived from which source, by which run of which tool.

Source: W3C Recommendations PROV-O, and RDF 1.1 Turtle for the escapes.
"""

from __future__ import annotations

import json
from typing import TextIO
from urllib.parse import quote

from sqlalchemy import text

from kb.export.tables import rows
from kb.export.values import in_words
from kb.store import Store

_HEAD = """@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# Persons stay unnamed: what they are called is not released.
_RUNS = """
    SELECT DISTINCT run.tool, run.version, strftime('%Y-%m-%dT%H:%M:%SZ', run.recorded_at) AS began
    FROM released_source
    JOIN article ON article.uid = released_source.uid
    JOIN current_reading ON current_reading.article_id = article.id
    JOIN run ON run.id = current_reading.run_id ORDER BY began, run.tool, run.version"""
_MADE = """
    SELECT article.uid, run.tool, run.version, strftime('%Y-%m-%dT%H:%M:%SZ', run.recorded_at)
    FROM released_source
    JOIN article ON article.uid = released_source.uid
    JOIN current_reading ON current_reading.article_id = article.id
    JOIN run ON run.id = current_reading.run_id AND run.tool IS NOT NULL"""


def write_provenance(store: Store, out: TextIO) -> None:
    """Sources, runs and figures as a PROV-O graph; to be called within `released`."""
    out.write(_HEAD)
    for tool, version, began in store.connection.execute(text(_RUNS)):
        agent = f"<urn:kb:tool:{quote(tool, safe='')}>" if tool else "<urn:kb:person>"
        kind, label = ("SoftwareAgent", f"{tool}, rules {version}") if tool else ("Person", "a person")
        out.write(f"\n{_run(tool, version, began)} a prov:Activity ; prov:wasAssociatedWith {agent} ;\n")
        out.write(f"    prov:startedAtTime {_words(began)}^^xsd:dateTime .\n")
        out.write(f"{agent} a prov:{kind} ; rdfs:label {_words(label)} .\n")
    made = {source: _run(*run) for source, *run in store.connection.execute(text(_MADE))}
    for row in rows(store, "sources"):
        where = row["url"] or row["cites_url"]
        out.write(f"\n<urn:kb:{row['uid']}> a prov:Entity")
        out.write(f" ; rdfs:label {_words(row['title'])}" if row["title"] else "")
        out.write(f" ; dcterms:issued {_words(row['published'])}" if row["published"] else "")
        out.write(f" ; dcterms:publisher {_words(row['publisher'])}" if row["publisher"] else "")
        out.write(f" ; prov:hadPrimarySource <{_iri(where)}>" if where else "")
        out.write(
            f" ; dcterms:identifier {_words('sha256:' + row['raw_sha256'])}" if row["raw_sha256"] else ""
        )
        out.write(" .\n")
    for row in rows(store, "figures"):
        out.write(f"\n<urn:kb:{row['uid']}:{row['source']}> a prov:Entity ;\n")
        label = f"{in_words(row)}: {row['measure']}"
        out.write(f"    rdfs:label {_words(label)} ;\n")
        out.write(f"    prov:value {_words(row['quote'])} ;\n")
        run = made.get(row["source"])
        out.write(f"    prov:wasGeneratedBy {run} ;\n" if run else "")
        out.write(f"    prov:wasDerivedFrom <urn:kb:{row['source']}> .\n")


def _words(said: str) -> str:
    """A Turtle string: JSON's escapes are Turtle's too, but for characters beyond the first plane."""
    return json.dumps(said, ensure_ascii=False)


def _run(tool: str | None, version: str | None, began: str) -> str:
    """The name of a run: what ran, and when it began."""
    return f"<urn:kb:run:{quote(tool or 'person', safe='')}:{quote(version or '', safe='')}:{began}>"


def _iri(url: str) -> str:
    """A URL without the characters that Turtle's IRIs do not take."""
    return quote(url, safe="%:/?#[]@!$&'()*+,;=~-._")
