"""The SQL files of the schema, as statements: the search index, the triggers and the views."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

FILES = ("sqlite.sql", "views.sql")
_CREATE = re.compile(r"CREATE (?:VIRTUAL )?(TABLE|TRIGGER|VIEW) (\w+)")


def statements(name: str) -> Iterator[str]:
    """The statements of one file in order, without the comments between them."""
    statement = ""
    for line in files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines(keepends=True):
        if not statement and (line.startswith("--") or not line.strip()):
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


@cache
def defined() -> Mapping[tuple[str, str], str]:
    """What the files make: (table, trigger or view; name) -> its SQL on one line."""
    found = {}
    for name in FILES:
        for statement in statements(name):
            made = _CREATE.match(statement)
            assert made is not None, statement
            found[made[1].lower(), made[2]] = one_line(statement)
    return found


def one_line(sql: str) -> str:
    """SQL as it compares: without line breaks, indentation and a last semicolon."""
    return " ".join(sql.split()).removesuffix(";")
