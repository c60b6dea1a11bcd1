"""The descriptor of a release: a Frictionless Data Package (v1), every column with type, unit and meaning.

Source: https://specs.frictionlessdata.io/data-package/, /tabular-data-resource/, /table-schema/.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.export.tables import TABLES, Column, columns

# Documents that the author goes on writing: with a hash of their own the release would be invalid then.
BY_HAND = ("METHODOLOGY.md", "CITATION.cff")
AS_MADE = "kb:asMade"  # the hash of such a one as kb left it, which tells whether somebody wrote into it
_CHUNK = 1 << 20
_TITLES = {
    "figures": "Figures, each with its sentence and source",
    "events": "Events",
    "reports": "Events as each source tells them",
    "entities": "Persons, organisations and places named in the released sentences",
    "sources": "Sources",
}
_FOREIGN = {
    "figures": {"source": "sources"},
    "reports": {"source": "sources", "event": "events"},
}


def descriptor(folder: Path, name: str, version: str, counts: Mapping[str, int]) -> str:
    """The text of `datapackage.json` for the files of a folder; `counts` are the rows of its tables."""
    resources = [_tabular(folder, table, counts[table]) for table in TABLES]
    resources += [_file(folder, path) for path in sorted(folder.rglob("*")) if _is_other(path)]
    said = {
        "profile": "data-package",
        "name": name,
        "title": "Figures and events with their sources",
        "version": version,
        "resources": resources,
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def version_of(folder: Path) -> str:
    """What the tables of a release say, as a short hash: the same rows, the same version."""
    total = hashlib.sha256()
    for table in TABLES:
        total.update(sha256(folder / f"{table}.csv").encode())
    return total.hexdigest()[:12]


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _tabular(folder: Path, table: str, count: int) -> dict[str, Any]:
    path = folder / f"{table}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "title": _TITLES[table],
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "rowcount": count,
        "dialect": {"lineTerminator": "\n"},
        "schema": _schema(table, columns()[table]),
    }


def _schema(table: str, of_table: Sequence[Column]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in of_table],
        "missingValues": [""],
        "primaryKey": [column.name for column in of_table if column.is_key],
    }
    if table in _FOREIGN:
        schema["foreignKeys"] = [
            {"fields": name, "reference": {"resource": other, "fields": "uid"}}
            for name, other in _FOREIGN[table].items()
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    if column.unit:
        said["unit"] = column.unit
    if column.is_key:
        said["constraints"] = {"required": True}
    return said


def _is_other(path: Path) -> bool:
    """Whether a file is beside the tables: Parquet, texts, documents."""
    tables = {"datapackage.json", *(f"{table}.csv" for table in TABLES)}
    return path.is_file() and path.name not in tables


def _file(folder: Path, path: Path) -> dict[str, Any]:
    types = {".parquet": "application/vnd.apache.parquet", ".md": "text/markdown", ".cff": "text/yaml"}
    where = path.relative_to(folder).as_posix()
    digest = f"sha256:{sha256(path)}"
    content = {AS_MADE: digest} if where in BY_HAND else {"bytes": path.stat().st_size, "hash": digest}
    return {
        "profile": "data-resource",
        "type": "file",
        "name": where.lower().replace("/", "-").replace(".", "-"),
        "path": where,
        "format": path.suffix.removeprefix("."),
        "mediatype": types.get(path.suffix, "text/csv" if path.suffix == ".csv" else "text/plain"),
        **content,
    }
