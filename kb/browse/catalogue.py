"""What Datasette shows of a base beside its rows: descriptions, facets, labels, canned queries.

Made from the schema's own words: `kb/model/columns.csv`, the docstrings of the tables, `queries.sql`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kb.knowledge import KnowledgeBase
from kb.model.show import number_with_unit
from kb.model.tables import Row

_FACETS: Mapping[str, tuple[str, ...]] = {
    "figures": ("place", "unit", "stance", "status", "source_kind"),
    "reports": ("kind", "place", "stance", "status"),
    "timeline": ("kind", "place", "stance", "status"),
    "mentions": ("kind", "status"),
    "conflicts": ("kind",),
    "article": ("kind", "language"),
    "entity": ("kind",),
    "review": ("verdict", "by"),
    "attempt": ("outcome",),
}
_MANY = 20_000
# What a foreign key shows of the row that it leads to.
_LABELS: Mapping[str, str] = {
    "article": "url",
    "revision": "title",
    "span": "folded",
    "entity": "name",
    "measure": "name",
    "event": "title",
    "series": "place",
    "run": "tool",
    "claim": "measure",
    "report": "title",
    "mention": "name",
    "conflict": "kind",
}
_SHAPE = """
    SELECT made.name, field.name AS field FROM sqlite_master AS made, pragma_table_info(made.name) AS field
    WHERE made.type IN ('table', 'view') ORDER BY made.name, field.cid"""
_TITLE = re.compile(r"-- :(\w+) ([^:]+): (.+)")


def is_large(base: KnowledgeBase | None) -> bool:
    """Whether a base has so many facts that to count those of a view takes longer than a page may."""
    return base is not None and any(base.sql("SELECT 1 FROM mention WHERE id > :many LIMIT 1", many=_MANY))


def metadata(base: KnowledgeBase) -> dict[str, Any]:
    """What is said of a base, its tables and views and their columns, in Datasette's form.

    A large one has no facets but those that are asked for.
    """
    large = is_large(base)
    about = {
        "title": "Facts and figures with their sources",
        "description": "Every row of a view stands on the exact words of its source.",
        "license": "The texts are their publishers': ask them before you publish more than quotes.",
    }
    tables = {
        name: {"description": _rows().get(name), "columns": columns, "size": 50}
        | ({"facets": list(_FACETS[name])} if name in _FACETS and not large else {})
        | ({"label_column": _LABELS[name]} if name in _LABELS else {})
        | ({"hidden": True} if name == "alembic_version" else {})
        | ({"fts_table": "search", "fts_pk": "id"} if name == "passage" else {})
        for name, columns in _columns(base).items()
    }
    return {**about, "tables": tables}


@cache
def queries() -> Mapping[str, Mapping[str, str]]:
    """The canned queries: name -> what Datasette wants to know of one."""
    found: dict[str, dict[str, str]] = {}
    for line in files(__package__).joinpath("queries.sql").read_text(encoding="utf-8").splitlines(True):
        if said := _TITLE.match(line):
            name, title, description = said.groups()
            found[name] = {"sql": "", "title": title, "description": description.strip()}
        elif found:
            found[name]["sql"] += line
    return {name: query | {"sql": query["sql"].strip().rstrip(";")} for name, query in found.items()}


def with_unit(row: Mapping[str, Any], column: str) -> str | None:
    """A bound of a figure with its unit, `23,400,000,000 USD`; None of what is no bound, or has no unit."""
    value, unit = row[column], row["unit"] if "unit" in row.keys() else None  # noqa: SIM118 -- sqlite3.Row
    if column not in ("low", "high") or not isinstance(value, int | float) or not unit:
        return None
    return number_with_unit("=", value, value, unit)


@cache
def _meanings() -> Mapping[tuple[str, str], str]:
    """(table, view or *; column, empty for the row) -> what it means."""
    text = files("kb.model").joinpath("columns.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {(row["where"], row["column"]): row["meaning"] for row in csv.DictReader(lines)}


@cache
def _rows() -> Mapping[str, str]:
    """What a row is of each table and view."""
    told = {where: meaning for (where, column), meaning in _meanings().items() if not column}
    tables = {str(row.__tablename__): row.__doc__ or "" for row in Row.__subclasses__()}
    return {name: " ".join(words.split()) for name, words in (tables | told).items()}


def _columns(base: KnowledgeBase) -> Mapping[str, dict[str, str]]:
    """Table or view -> its columns, each with what it means."""
    found: dict[str, dict[str, str]] = {}
    for row in base.sql(_SHAPE):
        name, column = row["name"], row["field"]
        meaning = _meanings().get((name, column)) or _meanings().get(("*", column))
        found.setdefault(name, {}).update({column: meaning} if meaning else {})
    return found
